"""One request on its way: hosts, denials, progress, metadata, and who hears what."""

import asyncio
import re

import pytest

from bot.commands import narrator
from tests.blocks.reading import words_of
from tests.commands.docker import CACHE, WEB, Docker, recorded
from tests.commands.stage import PERMISSIONS, Heard, Stage
from tests.commands.wire import Answer

READS = ["ps", "images", "logs web", "inspect web", "version", "info"]
OWN = ["help", "whoami", "hosts", "can stop web"]


async def test_the_metadata_is_as_promised(stage: Stage) -> None:
    heard = await stage.types("restart web")
    outcome = (await stage.records("outcome"))[0]
    assert heard.facts == {
        "operation": outcome.operation,
        "command": "restart web",
        "verb": "restart",
        "user": "U0ALICE",
        "hosts": ["local"],
        "objects": [WEB],
        "outcome": "done",
        "audit": f"{outcome.seq}:{outcome.mac}",
    }
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", heard.facts["operation"])
    assert heard.said.by == "U0ALICE"
    assert heard.words.endswith("U0ALICE docker restart web")


@pytest.mark.parametrize(
    ("typed", "by", "outcome"),
    [
        ("restart web", "U0ALICE", "done"),
        ("start web nosuch", "U0ALICE", "failed"),
        ("kill cache", "U0ALICE", "failed"),
        ("stop web", "U0BOB", "denied"),
        ("ps --nosuch", "U0ALICE", "failed"),
        ("ps", "U0ALICE", "done"),
        ("help", "U0DAVE", "done"),
        ("-H nosuch ps", "U0ALICE", "failed"),
    ],
)
async def test_every_answer_carries_it(stage: Stage, typed: str, by: str, outcome: str) -> None:
    heard = await stage.types(typed, by=by)
    wanted = {"operation", "command", "verb", "user", "hosts", "objects", "outcome", "audit"}
    assert heard.facts.keys() == wanted
    assert (heard.facts["outcome"], heard.facts["user"]) == (outcome, by)
    assert heard.facts["outcome"] == heard.reply.outcome
    last = (await stage.records())[-1]
    assert heard.facts["audit"] == f"{last.seq}:{last.mac}"


@pytest.mark.parametrize("typed", READS)
async def test_reads_are_posted_and_with_me_only_whispered(stage: Stage, typed: str) -> None:
    assert (await stage.types(typed)).said.outcome == "done"
    command, _, rest = typed.partition(" ")
    assert (await stage.types(f"{command} --me {rest}")).private.outcome == "done"


@pytest.mark.parametrize("typed", OWN)
async def test_our_own_answers_are_the_askers_alone(stage: Stage, typed: str) -> None:
    assert (await stage.types(typed)).private.outcome == "done"


async def test_an_act_can_not_be_private(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("stop --me web")
    assert heard.private.text == "stop changes something, so all may see it. Leave --me out; it is for reads."
    assert docker.asked == []


async def test_a_private_read_that_takes_long_says_nothing_to_others(
    stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrator, "PATIENCE", 0.01)
    let_go = asyncio.Event()
    docker.answers["GET /containers/json"] = [Answer(200, [], begin=let_go)]
    asyncio.get_running_loop().call_later(0.2, let_go.set)
    heard = await stage.types("ps --me")
    assert heard.private.outcome == "done"


@pytest.mark.parametrize("typed", ["stop web", "stop cache", "stop nosuch", "rmi tomcat:9.0", "run nginx"])
async def test_a_denial_is_whispered_and_nothing_is_asked(stage: Stage, docker: Docker, typed: str) -> None:
    heard = await stage.types(typed, by="U0DAVE")
    assert heard.private.outcome == "denied"
    assert heard.private.text.startswith("not allowed: ")
    assert f"Nothing was done. You typed: {typed}" in heard.words
    assert docker.asked == []


async def test_what_one_may_not_see_is_not_there(stage: Stage) -> None:
    """The same words, whether there is such a container or not."""
    hidden, missing = (
        await stage.types("restart cache", by="U0BOB"),
        await stage.types("restart xache", by="U0BOB"),
    )
    assert hidden.private.text == missing.private.text.replace("xache", "cache")
    assert hidden.facts["objects"] == missing.facts["objects"] == []


async def test_what_ends_soon_is_one_message(stage: Stage) -> None:
    assert len((await stage.types("restart web")).posted) == 1


async def test_what_takes_long_says_so_once_then_the_end(
    stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrator, "PATIENCE", 0.02)
    monkeypatch.setattr(narrator, "BEAT", 0.02)
    let_go = asyncio.Event()
    docker.answers[f"POST /containers/{WEB}/stop"] = [Answer(204, begin=let_go)]
    docker.answers[f"GET /containers/{WEB}/json"] = [recorded("exited")]
    heard = Heard()
    task = asyncio.create_task(stage.types("stop web", heard=heard))
    await asyncio.sleep(0.3)
    assert [reply.outcome for reply in heard.posted] == ["running"]
    assert heard.posted[0].text == "stop on local is running…"
    running = heard.posted[0].metadata
    assert running and running["outcome"] == "running" and running["objects"] == [WEB]
    (unfinished,) = await stage.store.unfinished()
    assert (unfinished.channel, unfinished.ts) == ("C0INC", "1700000000.000100")
    let_go.set()
    await task
    assert [reply.outcome for reply in heard.posted] == ["running", "done"]
    assert await stage.store.unfinished() == []


async def test_every_host_answers_in_one_message(three: Stage) -> None:
    heard = await three.types("-H all version")
    assert all(f"version of {name}" in heard.words for name in ("one", "two", "three"))
    assert heard.facts["hosts"] == ["one", "two", "three"]
    assert heard.said.outcome == "done"


@pytest.mark.parametrize(
    ("typed", "hosts"),
    [
        ("restart web", ["one"]),
        ("-H two restart web", ["two"]),
        ("restart -H lab web", ["two", "three"]),
        ("restart --host t* web", ["two", "three"]),
        ("-H three -H one restart web", ["one", "three"]),
    ],
)
async def test_which_hosts_are_asked(three: Stage, typed: str, hosts: list[str]) -> None:
    heard = await three.types(typed)
    asked = [name for name, docker in three.dockers.items() if docker.changed]
    assert asked == heard.facts["hosts"] == hosts
    assert all(f"restarted web on {host}" in heard.said.text for host in hosts)
    operations = {each.operation for each in await three.records("intent")}
    assert len(operations) == len(hosts), "each host's operation ends by itself"


async def test_one_host_away_is_named_and_the_others_answer(three: Stage) -> None:
    """Planning only looks: whatever broke there, nothing was done, and that is not unknown."""
    three.dockers["two"].answers["GET /containers/web/json"] = [Answer(cut=True)]
    heard = await three.types("-H all restart web")
    assert heard.said.outcome == "partial"
    assert three.dockers["two"].changed == []
    assert "restarted web on one" in heard.said.text and "restarted web on three" in heard.said.text
    assert "-H all restart web on two failed:" in heard.said.text
    assert heard.facts["hosts"] == ["one", "two", "three"]


async def test_one_slow_host_does_not_keep_the_others_from_being_asked(three: Stage) -> None:
    let_go = asyncio.Event()
    three.dockers["one"].answers["GET /containers/json"] = [Answer(200, [], begin=let_go)]
    task = asyncio.create_task(three.types("-H all ps"))
    while not all(docker.asked for docker in three.dockers.values()):
        await asyncio.sleep(0.01)
    let_go.set()
    assert (await task).said.outcome == "done"


async def test_some_failed_is_partial(three: Stage) -> None:
    three.dockers["three"].answers[f"POST /containers/{WEB}/restart"] = [recorded("start port")]
    heard = await three.types("-H all restart web")
    assert heard.said.outcome == "partial"
    assert "could not restart web on three: driver failed" in heard.said.text


async def test_a_host_on_which_one_may_not_is_left_alone(three: Stage) -> None:
    """Bob may restart web on one, and nothing on the others: he is not even told that they are there."""
    heard = await three.types("-H all restart web", by="U0BOB")
    assert heard.said.outcome == "done"
    assert heard.facts["hosts"] == ["one"]
    assert "two" not in heard.words and "three" not in heard.words
    assert all(three.dockers[name].asked == [] for name in ("two", "three"))


async def test_a_host_that_was_named_is_never_dropped_in_silence(three: Stage) -> None:
    """Bob named it himself: he is told that he may not, and what was done elsewhere says that it is not all."""
    heard = await three.types("-H one -H two restart web", by="U0BOB")
    (said,), (aside,) = heard.posted, heard.whispered
    assert said.outcome == "partial"
    assert aside.text.startswith("not allowed") and aside.metadata
    assert aside.metadata["hosts"] == ["two"]
    assert three.dockers["two"].asked == []
    assert [each.body["hosts"] for each in await three.records("denied")] == [["two"]]


async def test_a_host_that_lacks_it_is_named(three: Stage) -> None:
    del three.dockers["two"].containers[CACHE]
    heard = await three.types("-H lab start cache")
    assert heard.said.outcome == "partial"
    assert "no container is called cache on two" in heard.said.text
    assert "started cache on three" in heard.said.text
    assert heard.facts["hosts"] == ["two", "three"]


async def test_a_denial_on_one_host_is_whispered_and_the_others_answer(three: Stage) -> None:
    """Whom a rule lets do it on one host alone is told apart what the other said, and all that it was not done."""
    three.permissions.write_text(PERMISSIONS + "  - {id: lab, allow: [read], who: bob, on: {hosts: [two]}}\n")
    three.desk.permissions.refresh()
    heard = await three.types("-H one -H two restart web", by="U0BOB")
    (said,), (aside,) = heard.posted, heard.whispered
    assert (said.outcome, aside.outcome) == ("partial", "denied")
    assert said.text.startswith("restarted web on one")
    assert "Nothing was done on two: the reason is in a message to whoever asked." in words_of(said.blocks)
    assert said.metadata and aside.metadata
    assert (said.metadata["hosts"], aside.metadata["hosts"]) == (["one"], ["two"])
    assert three.dockers["two"].changed == []


async def test_a_host_nobody_knows(three: Stage) -> None:
    heard = await three.types("-H twoo ps")
    assert heard.private.text == "no host or tag is called twoo. Did you mean two?"
    assert heard.words.splitlines()[1:3] == ["-H twoo ps", "   ^^^^"]


async def test_the_rules_are_asked_again_for_every_request(stage: Stage, docker: Docker) -> None:
    assert (await stage.types("restart web", by="U0BOB")).said.outcome == "done"
    stage.permissions.write_text("version: 1\nrules: []\n")
    change = stage.desk.permissions.refresh()
    assert change and change.taken
    assert (await stage.types("restart web", by="U0BOB")).private.outcome == "denied"
    assert len(docker.changed) == 1

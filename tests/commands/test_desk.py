"""The desk: each request once, recorded before anything is done."""

import asyncio
import re
from pathlib import Path

import pytest
import structlog

from bot.store.errors import StoreError
from bot.store.store import Store
from tests.commands.docker import WEB, Docker
from tests.commands.stage import Stage, staged

READS = ["ps -a", "images", "logs web", "inspect web", "version", "info"]
ACTS = [
    "stop web",
    "start cache",
    "restart web",
    "kill web",
    "rm cache",
    "rmi busybox:1",
    "tag busybox:1 x:1",
]
ACTS += ["pull nginx", "push tomcat:9.0", "create tomcat:9.0", "run -d tomcat:9.0"]


async def test_a_delivery_that_was_seen_before_is_dropped(stage: Stage, docker: Docker) -> None:
    await stage.types("restart web", delivery="same")
    again = await stage.types("restart web", delivery="same")
    assert (again.posted, again.whispered) == ([], [])
    assert docker.changed == [f"POST /containers/{WEB}/restart"]


async def test_also_after_a_restart_of_the_bot(tmp_path: Path) -> None:
    async with staged(tmp_path) as before:
        await before.types("restart web", delivery="same")
    async with staged(tmp_path) as after:
        await after.types("restart web", delivery="same")
        assert after.docker.asked == []


async def test_of_many_at_once_one_is_done(stage: Stage, docker: Docker) -> None:
    heard = await asyncio.gather(*(stage.types("restart web", delivery="same") for _ in range(10)))
    assert len([each for each in heard if each.posted]) == 1
    assert len(docker.changed) == 1


async def _broken(self: Store, *args: object, **more: object) -> None:
    raise StoreError("the disk is full")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("receive", "append", "begin", "finish", "placed"):
        monkeypatch.setattr(Store, name, _broken)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("act", ACTS)
async def test_without_a_record_no_act_is_done(stage: Stage, docker: Docker, act: str) -> None:
    heard = await stage.types(act)
    assert docker.asked == []
    assert heard.private.outcome == "failed"
    assert "Nothing was done: the record can't be written. the disk is full" in heard.private.text


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("read", READS)
async def test_without_a_record_one_may_still_look(stage: Stage, docker: Docker, read: str) -> None:
    heard = await stage.types(read)
    assert heard.said.outcome == "done"
    assert docker.asked
    assert "The outcome could not be written into the record." in heard.said.text
    assert heard.facts["audit"] == ""


async def test_an_intent_that_can_not_be_recorded_is_not_acted_on(
    stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request was written, then the disk was full."""
    monkeypatch.setattr(Store, "begin", _broken)
    heard = await stage.types("stop web")
    assert docker.changed == []
    assert heard.reply.outcome == "failed"
    assert "Nothing was done" in heard.reply.text


async def test_an_outcome_that_can_not_be_recorded_is_said(
    stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "finish", _broken)
    heard = await stage.types("stop web")
    assert len(docker.changed) == 1
    assert (
        heard.said.text
        == "stopped web on local: exited (0) The outcome could not be written into the record."
    )


async def test_what_is_recorded_of_an_act(stage: Stage) -> None:
    heard = await stage.types("-H local stop -t 5 web")
    request, intent, outcome = await stage.records()
    assert [each.kind for each in (request, intent, outcome)] == ["request", "intent", "outcome"]
    assert {each.operation for each in (request, intent, outcome)} == {heard.facts["operation"]}
    assert request.body == {
        "team": "T0TEAM",
        "user": "U0ALICE",
        "channel": "C0INC",
        "source": "command",
        "command": "-H local stop --timeout 5 web",
    }
    assert intent.body["objects"] == [{"kind": "container", "id": WEB, "name": "web"}]
    assert intent.body["rule"] == "all"
    assert (outcome.body["outcome"], outcome.body["text"]) == ("done", "stopped web on local: exited (0)")


@pytest.mark.parametrize(
    ("typed", "by", "recorded_as"),
    [
        ("stop web", "U0DAVE", ("denied", "denied")),
        ("stpo web", "U0ALICE", ("outcome", "failed")),
        ("stop nosuch", "U0ALICE", ("outcome", "failed")),
        ("help", "U0DAVE", ("outcome", "done")),
        ("whoami", "U0DAVE", ("outcome", "done")),
    ],
)
async def test_what_asked_no_daemon_is_recorded_too(
    stage: Stage, docker: Docker, typed: str, by: str, recorded_as: tuple[str, str]
) -> None:
    await stage.types(typed, by=by)
    request, answer = await stage.records()
    assert (request.body["command"], request.body["user"]) == (typed, by)
    assert (answer.kind, answer.body["outcome"]) == recorded_as
    assert docker.changed == []


async def test_a_secret_in_a_mistake_is_recorded_masked(stage: Stage) -> None:
    heard = await stage.types("run -e DB_PASSWORD=hunter2 --nosuch tomcat:9.0")
    assert "hunter2" not in repr(heard) + repr(await stage.records())


async def test_half_a_character_harms_nobody(stage: Stage, docker: Docker) -> None:
    """JSON can hold a lone surrogate; the record can't."""
    heard = await stage.types("ps \ud83d")
    assert heard.private.outcome == "failed"
    heard = await stage.types("stop \ud83d")
    assert heard.private.outcome == "failed"
    assert docker.changed == []


async def test_a_failure_of_ours_is_recorded_and_said_with_a_reference(
    stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wrong(*_: object, **__: object) -> bool:
        raise KeyError("ours")

    monkeypatch.setattr("bot.engine.daemon.Daemon.stop", wrong)
    with structlog.testing.capture_logs() as logs:
        heard = await stage.types("stop web")
    assert heard.said.outcome == "unknown"
    (reference,) = re.findall(r"something broke on our side \(ref ([0-9a-f]+)\)", heard.said.text)
    assert [each["ref"] for each in logs if "ref" in each] == [reference]
    assert "ours" not in heard.words
    (outcome,) = await stage.records("outcome")
    assert outcome.body["outcome"] == "unknown"
    assert docker.changed == []


async def test_a_failure_of_ours_while_planning_did_nothing(
    stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wrong(*_: object, **__: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("bot.engine.reader.Reader.container", wrong)
    with structlog.testing.capture_logs():
        heard = await stage.types("stop web")
    assert "something broke on our side" in heard.said.text
    assert docker.changed == []

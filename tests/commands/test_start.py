"""start: what is stopped is started, and looked at again."""

from tests.commands.docker import CACHE, PORTS, WEB, Docker, recorded
from tests.commands.stage import Stage
from tests.commands.wire import Answer


async def test_it_is_started_by_its_full_id_and_looked_at_again(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("start cache")
    look = f"GET /containers/{CACHE}/json"
    assert docker.asked == ["GET /containers/cache/json", f"POST /containers/{CACHE}/start", look]
    assert heard.said.text == f"started cache on local: running, {PORTS}"
    assert heard.said.outcome == "done"
    assert heard.buttons == [
        ("Logs", f"-H local logs --tail 50 {CACHE[:12]}"),
        ("Stop", f"-H local stop {CACHE[:12]}"),
    ]


async def test_what_runs_already_is_said_to(stage: Stage) -> None:
    heard = await stage.types("start web")
    assert heard.said.text == f"web on local was already started: running, {PORTS}"
    assert heard.said.outcome == "done"


async def test_the_daemons_own_words_say_why_not(stage: Stage, docker: Docker) -> None:
    docker.answers[f"POST /containers/{CACHE}/start"] = [recorded("start port")]
    heard = await stage.types("start cache")
    assert heard.said.outcome == "failed"
    assert heard.said.text.startswith("could not start cache on local: driver failed programming")
    assert "Bind for 0.0.0.0:9090 failed: port is already allocated" in heard.words
    assert heard.buttons == []


async def test_one_that_ends_at_once_is_not_called_started(stage: Stage, docker: Docker) -> None:
    docker.answers[f"POST /containers/{CACHE}/start"] = [Answer(204)]
    docker.stops_with = 137
    docker.more[CACHE] = {"State": {"OOMKilled": True}}
    heard = await stage.types("start cache")
    assert (heard.said.outcome, heard.said.text) == (
        "failed",
        "could not start cache on local: exited (137), out of memory",
    )


async def test_a_line_that_breaks_leaves_it_unknown_with_what_is_true_now(
    stage: Stage, docker: Docker
) -> None:
    docker.answers[f"POST /containers/{CACHE}/start"] = [Answer(cut=True)]
    heard = await stage.types("start cache")
    assert heard.said.outcome == "unknown"
    assert "outcome unknown" in heard.said.text and "Now: exited (0)" in heard.said.text
    assert docker.changed == [f"POST /containers/{CACHE}/start"], "asked once, not again"
    assert "Look before trying again" in heard.words


async def test_several_end_each_by_itself(stage: Stage, docker: Docker) -> None:
    docker.answers[f"POST /containers/{CACHE}/start"] = [recorded("start port")]
    heard = await stage.types("start web cache")
    assert heard.said.outcome == "partial"
    assert sorted(docker.changed) == sorted(f"POST /containers/{id_}/start" for id_ in (WEB, CACHE))
    assert heard.facts["objects"] == [WEB, CACHE]


async def test_one_that_is_named_twice_is_started_once(stage: Stage, docker: Docker) -> None:
    await stage.types(f"start cache {CACHE}")
    assert docker.changed == [f"POST /containers/{CACHE}/start"]


async def test_a_missing_one_stops_the_whole_line(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("start cache wbe")
    assert heard.private.text == "no container is called wbe on local. Did you mean web?"
    assert heard.words.splitlines()[1:3] == ["start cache wbe", "            ^^^"]
    assert docker.changed == []

"""stop: politely, after so many seconds by force."""

import pytest

from tests.commands.docker import CACHE, WEB, Docker, recorded
from tests.commands.stage import Stage
from tests.commands.wire import Answer


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("stop web", ""),
        ("stop -t 5 web", "?t=5"),
        ("stop --time 0 web", "?t=0"),
        ("stop -t -1 web", "?t=-1"),
        ("container stop web", ""),
    ],
)
async def test_what_the_daemon_is_asked(stage: Stage, docker: Docker, typed: str, query: str) -> None:
    heard = await stage.types(typed)
    assert docker.changed == [f"POST /containers/{WEB}/stop{query}"]
    assert (heard.said.text, heard.said.outcome) == ("stopped web on local: exited (0)", "done")
    assert heard.buttons == [
        ("Start", f"-H local start {WEB[:12]}"),
        ("Logs", f"-H local logs --tail 50 {WEB[:12]}"),
    ]


async def test_what_is_stopped_already_is_said_to(stage: Stage) -> None:
    heard = await stage.types("stop cache")
    assert (heard.said.text, heard.said.outcome) == ("cache on local was already stopped: exited (0)", "done")


async def test_one_that_is_up_again_was_not_stopped(stage: Stage, docker: Docker) -> None:
    """A restart policy, or somebody at the host: the truth is what is seen afterwards."""
    docker.answers[f"POST /containers/{WEB}/stop"] = [Answer(204)]
    heard = await stage.types("stop web")
    assert heard.said.outcome == "failed"
    assert heard.said.text.startswith("could not stop web on local: running")


async def test_one_unknown_makes_all_unknown(stage: Stage, docker: Docker) -> None:
    docker.answers[f"POST /containers/{WEB}/stop"] = [Answer(cut=True)]
    heard = await stage.types("stop web cache")
    assert heard.said.outcome == "unknown"
    assert "cache on local was already stopped" in heard.said.text


async def test_it_is_unknown_where_it_can_not_be_looked_at_again(stage: Stage, docker: Docker) -> None:
    docker.answers[f"GET /containers/{WEB}/json"] = [Answer(500, {"message": "the disk is full"})]
    heard = await stage.types("stop web")
    assert heard.said.outcome == "unknown"
    assert "the disk is full" in heard.words


async def test_one_that_goes_with_its_end_is_stopped_and_gone(stage: Stage, docker: Docker) -> None:
    """It was run with --rm."""
    docker.answers[f"GET /containers/{WEB}/json"] = [recorded("no container")]
    heard = await stage.types("stop web")
    assert (heard.said.text, heard.said.outcome) == ("stopped web on local: it is gone", "done")


async def test_seconds_are_a_number(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("stop -t soon web")
    assert heard.private.outcome == "failed"
    assert "soon" in heard.words and docker.asked == []
    assert CACHE in docker.containers

"""rm: gone is gone only when it is not found any more."""

import pytest

from tests.commands.docker import CACHE, WEB, Docker
from tests.commands.stage import Stage
from tests.commands.wire import Answer


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("rm cache", f"DELETE /containers/{CACHE}"),
        ("rm -f web", f"DELETE /containers/{WEB}?force=1"),
        ("rm -fv web", f"DELETE /containers/{WEB}?force=1&v=1"),
        ("container rm -v cache", f"DELETE /containers/{CACHE}?v=1"),
    ],
)
async def test_what_the_daemon_is_asked(stage: Stage, docker: Docker, typed: str, asked: str) -> None:
    heard = await stage.types(typed)
    name = typed.rsplit(maxsplit=1)[-1]
    assert docker.changed == [asked]
    assert (heard.said.text, heard.said.outcome) == (f"removed {name} on local", "done")
    assert heard.buttons == []


async def test_one_that_runs_is_not_removed(stage: Stage) -> None:
    heard = await stage.types("rm web")
    assert heard.said.outcome == "failed"
    assert "Stop the container before attempting removal or force remove" in heard.said.text


async def test_one_that_is_still_there_was_not_removed(stage: Stage, docker: Docker) -> None:
    docker.answers[f"DELETE /containers/{CACHE}"] = [Answer(204)]
    heard = await stage.types("rm cache")
    assert (heard.said.text, heard.said.outcome) == ("could not remove cache on local: exited (0)", "failed")


async def test_some_removed_some_not(stage: Stage) -> None:
    heard = await stage.types("rm web cache")
    assert heard.said.outcome == "partial"
    assert heard.said.text.endswith("; removed cache on local")


async def test_a_broken_line_with_the_container_gone(stage: Stage, docker: Docker) -> None:
    """It may have been this that removed it, or somebody else: unknown, with what is seen."""
    docker.answers[f"DELETE /containers/{CACHE}"] = [Answer(cut=True)]
    docker.answers[f"GET /containers/{CACHE}/json"] = [Answer(404, {"message": "No such container: cache"})]
    heard = await stage.types("rm cache")
    assert heard.said.outcome == "unknown"
    assert "Now: it is gone" in heard.words

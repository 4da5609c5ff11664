"""pull: one message that moves, and ends with what really happened."""

import asyncio
import json

import pytest

from bot.commands import narrator
from tests.commands.docker import RECORDED, TOMCAT, Docker, recorded
from tests.commands.stage import Heard, Stage
from tests.commands.wire import Answer

DIGEST = "sha256:fc7afec25a452c8f7286e92272454397ac6a4c277f25114f33146351b223295a"


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("pull nginx", "fromImage=docker.io/library/nginx&tag=latest"),
        ("pull nginx:1.27", "fromImage=docker.io/library/nginx&tag=1.27"),
        ("pull acme/web:1 --platform linux/arm64", "fromImage=docker.io/acme/web&platform=linux/arm64&tag=1"),
        (f"pull localhost:5000/web@{DIGEST}", f"fromImage=localhost:5000/web&tag={DIGEST}"),
        ("pull -a nginx", "fromImage=docker.io/library/nginx"),
    ],
)
async def test_what_the_daemon_is_asked(stage: Stage, docker: Docker, typed: str, query: str) -> None:
    await stage.types(typed)
    assert docker.changed == [f"POST /images/create?{query}"]


async def test_it_ends_with_layers_size_and_digest(stage: Stage, docker: Docker) -> None:
    del docker.images["tomcat:9.0"]
    heard = await stage.types("pull tomcat:9.0")
    assert heard.said.text == "pulled tomcat:9.0 on local: 6 layers, 26.99MB"
    assert DIGEST in heard.words
    assert heard.facts["objects"] == [TOMCAT]
    assert heard.buttons == [("Images", "-H local images")]


async def test_what_is_there_already_is_said_to(stage: Stage) -> None:
    heard = await stage.types("pull -q tomcat:9.0")
    assert (heard.said.text, heard.said.outcome) == (
        "pulled tomcat:9.0 on local: already up to date, 26.99MB",
        "done",
    )
    assert DIGEST not in heard.words


async def test_an_error_before_the_stream(stage: Stage, docker: Docker) -> None:
    docker.answers["POST /images/create"] = [recorded("pull missing")]
    heard = await stage.types("pull localhost:5001/fresh:nosuch")
    assert heard.said.outcome == "failed"
    assert "failed: manifest for localhost:5001/fresh:nosuch not found" in heard.said.text


async def test_an_error_inside_the_stream_is_no_success(stage: Stage, docker: Docker) -> None:
    wrong = {"errorDetail": {"message": "no space left on device"}, "error": "no space left on device"}
    body = f"{RECORDED['pull']['body'][:600].rpartition(chr(10))[0]}\n{json.dumps(wrong)}\n"
    docker.answers["POST /images/create"] = [Answer(200, body)]
    heard = await stage.types("pull tomcat:9.0")
    assert (heard.said.outcome, heard.said.text) == (
        "failed",
        "pull tomcat:9.0 on local failed: no space left on device",
    )


async def test_a_stream_that_breaks_is_unknown(stage: Stage, docker: Docker) -> None:
    docker.answers["POST /images/create"] = [Answer(200, RECORDED["pull"]["body"][:500], cut=True)]
    heard = await stage.types("pull tomcat:9.0")
    assert heard.said.outcome == "unknown"
    assert "may or may not have been done" in heard.said.text
    assert len(docker.changed) == 1


async def test_how_far_it_is_is_told(stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream stands still after half of it, until the message has said so."""
    monkeypatch.setattr(narrator, "PATIENCE", 0.05)
    monkeypatch.setattr(narrator, "BEAT", 0.02)
    told = asyncio.Event()
    docker.answers["POST /images/create"] = [Answer(200, recorded("pull").body, go_on=told)]
    heard = Heard(on_post=lambda reply: told.set())
    await stage.types("pull tomcat:9.0", heard=heard)
    first = heard.posted[0]
    assert first.outcome == "running"
    assert first.text == "pull on local is running…"
    assert heard.posted[-1].outcome == "done"


async def test_a_reference_that_is_none(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("pull Tomcat:9.0")
    assert "repository name (library/Tomcat) must be lowercase" in heard.private.text
    assert heard.words.splitlines()[1:3] == ["pull Tomcat:9.0", "     ^^^^^^^^^^"]
    assert docker.asked == []

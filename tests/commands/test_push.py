"""push: an image to its registry, under who the bot is there."""

import pytest

from tests.commands.docker import BUSYBOX, Docker, recorded
from tests.commands.stage import Stage
from tests.commands.wire import Answer

NAME = "localhost:5001/fresh:1"


@pytest.fixture(autouse=True)
def _tagged(docker: Docker) -> None:
    docker.images[NAME] = BUSYBOX


async def test_it_ends_with_layers_and_digest(stage: Stage, docker: Docker) -> None:
    heard = await stage.types(f"push {NAME}")
    assert docker.changed == ["POST /images/localhost:5001/fresh/push?tag=1"]
    assert docker.requests[-1].headers["x-registry-auth"] == "e30=", "nobody, in url-safe base64"
    assert heard.said.text == f"pushed {NAME} from local: 1 of 1 layers sent"
    assert "1: digest: sha256:438a7d1198d2" in heard.words


async def test_what_is_there_already_is_said_to(stage: Stage, docker: Docker) -> None:
    docker.answers["POST /images/localhost:5001/fresh/push"] = [recorded("push again")]
    heard = await stage.types(f"push -q {NAME}")
    assert heard.said.text == f"pushed {NAME} from local: all layers were there already"
    assert "digest" not in heard.words


async def test_every_tag(stage: Stage, docker: Docker) -> None:
    docker.images["localhost:5001/fresh:2"] = BUSYBOX
    heard = await stage.types("push -a localhost:5001/fresh")
    assert docker.changed == [f"POST /images/localhost:5001/fresh/push?tag={tag}" for tag in (1, 2)]
    assert heard.facts["objects"] == [BUSYBOX, BUSYBOX], "each tag was judged"


async def test_a_registry_that_is_away_is_a_failure_inside_a_200(stage: Stage, docker: Docker) -> None:
    docker.answers["POST /images/localhost:5001/fresh/push"] = [recorded("push refused")]
    heard = await stage.types(f"push {NAME}")
    assert heard.said.outcome == "failed"
    assert heard.said.text.endswith("connect: connection refused")


async def test_a_stream_that_breaks_is_unknown(stage: Stage, docker: Docker) -> None:
    docker.answers["POST /images/localhost:5001/fresh/push"] = [Answer(200, "", cut=True)]
    assert (await stage.types(f"push {NAME}")).said.outcome == "unknown"


async def test_an_image_that_is_not_there(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("push localhost:5001/frehs:1")
    assert "Did you mean localhost:5001/fresh:1?" in heard.private.text
    assert docker.changed == []

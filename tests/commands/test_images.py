"""images: the images that the asker may see, as the CLI shows them."""

import pytest

from tests.commands.docker import BUSYBOX, TOMCAT, Docker
from tests.commands.stage import Stage


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("images", ""),
        ("images -a --digests", "?all=1"),
        ("image ls busybox", '?filters={"reference":{"busybox":true}}'),
        ("images -f dangling=true", '?filters={"dangling":{"true":true}}'),
        ("images -f reference=a* b", '?filters={"reference":{"a*":true,"b":true}}'),
    ],
)
async def test_what_the_daemon_is_asked(stage: Stage, docker: Docker, typed: str, query: str) -> None:
    await stage.types(typed)
    assert docker.asked == [f"GET /images/json{query}"]


async def test_a_table_with_sizes(stage: Stage) -> None:
    heard = await stage.types("images")
    assert heard.said.text == "looked at 2 images on local"
    assert "tomcat" in heard.words and "27MB" in heard.words


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("images -q", f"{TOMCAT[7:19]}\n{BUSYBOX[7:19]}"),
        ("images -q --no-trunc", f"{TOMCAT}\n{BUSYBOX}"),
        ("images --format '{{.Repository}} {{.Tag}} {{.Size}}'", "tomcat 9.0 27MB\nbusybox 1 1.99MB"),
    ],
)
async def test_q_and_format(stage: Stage, typed: str, shown: str) -> None:
    assert shown in (await stage.types(typed)).words


async def test_digests(stage: Stage) -> None:
    assert (
        "sha256:fc7afec25a45"
        in (await stage.types("images --digests --no-trunc", full=True)).said.files[0].content.decode()
    )


async def test_only_what_one_may_see(stage: Stage) -> None:
    heard = await stage.types("images", by="U0BOB")
    assert heard.said.text == "looked at 1 image on local"
    assert "busybox" not in heard.words

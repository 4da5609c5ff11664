"""info: what the host is and has."""

import pytest

from tests.commands.docker import Docker
from tests.commands.stage import Stage


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("info", "Server Version: 20.10.24"), ("info -f '{{.Name}} {{.NCPU}}'", "node-1 2")],
)
async def test_what_is_shown(stage: Stage, docker: Docker, typed: str, shown: str) -> None:
    heard = await stage.types(typed)
    assert docker.asked == ["GET /info"]
    assert shown in heard.words


async def test_all_of_it_as_a_file(stage: Stage) -> None:
    heard = await stage.types("info", full=True)
    assert heard.said.files[0].name == "info-local.txt"
    assert b"Storage Driver: overlay2" in heard.said.files[0].content

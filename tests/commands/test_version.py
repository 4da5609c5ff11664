"""version: the engine's."""

import pytest

from tests.commands.docker import Docker
from tests.commands.stage import Stage


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("version", "20.10.24"), ("version -f '{{.Server.APIVersion}}'", "1.41"), ("version -f json", '"1.41"')],
)
async def test_what_is_shown(stage: Stage, docker: Docker, typed: str, shown: str) -> None:
    heard = await stage.types(typed)
    assert docker.asked == ["GET /version"]
    assert heard.said.text == "looked at version of local"
    assert shown in heard.words

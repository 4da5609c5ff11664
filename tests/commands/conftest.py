"""One host, or three."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.commands.docker import Docker
from tests.commands.stage import Stage, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as stage:
        yield stage


@pytest.fixture
def docker(stage: Stage) -> Docker:
    """The daemon of the one host."""
    return stage.docker


@pytest.fixture
async def three(tmp_path: Path) -> AsyncIterator[Stage]:
    """The hosts `one` (the default), `two` and `three`; the last two are tagged `lab`."""
    lab = frozenset({"lab"})
    async with staged(tmp_path, {"one": frozenset(), "two": lab, "three": lab}) as stage:
        yield stage

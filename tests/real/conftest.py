"""One bot on Socket Mode for the tests that change nothing about it, and the people of the playground."""

from collections.abc import Iterator

import pytest

from tests.bots import Deployment, Person, deployed
from tests.engines import Engine


@pytest.fixture(scope="session")
def bot(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployed(tmp_path_factory.mktemp("bot"), engine) as running:
        yield running


@pytest.fixture
def alice(bot: Deployment, clean: Engine) -> Person:
    """She may do everything."""
    return bot.person("U0ALICE")


@pytest.fixture
def bob(bot: Deployment, clean: Engine) -> Person:
    """He may look at and operate what is called web…, and see nothing else."""
    return bot.person("U0BOB")


@pytest.fixture
def dave(bot: Deployment, clean: Engine) -> Person:
    """A member of the workspace whom no rule names."""
    return bot.person("U0DAVE")


@pytest.fixture
def guest(bot: Deployment, clean: Engine) -> Person:
    """A guest of the workspace."""
    return bot.person("U0GUEST")

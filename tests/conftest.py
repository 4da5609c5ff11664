"""What tests of every room share: a real Docker daemon with a registry and small images, once a run."""

from collections.abc import Iterator

import pytest

from bot.playground import docker_images
from tests.engines import Engine


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A real daemon. Its mirror has ``tomcat:9.0``, ``nginx:1.27`` and ``busybox:1``; the last is pulled."""
    with Engine() as private:
        docker_images.publish(private)
        private.cli("pull", "--quiet", "busybox:1")
        yield private


@pytest.fixture
def clean(engine: Engine) -> Iterator[Engine]:
    """The daemon without a container, network or volume of another test; images are kept."""
    engine.clean()
    yield engine
    engine.clean()

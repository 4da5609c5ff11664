"""What tests of every room share: a real Docker daemon with a registry and small images, once a run."""

from collections.abc import Iterator

import hypothesis
import pytest

from bot.playground import docker_images
from tests.engines import Engine, modern_root
from tests.registries import LockedRegistry, locked_registry

# A busy machine is no defect: properties are judged by what they find, not by how long they took.
hypothesis.settings.register_profile(
    "busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy")


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A real daemon. Its mirror has ``tomcat:9.0``, ``nginx:1.27`` and ``busybox:1``; the last is pulled."""
    with Engine() as private:
        docker_images.publish(private)
        private.cli("pull", "--quiet", "busybox:1")
        yield private


@pytest.fixture(scope="session")
def modern_engine() -> Iterator[Engine]:
    """A daemon some years newer (API 1.45), with ``busybox:1``. Made at the first use, in half a minute."""
    with Engine(root=modern_root()) as private:
        docker_images.load(private, "busybox:1")
        yield private


@pytest.fixture(params=["engine", "modern_engine"])
def each_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The test runs on the old and on the newer daemon, each without containers of other tests."""
    private: Engine = request.getfixturevalue(request.param)
    private.clean()
    yield private
    private.clean()


@pytest.fixture(scope="session")
def locked(engine: Engine) -> Iterator[LockedRegistry]:
    """A registry beside ``engine`` that wants a name and a password."""
    with locked_registry(engine) as registry:
        yield registry


@pytest.fixture
def clean(engine: Engine) -> Iterator[Engine]:
    """The daemon without a container, network or volume of another test; images are kept."""
    engine.clean()
    yield engine
    engine.clean()

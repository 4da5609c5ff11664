"""A Docker daemon for the demo: the one that is here, or a private one for as long as the demo runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.playground import docker_find, docker_images
from bot.playground.docker import Dockerd

STAND_INS = ", ".join(docker_images.NAMES)
OFFLINE = (
    f"Docker Hub can't be reached from here. These stand-ins can be pulled instead: {STAND_INS}. "
    "They are small images made on this machine, and not what their names say."
)
OFFLINE_THERE = "Docker Hub can't be reached from here, so it may be unable to pull images that it lacks."


@dataclass(frozen=True)
class DemoDocker:
    """The daemon's address, and the registry beside it where the daemon is a private one."""

    url: str
    registry: str | None = None


@contextmanager
def demo_docker(say: Callable[[str], None]) -> Iterator[DemoDocker]:
    """A daemon to play with; each step that takes time is told to ``say``, a sentence at a time. Blocks.

    A daemon that answers at ``DOCKER_HOST`` or the default socket is used as it is. Otherwise a private one,
    installed first where it is missing, runs until the end. Raises InstallError or DockerdError.
    """
    if url := docker_find.find_daemon():
        say(f"Using the Docker daemon at {url}.")
        if not docker_find.hub_reachable():
            say(OFFLINE_THERE)
        yield DemoDocker(url)
        return
    docker_find.install()
    online = docker_find.hub_reachable()
    say("Starting a private Docker daemon; it is gone, with all in it, when the demo ends.")
    with Dockerd(network="host", mirror=not online) as engine:
        if not online:
            docker_images.publish(engine)
            say(OFFLINE)
        say(f"A registry to push to: {engine.registry}, for example {engine.registry}/team/tomcat:9.0.")
        yield DemoDocker(engine.url, engine.registry)

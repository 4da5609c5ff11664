"""A registry that wants a password, in the network of a private daemon."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.engines import Engine

PORT = 5002
HTPASSWD = "bot:$2y$05$dockwardenTestSalt123uXVqWMzW0yJlvgyzmz.31dTv23ZTX4iW\n"


@dataclass(frozen=True)
class LockedRegistry:
    """Its name as the daemon sees it, and who may push and pull there."""

    name: str = f"localhost:{PORT}"
    username: str = "bot"
    password: str = "hunter2"


@contextmanager
def locked_registry(engine: Engine) -> Iterator[LockedRegistry]:
    """Run one in the engine's network until the block ends, or this process is killed."""
    folder = engine.folder / "locked"
    folder.mkdir()
    (folder / "htpasswd").write_text(HTPASSWD)
    (folder / "registry.yml").write_text(json.dumps(_config(folder)))
    log = folder / "log"
    enter = ["setpriv", "--pdeathsig=KILL", "nsenter", f"--target={engine.pid}", "--net"]
    serve = ["docker-registry", "serve", str(folder / "registry.yml")]
    with log.open("w") as writing:
        serving = subprocess.Popen([*enter, *serve], stderr=writing)
    try:
        deadline = time.monotonic() + 10
        while "listening on" not in log.read_text():
            assert time.monotonic() < deadline and serving.poll() is None, log.read_text()
            time.sleep(0.02)
        yield LockedRegistry()
    finally:
        serving.terminate()
        serving.wait(10)


def _config(folder: Path) -> dict[str, object]:
    return {
        "version": "0.1",
        "storage": {"filesystem": {"rootdirectory": str(folder / "data")}},
        "http": {"addr": f"127.0.0.1:{PORT}"},
        "auth": {"htpasswd": {"realm": "tests", "path": str(folder / "htpasswd")}},
    }

"""A private Docker daemon with a registry beside it, for the demo, the tests and the benchmark.

``docker_run.sh`` keeps both in namespaces of their own and clears up after them as soon as the pipe to it
ends, so it makes no difference whether this process closes it, raises, or is killed.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Literal, Self

import httpx

from bot.playground.docker_find import answers, free_port

SCRIPT = Path(__file__).with_name("docker_run.sh")
READY_SECONDS = 30.0
CLEAN_SECONDS = 30.0
POLL_SECONDS = 0.02


class DockerdError(Exception):
    """The private daemon could not be started or reached; the message is for people."""


class Dockerd:
    """A daemon and a registry that live as long as this context (or from ``start`` to ``close``). Needs root.

    ``network="own"``: in a network namespace of its own, without a way out; several can run at once.
    ``network="host"``: published ports appear on this machine. Its firewall is left alone, so the containers
    reach nothing outside.
    ``registry_port``: on loopback; with the host's network another is taken where it is in use.
    ``mirror``: the daemon looks for Docker Hub's images in the registry first (as ``library/NAME:TAG``).
    ``root``: the folder of another Debian system whose daemon is run instead of this one's.

    All calls block; from a coroutine use ``asyncio.to_thread``.
    """

    def __init__(
        self,
        *,
        network: Literal["own", "host"] = "own",
        registry_port: int = 5001,
        mirror: bool = True,
        root: Path | None = None,
    ) -> None:
        self._network = network
        self._port = registry_port
        self._mirror = mirror
        self._root = root
        self._process: subprocess.Popen[str] | None = None
        self.folder = Path()
        self.pid = 0

    @property
    def socket(self) -> Path:
        """The daemon's Unix socket, reachable from outside its namespaces."""
        return self.folder / "docker.sock"

    @property
    def url(self) -> str:
        """What stands in ``DOCKER_HOST``."""
        return f"unix://{self.socket}"

    @property
    def registry(self) -> str:
        """The registry as the daemon sees it: the first part of an image's name."""
        return f"localhost:{self._port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start both and wait until they answer. Raises DockerdError, with the end of the log."""
        if os.geteuid() != 0:
            raise DockerdError("only root can start a Docker daemon")
        for program in ("dockerd", "docker-registry", "tini", "ip", "unshare"):
            if not shutil.which(program):
                raise DockerdError(f"{program} is not installed")
        if self._network == "host":
            self._port = free_port(self._port)
        self.folder = Path(tempfile.mkdtemp(prefix="dw-"))
        self._configure()
        self._process = subprocess.Popen(  # noqa: S603  our own script and folder
            ["/bin/sh", SCRIPT, self.folder, self._network, self._root or ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for us: we then end it in our own time
        )
        try:
            self.pid = self._enter(self._process)
            self._wait_registry()
            self._wait_daemon()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the daemon, its containers and the registry, and remove all they made. May be called again."""
        process, self._process = self._process, None
        if process is None:
            return
        self._pipe(process.stdin).close()
        process.wait(CLEAN_SECONDS)
        self._pipe(process.stdout).close()

    def stop_daemon(self, *, kill: bool = False) -> None:
        """Take the daemon away and leave the registry; ``kill`` gives it no time to stop its containers."""
        self._say("kill" if kill else "stop")

    def start_daemon(self) -> None:
        """Bring the daemon back, with the same data, and wait until it answers."""
        self._say("start")
        self._wait_daemon()

    def restart(self) -> None:
        """Stop the daemon and its containers, as long as these take, and start it again."""
        self.stop_daemon()
        self.start_daemon()

    def client(self, *, timeout: float = 60.0) -> httpx.Client:
        """A plain HTTP client on the daemon's socket, to be closed by the caller."""
        transport = httpx.HTTPTransport(uds=str(self.socket))
        return httpx.Client(transport=transport, base_url="http://docker", timeout=timeout)

    def fetch(self, url: str, *, within: float = 10.0) -> str:
        """The body that ``url`` gives inside the daemon's network, asked for until it comes or time is up.

        Raises DockerdError with the last refusal after ``within`` seconds.
        """
        deadline = time.monotonic() + within
        ask = ["nsenter", f"--target={self.pid}", "--net", "busybox", "wget", "-q", "-O", "-", url]
        while True:
            answer = subprocess.run(  # noqa: S603  a list, no shell
                ask, capture_output=True, text=True, errors="replace", check=False, timeout=within + 10
            )
            if answer.returncode == 0:
                return answer.stdout
            if time.monotonic() > deadline:
                raise DockerdError(f"{url}: {answer.stderr.strip()}")
            time.sleep(POLL_SECONDS)

    def log(self, name: Literal["dockerd", "registry"] = "dockerd", *, lines: int = 20) -> str:
        """The end of what the daemon or the registry wrote."""
        path = self.folder / f"{name}.log"
        return "\n".join(path.read_text().splitlines()[-lines:]) if path.exists() else ""

    def _configure(self) -> None:
        host = self._network == "host"
        daemon: dict[str, Any] = {
            "hosts": [self.url],
            "data-root": str(self.folder / "data"),
            "exec-root": "/run/docker",
            "pidfile": "/run/docker.pid",
            "group": "root",
            "cgroup-parent": f"/{self.folder.name}",
            "registry-mirrors": [f"http://127.0.0.1:{self._port}"] if self._mirror else [],
        }
        if host:
            daemon |= {"bridge": self.folder.name, "iptables": False, "ip-forward": False, "ip-masq": False}
        registry = {
            "version": "0.1",
            "storage": {
                "filesystem": {"rootdirectory": str(self.folder / "registry")},
                "delete": {"enabled": True},
            },
            "http": {"addr": f"127.0.0.1:{self._port}"},
        }
        (self.folder / "daemon.json").write_text(json.dumps(daemon))
        (self.folder / "registry.yml").write_text(json.dumps(registry))  # YAML reads JSON

    def _enter(self, process: "subprocess.Popen[str]") -> int:
        first = self._pipe(process.stdout).readline()
        if not first:
            raise DockerdError("this machine does not allow namespaces, which a private Docker daemon needs")
        return int(first)

    def _wait(self, name: Literal["dockerd", "registry"], ready: Callable[[], bool], failure: str) -> None:
        """Until ``ready``; DockerdError when the log has ``failure`` in it or time is up."""
        deadline = time.monotonic() + READY_SECONDS
        while not ready():
            if time.monotonic() > deadline or failure in self.log(name):
                raise DockerdError(f"{name} did not start:\n{self.log(name)}")
            time.sleep(POLL_SECONDS)

    def _wait_daemon(self) -> None:
        self._wait("dockerd", lambda: answers(self.url), "failed to start daemon")

    def _wait_registry(self) -> None:
        self._wait("registry", lambda: "listening on" in self.log("registry"), "level=fatal")

    def _say(self, word: str) -> None:
        if self._process is None:
            raise DockerdError("the private Docker daemon is not running")
        stdin = self._pipe(self._process.stdin)
        stdin.write(f"{word}\n")
        stdin.flush()
        self._pipe(self._process.stdout).readline()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        if pipe is None:
            raise DockerdError("the private Docker daemon has no pipe")
        return pipe

"""What else can talk to a daemon: the docker CLI as a process, docker-py, and a raw socket."""

import http.client
import json
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.engines import Engine

CLI = "docker CLI, as a process"
LOW = "docker-py, low-level"
HIGH = "docker-py, high-level"
RAW = "raw socket"


def run_cli(engine: Engine, *args: str) -> None:
    """`docker ARGS`, its output thrown away. Raises CalledProcessError."""
    subprocess.run(["docker", "--host", engine.url, *args], stdout=subprocess.DEVNULL, check=True)


class RawSocket(http.client.HTTPConnection):
    """The standard library's HTTP over a Unix socket; the connection is kept."""

    def __init__(self, path: Path) -> None:
        super().__init__("docker")
        self._path = str(path)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self._path)

    def ask(self, method: str, target: str, body: Any = None) -> Any:
        """The parsed answer, None where it is empty."""
        content = None if body is None else json.dumps(body)
        self.request(method, f"/v1.41{target}", content, {"Content-Type": "application/json"})
        answer = self.getresponse()
        told = answer.read()
        assert answer.status < 300, told
        return json.loads(told) if told else None

"""A Docker daemon in memory: it speaks the real protocol, and says what a real Engine 20.10 was recorded to say."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.commands.wire import Answer, Request, listening

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "recorded" / "engine.json").read_text())
WEB: str = RECORDED["running"]["body"]["Id"]
CACHE = "c" * 64
MADE = "a" * 64
TOMCAT: str = RECORDED["image"]["body"]["Id"]
PORTS = "0.0.0.0:9090->8080/tcp, [::]:9090->8080/tcp"
BUSYBOX: str = RECORDED["images"]["body"][1]["Id"]


def recorded(name: str) -> Answer:
    """An answer as it was recorded."""
    return Answer(RECORDED[name]["status"], deepcopy(RECORDED[name]["body"]))


def frame(text: str, stream: int = 1) -> bytes:
    """What a container wrote, as the engine frames it."""
    return struct.pack(">BxxxI", stream, len(text.encode())) + text.encode()


class Docker:
    """Has `web` (running) and `cache` (exited), both of `tomcat:9.0`, and that image and `busybox:1`.

    `asked` is every request but pings, in order: `POST /containers/<id>/stop?t=5`. `answers` says what is
    answered instead, by method and path: `{"POST /containers/<id>/stop": [Answer(500, …)]}`, the last again and
    again.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.requests: list[Request] = []
        self.answers: dict[str, list[Answer]] = {}
        self.containers = {WEB: ("web", "running"), CACHE: ("cache", "exited")}
        self.images = {row["RepoTags"][0]: row["Id"] for row in RECORDED["images"]["body"]}
        self.more: dict[str, dict[str, Any]] = {}  # what an inspection says besides, by container
        self.watch: Callable[[Request], None] = lambda _: None  # called before anything is answered
        self.logs = frame("first line\n") + frame("second line\n", 2)
        self.exit_code = 0
        self.stops_with = 0
        self._started = asyncio.Event()

    @asynccontextmanager
    async def at(self, socket: Path) -> AsyncIterator["Docker"]:
        async with listening(socket, self.answer):
            yield self

    @property
    def asked(self) -> list[str]:
        return [unquote(str(request)) for request in self.requests]

    @property
    def changed(self) -> list[str]:
        """What was asked of it that is more than looking."""
        return [each for each in self.asked if not each.startswith(("GET", "HEAD"))]

    def answer(self, request: Request) -> Answer:
        if request.path == "/_ping":
            return Answer(200, "OK")
        self.requests.append(request)
        self.watch(request)
        instead = self.answers.get(f"{request.method} {unquote(request.path)}")
        if instead:
            return instead.pop(0) if len(instead) > 1 else instead[0]
        parts = [unquote(part) for part in request.path.strip("/").split("/")]
        if parts[0] == "containers":
            return self._containers(request, parts[1:])
        if parts[0] == "images":
            return self._images(request, parts[1:])
        return recorded(parts[0])

    def _containers(self, request: Request, parts: list[str]) -> Answer:
        match request.method, parts:
            case "GET", ["json"]:
                return Answer(200, [self._row(id_) for id_ in self.containers])
            case "POST", ["create"]:
                return self._create(request)
        id_ = self._find(parts[0])
        if id_ is None:
            return Answer(404, {"message": f"No such container: {parts[0]}"})
        if request.method == "GET":
            return (
                Answer(200, self._inspection(id_)) if parts[1] == "json" else Answer(200, self.logs, kind="")
            )
        return self._act(request, id_, parts[1] if len(parts) > 1 else "rm")

    def _act(self, request: Request, id_: str, verb: str) -> Answer:
        name, state = self.containers[id_]
        up = state == "running"
        if verb in ("wait", "attach"):
            return Answer(
                200, {"StatusCode": self.exit_code} if verb == "wait" else self.logs, go_on=self._started
            )
        if verb == "rm":
            if up and "force" not in request.query:
                return recorded("rm running")
            del self.containers[id_]
            return Answer(204)
        if verb == "kill" and not up:
            return recorded("kill stopped")
        if verb == "kill" and request.query.get("signal", "KILL") not in ("KILL", "9", "SIGKILL"):
            return Answer(204)
        if (verb == "start" and up) or (verb == "stop" and not up):
            return Answer(304)
        self.containers[id_] = (name, "running" if verb in ("start", "restart") else "exited")
        if verb == "start" and any(f"/{id_}/wait" in each for each in self.asked):  # a short program
            self.containers[id_] = (name, "exited")
            if "removed" in str(self.asked):
                del self.containers[id_]
        self._started.set()
        return Answer(204)

    def _create(self, request: Request) -> Answer:
        name = request.query.get("name", "eager_bell")
        if any(name == there for there, _ in self.containers.values()):
            return recorded("create conflict")
        image = request.json["Image"]
        if not {image, f"{image}:latest"} & {*self.images, *self.images.values()}:
            return recorded("create no image")
        self.containers[MADE] = (name, "created")
        return Answer(201, {"Id": MADE, "Warnings": []})

    def _images(self, request: Request, parts: list[str]) -> Answer:
        match request.method, parts:
            case "GET", ["json"]:
                rows = {row["Id"]: row for row in recorded("images").body}
                return Answer(200, [{**rows[id_], "RepoTags": [tag]} for tag, id_ in self.images.items()])
            case "POST", ["create"]:
                return self._pull(request.query)
        if request.method == "POST":
            return self._tag_or_push(request, "/".join(parts[:-1]), parts[-1])
        name = "/".join(parts[:-1] if request.method == "GET" else parts)
        id_ = self.images.get(name) or next((i for i in self.images.values() if i == name), None)
        if id_ is None:
            return recorded("no image")
        if request.method == "DELETE":
            return self._untag(request, name)
        tags = [tag for tag, each in self.images.items() if each == id_]
        return Answer(200, {**recorded("image").body, "Id": id_, "RepoTags": tags})

    def _pull(self, query: dict[str, str]) -> Answer:
        name = query["fromImage"].removeprefix("docker.io/library/")
        there = f"{name}:{query.get('tag')}" in self.images
        self.images[f"{name}:{query.get('tag', 'latest')}"] = TOMCAT
        return recorded("pull current" if there else "pull")

    def _tag_or_push(self, request: Request, name: str, verb: str) -> Answer:
        if verb == "push":
            return recorded("push")
        repo = request.query["repo"].removeprefix("docker.io/library/")
        self.images[f"{repo}:{request.query['tag']}"] = self.images.get(name, name)
        return Answer(201)

    def _untag(self, request: Request, name: str) -> Answer:
        if name == "tomcat:9.0" and "force" not in request.query:
            return recorded("rmi used")
        id_ = self.images.pop(name)
        gone = [] if id_ in self.images.values() else [{"Deleted": id_}]
        return Answer(200, [{"Untagged": name}, *gone])

    def _find(self, ref: str) -> str | None:
        return next((i for i, (name, _) in self.containers.items() if ref in (i, name)), None)

    def _inspection(self, id_: str) -> dict[str, Any]:
        name, state = self.containers[id_]
        found: dict[str, Any] = {**recorded(state).body, "Id": id_, "Name": f"/{name}"}
        if state == "exited":
            found["State"]["ExitCode"] = self.stops_with
        return _merged(found, self.more.get(id_, {}))

    def _row(self, id_: str) -> dict[str, Any]:
        name, state = self.containers[id_]
        row: dict[str, Any] = {**recorded("list").body[0], "Id": id_, "Names": [f"/{name}"]}
        ended = {"State": state, "Status": "Exited (0) 2 hours ago", "Ports": []}
        return row if state == "running" else {**row, **ended}


def _merged(found: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """`more` laid over `found`, at any depth."""
    return {
        **found,
        **{k: _merged(found[k], v) if isinstance(v, dict) and k in found else v for k, v in more.items()},
    }

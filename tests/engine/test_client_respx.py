"""The client beside a mocked daemon: what it asks, what it is answered, what it makes of that, and how often it asks.

respx stands in beneath httpx's own transport, through which acts and transfers go.
"""

import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
import respx

from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, NotSent, Refused, Unknown
from bot.engine.types import RemovedImage

ID = "3e8c17cc79e7409c22b90a4cd6c240c4e14041d375c35d8344aff4d1ad1b62a0"
PAGE = httpx.Response(200, html="<html><body>It works!</body></html>")


@pytest.fixture
def engine() -> Iterator[respx.MockRouter]:
    """A daemon that answers a ping with its version, and what a test gives it to answer besides."""
    with respx.mock(base_url="http://docker.example:2375", assert_all_called=False) as router:
        router.head("/_ping", name="ping").respond(headers={"Api-Version": "1.41"})
        yield router


@pytest.fixture
async def daemon(engine: respx.MockRouter) -> AsyncIterator[Daemon]:
    daemon = Daemon(Connection("edge", "tcp://docker.example:2375"))
    yield daemon
    await daemon.aclose()


def asked(engine: respx.MockRouter) -> list[str]:
    """The requests in order: method, path and query."""
    return [f"{call.request.method} {call.request.url.raw_path.decode()}" for call in engine.calls]


async def drained(stream: AsyncIterator[object]) -> None:
    async for _ in stream:
        pass


async def test_create_sends_the_body_as_it_is_and_gives_id_and_warnings(
    engine: respx.MockRouter, daemon: Daemon
) -> None:
    body = {"Image": "tomcat:9.0", "Cmd": ["run", "é"], "HostConfig": {"Memory": 536870912}}
    create = engine.post("/v1.41/containers/create", params={"name": "web", "platform": "linux/arm64"})
    create.respond(201, json={"Id": ID, "Warnings": ["no swap limit"]})
    created = await daemon.create(body, name="web", platform="linux/arm64")
    assert (created.id, created.warnings) == (ID, ["no swap limit"])
    request = create.calls.last.request
    assert json.loads(request.content) == body
    assert request.headers["content-type"] == "application/json"


async def test_a_creation_whose_answer_names_no_container_is_unknown(
    engine: respx.MockRouter, daemon: Daemon
) -> None:
    engine.post("/v1.41/containers/create").respond(201, json={"Warnings": None})
    with pytest.raises(Unknown, match="its answer names no container"):
        await daemon.create({"Image": "tomcat"})


@pytest.mark.parametrize(
    ("act", "request_line", "status", "result"),
    [
        (lambda d: d.start("web"), "POST /containers/web/start", 204, True),
        (lambda d: d.start("web"), "POST /containers/web/start", 304, False),
        (lambda d: d.stop("web", timeout=10), "POST /containers/web/stop?t=10", 204, True),
        (lambda d: d.stop("web", timeout=10), "POST /containers/web/stop?t=10", 304, False),
        (lambda d: d.kill("web", signal="HUP"), "POST /containers/web/kill?signal=HUP", 204, None),
        (lambda d: d.remove("web", volumes=True), "DELETE /containers/web?v=1", 204, None),
        (
            lambda d: d.tag_image("a:1", repo="b/a", tag="2"),
            "POST /images/a:1/tag?repo=b%2Fa&tag=2",
            201,
            None,
        ),
    ],
)
async def test_an_act_is_one_request_without_a_body_and_its_status_is_the_answer(
    engine: respx.MockRouter,
    daemon: Daemon,
    *,
    act: Callable[[Daemon], Awaitable[object]],
    request_line: str,
    status: int,
    result: object,
) -> None:
    method, _, target = request_line.partition(" ")
    route = engine.request(method, f"/v1.41{target}").respond(status)
    assert await act(daemon) is result
    assert asked(engine) == ["HEAD /_ping", f"{method} /v1.41{target}"]
    assert route.calls.last.request.content == b""


@pytest.mark.parametrize(
    ("answer", "removed"),
    [
        (
            [{"Untagged": "shop:1"}, {"Deleted": f"sha256:{ID}"}],
            [RemovedImage(untagged="shop:1"), RemovedImage(deleted=f"sha256:{ID}")],
        ),
        (None, []),
    ],
)
async def test_rmi_lists_what_went(
    engine: respx.MockRouter, daemon: Daemon, answer: object, removed: list[RemovedImage]
) -> None:
    engine.delete("/v1.41/images/acme/shop:1").respond(content=json.dumps(answer))
    assert await daemon.remove_image("acme/shop:1") == removed


@pytest.mark.parametrize(
    ("answer", "kind", "sentence"),
    [
        (
            httpx.Response(409, json={"message": f"container {ID} is not running"}),
            Refused,
            f"edge refused POST /containers/web/kill: container {ID} is not running",
        ),
        (
            httpx.Response(400, text="Bad parameters\n"),
            Refused,
            "edge refused POST /containers/web/kill: Bad parameters",
        ),
        (
            httpx.Response(404, json={"cause": "no such container", "message": "no web", "response": 404}),
            Refused,
            "edge refused POST /containers/web/kill: no web",
        ),
        (
            PAGE,
            Unknown,
            "edge was asked POST /containers/web/kill, what became of it is not known: "
            "it answered with a web page, as no Docker daemon does",
        ),
    ],
    ids=["message", "plain text", "podman", "web page"],
)
async def test_no_is_told_in_a_sentence(
    engine: respx.MockRouter, daemon: Daemon, answer: httpx.Response, kind: type[EngineError], sentence: str
) -> None:
    kill = engine.post("/v1.41/containers/web/kill").mock(return_value=answer)
    with pytest.raises(kind) as caught:
        await daemon.kill("web")
    assert str(caught.value) == sentence
    assert not isinstance(caught.value, Refused) or caught.value.status == answer.status_code
    assert kill.call_count == 1


async def test_where_head_is_refused_the_version_is_asked_by_get_and_only_once(
    engine: respx.MockRouter, daemon: Daemon
) -> None:
    engine["ping"].respond(405)
    engine.get("/_ping").respond(text="OK", headers={"Api-Version": "1.47"})
    engine.post(path__regex=r"/v1\.47/containers/\w+/start").respond(204)
    await daemon.start("a")
    await daemon.start("b")
    assert asked(engine) == [
        "HEAD /_ping",
        "GET /_ping",
        "POST /v1.47/containers/a/start",
        "POST /v1.47/containers/b/start",
    ]


@pytest.mark.parametrize(
    ("transfer", "target", "header"),
    [
        (lambda d: d.pull("r.example/a", tag="1", auth="e30x"), "/images/create", "e30x"),
        (lambda d: d.pull("r.example/a", tag="1"), "/images/create", None),
        (lambda d: d.push("r.example/a", tag="1", auth="e30x"), "/images/r.example/a/push", "e30x"),
        (
            lambda d: d.push("r.example/a", tag="1", auth=""),
            "/images/r.example/a/push",
            base64.urlsafe_b64encode(b"{}").decode(),
        ),
    ],
    ids=["pull", "pull as nobody", "push", "push as nobody"],
)
async def test_a_login_goes_in_a_header_of_the_transfer(
    engine: respx.MockRouter,
    daemon: Daemon,
    transfer: Callable[[Daemon], AsyncIterator[Any]],
    target: str,
    header: str | None,
) -> None:
    route = engine.post(f"/v1.41{target}").respond(text='{"status":"Done"}\r\n')
    await drained(transfer(daemon))
    assert route.calls.last.request.headers.get("X-Registry-Auth") == header
    assert "X-Registry-Auth" not in engine["ping"].calls.last.request.headers


async def test_a_refused_connection_is_tried_once_more(engine: respx.MockRouter, daemon: Daemon) -> None:
    start = engine.post("/v1.41/containers/web/start")
    start.mock(side_effect=[httpx.ConnectError("refused"), httpx.Response(204)])
    assert await daemon.start("web") is True
    assert start.call_count == 2


@pytest.mark.parametrize(
    ("error", "kind", "times"),
    [
        (httpx.ConnectError, NotSent, 2),
        (httpx.ConnectTimeout, NotSent, 1),
        (httpx.PoolTimeout, NotSent, 1),
        (httpx.WriteError, Unknown, 1),
        (httpx.ReadError, Unknown, 1),
        (httpx.ReadTimeout, Unknown, 1),
        (httpx.RemoteProtocolError, Unknown, 1),
    ],
)
async def test_only_what_was_never_sent_is_asked_again(
    engine: respx.MockRouter, daemon: Daemon, error: type[Exception], kind: type[EngineError], times: int
) -> None:
    kill = engine.post("/v1.41/containers/web/kill").mock(side_effect=error)
    with pytest.raises(kind) as caught:
        await daemon.kill("web")
    assert type(caught.value) is kind
    assert kill.call_count == times


async def test_a_line_that_breaks_within_the_answer_is_not_asked_again(
    engine: respx.MockRouter, daemon: Daemon
) -> None:
    async def breaking() -> AsyncIterator[bytes]:
        yield b'{"Id":'
        raise httpx.ReadError("reset")

    create = engine.post("/v1.41/containers/create")
    create.mock(side_effect=lambda _: httpx.Response(201, content=breaking()))
    with pytest.raises(Unknown):
        await daemon.create({"Image": "tomcat"})
    assert create.call_count == 1

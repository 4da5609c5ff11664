"""What reaches the daemon: the same requests as the docker CLI sends (recorded from CLI 28 and Engine 20.10)."""

import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import parse_qs, unquote, unquote_plus

import pytest

from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, Refused
from bot.reference import Reference
from tests.engine.wire import Server, answer, says

REFERENCE = Reference.parse("tomcat:9.0")


async def drained(stream: AsyncIterator[object]) -> None:
    async for _ in stream:
        pass


@pytest.mark.parametrize(
    ("ask", "request_line"),
    [
        (lambda d: d.containers(), "GET /containers/json"),
        (lambda d: d.containers(all=True), "GET /containers/json?all=1"),
        (lambda d: d.containers(limit=2), "GET /containers/json?limit=2"),
        (lambda d: d.containers(all=True, size=True), "GET /containers/json?all=1&size=1"),
        (
            lambda d: d.containers(filters={"status": ["weird"]}),
            "GET /containers/json?filters=%7B%22status%22%3A%7B%22weird%22%3Atrue%7D%7D",
        ),
        (lambda d: d.container("web"), "GET /containers/web/json"),
        (lambda d: d.container("/web", size=True), "GET /containers/web/json?size=1"),
        (lambda d: d.inspect("container", "web", size=True), "GET /containers/web/json?size=1"),
        (lambda d: d.inspect("image", "localhost:5000/a:1"), "GET /images/localhost:5000/a:1/json"),
        (lambda d: d.inspect("info"), "GET /info"),
        (lambda d: d.images(all=True), "GET /images/json?all=1"),
        (lambda d: d.image("busybox:1"), "GET /images/busybox:1/json"),
        (lambda d: d.create({}, name="demo-x"), "POST /containers/create?name=demo-x"),
        (lambda d: d.create({}, platform="linux/arm64"), "POST /containers/create?platform=linux%2Farm64"),
        (lambda d: d.start("web"), "POST /containers/web/start"),
        (lambda d: d.stop("web"), "POST /containers/web/stop"),
        (lambda d: d.stop("web", timeout=0), "POST /containers/web/stop?t=0"),
        (lambda d: d.stop("web", timeout=1, signal="SIGINT"), "POST /containers/web/stop?signal=SIGINT&t=1"),
        (lambda d: d.restart("web", timeout=-1), "POST /containers/web/restart?t=-1"),
        (lambda d: d.kill("web"), "POST /containers/web/kill"),
        (lambda d: d.kill("web", signal="SIGWINCH"), "POST /containers/web/kill?signal=SIGWINCH"),
        (lambda d: d.remove("web"), "DELETE /containers/web"),
        (lambda d: d.remove("web", force=True, volumes=True), "DELETE /containers/web?force=1&v=1"),
        (lambda d: d.wait("web", "removed"), "POST /containers/web/wait?condition=removed"),
        (lambda d: drained(d.logs("web")), "GET /containers/web/logs?stderr=1&stdout=1&tail=all"),
        (
            lambda d: drained(d.logs("web", tail="5", timestamps=True, since="1700000000", until="1700000001.5")),
            "GET /containers/web/logs?since=1700000000&stderr=1&stdout=1&tail=5&timestamps=1&until=1700000001.5",
        ),
        (
            lambda d: drained(d.pull(REFERENCE.name, tag=REFERENCE.tag)),
            "POST /images/create?fromImage=docker.io%2Flibrary%2Ftomcat&tag=9.0",
        ),
        (
            lambda d: drained(d.pull("localhost:5000/tomcat", tag="", platform="linux/arm64")),
            "POST /images/create?fromImage=localhost%3A5000%2Ftomcat&platform=linux%2Farm64",
        ),
        (lambda d: drained(d.push("localhost:5001/p", tag="1", auth="")), "POST /images/localhost:5001/p/push?tag=1"),
        (
            lambda d: d.tag_image("busybox:1", repo="docker.io/library/demo-img", tag="v2"),
            "POST /images/busybox:1/tag?repo=docker.io%2Flibrary%2Fdemo-img&tag=v2",
        ),
        (lambda d: d.remove_image("demo-img:v1", force=True), "DELETE /images/demo-img:v1?force=1"),
        (lambda d: d.remove_image("busybox:1", noprune=True), "DELETE /images/busybox:1?noprune=1"),
        (lambda d: drained(d.events(since="1", until="2")), "GET /events?since=1&until=2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
async def test_a_question_is_sent_as_the_cli_sends_it(
    daemon: Daemon, server: Server, ask: Callable[[Daemon], Awaitable[object]], request_line: str
) -> None:
    server.behaviour = says(answer(b'{"message":"no"}', status="500 No"))
    with pytest.raises(EngineError):
        await ask(daemon)
    assert [unquote_plus(line) for line in server.asked] == [
        unquote_plus(request_line.replace(" ", " /v1.41", 1))
    ]


@pytest.mark.parametrize(
    "name", ["a?b", "a#b", "a%2Fb", "a%b", "a b", "a;b", "a&b=c", "é", "a\\b", 'a"b', "a:b@c", "~a+b"]
)
async def test_a_name_arrives_as_it_was_typed_on_either_transport(
    daemon: Daemon, server: Server, name: str
) -> None:
    server.behaviour = says(answer(b'{"message":"no"}', status="404 No"))
    with pytest.raises(Refused):
        await daemon.container(name)
    with pytest.raises(Refused):
        await drained(daemon.logs(name))
    segments = [line.split(" ")[1].partition("?")[0].split("/")[3] for line in server.asked]
    assert [unquote(segment) for segment in segments] == [name, name]


async def test_a_filter_arrives_as_it_was_typed(daemon: Daemon, server: Server) -> None:
    typed = 'a+b &c=d%2B;é?#"\\'
    await daemon.containers(filters={"label": [typed]})
    query = parse_qs(server.asked[0].partition("?")[2])
    assert json.loads(query["filters"][0]) == {"label": {typed: True}}


@pytest.mark.parametrize("auth", ["", "eyJ4IjogIj8_In0="])
async def test_a_push_always_has_the_header_of_a_login(daemon: Daemon, server: Server, auth: str) -> None:
    server.behaviour = says(answer(b""))
    await drained(daemon.push("localhost:5001/a", tag="1", auth=auth))
    header = next(
        line for line in server.heads[0].split("\r\n") if line.lower().startswith("x-registry-auth")
    )
    decoded = json.loads(base64.urlsafe_b64decode(header.split(": ")[1]))
    assert decoded == ({"x": "??"} if auth else {})


async def test_an_empty_name_is_not_sent(daemon: Daemon, server: Server) -> None:
    with pytest.raises(Refused, match="the name is empty") as caught:
        await daemon.remove("")
    assert caught.value.status == 400
    assert server.asked == []

"""The client against real daemons, an old one and a newer one."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest

from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from bot.engine.errors import Refused, Unknown
from tests.engines import Engine

OUTPUT = "echo out; echo err >&2; exit 3"


async def connected(engine: Engine) -> AsyncIterator[Daemon]:
    daemon = Daemon(Connection("local", engine.url))
    yield daemon
    await daemon.aclose()


@pytest.fixture
async def real(each_engine: Engine) -> AsyncIterator[Daemon]:
    """Each of the two daemons."""
    async for daemon in connected(each_engine):
        yield daemon


@pytest.fixture
async def old(clean: Engine) -> AsyncIterator[Daemon]:
    """The one with a registry beside it."""
    async for daemon in connected(clean):
        yield daemon


async def made(daemon: Daemon, script: str = "sleep 60", name: str = "", **more: Any) -> str:
    body = {"Image": "busybox:1", "Cmd": ["sh", "-c", script], **more}
    return (await daemon.create(body, name=name)).id


async def output(stream: AsyncIterator[Any]) -> list[tuple[int, bytes]]:
    return [(chunk.stream, chunk.data) async for chunk in stream]


async def test_who_answers(real: Daemon) -> None:
    await real.ping()
    version, info = await real.version(), await real.info()
    assert version.api_version == await real.api_version()
    assert version.version == info.server_version
    assert info.ncpu > 0
    assert (await real.inspect("version"))["Version"] == version.version
    assert (await real.inspect("info"))["ID"] == info.id


async def test_a_containers_life(real: Daemon) -> None:
    web = await made(real, name="web", Labels={"team": "ops"}, ExposedPorts={"80/tcp": {}})
    assert (await real.container("web")).state.status == "created"
    assert await real.start(web) is True
    assert await real.start(web) is False
    [row] = await real.containers(filters={"label": ["team=ops"]})
    assert (row.id, row.names, row.state, row.labels, row.image) == (
        web,
        ["/web"],
        "running",
        {"team": "ops"},
        "busybox:1",
    )
    assert row.networks == ["bridge"]
    await real.restart(web, timeout=0)
    found = await real.container(web[:12])
    assert (found.id, found.name, found.state.running, found.config.image) == (web, "/web", True, "busybox:1")
    assert found.network_settings.ports == {"80/tcp": None}
    assert await real.stop(web, timeout=0) is True
    assert await real.stop(web, timeout=0) is False
    with pytest.raises(Refused, match="is not running") as caught:
        await real.kill(web)
    assert caught.value.status == 409
    [row] = await real.containers(all=True, size=True)
    assert row.size_root_fs > 0
    await real.remove("web", volumes=True)
    assert await real.containers(all=True) == []


async def test_output_and_end_of_what_was_asked_before_the_start(real: Daemon) -> None:
    short = await made(real, OUTPUT, HostConfig={"AutoRemove": True})
    async with real.waited(short, "removed") as end, real.attached(short) as written:
        await real.start(short)
        assert sorted(await output(written)) == [(1, b"out\n"), (2, b"err\n")]
        assert await end() == 3


async def test_logs_without_a_terminal_and_with_one(real: Daemon) -> None:
    plain, terminal = await made(real, OUTPUT), await made(real, OUTPUT, Tty=True)
    for each in (plain, terminal):
        await real.start(each)
        assert await real.wait(each) == 3
    assert sorted(await output(real.logs(plain))) == [(1, b"out\n"), (2, b"err\n")]
    assert await output(real.logs(plain, stderr=False)) == [(1, b"out\n")]
    assert b"".join(data for _, data in await output(real.logs(terminal, tty=True))) == b"out\r\nerr\r\n"
    with pytest.raises(Unknown, match="not made of frames"):
        await output(real.logs(terminal))
    assert await output(real.logs(plain, tail="0")) == []
    [(_, stamped)] = await output(real.logs(plain, timestamps=True, stderr=False))
    assert stamped[4:5] == b"-"
    assert stamped.endswith(b"Z out\n")


async def test_a_followed_log_can_be_left(real: Daemon) -> None:
    chatty = await made(real, "while true; do echo x; sleep 0.05; done")
    await real.start(chatty)
    async with aclosing(real.logs(chatty, follow=True)) as chunks:
        async for chunk in chunks:
            assert chunk.data.startswith(b"x\n")
            break
    assert await real.stop(chatty, timeout=0)


async def test_a_long_log_comes_whole_and_in_order(real: Daemon) -> None:
    long = await made(real, "seq 1 50000; head -c 100000 /dev/zero | tr '\\0' z")
    await real.start(long)
    await real.wait(long)
    whole = b"".join(data for _, data in await output(real.logs(long)))
    assert whole == b"".join(b"%d\n" % number for number in range(1, 50001)) + b"z" * 100000


async def test_refusals_in_the_daemons_words(real: Daemon) -> None:
    await made(real, name="web")
    for question, status, words in (
        (real.container("nosuch"), 404, "No such container: nosuch"),
        (real.image("nosuch:1"), 404, "No such image"),
        (real.create({"Image": "nosuch:1"}), 404, "No such image"),
        (real.create({"Image": "busybox:1"}, name="web"), 409, "is already in use"),
        (real.containers(filters={"bogus": ["1"]}), 400, "nvalid filter"),
        (real.start(await made(real, Cmd=["/nosuch"])), 400, "no such file"),
        (real.kill("web", signal="NOPE"), 400, "nvalid signal"),
        (real.remove_image("busybox:1"), 409, "conflict"),
    ):
        with pytest.raises(Refused) as caught:
            await question
        assert (caught.value.status, words in caught.value.message) == (status, True), caught.value


async def test_an_ambiguous_prefix_is_refused(real: Daemon) -> None:
    ids = [await made(real) for _ in range(17)]
    twice = next(each[0] for each in ids if sum(other[0] == each[0] for other in ids) > 1)
    with pytest.raises(Refused, match=r"(?i)multiple IDs found"):
        await real.container(twice)


async def test_tags_come_and_go(real: Daemon) -> None:
    await real.tag_image("busybox:1", repo="docker.io/library/other", tag="2")
    assert (await real.image("other:2")).id == (await real.image("busybox:1")).id
    [row] = await real.images(filters={"reference": ["other"]})
    assert row.repo_tags and "other:2" in row.repo_tags
    [removed] = await real.remove_image("other:2")
    assert (removed.untagged, removed.deleted) == ("other:2", "")


async def test_events(real: Daemon) -> None:
    start = str(int(time.time()) - 1)
    web = await made(real, "true")
    await real.start(web)
    await real.wait(web)
    await asyncio.sleep(0.2)
    filters = {"type": ["container"], "container": [web]}
    seen = [
        event async for event in real.events(since=start, until=str(int(time.time()) + 1), filters=filters)
    ]
    assert [event.action for event in seen] == ["create", "start", "die"]
    assert seen[-1].actor.id == web
    assert seen[-1].actor.attributes["exitCode"] == "0"
    assert seen[0].time_nano < seen[1].time_nano < seen[2].time_nano


async def test_pull_and_push(old: Daemon, clean: Engine) -> None:
    messages = [message async for message in old.pull("docker.io/library/nginx", tag="1.27")]
    assert messages[-1].status.startswith("Status: ")
    repository = f"{clean.registry}/copy"
    await old.tag_image("nginx:1.27", repo=repository, tag="1")
    pushed = [message.aux async for message in old.push(repository, tag="1", auth="") if message.aux]
    digest = pushed[0]["Digest"]
    await old.remove_image(f"{repository}:1")
    again = [message.status async for message in old.pull(repository, tag=digest)]
    assert f"Digest: {digest}" in again
    assert (await old.image(f"{repository}@{digest}")).id == (await old.image("nginx:1.27")).id
    await old.remove_image(f"{repository}@{digest}")


async def test_what_cannot_be_pulled_or_pushed(old: Daemon, clean: Engine) -> None:
    nosuch = f"{clean.registry}/nosuch"
    with pytest.raises(Refused, match="manifest unknown") as caught:
        [message async for message in old.pull(nosuch, tag="1")]
    assert caught.value.status == 404
    with pytest.raises(Refused, match="An image does not exist locally") as caught:
        [message async for message in old.push(nosuch, tag="1", auth="")]
    assert caught.value.status == 200

"""The gate: intent before, outcome after, and no other way to a daemon."""

import ast
import asyncio
import inspect
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.blocks.card import note
from bot.blocks.reply import Reply
from bot.commands.catalogue import COMMANDS
from bot.commands.command import Command
from bot.commands.look import Look
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, NotSent, Refused, Unknown
from bot.engine.reader import Reader
from bot.gate.gate import Asked, Ended, Gate, NotRecorded
from bot.gate.plan import Plan
from bot.grammar.parse import parse
from bot.hosts.hosts import Host
from bot.policy.terms import Act, Person, Target
from bot.store.errors import StoreError
from bot.store.store import Store
from tests.commands.docker import WEB, Docker
from tests.commands.stage import Stage, staged
from tests.commands.wire import Request

GRAMMARS = {name: command.grammar for name, command in COMMANDS.items()}
ASKED = Asked("op-1", Person("T0TEAM", "U0ALICE"), "C0INC", None, "all")
STOP = Plan(parse("stop web", GRAMMARS), "local", (Act("stop", Target("container", WEB, ("web",))),))
LOGS = Plan(parse("logs web", GRAMMARS), "local", (Act("logs", Target("container", WEB, ("web",))),))
DONE = Reply("stopped web on local", [note("stopped")], objects=["f" * 64])


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as stage:
        yield stage


@pytest.fixture
def host(stage: Stage) -> Host:
    return next(iter(stage.desk.hosts))


def kinds(folder: Path) -> list[str]:
    """What stands in the record, read by another connection."""
    with sqlite3.connect(folder / "bot.db") as other:
        return [kind for (kind,) in other.execute("SELECT kind FROM records ORDER BY seq")]


async def stop(daemon: Daemon) -> Reply:
    await daemon.stop(WEB)
    return DONE


def fails(error: Exception) -> Callable[[Daemon], Awaitable[Reply]]:
    async def work(_: Daemon) -> Reply:
        raise error

    return work


async def test_the_intent_is_durable_when_the_daemon_is_asked_the_outcome_is_not(
    stage: Stage, host: Host, tmp_path: Path
) -> None:
    seen: list[list[str]] = []

    def look(_: Request) -> None:
        seen.append(kinds(tmp_path))

    stage.docker.watch = look
    ended = await stage.desk.gate.run(ASKED, STOP, host, stop)
    assert seen == [["intent"]]
    assert kinds(tmp_path) == ["intent", "outcome"]
    assert isinstance(ended, Ended) and ended.result is DONE
    assert ended.mark and str(ended.mark) == str((await stage.records())[-1].mark)


async def test_of_every_command_that_changes_anything(stage: Stage, tmp_path: Path) -> None:
    before: dict[str, list[str]] = {}

    def look(request: Request) -> None:
        if request.method not in ("GET", "HEAD"):
            before.setdefault(str(request), kinds(tmp_path))

    stage.docker.watch = look
    acts = (
        "stop web",
        "start web",
        "restart web",
        "kill web",
        "rm cache",
        "tag busybox:1 x:1",
        "rmi busybox:1",
    )
    for act in (*acts, "pull nginx", "push tomcat:9.0", "create tomcat:9.0", "run -d tomcat:9.0"):
        before.clear()
        await stage.types(act)
        assert before, act
        assert all(written[-1] == "intent" for written in before.values()), act
        assert kinds(tmp_path)[-1] == "outcome"


async def test_without_a_record_the_daemon_is_not_handed_out(
    stage: Stage, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "begin", broken)
    with pytest.raises(NotRecorded, match="the disk is full"):
        await stage.desk.gate.run(ASKED, STOP, host, stop)
    assert stage.docker.asked == []


async def test_an_operation_runs_once(stage: Stage, host: Host) -> None:
    await stage.desk.gate.run(ASKED, STOP, host, stop)
    with pytest.raises(NotRecorded, match="recorded before"):
        await stage.desk.gate.run(ASKED, STOP, host, stop)
    assert len(stage.docker.changed) == 1


@pytest.mark.parametrize(
    ("error", "act", "read"),
    [
        (NotSent("local", "POST /x", "connection refused"), "failed", "failed"),
        (Refused("local", "POST /x", "no", 409), "failed", "failed"),
        (Unknown("local", "POST /x", "the connection broke"), "unknown", "failed"),
    ],
    ids=["not sent", "refused", "unknown"],
)
async def test_the_engines_errors_are_outcomes(
    stage: Stage, host: Host, error: EngineError, act: str, read: str
) -> None:
    for plan, outcome in ((STOP, act), (LOGS, read)):
        ended = await stage.desk.gate.run(ASKED, plan, host, fails(error))
        assert ended.result is error
        last = (await stage.records("outcome"))[-1]
        assert (last.body["outcome"], last.body["text"]) == (outcome, str(error))


async def test_a_fault_of_ours_is_recorded_and_raised_again(stage: Stage, host: Host) -> None:
    for plan, outcome in ((STOP, "unknown"), (LOGS, "failed")):
        with pytest.raises(ZeroDivisionError):
            await stage.desk.gate.run(ASKED, plan, host, fails(ZeroDivisionError("ours")))
        assert (await stage.records("outcome"))[-1].body["outcome"] == outcome


async def test_what_is_cut_off_stays_open_for_the_next_start(stage: Stage, host: Host) -> None:
    async def forever(_: Daemon) -> Reply:
        await asyncio.Event().wait()
        return DONE

    task = asyncio.create_task(stage.desk.gate.run(ASKED, STOP, host, forever))
    while not await stage.store.unfinished():
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    (left,) = await stage.store.unfinished()
    assert (left.id, left.command, left.objects[0]["id"]) == ("op-1", "stop web", WEB)
    assert await stage.desk.gate.unknown(left, "cut off")
    assert await stage.store.unfinished() == []
    assert await stage.desk.gate.unknown(left, "again") is None


async def test_a_read_leaves_no_intent(stage: Stage, host: Host) -> None:
    await stage.desk.gate.run(ASKED, LOGS, host, fails(Refused("local", "GET /x", "no", 404)))
    assert [each.kind for each in await stage.records()] == ["outcome"]


async def test_what_came_to_be_is_recorded(stage: Stage, host: Host) -> None:
    await stage.desk.gate.run(ASKED, STOP, host, stop)
    assert (await stage.records("outcome"))[0].body["made"] == ["f" * 64]


async def test_an_outcome_that_can_not_be_recorded_has_no_mark(
    stage: Stage, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "finish", broken)
    ended = await stage.desk.gate.run(ASKED, STOP, host, stop)
    assert (ended.result, ended.mark) == (DONE, None)


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the bot, by its path."""
    root = Path(bot.__file__).parent
    return {str(path.relative_to(root)): ast.parse(path.read_text()) for path in root.rglob("*.py")}


def test_only_the_gate_takes_a_hosts_daemon() -> None:
    takes = {
        name
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == "daemon")
        or (isinstance(node, ast.Constant) and node.value == "daemon")
    }
    assert takes == {"gate/gate.py"}


def test_daemons_are_made_with_their_hosts_alone() -> None:
    makes = {
        name
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Daemon"
    }
    assert makes == {"hosts/hosts.py"}


def test_planning_has_a_reader_that_is_no_daemon(host: Host) -> None:
    assert type(host.reader) is Reader
    assert inspect.get_annotations(Look)["reader"] is Reader
    for name, command in COMMANDS.items():
        if isinstance(command, Command):
            parameters: list[Any] = list(inspect.get_annotations(command.plan).values())
            assert Look in parameters and Daemon not in parameters, name


async def test_a_reader_only_looks(host: Host, stage: Stage) -> None:
    docker: Docker = stage.docker
    calls: list[Awaitable[object]] = [
        host.reader.ping(),
        host.reader.version(),
        host.reader.info(),
        host.reader.containers(all=True),
        host.reader.container("web"),
        host.reader.images(),
        host.reader.image("tomcat:9.0"),
        host.reader.api_version(),
    ]
    public = {name for name in vars(Reader) if not name.startswith("_")} - {"host", "aclose"}
    assert len(calls) == len(public), "a new question: is it only looking?"
    await asyncio.gather(*calls)
    assert docker.changed == []


@pytest.mark.parametrize("name", [name for name, each in COMMANDS.items() if isinstance(each, Command)])
async def test_planning_changes_nothing(stage: Stage, name: str) -> None:
    for example in GRAMMARS[name].examples:
        await stage.types(f"can {example.removeprefix('-H prod-1 ').removeprefix('-H all ')}")
    assert stage.docker.changed == []


async def test_a_gate_of_a_store_that_is_closed_says_so(stage: Stage, host: Host, tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/other.db", b"key")
    await store.close()
    with pytest.raises(NotRecorded, match="closed"):
        await Gate(store).run(ASKED, STOP, host, stop)
    assert stage.docker.asked == []

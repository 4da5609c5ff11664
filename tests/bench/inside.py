"""The parts of a request that need neither Slack nor a daemon."""

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from bot.commands.catalogue import COMMANDS
from bot.grammar.parse import parse
from bot.policy.compile import load
from bot.policy.terms import Act, Person, Place, Target
from bot.store.operations import Operation
from bot.store.store import Store
from tests.bench.bots import ALICE, CHANNEL, permissions
from tests.bench.daemon import RUNNING
from tests.bench.report import Report, compared, timed
from tests.bench.timing import Case, awaited, in_turn, repeated

FLOOR = "sqlite3: one insert, safe on the disk"
FIRST, AGAIN = "a request's first decision", "each further one"


async def deciding(report: Report, rules: int, rounds: int) -> None:
    """A line parsed, and judged by all the rules."""
    policy = load(permissions(rules))
    person, place = Person("T0DEMO", ALICE, frozenset(), member=True), Place(CHANNEL, "local")
    act = Act("start", Target("container", "a" * 64, (RUNNING,), "docker.io/library/busybox:1", {}))
    narrowed = policy.narrow(person, place)
    grammars = {name: command.grammar for name, command in COMMANDS.items()}
    cases: dict[str, Case] = {
        FIRST: repeated(10, lambda: policy.narrow(person, place).judge(act)),
        AGAIN: repeated(100, lambda: narrowed.judge(act)),
        "parse `start web`": repeated(100, lambda: parse(f"start {RUNNING}", grammars)),
    }
    first, *others = await in_turn(cases, rounds)
    report.table(f"deciding by {rules} rules", "", [timed(first, 1.0), *map(timed, others)])


async def recording(report: Report, folder: Path, rounds: int) -> None:
    """The store's three steps of a change, beside what any safe write costs here."""
    store = await Store.open(f"sqlite:///{folder}/bench.db")
    received, begun, finished = count(), count(1), count()
    await store.begin(_operation(0), {"rule": "all"})  # one ahead: only what was begun can be finished
    with closing(sqlite3.connect(folder / "floor.db", isolation_level=None)) as floor:
        floor.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (n)")
        cases: dict[str, Case] = {
            FLOOR: repeated(1, lambda: floor.execute("INSERT INTO t VALUES (1)")),
            "receive": awaited(lambda: _receive(store, next(received))),
            "begin": awaited(lambda: store.begin(_operation(next(begun)), {"rule": "all"})),
            "finish": awaited(lambda: store.finish(_operation(next(finished)).id, "done", {"text": "done"})),
        }
        series = await in_turn(cases, rounds)
    await store.close()
    report.table("recording", "that insert", compared(series, FLOOR))


async def _receive(store: Store, number: int) -> None:
    body = {"team": "T0DEMO", "user": ALICE, "channel": CHANNEL, "source": "command", "command": "start web"}
    await store.receive(f"command:{number}", operation=f"{number:026}", body=body, at=0.0)


def _operation(number: int) -> Operation:
    return Operation(
        id=f"{number:026}",
        team="T0DEMO",
        user=ALICE,
        channel=CHANNEL,
        verb="start",
        command=f"start {RUNNING}",
        host="local",
        objects=({"kind": "container", "id": "a" * 64, "name": RUNNING},),
    )

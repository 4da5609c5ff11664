"""Buttons: what a press stands for, kept here so that Slack carries only an opaque id."""

import re
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, select

from bot.store import tables
from bot.store.ids import opaque


@dataclass(frozen=True, slots=True)
class Pressable:
    """What a button asks for: the line, the whole output or not, and where it may be pressed."""

    line: str
    full: bool
    team: str
    channel: str


def keep(conn: Connection, pressables: Sequence[Pressable]) -> list[str]:
    """Keep what the buttons ask for; the ids come in the same order."""
    rows = [{"id": opaque(), "made": time.time(), **asdict(pressable)} for pressable in pressables]
    if rows:
        conn.execute(insert(tables.buttons), rows)
    return [str(row["id"]) for row in rows]


def find(conn: Connection, button: str) -> Pressable | None:
    """Give what the button asks for; None for an id that is not ours, or too old."""
    if not re.fullmatch(r"[0-9a-f]{32}", button):
        return None
    table = tables.buttons
    columns = (table.c.line, table.c.full, table.c.team, table.c.channel)
    row = conn.execute(select(*columns).where(table.c.id == button)).one_or_none()
    return Pressable(*row) if row else None

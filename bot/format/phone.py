"""A table short enough for a phone: the least important columns are cut or left out; names stay whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.format.table import Table
from bot.format.text import ellipsis
from bot.format.text import width as screen_width

GAP = "  "
WIDTH = 60  # columns of the screen
ROWS = 50

# What gives way first, by heading; a heading that is not here gives way before a name does.
FIRST_TO_GO = (
    "COMMAND", "SIZE", "CONTAINER ID", "DIGEST", "CREATED AT", "CREATED", "MOUNTS", "LABELS", "NETWORKS",
    "IMAGE ID", "PORTS", "IMAGE",
)  # fmt: skip
NEVER_LEFT_OUT = frozenset(("NAMES", "NAME", "STATUS", "REPOSITORY", "TAG", "VOLUME NAME"))
# Shortened before anything is left out, in this order, to no less than so many columns.
SHORTENED = {"COMMAND": 14, "DIGEST": 14, "LABELS": 14, "MOUNTS": 14, "PORTS": 10, "IMAGE": 12, "STATUS": 24}
SIZE_IN_IMAGES = "REPOSITORY"


@dataclass(frozen=True)
class Cut:
    """A shortened text, without a newline at its end, and whether everything is in it.

    `rows` are those shown, `left_out` the headings of the columns that are not.
    """

    text: str
    complete: bool
    rows: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Column:
    """A heading with its cells, and the columns of the screen that they take."""

    name: str
    cells: tuple[str, ...]
    wide: int


def phone_text(table: Table, width: int = WIDTH, rows: int = ROWS) -> Cut:
    """The table in at most `rows` rows, and `width` columns where its names allow it.

    Room is made in this order: cells of long columns are cut to fit with `…`, columns are left out by
    `FIRST_TO_GO`. Names, repositories, tags and states are never left out, and names never cut.
    """
    whole = _columns(table, rows)
    kept, left_out = whole, []
    while _total(fitted := _shortened(kept, width)) > width:
        victim = _next_to_go(kept)
        if victim is None:
            break
        left_out.append(victim.name)
        kept = [column for column in kept if column is not victim]
    complete = fitted == whole and len(table.rows) <= rows
    return Cut(_text(fitted), complete, min(len(table.rows), rows), tuple(left_out))


def _columns(table: Table, rows: int) -> list[_Column]:
    lines = zip_longest(table.columns, *table.rows[:rows], fillvalue="")
    return [_column(name, cells) for name, *cells in lines]


def _column(name: str, cells: Iterable[str]) -> _Column:
    kept = tuple(cells)
    return _Column(name, kept, max(map(screen_width, (name, *kept))))


def _total(columns: Sequence[_Column]) -> int:
    return sum(column.wide for column in columns) + len(GAP) * (len(columns) - 1)


def _next_to_go(columns: Sequence[_Column]) -> _Column | None:
    """The column that is left out next; the size of an image is worth keeping longer than its age."""
    by_name = {column.name: column for column in columns}
    order = [name for name in FIRST_TO_GO if not (name == "SIZE" and SIZE_IN_IMAGES in by_name)]
    known = next((by_name[name] for name in order if name in by_name), None)
    others = [column for column in columns if column.name not in NEVER_LEFT_OUT]
    return known or (others[-1] if others and len(columns) > 1 else None)


def _shortened(columns: Sequence[_Column], limit: int) -> list[_Column]:
    """Cells of long columns cut, the least important column first, no more than is needed."""
    made = list(columns)
    names = [column.name for column in columns]
    for name in SHORTENED:
        if name in names and _total(made) > limit:
            at = names.index(name)
            made[at] = _narrowed(made[at], _total(made) - limit)
    return made


def _narrowed(column: _Column, over: int) -> _Column:
    """The column with `over` columns of the screen less, where that leaves it enough."""
    brief = BRIEF.get(column.name)
    cells = tuple(map(brief, column.cells)) if brief else column.cells
    room = max(column.wide - over, SHORTENED[column.name])
    cut = _end if column.name == "IMAGE" else ellipsis
    return _column(column.name, (cut(cell, room) for cell in cells))


def _brief_ports(ports: str) -> str:
    """Ports without the addresses that mean every one: `9090->8080/tcp`, once for IPv4 and IPv6."""
    brief = (port.removeprefix("0.0.0.0:").removeprefix("[::]:") for port in ports.split(", "))
    return ", ".join(dict.fromkeys(brief))


def _brief_status(status: str) -> str:
    """A state without small words: `Exited (0) 1 minute`."""
    return (
        status.removesuffix(" ago").replace("About a minute", "1 minute").replace("About an hour", "1 hour")
    )


BRIEF = {"PORTS": _brief_ports, "STATUS": _brief_status}


def _end(text: str, columns: int) -> str:
    """The end of an image's name, which says more than its beginning: `…eam/web:1.0`."""
    return ellipsis(text[::-1], columns)[::-1]


def _text(columns: Sequence[_Column]) -> str:
    lines = zip(*((column.name, *column.cells) for column in columns), strict=True)
    return "\n".join(
        GAP.join(
            cell + " " * (column.wide - screen_width(cell))
            for cell, column in zip(line, columns, strict=True)
        ).rstrip()
        for line in lines
    )

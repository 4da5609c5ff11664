"""A table short enough for a phone: the least important columns are cut or left out; names stay whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

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


def phone_text(table: Table, width: int = WIDTH, rows: int = ROWS) -> Cut:
    """The table in at most `rows` rows, and `width` columns where its names allow it.

    Room is made in this order: cells of long columns are cut to fit with `…`, columns are left out by
    `FIRST_TO_GO`. Names, repositories, tags and states are never left out, and names never cut.
    """
    shown = replace(table, rows=table.rows[:rows])
    left_out: list[str] = []
    while True:
        fitted = _shortened(shown, width)
        if _total(fitted) <= width or not (victim := _next_to_go(shown.columns)):
            break
        left_out.append(victim)
        shown = _without(shown, shown.columns.index(victim))
    complete = not left_out and fitted == table
    return Cut(_text(fitted), complete, len(fitted.rows), tuple(left_out))


def _next_to_go(columns: Sequence[str]) -> str | None:
    """The heading that is left out next; the size of an image is worth keeping longer than its age."""
    order = [name for name in FIRST_TO_GO if not (name == "SIZE" and SIZE_IN_IMAGES in columns)]
    known = next((name for name in order if name in columns), None)
    if known:
        return known
    others = [name for name in columns if name not in NEVER_LEFT_OUT]
    return others[-1] if others and len(columns) > 1 else None


def _without(table: Table, column: int) -> Table:
    def kept(cells: tuple[str, ...]) -> tuple[str, ...]:
        return cells[:column] + cells[column + 1 :]

    return Table(kept(table.columns), tuple(kept(row) for row in table.rows))


def _shortened(table: Table, limit: int) -> Table:
    """Cells of long columns cut, the least important column first, no more than is needed."""
    for name, floor in SHORTENED.items():
        over = _total(table) - limit
        if over <= 0 or name not in table.columns:
            continue
        column = table.columns.index(name)
        if name in BRIEF:
            table = _changed(table, column, BRIEF[name])
            over = _total(table) - limit
        room = max(_widths(table)[column] - over, floor)
        table = _changed(table, column, partial(_end if name == "IMAGE" else ellipsis, columns=room))
    return table


def _changed(table: Table, column: int, change: Callable[[str], str]) -> Table:
    def row(cells: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(change(cell) if at == column else cell for at, cell in enumerate(cells))

    return replace(table, rows=tuple(row(cells) for cells in table.rows))


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


def _widths(table: Table) -> list[int]:
    lines = [table.columns, *table.rows]
    return [
        max((screen_width(line[at]) for line in lines if at < len(line)), default=0)
        for at in range(max(map(len, lines)))
    ]


def _total(table: Table) -> int:
    return sum(_widths(table)) + len(GAP) * (len(table.columns) - 1)


def _text(table: Table) -> str:
    widths = _widths(table)
    lines = [table.columns, *table.rows]
    return "\n".join(
        GAP.join(
            cell + " " * (wide - screen_width(cell)) for cell, wide in zip(line, widths, strict=False)
        ).rstrip()
        for line in lines
    )

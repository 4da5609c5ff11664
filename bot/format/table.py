"""Tables, printed as docker's tabwriter does."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.format.text import width


@dataclass(frozen=True)
class Table:
    """Headings and rows of cells; a row of a person's own template may have more or fewer than there are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(text: str) -> Table:
    """The table in tab-separated lines, the first being the headings."""
    head, *rows = (tuple(line.split("\t")) for line in text.removesuffix("\n").split("\n"))
    return Table(head, tuple(rows))


def cli_text(table: Table) -> str:
    """The table as the CLI prints it, the last newline included."""
    return aligned([table.columns, *table.rows], minimum=10, padding=3)


def aligned(lines: Sequence[Sequence[str]], *, minimum: int, padding: int) -> str:
    """Cells in elastic columns, as Go's text/tabwriter: the last cell of a line has no part in its column.

    `minimum` and `padding` are columns of the screen; every line ends in a newline.
    """
    widths = [[0] * (len(line) - 1) for line in lines]
    for column in range(max((len(line) for line in lines), default=0) - 1):
        block: list[int] = []
        for index in range(len(lines) + 1):
            if index < len(lines) and column < len(lines[index]) - 1:
                block.append(index)
                continue
            wide = max([minimum, *(width(lines[at][column]) + padding for at in block)])
            for at in block:
                widths[at][column] = wide
            block = []
    return "".join(_line(line, columns) for line, columns in zip(lines, widths, strict=True))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=False)]
    return "".join([*padded, *cells[len(widths) :]]) + "\n"

"""The table of a run: Markdown that reads well in a terminal too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import click

from tests.bench.timing import Series


@dataclass(frozen=True)
class Row:
    """What was done, how long it took (or how much), that as a ratio, and the aim with whether it is met."""

    what: str
    got: str
    ratio: str = ""
    aim: str = ""


@dataclass
class Report:
    """Says each table as soon as it is there, and the aims again in the end."""

    aims: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def table(self, title: str, base: str, rows: Sequence[Row]) -> None:
        """Say a table; `base` is what the ratios are to."""
        self.rows += rows
        self.aims += [f"{title}, {row.what}: {row.ratio or row.got}; {row.aim}" for row in rows if row.aim]
        head = Row(title, "median (min–max)", f"to {base}" if base else "", "aim")
        lines = [(row.what, row.got, row.ratio, row.aim) for row in [head, *rows]]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        lines.insert(1, ("-" * widths[0], "-" * widths[1], "-" * widths[2], "-" * widths[3]))
        click.echo()
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            click.echo(f"| {' | '.join(cells)} |")

    def end(self) -> None:
        """Say the aims, one a line."""
        click.echo()
        for aim in self.aims:
            click.echo(f"- {aim}")


def compared(series: Sequence[Series], base: str, aims: Mapping[str, float] | None = None) -> list[Row]:
    """A row for each, as a ratio to the one named `base`; `aims` are the highest ratios wanted, by name."""
    against = next(each for each in series if each.name == base)
    rows = []
    for each in series:
        ratios = each.ratios(against)
        most = (aims or {}).get(each.name)
        aim = "" if most is None else met(ratios.median, most, f"{most:g}")
        rows.append(Row(each.name, milliseconds(each), spread(ratios, 1, 2), aim))
    return rows


def timed(series: Series, most_ms: float | None = None) -> Row:
    """A row for what is compared with nothing; `most_ms` is the highest median wanted."""
    aim = "" if most_ms is None else met(series.median * 1000, most_ms, f"{most_ms:g} ms")
    return Row(series.name, milliseconds(series), "", aim)


def met(got: float, most: float, words: str) -> str:
    """The aim, and whether it is met."""
    return f"{words}: {'met' if got <= most else 'MISSED'}"


def milliseconds(series: Series) -> str:
    """`12.3 ms (11.0–14.9)`."""
    digits = 3 if series.median < 0.002 else 1
    text = spread(series, 1000, digits)
    return text.replace(" (", " ms (", 1)


def spread(series: Series, factor: float, digits: int) -> str:
    """Median, least and most: `0.55 (0.51–0.60)`."""
    low, middle, high = (factor * each for each in (min(series.seconds), series.median, max(series.seconds)))
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"

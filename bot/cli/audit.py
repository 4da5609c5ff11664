"""`dockwarden audit`: read the record, check it, take it elsewhere. It never writes to the database."""

import csv
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

import click

from bot.settings import Settings
from bot.store import chain, database, head, key, ledger
from bot.store.chain import START, Record, canonical
from bot.store.errors import StoreError
from bot.store.ledger import Wanted

KINDS = ("request", "denied", "intent", "outcome", "note")
COLUMNS = ("SEQ", "TIME", "KIND", "USER", "VERB", "HOST", "WHAT")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}

_database = click.option(
    "--database",
    "url",
    envvar="DOCKWARDEN_DATABASE_URL",
    default=lambda: Settings().database_url,
    show_default="the bot's",
    help="Where the record is: sqlite:///PATH or postgresql://…",
)


def moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> float | None:
    """Read a time as people write it, `2h` (ago) or `2026-01-31T12:00` (UTC), into UTC epoch seconds."""
    if value is None:
        return None
    if ago := re.fullmatch(r"(\d{1,6})([smhdw])", value):
        return time.time() - int(ago[1]) * UNITS[ago[2]]
    try:
        read = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(
            f"{value!r} is no time; write 2h, 3d, 2026-01-31 or 2026-01-31T12:00"
        ) from error
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which records."""
    for option in (
        click.option("--kind", type=click.Choice(KINDS), help="Only records of this kind."),
        click.option("--verb", help="Only this verb, such as restart."),
        click.option("--host", help="Only this host."),
        click.option("--user", help="Only this person's, by Slack id, such as U0ALICE."),
        click.option("--until", callback=moment, help="Only before this time."),
        click.option("--since", callback=moment, help="Only from this time on: 2h (ago), 2026-01-31T12:00."),
    ):
        command = option(command)
    return command


audit = click.Group("audit", help="Read and check the record of who did what.")


@audit.command("list")
@_filters
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@_database
def list_records(url: str, limit: int, **filters: Any) -> None:
    """Show the newest records, the newest last. Times are UTC."""
    with _plainly(), database.looking(url) as conn:
        found = list(ledger.read(conn, Wanted(**filters), newest_first=True, limit=limit))
    _table([_row(record) for record in reversed(found)])


@audit.command()
@_database
def verify(url: str) -> None:
    """Check every record; exit 1 at the first fault.

    Each must follow the one before it, signed with the key (DOCKWARDEN_AUDIT_KEY, or the file beside the
    database), up to the head that was kept.
    """
    began = time.perf_counter()
    with _plainly():
        kept = head.load(
            database.beside(url, "head")
        )  # first: what the bot appends from here on is read below
        secret = _secret(database.beside(url, "key"))
        with database.looking(url) as conn:
            verdict = chain.verify(ledger.read(conn), secret, [] if kept == START else [kept])
    took = time.perf_counter() - began
    click.echo(f"{_count(verdict.count)} sound, in {took:.1f} s; head {verdict.head}")
    if verdict.fault:
        raise click.ClickException(f"{verdict.fault} at record {verdict.at}: {verdict.detail}")
    if kept == START:
        click.echo("No head was kept: a cut end or an old copy could not be found.", err=True)


@audit.command()
@_filters
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", atomic=True), default="-")
@_database
def export(url: str, form: str, output: TextIO, **filters: Any) -> None:
    """Write the records, oldest first, with their signatures: to the terminal or to a FILE."""
    with _plainly(), database.looking(url) as conn:
        {"jsonl": _json_lines, "csv": _csv}[form](ledger.read(conn, Wanted(**filters)), output)


def _secret(file: Path) -> bytes:
    if given := Settings().audit_key:
        return key.given(given.get_secret_value())
    if found := key.load(file):
        return found
    raise StoreError(f"the key is missing: there is no {file}, and DOCKWARDEN_AUDIT_KEY is not set")


@contextmanager
def _plainly() -> Iterator[None]:
    """What fails is said in one line."""
    try:
        yield
    except StoreError as error:
        raise click.ClickException(f"{error}.") from error


def _json_lines(records: Iterable[Record], output: TextIO) -> None:
    for record in records:
        row = record._asdict()
        text = row.pop("text")
        faithful = canonical(record.body) == text  # else it is shown as it stands: it was not written by us
        output.write(json.dumps({**row, "body": record.body if faithful else text}, default=repr) + "\n")


def _csv(records: Iterable[Record], output: TextIO) -> None:
    """The body's usual parts as columns, and the whole body as JSON: a spreadsheet runs none of it."""
    said = ("team", "user", "channel", "verb", "host", "command", "outcome")
    sheet = csv.writer(output)
    sheet.writerow(("seq", "time", "kind", "operation", *said, "body", "previous", "mac"))
    for record in records:
        parts = (record.body.get(name, "") for name in said)
        row = (_time(record.at), record.kind, record.operation, *parts, record.text)
        sheet.writerow((record.seq, *map(_inert, row), record.previous, record.mac))


def _inert(value: object) -> str:
    """Keep a spreadsheet from running a cell: https://owasp.org/www-community/attacks/CSV_Injection."""
    text = _safe(str(value))
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _row(record: Record) -> tuple[str, ...]:
    body = record.body
    what = body.get("command") or body.get("text") or body.get("reason") or ""
    outcome = body.get("outcome")
    told = f"{outcome}: {body.get('text') or what}" if outcome else what
    who = (body.get("user", ""), body.get("verb", ""), ",".join(record.hosts))
    return tuple(_safe(str(cell)) for cell in (record.seq, _time(record.at), record.kind, *who, told))


def _table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(COLUMNS, *rows, strict=True)]
    for row in (COLUMNS, *rows):
        click.echo("  ".join(map(str.ljust, row, widths)).rstrip())


def _safe(text: str) -> str:
    """Foreign text without what moves a terminal: what is not printable stands as its escape."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def _time(at: float) -> str:
    try:
        read = datetime.fromtimestamp(0, UTC) + timedelta(seconds=at)
    except (TypeError, OverflowError):
        return str(at)
    return read.isoformat(timespec="seconds").replace("+00:00", "Z")


def _count(number: int) -> str:
    return f"{number:,} record{'' if number == 1 else 's'}"

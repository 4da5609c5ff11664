"""`dockwarden audit`, as people run it."""

import asyncio
import csv
import hmac
import io
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.audit import audit
from bot.store.store import Operation, Store


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory where the bot ran with its defaults."""
    monkeypatch.chdir(tmp_path)
    for name in ("DOCKWARDEN_DATABASE_URL", "DOCKWARDEN_AUDIT_KEY"):
        monkeypatch.delenv(name, raising=False)
    asyncio.run(_live())
    return tmp_path


async def _live() -> None:
    store = await Store.open("sqlite:///dockwarden.db")
    body = {"user": "U0EVE", "verb": "ps", "host": "local", "text": "=cmd\x1b[2J\u202e\nps"}
    await store.append("denied", "01A", body, at=0.0)
    rm = Operation("01B", "T1", "U0ALICE", "C1", "rm", "rm web", "prod-1", started=1_700_000_000.0)
    await store.begin(rm, {})
    await store.finish("01B", "done", {"text": "removed web"})
    await store.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(audit, words)


def test_list_is_a_table_of_the_newest_last(folder: Path) -> None:
    header, denied, intent, outcome = run("list").output.splitlines()
    assert header.split() == ["SEQ", "TIME", "KIND", "USER", "VERB", "HOST", "WHAT"]
    assert denied.split()[:6] == ["1", "1970-01-01T00:00:00Z", "denied", "U0EVE", "ps", "local"]
    assert intent.split() == ["2", "2023-11-14T22:13:20Z", "intent", "U0ALICE", "rm", "prod-1", "rm", "web"]
    assert outcome.endswith("done: removed web")


def test_foreign_text_does_not_move_the_terminal(folder: Path) -> None:
    assert r"=cmd\x1b[2J\u202e\nps" in run("list").output
    assert run("export", "--format", "csv").output.isascii()
    assert run("export").output.isascii()


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--user", "U0EVE"], ["1"]),
        (["--host", "prod-1"], ["2", "3"]),
        (["--verb", "rm", "--kind", "outcome"], ["3"]),
        (["--until", "2000-01-01"], ["1"]),
        (["--since", "2023-11-14T22:13:20", "--until", "2023-11-14T23:13:21+01:00"], ["2"]),
        (["--since", "1h"], ["3"]),
        (["--limit", "2"], ["2", "3"]),
    ],
    ids=" ".join,
)
def test_list_finds(folder: Path, options: list[str], found: list[str]) -> None:
    rows = run("list", *options).output.splitlines()[1:]
    assert [row.split()[0] for row in rows] == found


def test_a_time_that_is_none_is_told_by_example(folder: Path) -> None:
    said = run("list", "--since", "yesterday")
    assert said.exit_code == 2
    assert "write 2h, 3d, 2026-01-31" in said.output


def test_verify_says_how_many_how_fast_and_the_head(folder: Path) -> None:
    said = run("verify")
    assert said.exit_code == 0
    assert said.output.startswith("3 records sound, in 0.")
    assert said.output.strip().endswith(f"head {(folder / 'dockwarden.db.head').read_text().strip()}")


def test_verify_names_the_first_fault(folder: Path) -> None:
    conn = sqlite3.connect("dockwarden.db")
    conn.execute("UPDATE records SET body = replace(body, 'U0ALICE', 'U0EVE') WHERE seq = 2")
    conn.commit()
    conn.close()
    said = run("verify")
    assert said.exit_code == 1
    assert said.output.startswith("1 record sound")
    assert "edited at record 2: Record 2 is not as it was signed." in said.output


def test_verify_says_when_no_head_was_kept(folder: Path) -> None:
    (folder / "dockwarden.db.head").unlink()
    said = run("verify")
    assert said.exit_code == 0
    assert "No head was kept" in said.output


def test_verify_takes_the_key_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "dockwarden.db.key"
    given = file.read_text()
    file.unlink()
    assert "the key is missing" in run("verify").output

    monkeypatch.setenv("DOCKWARDEN_AUDIT_KEY", given)
    assert run("verify").exit_code == 0


def test_an_exported_line_can_be_checked_without_the_bot(folder: Path) -> None:
    key = (folder / "dockwarden.db.key").read_text().strip().encode()
    for line in run("export").output.splitlines():
        row = json.loads(line)
        body = json.dumps(row["body"], sort_keys=True, separators=(",", ":"))
        signed = [row["seq"], row["at"], row["kind"], row["operation"], body, row["previous"]]
        text = json.dumps(signed, separators=(",", ":"))
        assert hmac.digest(key, text.encode(), "sha256").hex() == row["mac"]


def test_export_to_a_file_as_a_sheet_that_runs_nothing(folder: Path) -> None:
    assert run("export", "--format", "csv", "-o", "out.csv", "--kind", "denied").output == ""
    (row,) = csv.DictReader(io.StringIO((folder / "out.csv").read_text()))
    assert (row["seq"], row["user"], row["time"]) == ("1", "U0EVE", "1970-01-01T00:00:00Z")
    assert json.loads(row["body"])["text"].startswith("=cmd")


async def test_a_cell_is_no_formula(folder: Path) -> None:
    store = await Store.open("sqlite:///dockwarden.db")
    await store.append("request", "", {"command": '=HYPERLINK("http://x")', "user": "@SUM(A1)"})
    await store.close()
    output = (await asyncio.to_thread(run, "export", "--format", "csv")).output
    *_, row = csv.DictReader(io.StringIO(output))
    assert (row["command"], row["user"]) == ('\'=HYPERLINK("http://x")', "'@SUM(A1)")


def test_reading_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("list", "export", "verify"):
        said = run(command, "--database", "sqlite:///none.db")
        assert (said.exit_code, "Error: " in said.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_another_database_by_option_or_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKWARDEN_DATABASE_URL", "sqlite:///none.db")
    assert "there is no record yet: no file none.db" in run("list").output
    assert run("verify", "--database", "sqlite:///dockwarden.db").exit_code == 0

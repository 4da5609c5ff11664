"""The file on the disk, as it changes."""

import os
from pathlib import Path

import pytest

from bot.policy.evaluate import Allowed, Denied, decide
from bot.policy.model import PolicyError
from bot.policy.permissions import Permissions, load_checked
from bot.policy.terms import Act
from tests.policy.examples import DAVE, ERIN, INCIDENTS, LAB, SHOP, container, file

RESTART = Act("restart", container("web-1"))
OTHER = file("id: look, allow: [read], who: all")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "permissions.yml"


def may_restart(permissions: Permissions) -> bool:
    return isinstance(decide(permissions.policy, DAVE, INCIDENTS, RESTART), Allowed)


def test_a_missing_file_denies_everything_until_it_is_there(path: Path) -> None:
    permissions = Permissions(path)
    assert str(permissions.problem) == "the file is missing"
    answer = decide(permissions.policy, DAVE, INCIDENTS, RESTART)
    assert answer == Denied(None, "nobody may do anything: permissions.yml can't be used")
    assert permissions.refresh() is None
    path.write_text(SHOP)
    change = permissions.refresh()
    assert change
    assert (change.taken, change.message) == (True, "permissions.yml is in force: 5 rules.")
    assert permissions.problem is None
    assert may_restart(permissions)


def test_a_change_is_taken_and_told_once(path: Path) -> None:
    path.write_text(SHOP)
    permissions = Permissions(path)
    assert permissions.refresh() is None
    path.write_text(OTHER)
    change = permissions.refresh()
    assert change
    assert change.taken
    assert not may_restart(permissions)
    assert permissions.refresh() is None


def test_a_change_that_looks_the_same_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(SHOP)
    permissions = Permissions(path)
    same = path.stat()
    path.write_text(SHOP.replace("operate, logs", "operate, wait"))
    monkeypatch.setattr(Path, "stat", lambda _: same)
    assert permissions.refresh()


def test_a_file_put_in_its_place_is_seen(path: Path) -> None:
    path.write_text(SHOP)
    permissions = Permissions(path)
    new = path.with_suffix(".new")
    new.write_text(OTHER)
    new.replace(path)
    assert permissions.refresh()
    assert not may_restart(permissions)


def test_unchanged_it_is_not_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(SHOP)
    long_ago = 1_700_000_000
    os.utime(path, (long_ago, long_ago))
    monkeypatch.setattr("time.time_ns", lambda: path.stat().st_ctime_ns + 10**9)
    permissions = Permissions(path)
    reads: list[Path] = []
    monkeypatch.setattr(Path, "read_bytes", reads.append)
    assert permissions.refresh() is None
    assert not reads


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(SHOP[:200].encode(), "line ", id="cut"),
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"\xff\xfe", "the file is not UTF-8 text (byte 0)", id="not text"),
        pytest.param(
            SHOP.replace("who: oncall", "who: onkall").encode(), 'did you mean "oncall"?', id="a slip"
        ),
        pytest.param(
            SHOP.replace("in: incidents", "who: leads").encode(), 'the key "who" stands', id="key twice"
        ),
        pytest.param(
            SHOP.replace("id: look", "id: operate").encode(), '2 rules are called "operate"', id="lint error"
        ),
        pytest.param(
            SHOP.replace("expect: allow", "expect: deny").encode(),
            "tests[0]: U0DAVE runs",
            id="own test fails",
        ),
    ],
)
def test_a_broken_file_leaves_the_last_good_one(path: Path, content: bytes, words: str) -> None:
    path.write_text(SHOP)
    permissions = Permissions(path)
    path.write_bytes(content)
    change = permissions.refresh()
    assert change
    assert not change.taken
    assert change.message.startswith("permissions.yml was not taken. The last good one stays in force.\n")
    assert words in change.message
    assert permissions.problem
    assert words in permissions.problem
    assert permissions.refresh() is None  # told once
    assert may_restart(permissions)
    path.write_text(SHOP)
    mended = permissions.refresh()
    assert mended
    assert mended.taken
    assert permissions.problem is None


def test_a_removed_file_leaves_the_last_good_one(path: Path) -> None:
    path.write_text(SHOP)
    permissions = Permissions(path)
    path.unlink()
    change = permissions.refresh()
    assert change
    assert "the file is missing" in change.message
    assert permissions.refresh() is None
    assert may_restart(permissions)


def test_a_folder_in_its_place_is_a_problem_not_a_crash(path: Path) -> None:
    path.mkdir()
    assert Permissions(path).problem == "the file can't be read: Is a directory"


def test_a_long_list_of_problems_is_cut(path: Path) -> None:
    path.write_text(file(*(f"id: r{i}, allow: [ps], who: x{i}" for i in range(30))))
    permissions = Permissions(path)
    assert permissions.problem
    assert permissions.problem.count("\n") == 29
    path.write_text(file(*(f"id: r{i}, allow: [ps], who: y{i}" for i in range(30))))
    change = permissions.refresh()
    assert change
    assert change.message.endswith("and 20 more; `dockwarden policy test` shows all")


BLOCKS = """\
version: 1
subjects:
  oncall:
    usergroups:
      - S0ONCALL
rules:
  - id: look
    allow: [read, operate]
    who: oncall
    in: incidents
    on:
      hosts: ["prod-*"]
      names: [web-*]
  - id: never-db
    deny:
      - destroy
channels:
  incidents: [C0INC]
tests:
  - as: U0DAVE
    groups: [S0ONCALL]
    in: C0INC
    run: restart web-1
    on: prod-1
    expect: allow
"""


@pytest.mark.parametrize("text", [SHOP, BLOCKS], ids=["flow", "blocks"])
def test_cut_at_every_byte(path: Path, text: str) -> None:
    """A cut file is refused, and the old one stays; or it means what it says."""
    path.write_text(OTHER)
    permissions = Permissions(path)
    good = permissions.policy
    taken = 0
    for length in range(len(text)):
        path.write_text(OTHER)
        permissions.refresh()
        path.write_bytes(text.encode()[:length])
        permissions.refresh()
        try:
            expected = load_checked(text[:length])
        except PolicyError as error:
            assert permissions.problem == str(error)
            assert permissions.policy == good
        else:
            assert text[:length].rstrip(" ")[-1] in "\n}]"
            assert permissions.policy == expected
            taken += 1
    assert 0 < taken < len(text) / 10


@pytest.mark.parametrize("text", [SHOP, BLOCKS], ids=["flow", "blocks"])
def test_the_good_file_cut_at_every_byte_never_allows_more(path: Path, text: str) -> None:
    path.write_text(text)
    whole = Permissions(path).policy
    for length in range(len(text)):
        path.write_text(text)
        permissions = Permissions(path)
        path.write_bytes(text.encode()[:length])
        permissions.refresh()
        kept = permissions.policy.rules
        assert kept == whole.rules[: len(kept)]
        assert all(rule.allows for rule in whole.rules[len(kept) :])


def test_a_rule_cut_before_its_conditions_is_not_taken_unless_meant(path: Path) -> None:
    path.write_text(BLOCKS)
    permissions = Permissions(path)
    cut = BLOCKS.partition("    in: incidents")[0]
    path.write_text(cut)
    change = permissions.refresh()
    assert change
    assert "it looks cut short" in change.message
    assert not isinstance(decide(permissions.policy, DAVE, LAB, RESTART), Allowed)
    path.write_text(f"# for everyone on call, everywhere\n{cut}")
    assert permissions.refresh()
    assert isinstance(decide(permissions.policy, DAVE, LAB, RESTART), Allowed)


def test_an_allow_rule_taken_off_the_end_is_gone_at_once(path: Path) -> None:
    text = file("id: look, allow: [read], who: all", "id: last, allow: [restart], who: all")
    path.write_text(text)
    permissions = Permissions(path)
    assert may_restart(permissions)
    path.write_text(text.partition("  - {id: last")[0])
    assert permissions.refresh()
    assert not may_restart(permissions)


def test_the_shipped_file_lets_nobody_do_anything() -> None:
    shipped = Path(__file__).parents[2] / "config" / "permissions.yml"
    permissions = Permissions(shipped)
    assert permissions.problem is None
    for act in (Act("ps", listing=True), Act("info"), RESTART):
        assert isinstance(decide(permissions.policy, ERIN, INCIDENTS, act), Denied)


def test_the_examples_in_the_shipped_file_work() -> None:
    shipped = (Path(__file__).parents[2] / "config" / "permissions.yml").read_text()
    sections = ("subjects:", "channels:", "resources:", "rules:", "tests:")
    lines, inside = ["version: 1"], False
    for line in shipped.splitlines():
        text = line.removeprefix("# ").removeprefix("#")
        inside = line.startswith("#") and (text in sections or (inside and text.startswith("  ")))
        lines += [text] if inside else []
    assert [line for line in lines if line in sections] == list(sections)
    policy = load_checked("\n".join(lines) + "\n")
    assert [rule.id for rule in policy.rules] == ["look", "operate", "careful", "never-db"]

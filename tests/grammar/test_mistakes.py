"""How a mistake is shown."""

import pytest

from bot.grammar.create import create_body
from bot.grammar.mistakes import WINDOW, Mistake
from tests.grammar.commands import TIME, line


def test_the_mark_stands_under_the_word() -> None:
    assert Mistake("x", "ps --al -q", 3, 7).marked == "ps --al -q\n   ^^^^"


def test_the_mark_counts_columns_not_characters() -> None:
    assert Mistake("x", "rm 日本 web", 6, 9).marked == "rm 日本 web\n        ^^^"
    assert Mistake("x", "rm é\u0301 web", 6, 9).marked.split("\n")[1] == "     ^^^"


def test_a_mark_past_the_end_says_something_is_missing() -> None:
    assert Mistake("x", "stop", 4, 5).marked == "stop\n    ^"


@pytest.mark.parametrize("start", [0, 5, 50, 150, 294])
def test_a_long_line_is_cut_around_the_mistake(start: int) -> None:
    text = "".join(f"{i:05d} " for i in range(50))
    shown, mark = Mistake("x", text, start, start + 5).marked.split("\n")
    assert len(shown) <= WINDOW
    assert shown[mark.index("^") : mark.index("^") + 5] == text[start : start + 5]


def test_at_an_argument_a_flag_and_a_host() -> None:
    found = line("-H lab stop -t 5 web db")
    assert Mistake.at(found, 1, "x").marked.endswith("db\n                     ^^")
    assert Mistake.at_flag(found, TIME, "x").start == 15
    assert Mistake.at_host(found, "lab", "x").start == 3
    assert Mistake.at_host(found, "other", "x").start == 7
    assert Mistake.at(found, 7, "x").start == 7


def test_secrets_in_the_line_are_masked_and_the_mark_moves_along() -> None:
    with pytest.raises(Mistake) as caught:
        line("run -e DB_PASSWORD='hunter2 hunter3' --bogus x")
    found = caught.value
    assert found.line == "run -e DB_PASSWORD=… --bogus x"
    assert found.line[found.start : found.end] == "--bogus"


@pytest.mark.parametrize(
    "typed",
    [
        "run -e DB_PASSWORD='hunter2 x",
        "run -e DB_PASSWORD=hunter2\u200b x",
        "run -e DB_PASSWORD=hunter2\nx",
        "run --mount type=bind,src=./x,dst=/y,password=hunter2 x",
        "run --network foo,password=hunter2 x",
        "run --health-cmd --password=hunter2 --bogus x",
        "login --password hunter2 --bogus",
        "run img curl -u me:hunter2 | cat",
    ],
)
def test_no_mistake_repeats_a_secret(typed: str) -> None:
    with pytest.raises(Mistake) as caught:
        line(typed)
    found = caught.value
    assert "hunter2" not in found.line + found.message + found.hint + found.marked


def test_a_flag_that_the_host_does_not_know_is_told_with_the_version_it_needs() -> None:
    found = line("run --annotation a=b x")
    with pytest.raises(Mistake, match=r"--annotation needs API 1\.43, and this host has 1\.41"):
        create_body(found, api=(1, 41))
    assert create_body(found, api=(1, 43))["HostConfig"]["Annotations"] == {"a": "b"}

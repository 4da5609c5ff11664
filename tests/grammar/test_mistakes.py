"""How a mistake is shown."""

import pytest

from bot.grammar.create import create_body
from bot.grammar.mistakes import WINDOW, Mistake
from bot.grammar.parse import parse
from tests.grammar.commands import PS, TIME, line


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
        "login --password hunter2; ps",
        "run img mysql -phunter2; ls",
        "run img curl -u me:hunter2 | cat",
        "DB_PASSWORD=hunter2 run mysql",
        "hepl DB_PASSWORD=hunter2",
        "help a DB_PASSWORD=hunter2",
        "logn --password hunter2 reg",
        "curl -u root:hunter2 http://x",
        "tag a b TOKEN=hunter2",
        "stop --time TOKEN=hunter2 web",
        "ps -n TOKEN=hunter2",
        "run -e PGPASS=hunter2 --bogus img",
        "run -e REDIS_ARGS='--requirepass hunter2' --bogus img",
    ],
)
def test_no_mistake_repeats_a_secret(typed: str) -> None:
    with pytest.raises(Mistake) as caught:
        line(typed)
    found = caught.value
    assert "hunter2" not in found.line + found.message + found.hint + found.marked


@pytest.mark.parametrize("typed", ["login -p hunter2 reg", "docker login -u me -phunter2"])
def test_a_command_that_there_is_not_is_told_without_its_password(typed: str) -> None:
    with pytest.raises(Mistake) as caught:
        parse(typed, {"ps": PS})
    assert caught.value.message == "there is no command login"
    assert "hunter2" not in caught.value.line


@pytest.mark.parametrize(
    "typed",
    [
        "run DB_PASSWORD=hunter2 mysql",
        "stop 'DB_PASSWORD=hunter2 x'",
        "-H TOKEN=hunter2 ps",
        "stop -- -p hunter2",
    ],
)
def test_what_others_say_of_a_word_is_masked_too(typed: str) -> None:
    found = line(typed)
    said = (*found.args, *found.hosts)[0]
    for mistake in (
        Mistake.at(found, 0, f"{said} is not an image", f"Did you mean {said}?"),
        Mistake(f"{said} is not an image", hint=f"There is no “{said}”."),
    ):
        assert "hunter2" not in mistake.message + mistake.hint + str(mistake)
        assert mistake.message.endswith(" is not an image")


def test_a_secret_that_only_its_flag_tells_is_masked_in_the_message() -> None:
    found = line("run img app --token hunter2 hunter22")
    mistake = Mistake.at(found, 3, "hunter2 is not hunter22", "Leave 'hunter2' out.")
    assert (mistake.message, mistake.hint) == ("… is not hunter22", "Leave '…' out.")


def test_plain_words_stay_in_the_message() -> None:
    assert (
        Mistake("there is no image web@sha256:12ab", hint="Say -e NAME=value.").hint == "Say -e NAME=value."
    )


def test_a_flag_that_the_host_does_not_know_is_told_with_the_version_it_needs() -> None:
    found = line("run --annotation a=b x")
    with pytest.raises(Mistake, match=r"--annotation needs API 1\.43, and this host has 1\.41"):
        create_body(found, api=(1, 41))
    assert create_body(found, api=(1, 43))["HostConfig"]["Annotations"] == {"a": "b"}

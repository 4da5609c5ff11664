"""Lines: commands, flags as pflag reads them, arguments."""

import time

import pytest

from bot.grammar.flags import switch
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.parse import parse
from tests.grammar.commands import (
    ALL,
    CREATE,
    FILTERS,
    FORMAT,
    GRAMMARS,
    HELP,
    LAST,
    PS,
    QUIET,
    RUN,
    SIGNAL,
    STOP,
    TIME,
    argv,
    line,
)  # fmt: skip


def mistake(typed: str) -> Mistake:
    with pytest.raises(Mistake) as caught:
        line(typed)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("ps", "ps"),
        ("docker ps -a", "ps --all"),
        ("container ls -aq", "ps --all --quiet"),
        ("container   list", "ps"),
        ("ps -qa -n 3", "ps --all --last 3 --quiet"),
        ("ps -n3", "ps --last 3"),
        ("ps -n=3", "ps --last 3"),
        ("ps -an=3", "ps --all --last 3"),
        ("ps --last=3 --last 4", "ps --last 4"),
        ("ps -n 0x10", "ps --last 0x10"),
        ("ps -n -1", "ps --last -1"),
        ("ps --all=false", "ps --all=false"),
        ("ps --all=T -q=0", "ps --all --quiet=false"),
        ("ps -f status=exited --filter=NAME=a", "ps --filter status=exited --filter NAME=a"),
        ("ps --format ''", "ps --format ''"),
        ("ps --format '{{.ID}} {{.Names}}'", "ps --format '{{.ID}} {{.Names}}'"),
        ("-H prod-* ps --host lab", "-H 'prod-*' -H lab ps"),
        ("--host=a ps -Hb", "-H a -H b ps"),
        ("ps --me", "ps --me"),
        ("stop web -t 5 db", "stop --timeout 5 web db"),
        ("stop --time 5 web", "stop --timeout 5 web"),
        ("stop -- -t web", "stop -- -t web"),
        ("stop - web", "stop - web"),
        ("run -d img sh -c 'a | b' -t", "run --detach img sh -c 'a | b' -t"),
        ("run -H lab img -H x", "-H lab run img -H x"),
        ("run -- img -x", "run img -x"),
        ("run -- -x", "run -- -x"),
        ("run img -- x", "run img -- x"),
        ("run -eA=b -e=C=d --env E=f img", "run --env A=b --env C=d --env E=f img"),
        ("run -itd img", "run --detach --interactive --tty img"),
        ("create -h web img", "create --hostname web img"),
        ("run --net a --network b img", "run --network a --network b img"),
        ("ps -h", "ps --help"),
        ("run --help", "run --help"),
        ("stop -t 5 --help", "stop --help --timeout 5"),
        ("--help stop", "stop --help"),
        ("help run", "help run"),
        ("", "help"),
        ("-H lab", "-H lab help"),
        ("tag a b", "tag a b"),
    ],
)
def test_canonical_line(typed: str, canonical: str) -> None:
    found = line(typed)
    assert found.canonical == canonical
    assert line(canonical) == found
    assert parse(canonical, GRAMMARS) == found


def test_a_flag_says_what_it_was_given() -> None:
    found = line("ps -a -n 5 -f a=b -f c=d")
    assert (found[ALL], found[LAST], found[FILTERS], found[FORMAT], found[QUIET]) == (
        True,
        5,
        ("a=b", "c=d"),
        "",
        False,
    )
    assert found.given(LAST) and not found.given(FORMAT)
    assert line("stop web")[TIME] is None
    assert line("stop -t 0 web")[TIME] == 0


def test_hosts_and_privacy() -> None:
    found = line("-H a ps -H 'b*' --me")
    assert (found.hosts, found.private, found.help) == (("a", "b*"), True, False)
    assert found.for_host(["c"]).canonical == "-H c ps --me"
    assert found.for_host(()).hosts == ()


def test_lines_that_ask_for_the_same_are_equal() -> None:
    assert line("ps -qa") == line("`docker container ls —quiet  –a`")
    assert line("ps -a") != line("ps")
    assert line("stop a b") != line("stop b a")


def test_spans_are_of_the_typed_text() -> None:
    found = line("docker stop -t 5 “web”  db")
    assert found.typed.text[slice(*found.span(0))] == "“web”"
    assert found.typed.text[slice(*found.span(1))] == "db"
    assert found.typed.text[slice(*found.flag_span(TIME))] == "5"
    assert found.typed.text[slice(*found.flag_span(SIGNAL))] == "stop"


@pytest.mark.parametrize(
    ("typed", "message", "marked", "hint"),
    [
        ("pss", "there is no command pss", "pss", "Did you mean ps?"),
        ("contianer ls", "no command contianer", "contianer", "Did you mean container?"),
        ("container", "container what?", "container", "one of: create, list, ls, run, stop"),
        ("container --help", "container what?", "container", "ls"),
        ("container stpo x", "no command container stpo", "stpo", "Did you mean container stop?"),
        ("ps --al", "ps has no flag --al", "--al", "Did you mean --all?"),
        ("ps --al", "ps has no flag --al", "--al", "Its flags: --all, --filter, --format"),
        ("ps -aZ", "ps has no flag -Z", "-aZ", "Its flags"),
        ("run --detahc x", "run has no flag --detahc", "--detahc", "Did you mean --detach?"),
        ("tag -f a b", "tag has no flag -f", "-f", "no flags of its own"),
        ("ps --last", "--last needs a value", "--last", "int"),
        ("ps -an", "-n needs a value", "-an", "int"),
        ("ps -n x", "x is not a whole number", "x", ""),
        ("ps --last=x", "x is not a whole number", "--last=x", ""),
        ("ps --all=maybe", "neither true nor false", "--all=maybe", "true or false"),
        ("ps -f status", "has no value", "status", "KEY=VALUE"),
        ("ps web", "ps takes no arguments", "web", "Usage: ps [OPTIONS]"),
        ("tag a", "tag needs 2 arguments", "", "Usage: tag SOURCE_IMAGE TARGET_IMAGE"),
        ("tag a b c", "tag takes 2 arguments", "c", "Usage"),
        ("stop", "stop needs at least 1 argument", "", "Usage"),
        ("help a b", "help takes at most 1 argument", "b", "Usage"),
        ("stop --me web", "all may see it", "stop", "--me"),
        ("ps | grep x", "not a shell", "|", "quote it"),
        ("run x > /tmp/y", "not a shell", ">", "quote it"),
        ("run x 2>&1", "not a shell", "2>&1", "quote it"),
        ("ps ; ls", "not a shell", ";", "quote it"),
        ("ps; ls", "not a shell", "ps;", "quote it"),
        ("ps && ls", "not a shell", "&&", "quote it"),
        ("ps 'a b", "not closed", "'", "Close it"),
        ("--al ps", "no flag --al before the command", "--al", "--host"),
        ("-H", "-H needs a value", "-H", "host"),
        ("-H '' ps", "needs the name of a host", "''", "-H prod-1"),
        ("ps ---x", "no flag ---x", "---x", ""),
        ("ps --=x", "no flag --", "--=x", ""),
    ],
)
def test_a_mistake_is_shown_where_it_is(typed: str, message: str, marked: str, hint: str) -> None:
    found = mistake(typed)
    assert message in found.message
    assert found.line[found.start : found.end] == marked
    assert hint in found.hint


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("run -e TERM x", "TERM=value"),
        ("run --env-file x y", "--env NAME=value"),
        ("run --label-file x y", "--label NAME=value"),
        ("run -v ./data:/data x", "whole path on the Docker host"),
        ("run -v ~/data:/data x", "whole path on the Docker host"),
        ("run --mount type=bind,src=./a,dst=/b x", "whole path on the Docker host"),
        ("run --cidfile x y", "shows the container's ID"),
        ("run --security-opt seccomp=p.json x", "seccomp=unconfined"),
        ("run --use-api-socket x", "credentials"),
        ("run --cpu-count 2 x", "Windows"),
        ("run --platform linux x", "OS/ARCH"),
    ],
)
def test_what_belongs_to_the_callers_machine_is_refused_with_what_to_do_instead(
    typed: str, hint: str
) -> None:
    assert hint in mistake(typed).hint


def test_flags_are_never_abbreviated() -> None:
    assert "no flag --quie" in mistake("ps --quie").message


def test_a_flags_value_may_look_like_a_flag() -> None:
    assert line("ps --format --all")[FORMAT] == "--all"
    assert not line("ps --format --all").given(ALL)


def test_the_commands_own_letter_comes_before_the_global_one() -> None:
    headers = switch("headers", "H", help="Show headers")
    own = {"top": Grammar("top", "", "", flags=(headers,))}
    assert parse("top -H", own)[headers]
    assert parse("-H lab top", own).hosts == ("lab",)


def test_nothing_typed_without_a_help_command_asks_which() -> None:
    with pytest.raises(Mistake, match="which command"):
        parse("", {"ps": PS})


def test_grammars_of_the_tests_are_those_they_say() -> None:
    assert [line(word).grammar for word in ("ps", "help")] == [PS, HELP]
    assert [argv([word, "x"]).grammar for word in ("stop", "create", "run")] == [STOP, CREATE, RUN]
    assert isinstance(line("ps"), Line)


def test_a_line_that_is_too_long_is_not_read_and_not_repeated() -> None:
    found = mistake("a " * 20_000)
    assert found.message == "this line is 40,000 characters long, and 8,000 is the most"
    assert found.marked == "…\n^"
    assert line("run img " + "a " * 3_000).args[-1] == "a"


def test_one_line_names_two_hundred_objects_at_most() -> None:
    assert len(line("stop" + " a" * 200).args) == 200
    found = mistake("stop" + " a" * 200 + " bb")
    assert found.message == "stop takes at most 200 arguments at once, and there are 201"
    assert found.line[found.start : found.end] == "bb"
    assert len(line("run img" + " a" * 300).args) == 301


@pytest.mark.parametrize(
    "typed",
    [
        "a " * 4_000, "stop " + "a " * 3_990, "run img " + "-px " * 1_990, "run img curl " + "-u x " * 1_500,
        "run img " + "a=" * 3_900, "run " + "-e TOKEN=x " * 700 + "--bogus", "“ " * 4_000, "--token " * 1_000,
        "--" + "a" * 7_900, "run img sh -c '" + "curl -u x " * 700 + "'",
    ],
    ids=lambda typed: typed[:20],
)  # fmt: skip
def test_the_worst_line_is_read_soon(typed: str) -> None:
    def seconds() -> float:
        began = time.process_time()
        try:
            assert line(typed).shown
        except Mistake as found:
            assert found.marked
        return time.process_time() - began

    assert min(seconds() for _ in range(3)) < 0.1  # about 0.02: quadratic work would take a second or more

"""Text into words: a shell's quoting, a phone's typography."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.quote import join, quote
from bot.grammar.unslack import escape
from bot.grammar.words import read


def words(typed: str) -> list[str]:
    found = read(escape(typed))
    assert found.fault is None
    return [word.text for word in found.words]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("  ps   -a ", ["ps", "-a"]),
        ("""a 'b c' "d e" f\\ g""", ["a", "b c", "d e", "f g"]),
        ("""'' "" x""", ["", "", "x"]),
        ("""a"b"'c'd""", ["abcd"]),
        (r'"a\"b\\c\d\$e"', [r'a"b\c\d$e']),
        (r"'a\b'", [r"a\b"]),
        ("$HOME `x` *", ["$HOME", "`x`", "*"]),
        ("-e “A=b c”", ["-e", "A=b c"]),
        ("„a b“ ‘c d’ ‚e‘", ["a b", "c d", "e"]),
        ("-e MSG=’it works’", ["-e", "MSG=it works"]),
        ("“say 'hi' ’x’”", ["say 'hi' ’x’"]),
        ("“it’s”", ["it’s"]),
        ("it’s", ["it’s"]),
        ("‘it’s’", ["it’s"]),
        ('“a b"', ["a b"]),
        ('"a b”', ["a b"]),
        ('“{"a": 1}”', ['{"a": 1}']),
        ("ps —all", ["ps", "--all"]),
        ("ps –all", ["ps", "--all"]),
        ("ps ——all –-all —-all", ["ps", "--all", "--all", "--all"]),
        ("ps –a —a=1", ["ps", "-a", "-a=1"]),
        ("x –1 −1", ["x", "-1", "-1"]),
        ("x — y", ["x", "--", "y"]),
        ("web—1 a–b", ["web—1", "a–b"]),
        ("web‑1 web‐2", ["web-1", "web-2"]),
        ("'—all' \"–a\"", ["—all", "–a"]),
        ("ps\u00a0-a\u2003-q\u3000-n\t1", ["ps", "-a", "-q", "-n", "1"]),
        ("'a\u00a0b'", ["a b"]),
        ("docker ps", ["ps"]),
        ("/docker ps", ["ps"]),
        ("$ docker ps", ["ps"]),
        ("`docker ps -a`", ["ps", "-a"]),
        ("```docker ps```", ["ps"]),
        ("```\ndocker ps\n```", ["ps"]),
        ("docker", []),
        ("docker-compose ps", ["docker-compose", "ps"]),
        ("run a `b`", ["run", "a", "`b`"]),
    ],
)
def test_words(typed: str, expected: list[str]) -> None:
    assert words(typed) == expected


@pytest.mark.parametrize(
    ("typed", "says", "at"),
    [
        ("ps -a\nrm x", "line break", 5),
        ("ps\u2028x", "line break", 2),
        ("ps\rx", "line break", 2),
        ("rm 'a b", "not closed", 3),
        ('rm "a b', "not closed", 3),
        ("rm x“a b", "not closed", 4),
        ("rm a\\", "nothing to quote", 4),
        ("rm a\u200bb", "U+200B", 4),
        ("rm a\u202eb", "U+202E", 4),
        ("rm a\u00adb", "U+00AD", 4),
        ("rm a\u3164b", "U+3164", 4),
        ("rm a\x07b", "U+0007", 4),
        ("rm a\ud800b", "U+D800", 4),
    ],
)
def test_what_can_not_be_read_is_refused_where_it_stands(typed: str, says: str, at: int) -> None:
    fault = read(typed).fault
    assert fault is not None
    assert says in fault.message
    assert fault.start == at


def test_positions_are_those_of_the_text() -> None:
    typed = read("/docker run -e “A=b c” x")
    assert typed.text == "run -e “A=b c” x"
    assert [typed.text[word.start : word.end] for word in typed.words] == ["run", "-e", "“A=b c”", "x"]


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("web-1", "web-1"),
        ("a=b/c:1.2,3@x", "a=b/c:1.2,3@x"),
        ("", "''"),
        ("a b", "'a b'"),
        ("it's", '"it\'s"'),
        ("it's $5", "'it'\"'\"'s $5'"),
        ("{{.Names}}", "'{{.Names}}'"),
        ("—x", "'—x'"),
    ],
)
def test_quotes_are_minimal(word: str, quoted: str) -> None:
    assert quote(word) == quoted
    assert shlex.split(quoted) == [word]


PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]))
SLACKISH = st.sampled_from(
    ["&lt;", "<@U1>", "<http://a|a>", "&amp;amp;", "|", ";", "—", "“", "’", "'", '"', "\\", "`", "$"]
)
WORDS = st.lists(st.one_of(PRINTABLE, SLACKISH, st.lists(SLACKISH).map("".join)))


@given(WORDS)
def test_joined_words_are_read_again_as_the_same(given_words: list[str]) -> None:
    expected = [
        word.replace("\u00a0", " ").replace("\u2007", " ").replace("\u202f", " ") for word in given_words
    ]
    for line in (join(given_words), escape(join(given_words))):
        typed = read("x " + line)
        if typed.fault is None:
            assert [word.text for word in typed.words] == ["x", *expected]
        else:
            assert "can't be seen" in typed.fault.message


@given(st.text(st.characters(codec="ascii", exclude_characters="\\'\"`$–\n\r\v\f\t")))
def test_plain_words_split_as_in_a_shell(typed: str) -> None:
    found = read("x " + escape(typed))
    if found.fault is None:
        assert [word.text for word in found.words] == shlex.split("x " + typed)


@given(st.text())
def test_no_text_crashes(typed: str) -> None:
    found = read(typed)
    assert all(0 <= word.start < word.end <= len(found.text) for word in found.words)

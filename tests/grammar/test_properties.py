"""Whatever is typed: a line or a mistake, a line that says the same when typed again, and no secret repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.create import create_body
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.parse import parse
from bot.grammar.quote import join
from bot.grammar.secrets import MASK, mask_said, mask_words
from bot.grammar.unslack import escape
from tests.grammar.commands import GRAMMARS

NAMES = [name for each in GRAMMARS.values() for name in (each.name, *each.aliases)]
FLAGS = sorted(
    {f"--{flag.name}" for each in GRAMMARS.values() for flag in each.flags} | {"-H", "--me", "--help", "--"}
)
LETTERS = sorted({f"-{flag.short}" for each in GRAMMARS.values() for flag in each.flags if flag.short})
VALUES = [
    "", "web", "5", "-1", "0x10", "a=b", "80:8080", "8000-8002:9000-9002/udp", "1g", "0.5", "/a:/b:ro",
    "type=bind,src=/a,dst=/b",
    "name=x,alias=y", "on-failure:5", "nofile=1:2", "all", "10s", "tomcat:9.0",
    "it's", "a b", "“x”", "—all", "&lt;", "<@U1>",
    "<http://a|a>", "|", "\\", "$X", "`x`", "{{.Names}}", "…",
    "é日本", "'", '"',
]  # fmt: skip
WORD = st.one_of(
    st.sampled_from(FLAGS),
    st.sampled_from(LETTERS),
    st.sampled_from(VALUES),
    st.builds("{}={}".format, st.sampled_from(FLAGS), st.sampled_from(VALUES)),
    st.builds("{}{}".format, st.sampled_from(LETTERS), st.sampled_from(VALUES)),
    st.text(max_size=8),
)
TYPED = st.builds(
    lambda name, words: f"{name} {join(words)}", st.sampled_from(NAMES), st.lists(WORD, max_size=8)
)


def understood(typed: str) -> Line | None:
    """The line, or None for a mistake, which must be able to show itself."""
    try:
        return parse(typed, GRAMMARS)
    except Mistake as mistake:
        assert mistake.message
        shown, mark = mistake.marked.split("\n")
        assert set(mark.strip()) == {"^"} and len(mark) <= 3 * len(shown) + 2
        return None


@given(st.text())
def test_no_text_crashes(typed: str) -> None:
    understood(typed)


@given(TYPED)
def test_a_line_says_the_same_when_it_is_typed_again(typed: str) -> None:
    line = understood(escape(typed))
    if line is None:
        return
    assert parse(line.canonical, GRAMMARS) == line
    assert parse(escape(line.canonical), GRAMMARS) == line
    assert parse(line.canonical, GRAMMARS).canonical == line.canonical


@given(TYPED)
def test_no_line_of_create_crashes(typed: str) -> None:
    line = understood(escape(typed))
    if line is None or line.grammar.name not in ("create", "run") or line.help:
        return
    try:
        assert create_body(line, api=(1, 50))["Image"] == line.args[0]
    except Mistake as mistake:
        assert mistake.message


SECRET = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=30).map(
    lambda text: f"q7{text}Z"
)


@pytest.mark.parametrize(
    "form",
    [
        "run -e DB_PASSWORD={} img",
        "run --env=API_TOKEN={} --bogus img",
        "run -eSECRET='{} {}' img",
        "run -l com.example.token={} img x",
        "run img app --password={}",
        "run img app --password {}",
        "run img sh -c 'export TOKEN={}; app'",
        "run img curl https://me:{}@host/",
        "run --log-opt splunk-token={} -n img",
        "run -e DB_PASSWORD='{} img",
        "login --password {} reg",
        "-H https://u:{}@h ps",
        "run img redis-server --requirepass {}",
        "run -e REDIS_ARGS='--port 1 --requirepass {}' img",
        "run img curl -uroot:{} http://x",
        "run --health-cmd 'mysqladmin ping -p{}' img",
        "DB_PASSWORD={} run img",
        "help a DB_PASSWORD={}",
    ],
)
@given(secret=SECRET)
def test_no_secret_is_repeated(form: str, secret: str) -> None:
    try:
        shown = parse(form.format(secret, secret), GRAMMARS).shown
    except Mistake as mistake:
        shown = mistake.line + mistake.message + mistake.hint + mistake.marked
    assert secret not in shown


PIECES = st.sampled_from(
    [
        "curl",
        "mysql",
        "login",
        "-p",
        "-px",
        "-u",
        "--token",
        "TOKEN=",
        "=",
        ":",
        "'",
        '"',
        " ",
        "\\",
        "…",
        "a",
        "://",
        "@",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=6), max_size=6))
def test_of_any_words_only_those_that_show_it_are_masked(words: list[str]) -> None:
    masked = mask_words(words)
    assert len(masked) == len(words)
    assert all(was == shown or MASK in shown for was, shown in zip(words, masked, strict=True))
    assert mask_said(" ".join(words), words, masked) is not None

"""Foreign text made fit to be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.clean import clean, one_line
from tests.blocks.reading import unseen

ANY = st.text(st.characters(exclude_categories=()))  # lone surrogates too, as JSON can hold them
NASTY = st.text(
    st.sampled_from("\x1b[]\x07\x9b\r\n\t 0;1m\u202e\u2066\u200b\xad\ud800\u2028abc"), max_size=40
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain text, with ümlauts, 日本 and 🐳", "plain text, with ümlauts, 日本 and 🐳"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "click"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("windows\r\nlines", "windows\nlines"),
        ("10%\r50%\r100%", "100%"),
        ("10%\r100%\r\nnext", "100%\nnext"),
        ("bell\x07 null\x00", "bell\ufffd null\ufffd"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("zero\u200bwidth\ufeff", "zero\ufffdwidth\ufffd"),
        ("pass\xadword", "pass\ufffdword"),
        ("half \ud83d", "half \ufffd"),
        ("hidden \U000e0041\U000e0042", "hidden \ufffd\ufffd"),
    ],
)
def test_examples(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@given(ANY | NASTY)
def test_nothing_that_hides_or_moves_text_survives(raw: str) -> None:
    cleaned = clean(raw)
    assert unseen(cleaned) == []
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_what_can_be_seen_is_kept(raw: str) -> None:
    assert clean(raw) == raw


@given(ANY | NASTY, st.integers(1, 50))
def test_one_line_is_one_and_no_longer(raw: str, most: int) -> None:
    line = one_line(raw, most)
    assert len(line) <= most
    assert len(line.splitlines()) <= 1
    assert unseen(line) == []


def test_one_line_says_that_it_was_cut() -> None:
    assert one_line("a  b\nc", 5) == "a b c"
    assert one_line("abcdefgh", 5) == "abcd…"

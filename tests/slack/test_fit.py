"""A reply made to fit Slack's limits, with nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.card import headline, note
from bot.blocks.reply import Button, File, Reply
from bot.blocks.rich import date, preformatted, rich, section, text, user
from bot.playground.limits import check_content
from bot.slack.fit import MOST_BUTTONS, MOST_TEXT, escape, fit, metadata, plain, sentence, words

BLOCKS = st.lists(
    st.one_of(
        st.builds(lambda n: rich(preformatted("x" * n)), st.integers(1, 6000)),
        st.builds(lambda n: rich(section(text("y" * n))), st.integers(1, 20_000)),
        st.builds(
            lambda n: {"type": "section", "text": {"type": "mrkdwn", "text": "z" * n}}, st.integers(1, 3001)
        ),
    ),
    max_size=70,
)


@given(words=st.text(max_size=6000), blocks=BLOCKS, buttons=st.integers(0, 40))
def test_slack_takes_whatever_was_fit(words: str, blocks: list[dict[str, object]], buttons: int) -> None:
    reply = Reply(words, blocks, buttons=[Button("label " * 20, "ps")] * buttons)
    message = fit(reply, "mark", [f"{n:032x}" for n in range(buttons)])
    check_content(message.content)
    check_content(plain(reply, "mark").content)


@given(blocks=BLOCKS)
def test_what_leaves_the_message_stands_in_the_file(blocks: list[dict[str, object]]) -> None:
    message = fit(Reply("long", blocks), "mark")
    shown = sum(map(len, map(words, message.blocks)))
    filed = sum(len(re.sub(rb"\s", b"", file.content)) for file in message.files)
    whole = sum(len(words(block)) for block in blocks) if blocks else len("long")
    assert shown + filed >= whole


@given(st.text())
def test_no_text_mentions_or_links(words: str) -> None:
    for shown in (escape(words), sentence(words)):
        assert not set(shown) & set("<>")
        assert re.sub("&(amp|lt|gt);", "", shown).count("&") == 0


def test_a_sentence_is_one_line_of_bounded_length() -> None:
    assert sentence("a\n b\r\n\tc") == "a b c"
    assert len(sentence("<" * 10_000)) <= MOST_TEXT
    assert sentence("") == "(no text)"


def test_without_blocks_the_sentence_is_shown_as_it_is() -> None:
    assert fit(Reply("*not bold* <x>"), "mark").blocks == [note("*not bold* <x>")]


def test_empty_files_are_left_out() -> None:
    assert fit(Reply("x", files=[File("a", b""), File("b", b"1")]), "mark").files == [File("b", b"1")]


def test_words_of_a_block_read_as_shown() -> None:
    block = rich(section(user("U1"), text(" at "), date(0, "1970-01-01")), preformatted("a\nb"))
    assert words(block) == "@U1 at 1970-01-01\na\nb"
    assert words(headline("done", "started web")) == ":white_check_mark: started web"


def test_no_more_buttons_than_slack_takes() -> None:
    reply = Reply("x", buttons=[Button(str(n), "ps", style="danger") for n in range(40)])
    elements = fit(reply, "mark", ["id"] * 40).blocks[-1]["elements"]
    assert len(elements) == MOST_BUTTONS
    assert elements[0]["style"] == "danger"


@pytest.mark.parametrize("payload", [None, {"operation": "01J", "objects": []}])
def test_every_message_carries_a_mark(payload: dict[str, object] | None) -> None:
    assert metadata(payload, "mark")["event_payload"]["reply"] == "mark"


def test_metadata_over_the_limit_keeps_the_operation() -> None:
    payload = {"operation": "01J", "verb": "rm", "outcome": "done", "objects": ["a" * 64] * 500}
    kept = metadata(payload, "mark")
    assert kept["event_payload"] == {"operation": "01J", "verb": "rm", "outcome": "done", "reply": "mark"}

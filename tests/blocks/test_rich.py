"""Rich text: whatever stands in it, Slack takes it and shows it as it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.card import asked, headline, note, title
from bot.blocks.reply import Block, Reply
from bot.blocks.rich import bold, code, date, lines, preformatted, rich, section, text
from bot.playground.limits import check_blocks
from tests.blocks.reading import check_reply, words_of

WORDS = st.text(st.characters(exclude_categories=()), max_size=200) | st.sampled_from(
    ["", " ", "\n", "\x1b[0m", "<!channel>", "```", "&lt;", "x" * 20_000, "\r"]
)
OUTCOMES = ["done", "partial", "failed", "denied", "waiting", "running", "cancelled", "expired", "unknown"]


@given(WORDS, WORDS)
def test_slack_takes_whatever_stands_in_it(one: str, other: str) -> None:
    blocks: list[Block] = [
        rich(section(text(one), bold(other), code(one)), preformatted(other)),
        lines([[text(one)], [code(other), bold(one)]]),
        headline("done", one, other),
        title(one, other),
        note(one),
        asked("U0ALICE", other),
    ]
    for block in blocks:
        check_reply(Reply("ok", [block], by="U0ALICE"))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_has_a_mark_of_its_own(outcome: Any) -> None:
    block = headline(outcome, "stopped web on local:", "exited (0)")
    check_blocks([block])
    marks = {str(headline(each, "")["elements"][0]["elements"][0]) for each in OUTCOMES}  # type: ignore[arg-type]
    assert len(marks) == len(OUTCOMES)


def test_a_headline_is_one_bold_line_then_the_evidence() -> None:
    first, _, words, evidence = headline("done", "stopped web:", "exited (0)")["elements"][0]["elements"]
    assert first == {"type": "emoji", "name": "white_check_mark"}
    assert words == {"type": "text", "text": "stopped web:", "style": {"bold": True}}
    assert evidence == {"type": "text", "text": " exited (0)"}


def test_only_the_one_who_asked_is_mentioned() -> None:
    block = asked("U0ALICE", "run --name <@U0BOB> x")
    user, _, typed = block["elements"][0]["elements"]
    assert user == {"type": "user", "user_id": "U0ALICE"}
    assert typed["text"] == "docker run --name <@U0BOB> x"


def test_what_was_typed_stays_on_one_line() -> None:
    assert "\n" not in code("a\nb")["text"]


def test_long_output_is_kept_whole() -> None:
    """What does not fit a message becomes a file where it is sent, so nothing is lost here."""
    output = "\n".join(f"line {n}" for n in range(5000))
    assert words_of([rich(preformatted(output + "\n\n"))]) == output


def test_a_date_says_itself_in_utc_too() -> None:
    element = date(1_700_000_000.9, "2023-11-14 22:13:20 UTC")
    assert element["timestamp"] == 1_700_000_000
    check_blocks([rich(section(element))])

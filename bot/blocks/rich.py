"""Rich text: the only block foreign text goes into, since Slack never parses its elements as markup.

Source: Slack, "rich_text block". Nothing is cut here: what is too long for a message becomes a file when it is sent.
"""

from collections.abc import Sequence
from typing import Any

from bot.blocks.clean import clean
from bot.blocks.reply import Block

Element = dict[str, Any]


def text(words: str) -> Element:
    """Plain words."""
    return {"type": "text", "text": clean(words) or " "}


def bold(words: str) -> Element:
    """Words in bold."""
    return {"type": "text", "text": clean(words) or " ", "style": {"bold": True}}


def code(words: str) -> Element:
    """Words in a fixed-width font, in the line."""
    return {"type": "text", "text": clean(words).replace("\n", " ") or " ", "style": {"code": True}}


def emoji(name: str) -> Element:
    """An emoji by Slack's name, without colons."""
    return {"type": "emoji", "name": name}


def user(user_id: str) -> Element:
    """A person, by id: only ever the one who asked."""
    return {"type": "user", "user_id": user_id}


def date(epoch: float, fallback: str) -> Element:
    """A moment (UTC epoch seconds) that each reader sees in their own zone; `fallback` says it in UTC."""
    return {
        "type": "date",
        "timestamp": int(epoch),
        "format": "{date_short_pretty} {time_secs}",
        "fallback": fallback,
    }


def section(*parts: Element) -> Element:
    """A line of parts."""
    return {"type": "rich_text_section", "elements": list(parts)}


def preformatted(words: str) -> Element:
    """A block of fixed-width lines. What is too long for a message becomes a file where it is sent."""
    shown = clean(words).rstrip("\n")
    return {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": shown or " "}]}


def rich(*elements: Element) -> Block:
    """The block that holds sections and preformatted parts."""
    return {"type": "rich_text", "elements": list(elements)}


def lines(parts: Sequence[Sequence[Element]]) -> Block:
    """A block of several lines."""
    newline = {"type": "text", "text": "\n"}
    joined: list[Element] = []
    for part in parts:
        joined += [newline, *part] if joined else part
    return rich(section(*joined))

"""Reads a reply as Slack would show it, and refuses what a hostile text could have made of it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from bot.blocks.reply import Block, Reply
from bot.playground.limits import check_content
from bot.slack.fit import fit

ELEMENTS = {"rich_text_section", "rich_text_preformatted"}
# Characters that hide, move or reorder text: Unicode's controls, halves of a character, separators of lines,
# and "format" characters but for those that are seen or belong to rare scripts.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
SEEN = "\n\t\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"


def words_of(blocks: Sequence[Block]) -> str:
    """All that blocks show, a line for each part."""
    return "\n".join("".join(_shown(leaf) for leaf in part["elements"]) for part in _parts(blocks))


def check_reply(reply: Reply) -> None:
    """AssertionError where Slack would refuse it, or where a text in it mentions, links, formats or hides."""
    assert reply.text.strip() and reply.blocks
    message = fit(reply, "mark", [f"{n:032x}" for n in range(len(reply.buttons))])
    check_content(message.content)
    said = message.text.removeprefix(f"<@{reply.by}> ")
    assert not re.search(r"[<>]", said), said
    assert not unseen(said), ascii(said)
    assert not re.search(r"&(?!(?:amp|lt|gt);)", said), said
    for part in _parts(reply.blocks):
        assert part["type"] in ELEMENTS and part.keys() == {"type", "elements"}, part
        for leaf in part["elements"]:
            _check_leaf(leaf, reply.by)
    assert all(file.content for file in reply.files)


def unseen(text: str) -> list[str]:
    """The characters of a text that move, hide or reorder what is shown."""
    return [
        each
        for each in text
        if unicodedata.category(each) in UNSEEN
        and each not in SEEN
        and not "\U00010000" <= each < "\U000e0000"
    ]


def _check_leaf(leaf: dict[str, Any], by: str) -> None:
    match leaf["type"]:
        case "text":
            assert leaf.keys() <= {"type", "text", "style"} and leaf["text"]
            assert not unseen(leaf["text"]), ascii(leaf)
        case "user":
            assert leaf == {"type": "user", "user_id": by}
        case "emoji":
            assert re.fullmatch(r"[a-z_]+", leaf["name"])
        case _:
            raise AssertionError(f"{leaf} is no part of a reply")


def _parts(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        assert block["type"] == "rich_text", block
        yield from block["elements"]


def _shown(leaf: dict[str, Any]) -> str:
    return str(leaf.get("text") or leaf.get("user_id") or "")

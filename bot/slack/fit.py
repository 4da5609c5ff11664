"""A reply made to fit Slack's limits. Pure: what is too long for a message becomes a file, nothing is lost.

Limits: Slack, "Block Kit" (50 blocks, 3,000 characters in a section, 25 elements in actions, 75 in a label);
`msg_blocks_too_long` comes at about 13,200 characters over all blocks, `msg_too_long` at 4,000 of text.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.blocks.card import note
from bot.blocks.clean import clean
from bot.blocks.reply import Block, Button, File, Reply

MOST_BLOCKS = 50
MOST_CHARACTERS = 13_000
MOST_SECTION = 3000
MOST_BUTTONS = 25
MOST_LABEL = 75
MOST_TEXT = 3900
MOST_METADATA = 15_000

_OWN = ("operation", "verb", "outcome", "audit", "user", "reply")


@dataclass(frozen=True)
class Message:
    """What Slack gets: `text` escaped, blocks with their buttons, metadata; and the files that go with it."""

    text: str
    blocks: Sequence[Block]
    metadata: Mapping[str, Any]
    files: Sequence[File] = ()

    @property
    def mark(self) -> str:
        """What tells this message from every other of ours."""
        return str(self.metadata["event_payload"]["reply"])

    @property
    def content(self) -> dict[str, Any]:
        """The arguments of Slack's methods."""
        return {"text": self.text, "blocks": list(self.blocks), "metadata": dict(self.metadata)}


def fit(reply: Reply, mark: str, ids: Sequence[str] = ()) -> Message:
    """The reply as a message; `ids` are the opaque values of its buttons, none for no buttons."""
    blocks = list(reply.blocks) or [note(reply.text)]
    buttons = actions(reply.buttons, ids)
    kept, dropped = _divide(blocks, buttons)
    files = [file for file in reply.files if file.content]
    if dropped:
        files.append(_file(dropped))
        kept.append(note("Too long for a message: the rest is in the file below."))
    return Message(sentence(reply.text, reply.by), kept + buttons, metadata(reply.metadata, mark), files)


def plain(reply: Reply, mark: str) -> Message:
    """The reply with nothing that Slack could refuse: its sentence, and all its blocks as a file."""
    files = [file for file in reply.files if file.content]
    if any(words(block) for block in reply.blocks):
        files.insert(0, _file(reply.blocks))
    return Message(
        sentence(reply.text, reply.by), [note(reply.text[:MOST_TEXT])], metadata(reply.metadata, mark), files
    )


def words_alone(text: str, mark: str) -> Message:
    """A message of the bot's own words."""
    return Message(sentence(text), [note(text)], metadata(None, mark))


def sentence(text: str, by: str = "") -> str:
    """The text on one line, escaped, at most `MOST_TEXT` characters long; who it is about is named first."""
    who = f"<@{by}> " if re.fullmatch(r"[UW][A-Z0-9]+", by) else ""
    return who + _escaped_line(text)


def _escaped_line(text: str) -> str:
    escaped = escape(" ".join(clean(text).split())) or "(no text)"
    if len(escaped) <= MOST_TEXT:
        return escaped
    return re.sub(r"&[a-z]{0,3}$", "", escaped[: MOST_TEXT - 1]) + "…"


def escape(text: str) -> str:
    """The text as Slack shows it literally: no mention, link or entity comes to life in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def actions(buttons: Sequence[Button], ids: Sequence[str]) -> list[Block]:
    """The block of buttons, or nothing. The action_id tells them apart; what they mean is in the store."""
    elements = [_button(number, *pair) for number, pair in enumerate(zip(buttons, ids, strict=False))]
    return [{"type": "actions", "elements": elements[:MOST_BUTTONS]}] if elements else []


def _button(number: int, button: Button, value: str) -> dict[str, Any]:
    label = {"type": "plain_text", "text": button.label[:MOST_LABEL] or " "}
    style = {"style": button.style} if button.style else {}
    return {
        "type": "button",
        "text": label,
        "action_id": f"{button.action}:{number}",
        "value": value,
        **style,
    }


def words(block: Mapping[str, Any]) -> str:
    """What a reader sees of a block, as plain lines."""
    return "".join(_words(block)).strip("\n")


def _words(part: object) -> Iterator[str]:
    if isinstance(part, list | tuple):
        for one in part:
            yield from _words(one)
    elif isinstance(part, Mapping):
        yield from _own_words(part)
        for value in part.values():
            if not isinstance(value, str):
                yield from _words(value)
        if str(part.get("type", "")).startswith(("rich_text", "section", "header", "context")):
            yield "\n"


def _own_words(part: Mapping[str, Any]) -> Iterator[str]:
    match part:
        case {"text": str(text)} | {"type": "date", "fallback": str(text)} | {"url": str(text)}:
            yield text
        case {"type": "user", "user_id": str(who)}:
            yield f"@{who}"
        case {"type": "emoji", "name": str(name)}:
            yield f":{name}:"


def _divide(blocks: Sequence[Block], buttons: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks that fit beside the buttons, in their order, and those that do not."""
    kept: list[Block] = []
    dropped: list[Block] = []
    most = MOST_BLOCKS - len(buttons) - 1  # one for the word about the file
    left = MOST_CHARACTERS - sum(len(words(block)) for block in buttons)
    for block in blocks:
        size = len(words(block))
        if len(kept) < most and size <= left and not _long_section(block):
            kept.append(block)
            left -= size
        else:
            dropped.append(block)
    return kept, dropped


def _long_section(block: Block) -> bool:
    text = block.get("text")
    return (
        block.get("type") == "section"
        and isinstance(text, Mapping)
        and len(text.get("text", "")) > MOST_SECTION
    )


def _file(blocks: Sequence[Block]) -> File:
    content = "\n\n".join(filter(None, map(words, blocks)))
    return File("output.txt", content.encode() or b"(empty)", "The whole of it")


def metadata(payload: Mapping[str, Any] | None, mark: str) -> dict[str, Any]:
    """Message metadata; `mark` is how we find the message again where Slack's answer was lost.

    A payload over Slack's limit keeps only what names the operation.
    """
    if payload is None:
        return {"event_type": "docker_reply", "event_payload": {"reply": mark}}
    full = {**payload, "reply": mark}
    if len(json.dumps(full)) > MOST_METADATA:
        full = {name: full[name] for name in _OWN if name in full}
    return {"event_type": "docker_operation", "event_payload": full}

"""What Slack refuses in a message, as a pure question: content in, nothing or a `SlackError` out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bot.playground.blocks import MESSAGE_BLOCKS, VIEW
from bot.playground.shapes import complaint
from bot.playground.workspace import JSON

TEXT = 4_000  # characters: what Slack advises. Beyond it may answer msg_too_long; here it always does.
ALL_BLOCKS = 13_200  # characters over all blocks of a message
ATTACHMENTS = 100
METADATA = 16_000  # characters of its JSON


class SlackError(Exception):
    """Slack's `{"ok": false, "error": code}` with what else stands in that answer."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    def answer(self) -> JSON:
        """The body of the answer."""
        return {"ok": False, "error": self.code, **self.more}


def invalid(code: str, complaints: list[str]) -> SlackError:
    """A refusal that lists what is wrong, both ways in which Slack does."""
    messages = [f"[ERROR] {text}" for text in complaints]
    return SlackError(code, errors=complaints, response_metadata={"messages": messages})


def check_content(content: Mapping[str, Any]) -> None:
    """Raise `SlackError` where a message (text, blocks, attachments, metadata) would not be taken."""
    text, blocks, attachments = (content.get(name) for name in ("text", "blocks", "attachments"))
    if text is not None and not isinstance(text, str):
        raise SlackError("invalid_arguments")
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    if len(text or "") > TEXT:
        raise SlackError("msg_too_long")
    if attachments and (not isinstance(attachments, list) or len(attachments) > ATTACHMENTS):
        raise SlackError("too_many_attachments")
    check_blocks(blocks)
    check_metadata(content.get("metadata"))


def check_blocks(blocks: Any) -> None:
    """Raise `SlackError` for blocks that Slack would not take in a message."""
    if blocks is None:
        return
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    complaints = list(MESSAGE_BLOCKS(blocks, "/blocks")) or list(_twice(blocks))
    if complaints:
        raise invalid("invalid_blocks", complaints)
    if sum(block["type"] == "table" for block in blocks) > 1:
        raise SlackError("only_one_table_allowed")
    if sum(len(text) for text in _texts(blocks)) > ALL_BLOCKS:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any) -> None:
    """Raise `SlackError` for a modal that Slack would not open."""
    complaints = list(VIEW(view, "/view"))
    if complaints:
        raise invalid("invalid_arguments", complaints)
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if has_input and "submit" not in view:
        raise invalid("invalid_arguments", [complaint("missing required field: submit", "/view")])


def check_metadata(metadata: Any) -> None:
    """Raise `SlackError` for message metadata that is not an event_type with an event_payload."""
    if not metadata:
        return
    well_formed = isinstance(metadata, dict) and metadata.keys() == {"event_type", "event_payload"}
    if not well_formed or not isinstance(metadata["event_type"], str) or not metadata["event_type"]:
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata["event_payload"], dict):
        raise SlackError("invalid_metadata_format")
    if len(str(metadata["event_payload"])) > METADATA:
        raise SlackError("metadata_too_large")


def _twice(blocks: list[JSON]) -> Iterator[str]:
    """A block_id may stand once in a message, an action_id once in a block."""
    yield from _repeated("block_id", blocks, "/blocks")
    for index, block in enumerate(blocks):
        if block["type"] == "actions":
            yield from _repeated("action_id", block["elements"], f"/blocks/{index}/elements")


def _repeated(name: str, things: list[JSON], at: str) -> Iterator[str]:
    found = Counter(one[name] for one in things if name in one)
    yield from (complaint(f"`{name}` {value} already exists", at) for value, n in found.items() if n > 1)


def _texts(value: Any) -> Iterator[str]:
    """Every string that a reader sees, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str):
                if name == "text":
                    yield item
            else:
                yield from _texts(item)

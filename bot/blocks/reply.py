"""A reply, as data: one plain sentence, blocks, files and buttons. Nothing here knows Slack's client."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Block = Mapping[str, Any]

Outcome = Literal[
    "done", "partial", "failed", "denied", "waiting", "running", "cancelled", "expired", "unknown"
]


@dataclass(frozen=True)
class File:
    """A file that goes with a reply. `content` is never empty: Slack refuses an upload of length 0."""

    name: str
    content: bytes
    title: str = ""


@dataclass(frozen=True)
class Button:
    """A likely next step: pressing it asks for `line` again, by the person who presses.

    `action` begins the Slack action_id (`show`, `more`, …). `full` asks for the whole output as a file.
    """

    label: str
    line: str
    action: Literal["show", "more"] = "more"
    full: bool = False
    style: Literal["", "primary", "danger"] = ""


@dataclass(frozen=True)
class Reply:
    """What is said in the channel, or to the asker alone.

    `text` is one plain, unescaped sentence (what a phone's notification shows); whoever sends it escapes.
    `blocks` are ready Block Kit dicts whose foreign text is raw or escaped already.
    `objects` are the full ids of what came to be (a created container), beside those the plan names.
    `by` is the user id of who asked: the sentence is about them (`started web on local`).
    `metadata` is the event_payload of `docker_operation`, where the reply answers a command.
    """

    text: str
    blocks: Sequence[Block] = ()
    files: Sequence[File] = ()
    buttons: Sequence[Button] = ()
    outcome: Outcome = "done"
    objects: Sequence[str] = ()
    by: str = ""
    metadata: Mapping[str, Any] | None = field(default=None)

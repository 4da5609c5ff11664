"""Uploads, in Slack's three steps: ask for an address, send the bytes there, share the file."""

from typing import Any

from bot.playground.events import echo
from bot.playground.limits import SlackError
from bot.playground.methods.arguments import Arguments
from bot.playground.methods.content import channel_of, writable
from bot.playground.show import api_file
from bot.playground.slack import Slack
from bot.playground.workspace import JSON, File, Message


def upload_url(slack: Slack, arguments: Arguments) -> JSON:
    """files.getUploadURLExternal. A length of 0 counts as missing: Slack takes no empty file."""
    name = arguments.need("filename")
    length = arguments.number("length", 0)
    if length <= 0:
        raise SlackError("missing_argument")
    file = File(slack.workspace.next_id("F"), name, length)
    slack.workspace.files[file.id] = file
    return {"upload_url": f"{slack.url}/upload/{file.id}", "file_id": file.id}


def receive(slack: Slack, file_id: str, content: bytes) -> str | None:
    """The bytes of an upload. Returns Slack's answer, None where they were not expected or not all there."""
    file = slack.workspace.files.get(file_id)
    if file is None or file.content is not None or len(content) != file.length:
        return None
    file.content = content
    return f"OK - {len(content)}"


def complete(slack: Slack, arguments: Arguments) -> JSON:
    """files.completeUploadExternal: share uploaded files in a channel or a thread, or keep them unshared."""
    files = [_uploaded(slack, item) for item in _listed(arguments)]
    wanted = arguments.text("channel_id") or arguments.text("channels").split(",")[0]
    if wanted:
        channel = writable(slack, channel_of(slack, Arguments({"channel": wanted})))
        message = Message(
            slack.workspace.next_ts(),
            channel.id,
            slack.workspace.bot.id,
            arguments.text("initial_comment"),
            thread_ts=arguments.given.get("thread_ts"),
            files=[file.id for file in files],
            by_app=True,
            subtype="file_share",
        )
        for file in files:
            file.channels.add(channel.id)
        echo(slack, slack.post(message))
    return {"files": [api_file(file) for file in files]}


def _listed(arguments: Arguments) -> list[Any]:
    arguments.need("files")
    listed = arguments.given["files"]
    if not isinstance(listed, list) or not listed:
        raise SlackError("invalid_arguments")
    return listed


def _uploaded(slack: Slack, item: Any) -> File:
    file = slack.workspace.files.get(item.get("id", "")) if isinstance(item, dict) else None
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    file.title = item.get("title") or file.name
    return file

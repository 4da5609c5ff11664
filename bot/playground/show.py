"""A message as JSON: as the Web API returns it, and as the page shows it."""

from mimetypes import guess_type

from bot.playground.workspace import JSON, File, Message, Workspace

IMAGES = ("image/png", "image/jpeg", "image/gif")


def api_message(workspace: Workspace, message: Message, *, metadata: bool = True) -> JSON:
    """A message in the Web API's form. Without `metadata`, as history gives it where nobody asked for it."""
    body: JSON = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.team_id,
    }
    if message.by_app:
        body |= {"bot_id": workspace.bot_id, "app_id": workspace.app_id}
    optional: JSON = {
        "subtype": message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "files": [api_file(workspace.files[name]) for name in message.files],
        "metadata": message.metadata if metadata else None,
        "edited": {"user": message.user, "ts": message.edited} if message.edited else None,
        "reactions": [{"name": n, "users": u, "count": len(u)} for n, u in message.reactions.items()],
    }
    return body | {name: value for name, value in optional.items() if value} | _thread(workspace, message)


def _thread(workspace: Workspace, message: Message) -> JSON:
    """What the parent of a thread says of its replies."""
    replies = [] if message.is_reply else workspace.replies(message.channel, message.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
    }


def mimetype(name: str) -> str:
    """An image's type by its name; everything else counts as text."""
    guessed = guess_type(name)[0] or ""
    return guessed if guessed in IMAGES else "text/plain"


def api_file(file: File) -> JSON:
    """A file in the Web API's form."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "size": file.length,
        "mimetype": mimetype(file.name),
        "mode": "hosted" if mimetype(file.name) in IMAGES else "snippet",
        "channels": sorted(file.channels),
    }


def shown(workspace: Workspace, message: Message) -> JSON:
    """A message for the page: the API's form, with the channel and who alone sees it."""
    return api_message(workspace, message) | {"channel": message.channel, "only_for": message.only_for}


def api_user(workspace: Workspace, user_id: str) -> JSON:
    """A person in the Web API's form."""
    user = workspace.users[user_id]
    return {
        "id": user.id,
        "team_id": workspace.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "is_bot": user.is_bot,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_stranger": False,
        "is_admin": False,
        "is_owner": False,
        "tz": "Etc/UTC",
        "tz_offset": 0,
        "profile": {"real_name": user.real_name, "display_name": user.name},
    }


def api_channel(workspace: Workspace, channel_id: str) -> JSON:
    """A channel in the Web API's form."""
    channel = workspace.channels[channel_id]
    body: JSON = {
        "id": channel.id,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_private": channel.kind != "channel",
        "is_archived": False,
    }
    if channel.kind == "im":
        return body | {"user": channel.user}
    return body | {"name": channel.name, "is_member": workspace.bot.id in channel.members}

"""Words to people who did not ask just now: the admins, in their direct messages with the bot."""

import asyncio
import hashlib
from collections.abc import Iterable

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import LaterError, RefusedError, UnclearError, call
from bot.slack.fit import words_alone
from bot.slack.posting import post_once

_PATIENCE = 60.0  # seconds that one notice may take

log = structlog.get_logger(__name__)


async def notify(client: AsyncWebClient, users: Iterable[str], groups: Iterable[str], words: str) -> None:
    """Send the words to every user, and to the members of the groups, once each. What fails is logged."""
    members = await asyncio.gather(*(_members(client, group) for group in groups))
    for user in sorted({*users, *(member for group in members for member in group)}):
        mark = hashlib.sha256(f"{user}\0{words}".encode()).hexdigest()[:32]
        until = asyncio.get_running_loop().time() + _PATIENCE
        try:
            await post_once(client, user, None, words_alone(words, mark), until)
        except (RefusedError, LaterError, UnclearError) as failure:
            log.warning("a notice was not delivered", user=user, reason=repr(failure))


async def _members(client: AsyncWebClient, group: str) -> list[str]:
    try:
        answer = await call(client.usergroups_users_list(usergroup=group))
    except (RefusedError, LaterError, UnclearError) as failure:
        log.warning("a user group's members are unknown", group=group, reason=repr(failure))
        return []
    return list(answer.get("users") or [])

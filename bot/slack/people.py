"""Who somebody is: member or not, in which user groups. At most 60 s old; unknown is None, never a guess."""

import asyncio
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.policy.terms import Person
from bot.slack.calls import LaterError, RefusedError, UnclearError, call
from bot.slack.fresh import Fresh
from bot.slack.work import Work

log = structlog.get_logger(__name__)

_NOBODY = {"user_not_found", "user_not_visible", "users_not_found"}
_NO_GROUP = {"no_such_subteam", "subteam_not_found"}
_OUTSIDE = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot")
_SLACKBOT = "USLACKBOT"  # Slack does not call it a bot


class SlackPeople:
    """`bot.commands.request.People`, by Slack's users.info and usergroups.users.list."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._work = Work()
        self._members: Fresh[tuple[str, str], bool] = Fresh(self._member, self._work)
        self._groups: Fresh[str, frozenset[str]] = Fresh(self._group, self._work)
        self._home: str | None = None

    async def person(self, team: str, user: str, groups: frozenset[str]) -> Person:
        """The person with those of `groups` they are in; both parts are asked for at once."""
        member, among = await asyncio.gather(
            _known(self._members.get((team, user))), self._among(user, groups)
        )
        return Person(team, user, among, member)

    async def close(self) -> None:
        """Stop what is being refreshed."""
        await self._work.finish(0)

    async def _among(self, user: str, groups: frozenset[str]) -> frozenset[str] | None:
        """The groups the user is in; None where one of them is unknown: it may be the one that denies."""
        order = sorted(groups)
        members = await asyncio.gather(*(_known(self._groups.get(group)) for group in order))
        if None in members:
            return None
        return frozenset(
            group for group, users in zip(order, members, strict=True) if users and user in users
        )

    async def _member(self, who: tuple[str, str]) -> bool:
        team, user = who
        home = await self._own_team()
        if team != home:
            return False
        try:
            answer = await call(self._client.users_info(user=user))
        except RefusedError as refused:
            if refused.code in _NOBODY:
                return False
            raise
        return full_member(answer.get("user") or {}, user, home)

    async def _group(self, group: str) -> frozenset[str]:
        try:
            answer = await call(self._client.usergroups_users_list(usergroup=group))
        except RefusedError as refused:
            if refused.code not in _NO_GROUP:
                raise
            log.warning("the permission list names a user group that Slack does not know", group=group)
            return frozenset()
        return frozenset(answer.get("users") or [])

    async def _own_team(self) -> str:
        """The workspace the bot is installed in; it does not change while the token works."""
        if self._home is None:
            self._home = str((await call(self._client.auth_test()))["team_id"])
        return self._home


def full_member(user: dict[str, Any], asked: str, home: str) -> bool:
    """No guest, bot, stranger or deactivated user, and of this workspace (of its Grid, too)."""
    if user.get("id") != asked or asked == _SLACKBOT or any(user.get(flag) for flag in _OUTSIDE):
        return False
    workspaces = (user.get("enterprise_user") or {}).get("teams") or []
    return user.get("team_id") == home or home in workspaces


async def _known(lookup: Any) -> Any:
    """What the lookup gives, None where Slack could not be asked."""
    try:
        return await lookup
    except (RefusedError, LaterError, UnclearError) as failure:
        log.warning("Slack could not say who somebody is", reason=repr(failure))
        return None

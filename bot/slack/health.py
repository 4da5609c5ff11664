"""Whether Slack answers us: at the start, and as a part of `/readyz`."""

import asyncio
from collections.abc import Awaitable

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.calls import LaterError, RefusedError, UnclearError, call

_ENOUGH = 3.0  # seconds
# What Slack says of a token that will not be good later either.
_USELESS = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}

log = structlog.get_logger(__name__)


class TokenError(Exception):
    """Slack refuses a token for good. The text says which, and why."""


async def check_tokens(client: AsyncWebClient, app_token: str | None) -> str | None:
    """The address that Socket Mode may connect to; None without an app token, or where Slack is away.

    Raises TokenError.
    """
    bot, app = _asked(client.auth_test(), "SLACK_BOT_TOKEN"), None
    if app_token:
        opened = _asked(client.apps_connections_open(app_token=app_token), "SLACK_APP_TOKEN")
        _, app = await asyncio.gather(bot, opened)
    else:
        await bot
    return str(app["url"]) if app else None


async def _asked(answer: Awaitable[AsyncSlackResponse], token: str) -> AsyncSlackResponse | None:
    """Slack's answer; None where there is none that is of use."""
    try:
        async with asyncio.timeout(_ENOUGH):
            return await call(answer)
    except RefusedError as refused:
        if refused.code in _USELESS:
            raise TokenError(f"Slack refuses {token}: {refused.code}") from refused
        reason = repr(refused)
    except (LaterError, UnclearError, TimeoutError) as failure:
        reason = repr(failure)
    log.warning("a token could not be checked", token=token, reason=reason)
    return None


async def trouble(client: AsyncWebClient) -> str | None:
    """Why Slack can't be used now, in a few words; None where it can (being asked to wait counts as can)."""
    try:
        async with asyncio.timeout(_ENOUGH):
            await call(client.auth_test())
    except RefusedError as refused:
        return f"Slack refuses the bot's token: {refused.code}"
    except (UnclearError, TimeoutError):
        return "Slack does not answer"
    except LaterError:
        pass
    return None

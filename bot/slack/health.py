"""Whether Slack answers us: a part of `/readyz`."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import LaterError, RefusedError, UnclearError, call

_ENOUGH = 3.0  # seconds


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

"""Bolt's app with our listeners: the same for HTTP and Socket Mode."""

import logging

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.listeners import Desk, listen

log = structlog.get_logger(__name__)


def slack_app(client: AsyncWebClient, desk: Desk) -> AsyncApp:
    """An app that turns deliveries into requests for the desk.

    It holds no signing secret: what reaches it was verified, at our HTTP edge or by the web socket's ticket.
    """
    app = AsyncApp(
        name="dockwarden",
        client=client,
        logger=_quiet(),
        authorize=_authorize,
        request_verification_enabled=False,
        # The answer leaves when the listener returns, not at the next turn of a 10 ms poll. Listeners only
        # acknowledge and start tasks, so there is nothing to wait for.
        process_before_response=True,
    )
    app.error(_refuse)
    listen(app, desk)
    return app


async def _authorize(team_id: str | None) -> AuthorizeResult:
    """Who we are, without asking Slack: an acknowledgement must not wait for `auth.test`.

    Bolt would ask by a client of its own, which goes through the environment's proxy even on loopback.
    """
    return AuthorizeResult(enterprise_id=None, team_id=team_id)


async def _refuse(error: Exception) -> BoltResponse:
    """Whatever fails before the acknowledgement is the reading of the body, so the body is at fault: 400."""
    log.warning("a malformed delivery was refused", error=repr(error))
    return BoltResponse(status=400, body={"error": "malformed request"})


def _quiet() -> logging.Logger:
    """Errors only: Bolt warns of `SLACK_BOT_TOKEN` in the environment, and of events nobody listens to."""
    logger = logging.getLogger("bot.slack.bolt")
    logger.setLevel(logging.ERROR)
    return logger

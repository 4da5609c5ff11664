"""The Web API's door: token, scopes and rates first, then the method."""

from bot.playground.limits import SlackError
from bot.playground.methods import METHODS
from bot.playground.methods.arguments import Arguments
from bot.playground.scopes import needed
from bot.playground.slack import Slack
from bot.playground.socket_mode import SocketMode
from bot.playground.workspace import JSON

APP_METHOD = "apps.connections.open"


class RateLimitError(Exception):
    """HTTP 429. `seconds` is what Retry-After says."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def call(slack: Slack, method: str, authorization: str, arguments: Arguments) -> JSON:
    """Carry out one call. Slack's errors are answers too; raises `RateLimitError` in strict mode."""
    try:
        _check_token(slack, method, authorization)
        if method == APP_METHOD:
            return {"ok": True, "url": _socket_url(slack)}
        if method not in METHODS:
            raise SlackError("unknown_method", req_method=method)
        _check_scope(slack, method, arguments)
        _check_rate(slack, method, arguments)
        return {"ok": True, **METHODS[method](slack, arguments)}
    except SlackError as refusal:
        return refusal.answer()


def _check_token(slack: Slack, method: str, authorization: str) -> None:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise SlackError("not_authed")
    tokens = (slack.settings.bot_token, slack.settings.app_token)
    if token not in tokens:
        raise SlackError("invalid_auth")
    if (token == slack.settings.app_token) != (method == APP_METHOD):
        raise SlackError("not_allowed_token_type")


def _check_scope(slack: Slack, method: str, arguments: Arguments) -> None:
    channel = slack.workspace.channels.get(arguments.text("channel"))
    scopes = needed(method, channel.kind if channel else None)
    if scopes and not scopes & slack.settings.scopes:
        raise SlackError(
            "missing_scope",
            needed=",".join(sorted(scopes)),
            provided=",".join(sorted(slack.settings.scopes)),
        )


def _check_rate(slack: Slack, method: str, arguments: Arguments) -> None:
    if slack.settings.strict_rates and method == "chat.postMessage":
        wait = slack.rates.wait(arguments.text("channel"))
        if wait:
            raise RateLimitError(max(1, round(wait)))


def _socket_url(slack: Slack) -> str:
    carrier = slack.deliveries.carrier
    if not isinstance(carrier, SocketMode):
        raise SlackError("socket_mode_not_enabled")
    address = slack.url.replace("http", "ws", 1)
    return f"{address}/link/?ticket={carrier.ticket()}&app_id={slack.workspace.app_id}"

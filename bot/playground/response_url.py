"""response_url: up to five answers to one command or press, within 30 minutes, without a token."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.limits import SlackError

USES = 5
LIFE = 30 * 60  # seconds


@dataclass
class Invitation:
    """What a response_url stands for: who did what where.

    `source` is the ts of the message whose button was pressed. A command has none: `replace_original` then
    replaces nothing, not even an earlier answer by the same url.
    """

    user: str
    channel: str
    until: float
    source: str | None = None
    left: int = USES


class ResponseUrls:
    """The response_urls given out. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._given: dict[str, Invitation] = {}

    def give(self, user: str, channel: str, source: str | None = None) -> str:
        """The path of a fresh one, under the playground's address."""
        token = secrets.token_urlsafe(18)
        self._given[token] = Invitation(user, channel, self._clock() + LIFE, source)
        return f"/response/{token}"

    def use(self, token: str) -> Invitation:
        """Count one use. Raises `SlackError`: `expired_url` when late, `used_url` for the sixth."""
        invitation = self._given.get(token)
        if invitation is not None and self._clock() > invitation.until:
            raise SlackError("expired_url")
        if invitation is None or invitation.left == 0:
            raise SlackError("used_url")
        invitation.left -= 1
        return invitation

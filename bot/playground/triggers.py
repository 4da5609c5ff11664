"""Trigger ids: what lets an app open a modal, once, within three seconds of a person's doing."""

import secrets
import time
from collections.abc import Callable

from bot.playground.limits import SlackError

LIFE = 3.0  # seconds


class Triggers:
    """The trigger ids given out and not yet used."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._given: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def give(self, user: str) -> str:
        """A fresh id, for what this person just did."""
        trigger = f"{time.time_ns() // 1000}.{secrets.randbelow(10**6)}.{secrets.token_hex(16)}"
        self._given[trigger] = (user, self._clock() + LIFE)
        return trigger

    def use(self, trigger: str) -> str:
        """The person it was given for. Raises `SlackError`: unknown, used before, or too late."""
        if trigger in self._used:
            raise SlackError("exchanged_trigger_id")
        if trigger not in self._given:
            raise SlackError("invalid_trigger_id")
        user, until = self._given.pop(trigger)
        self._used.add(trigger)
        if self._clock() > until:
            raise SlackError("expired_trigger_id")
        return user

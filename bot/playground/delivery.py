"""What Slack sends to the app, and how it comes back: the same for Socket Mode and HTTP."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.playground.workspace import JSON

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Delivery:
    """One payload for the app. `id` stays the same when it is delivered again; `attempt` counts from 0."""

    kind: Kind
    id: str
    payload: JSON
    attempt: int = 0


@dataclass(frozen=True)
class Ack:
    """The app's acknowledgement: what it carried, or the word for why there was none.

    `error` is one of Slack's: `operation_timeout` (none within 3 s), `dispatch_failed` (nobody there),
    `dispatch_unknown_error` (an HTTP status that is no success). `seconds` is how long it took.
    """

    payload: JSON | None = None
    error: str = ""
    seconds: float = 0.0


class Carrier(Protocol):
    """A way to the app."""

    async def carry(self, delivery: Delivery, timeout: float) -> Ack:  # noqa: ASYNC109 - Slack's rule, in seconds
        """Deliver once and wait for the acknowledgement, at most `timeout` seconds. Never raises."""

    @property
    def connected(self) -> bool:
        """Whether somebody is likely to be there."""


class Deliveries:
    """Sends payloads by a carrier and remembers the last ones, to send them again."""

    def __init__(self, carrier: Carrier, ack_timeout: float) -> None:
        self.carrier = carrier
        self._timeout = ack_timeout
        self._under_way: set[asyncio.Task[Ack]] = set()
        self.sent: deque[Delivery] = deque(maxlen=200)

    async def send(self, delivery: Delivery) -> Ack:
        """Deliver and wait for the acknowledgement."""
        self.sent.append(delivery)
        return await self.carrier.carry(delivery, self._timeout)

    def later(self, delivery: Delivery) -> None:
        """Deliver without waiting, and without counting it as something that may be sent again."""
        task = asyncio.create_task(self.carrier.carry(delivery, self._timeout))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def close(self) -> None:
        """Give up what is still under way."""
        for task in self._under_way:
            task.cancel()

    async def again(self, kind: Kind | None = None) -> Ack | None:
        """Deliver the last one (of that kind) a second time, as Slack does where it missed the first ack."""
        for delivery in reversed(self.sent):
            if kind in (None, delivery.kind):
                repeated = Delivery(delivery.kind, delivery.id, delivery.payload, delivery.attempt + 1)
                return await self.send(repeated)
        return None

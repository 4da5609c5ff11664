"""How a call to Slack failed, and whether it may be sent again.

    RefusedError  Slack read it and said no: sending it again changes nothing
    LaterError    Slack asks to wait (429): it was not done
    UnclearError  no answer that says which: it may have been done

Trap: the SDK's errors carry its own response, aiohttp's, or none, and a body that is a dict, text or nothing.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

Answer = TypeVar("Answer")

# Slack's own failures; "fatal_error" may come after part of the work was done.
_TRANSIENT = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
FIRST_WAIT = 0.5  # seconds
MOST_WAIT = 30.0
# AttributeError: the SDK asks a text body for its "ok".
TROUBLE = (SlackClientError, aiohttp.ClientError, OSError, asyncio.TimeoutError, AttributeError)


class RefusedError(Exception):
    """Slack said no; `code` is its word, such as `not_in_channel`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LaterError(Exception):
    """Slack asks to wait that many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:g} s")
        self.seconds = seconds


class UnclearError(Exception):
    """Nothing says whether it was done; the message is for the log."""


Failure = RefusedError | LaterError | UnclearError


async def call(answer: Awaitable[Answer]) -> Answer:
    """Await a call of the SDK. Raises RefusedError, LaterError or UnclearError, and nothing of the SDK's."""
    try:
        return await answer
    except TROUBLE as error:
        raise _read(error) from error


def _read(error: Exception) -> Failure:
    response: Any = error.response if isinstance(error, SlackApiError) else None
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return judge(status, getattr(response, "data", None), getattr(response, "headers", {}), repr(error))


def judge(
    status: int | None, data: object, headers: Any, why: str
) -> RefusedError | LaterError | UnclearError:
    """Which failure an answer is: HTTP status (None without one), parsed body, headers."""
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return LaterError(_seconds(headers))
    if isinstance(code, str) and code not in _TRANSIENT and (status or 500) < 500:
        return RefusedError(code)
    if status is not None and 400 <= status < 500 and status != 408:
        return RefusedError(code if isinstance(code, str) else f"http_{status}")
    return UnclearError(why)


def _seconds(headers: Any) -> float:
    said = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    return min(float(said), 300.0) if said.isascii() and said.isdigit() else 1.0


def pause(attempt: int) -> float:
    """Seconds to wait after attempt 0, 1, …: doubled each time, with some chance in it."""
    chance = random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, hides nothing
    return float(min(FIRST_WAIT * 2**attempt, MOST_WAIT) * chance)


async def persist(send: Callable[[], Awaitable[Answer]], until: float) -> Answer:
    """Send what does no harm twice until Slack answers, or until `until` (loop time, seconds).

    Raises RefusedError at once; the last LaterError or UnclearError when the time is up.
    """
    attempt = 0
    while True:
        try:
            return await send()
        except (LaterError, UnclearError) as failure:
            await rest(failure, attempt, until)
            attempt += 1


async def rest(failure: LaterError | UnclearError, attempt: int, until: float) -> None:
    """Wait as the failure asks. Raises it where that would end after `until`."""
    seconds = failure.seconds if isinstance(failure, LaterError) else pause(attempt)
    if asyncio.get_running_loop().time() + seconds > until:
        raise failure
    await asyncio.sleep(seconds)

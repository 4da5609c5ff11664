"""What httpx and aiohttp raise, as NotSent or Unknown, with a reason for people.

httpx's own transport tells whether anything was sent. The one over aiohttp calls everything a connection
timeout, so there the exception beneath is looked at.
"""

import os
import ssl
from collections.abc import Iterator

import aiohttp
import httpx

from bot.engine.errors import EngineError, NotSent, Unknown

FAULTS = (httpx.HTTPError, httpx.StreamError, aiohttp.ClientError, aiohttp.http.HttpProcessingError, OSError)
_NEVER_SENT = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol,
    aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError,
)  # fmt: skip
_TIMED_OUT = (httpx.TimeoutException, aiohttp.ServerTimeoutError, TimeoutError)


def fault(host: str, asked: str, error: Exception, *, sent: bool = False) -> EngineError:
    """The error to raise for a fault of the line. `sent` says that the answer had already begun."""
    if not sent and isinstance(_beneath(error), _NEVER_SENT):
        return NotSent(host, asked, reason(error))
    return Unknown(host, asked, reason(error))


def timed_out(error: EngineError) -> bool:
    """Whether it took too long, and so is not worth a second try at once."""
    cause = error.__cause__
    return cause is not None and isinstance(_beneath(cause), _TIMED_OUT)


def reason(error: Exception) -> str:
    """Why, in a few words: `connection refused`, `no answer in time`."""
    beneath = _beneath(error)
    if isinstance(beneath, httpx.PoolTimeout):
        return "too many questions to it are under way"
    if isinstance(beneath, _TIMED_OUT):
        return "no connection in time" if isinstance(beneath, _NEVER_SENT) else "no answer in time"
    if isinstance(beneath, aiohttp.ClientResponseError | aiohttp.http.HttpProcessingError):
        return f"its answer is not HTTP: {beneath.message}"
    system = next((each for each in _chain(error) if isinstance(each, OSError) and each.strerror), None)
    return _system(system) if system else f"the connection broke: {_plain(beneath)}"


def _system(error: OSError) -> str:
    """The operating system's words, or TLS's."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"TLS failed ({error.reason or error}); it may want a client certificate"
    # asyncio puts words of its own into strerror; a name that can't be resolved has a negative number.
    words = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or ""
    return words[:1].lower() + words[1:]


def _plain(error: BaseException) -> str:
    return str(error).partition("\n")[0].rstrip(". :") or type(error).__name__


def _beneath(error: BaseException) -> BaseException:
    """aiohttp's exception where there is one beneath httpx's, which says less than the truth."""
    return error.__cause__ if isinstance(error.__cause__, aiohttp.ClientError) else error


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        many = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else None
        error = many or error.__cause__ or error.__context__

"""Streams of JSON messages, one a line: the progress of a pull or push, and events."""

from collections.abc import Iterator
from typing import Any

import msgspec

from bot.engine.types import Progress

MOST_LINE = 1024 * 1024  # bytes


class StreamError(ValueError):
    """The stream is not made of whole messages."""


class StreamedError(Exception):
    """The daemon's own words: an error in a stream that began well. `code` is its status, 0 where unsaid."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class Lines:
    """Takes bytes in any portions, gives whole lines without their ends. Empty lines are passed over."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The lines that `data` completes. Raises StreamError where a line is too long to be a message."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > MOST_LINE:
            raise StreamError("the stream sends a message without end")
        yield from (line for line in lines if line.strip())

    def close(self) -> Iterator[bytes]:
        """What is left when no more comes: a last line that was not ended, if any."""
        if self._rest.strip():
            yield self._rest


class _Detail(msgspec.Struct):
    current: int | None = None
    total: int | None = None


class _Error(msgspec.Struct):
    message: str = ""
    code: int | None = None


class _Message(msgspec.Struct):
    status: str | None = None
    id: str | None = None
    stream: str | None = None
    detail: _Detail | None = msgspec.field(default=None, name="progressDetail")
    aux: dict[str, Any] | None = None
    error: str | None = None
    error_detail: _Error | None = msgspec.field(default=None, name="errorDetail")


_DECODER = msgspec.json.Decoder(_Message)


def progress(line: bytes) -> Progress:
    """A message of a pull or push. Raises StreamedError with what went wrong, StreamError for nonsense."""
    try:
        found = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StreamError(f"the stream sends what is no message: {error}") from error
    wrong = found.error_detail
    if wrong or found.error:
        said = (wrong and wrong.message) or found.error or "an error without words"
        raise StreamedError(said, (wrong and wrong.code) or 0)
    detail = found.detail or _Detail()
    return Progress(
        status=found.status or found.stream or "",
        id=found.id or "",
        current=detail.current or 0,
        total=detail.total or 0,
        aux=found.aux,
    )

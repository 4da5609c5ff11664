"""Log frames of a container without a terminal: `[stream, 0, 0, 0, length as u32be]`, then the payload."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from typing import Literal

HEADER = Struct(">B3sI")
SYSTEM_ERROR = 3  # a stream of the daemon's own: what went wrong while it was sending


class FrameError(ValueError):
    """The stream is not made of whole frames."""


class DaemonSaidError(Exception):
    """The daemon's own words about why it can't go on."""


@dataclass(frozen=True, slots=True)
class LogChunk:
    """A piece of what a container wrote: 1 is standard output, 2 standard error. It may end within a line."""

    stream: Literal[1, 2]
    data: bytes


class Demultiplexer:
    """Takes the bytes in any portions; holds at most a header, however long a frame claims to be."""

    def __init__(self) -> None:
        self._header = b""
        self._stream = 0
        self._left = 0

    def feed(self, data: bytes) -> Iterator[LogChunk]:
        """What `data` brings, neighbours of the same stream joined.

        Raises FrameError where it is no frame, and DaemonSaidError with the daemon's own complaint.
        """
        run: list[bytes] = []
        stream = self._stream
        for kind, payload in self._payloads(data):
            if run and kind != stream:
                yield _chunk(stream, run)
                run = []
            stream = kind
            run.append(payload)
        if run:
            yield _chunk(stream, run)

    def close(self) -> None:
        """Say that no more comes. Raises FrameError where a frame was cut."""
        if self._header or self._left:
            raise FrameError("the log ended within a frame")

    def _payloads(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        at, end = 0, len(data)
        while at < end:
            if not self._left:
                need = HEADER.size - len(self._header)
                header = self._header + data[at : at + need]
                at += need
                self._header = header if len(header) < HEADER.size else b""
                if self._header:
                    return
                self._stream, self._left = _parsed(header)
                continue
            payload = data[at : at + self._left]
            at += len(payload)
            self._left -= len(payload)
            yield self._stream, payload


def _parsed(header: bytes) -> tuple[int, int]:
    stream, zeros, size = HEADER.unpack(header)
    if stream > SYSTEM_ERROR or zeros != b"\0\0\0":
        raise FrameError("the log is not made of frames")
    return stream, size


def _chunk(stream: int, run: list[bytes]) -> LogChunk:
    data = b"".join(run)
    if stream == SYSTEM_ERROR:
        raise DaemonSaidError(data.decode(errors="replace").strip())
    # 0 is what the container was sent; the CLI shows it on standard output.
    return LogChunk(2 if stream == 2 else 1, data)

"""Bytes as they come, turned into what a long answer is made of; its faults become the engine's errors."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import msgspec

from bot.engine.call import Call
from bot.engine.errors import Refused, Unknown
from bot.engine.frames import DaemonSaidError, Demultiplexer, FrameError, LogChunk
from bot.engine.progress import Lines, StreamedError, StreamError, progress
from bot.engine.types import Event, Progress

_EVENT = msgspec.json.Decoder(Event)


async def log_chunks(
    host: str, call: Call, chunks: AsyncIterator[bytes], *, tty: bool
) -> AsyncGenerator[LogChunk]:
    """What a container wrote: with a terminal as it comes, without one out of its frames."""
    if tty:
        async for data in chunks:
            yield LogChunk(1, data)
        return
    frames = Demultiplexer()
    try:
        async for data in chunks:
            for chunk in frames.feed(data):
                yield chunk
        frames.close()
    except FrameError as error:
        raise Unknown(host, call.asked, str(error)) from error
    except DaemonSaidError as error:
        raise Refused(host, call.asked, str(error), 200) from error


async def progress_of(host: str, call: Call, chunks: AsyncIterator[bytes]) -> AsyncGenerator[Progress]:
    """The messages of a pull or push. What went wrong on the way comes inside a 200, and raises Refused."""
    try:
        async with aclosing(_lines(chunks)) as lines:
            async for line in lines:
                yield progress(line)
    except StreamedError as error:
        raise Refused(host, call.asked, str(error), error.code or 200) from error
    except StreamError as error:
        raise Unknown(host, call.asked, str(error)) from error


async def events_of(host: str, call: Call, chunks: AsyncIterator[bytes]) -> AsyncGenerator[Event]:
    """The events of a stream."""
    try:
        async with aclosing(_lines(chunks)) as lines:
            async for line in lines:
                yield _EVENT.decode(line)
    except (StreamError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unknown(host, call.asked, f"it sends what is no event: {error}") from error


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
    lines = Lines()
    async for data in chunks:
        for line in lines.feed(data):
            yield line
    for line in lines.close():
        yield line

"""Secrets masked in megabytes of output, so that others get their turn meanwhile."""

from collections.abc import Iterator

from bot.grammar.secrets import mask

PIECE = 65536  # characters: a few milliseconds
_BEGINS, _ENDS = "-----BEGIN ", "-----END "


def mask_long(text: str) -> str:
    """As `mask`, piece by piece: run in a thread, it holds up nobody for longer than one piece takes.

    A piece ends where a line does, and never within a key.
    """
    return "".join(map(mask, _pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = _line_end(text, start + PIECE)
        begun = text.rfind(_BEGINS, start, end)
        if begun >= 0 and text.find(_ENDS, begun, end) < 0:
            closed = text.find(_ENDS, end)
            end = _line_end(text, closed) if closed >= 0 else len(text)
        yield text[start:end]
        start = end


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)

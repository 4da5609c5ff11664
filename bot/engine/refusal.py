"""What an answer that is no success means."""

from http import HTTPStatus

import msgspec

from bot.engine.errors import EngineError, Refused, Unknown

MOST_WORDS = 2000  # characters


class _Message(msgspec.Struct):
    message: str = ""


def refusal(host: str, asked: str, status: int, content_type: str, content: bytes) -> EngineError:
    """Refused in the daemon's own words, which come as JSON, below its oldest version as plain text.

    A page (HTML) is somebody else's: below 500 whoever stands between refused it; from 500 on nobody knows.
    """
    words = _words(content_type, content)
    if not words:
        kind = content_type.partition(";")[0] or "nothing"
        words = f"{status} {_phrase(status)}, with {kind} where the daemon's reason should be"
        if status >= 500 and kind == "text/html":
            return Unknown(host, asked, words)
    return Refused(host, asked, words[:MOST_WORDS], status)


def _words(content_type: str, content: bytes) -> str:
    try:
        return msgspec.json.decode(content, type=_Message).message.strip()
    except (msgspec.DecodeError, UnicodeDecodeError):
        plain = content_type.startswith("text/plain")
        return content.decode(errors="replace").strip() if plain else ""


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "(no status of HTTP)"

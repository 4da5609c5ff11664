"""The HTTP edge: who sent this, and is it whole? Pure; whatever comes in, it ends in a body or a refusal.

Bolt's own check answers 500 to an unreadable timestamp or a non-ASCII signature, and its parser loses a
command whose text contains `payload`. So both are done here.
Source: Slack, "Verifying requests from Slack".
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

MOST_BYTES = 1_000_000
MOST_AGE = 300  # seconds, either way
_MOST_FIELDS = 100
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


class RefusedRequest(Exception):  # noqa: N818 - an answer, not a fault of ours
    """The HTTP status to answer, 401 or 400, and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def check(secret: str, headers: Mapping[bytes, bytes], body: bytes, now: float) -> None:
    """Raise RefusedRequest (401) unless Slack signed this body within the last five minutes.

    Header names are lower case, values as they came; `now` is in UTC epoch seconds.
    """
    stamp = headers.get(b"x-slack-request-timestamp", b"")
    if not stamp.isdigit() or len(stamp) > 12 or abs(now - int(stamp)) > MOST_AGE:
        raise RefusedRequest(401, "the request is not from now")
    digest = hmac.new(secret.encode(), b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(b"v0=" + digest.encode(), headers.get(b"x-slack-signature", b"")):
        raise RefusedRequest(401, "the signature does not fit")


def parse(content_type: str, body: bytes) -> dict[str, Any]:
    """The delivery: an event's JSON, a command's form, or the JSON in the form's `payload`.

    Raises RefusedRequest (400) for anything else.
    """
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == _JSON:
            return _object(body.decode())
        if kind == _FORM:
            form = _form(body)
            return form if "command" in form or "payload" not in form else _object(form["payload"])
    except (ValueError, RecursionError) as error:
        raise RefusedRequest(400, f"the body can't be read: {type(error).__name__}") from error
    raise RefusedRequest(400, "neither a form nor JSON")


def is_ssl_check(content_type: str, body: bytes) -> bool:
    """Whether this is Slack's look at our certificate: unsigned, and answered with nothing but 200."""
    if len(body) > 1000 or not content_type.lower().startswith(_FORM):
        return False
    try:
        return _form(body).get("ssl_check") == "1"
    except ValueError:
        return False


def _form(body: bytes) -> dict[str, str]:
    pairs = parse_qsl(
        body.decode(), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
    )
    return dict(pairs)


def _object(text: str) -> dict[str, Any]:
    parsed = json.loads(text)
    if not isinstance(parsed, dict):
        raise ValueError("not an object")
    return parsed

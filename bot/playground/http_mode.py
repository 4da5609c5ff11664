"""HTTP mode: signed requests to the app's endpoint, as Slack makes them."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import httpx

from bot.playground.delivery import Ack, Delivery
from bot.playground.workspace import JSON

FORM = "application/x-www-form-urlencoded"


class HttpMode:
    """Posts every payload to one URL, signed with the app's signing secret."""

    def __init__(self, url: str, signing_secret: str, client: httpx.AsyncClient | None = None) -> None:
        self._url = url
        self._secret = signing_secret
        # The environment's proxies are not for loopback.
        self._client = client or httpx.AsyncClient(trust_env=False)

    @property
    def connected(self) -> bool:
        """HTTP has no connection to lose: taken to be there."""
        return True

    async def carry(self, delivery: Delivery, timeout: float) -> Ack:  # noqa: ASYNC109 - Slack's rule, in seconds
        """Post the payload; the answer is the acknowledgement."""
        body, content_type = encoded(delivery)
        headers = {"Content-Type": content_type, **signature(self._secret, body), **_retry(delivery)}
        started = time.monotonic()
        try:
            answer = await self._client.post(self._url, content=body, headers=headers, timeout=timeout)
        except httpx.TimeoutException:
            return Ack(error="operation_timeout", seconds=timeout)
        except httpx.HTTPError:
            return Ack(error="dispatch_failed", seconds=time.monotonic() - started)
        seconds = time.monotonic() - started
        if not answer.is_success:
            return Ack(error="dispatch_unknown_error", seconds=seconds)
        return Ack(_payload(answer), seconds=seconds)

    async def aclose(self) -> None:
        """Close the client."""
        await self._client.aclose()


def signature(secret: str, body: bytes, now: int | None = None) -> dict[str, str]:
    """Slack's headers of a signed request: HMAC-SHA256 over `v0:{timestamp}:{body}`, in hex."""
    stamp = str(int(time.time()) if now is None else now)
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """Body and content type: a form for commands, `payload=` for interactivity, JSON for events."""
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), FORM
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM
    return json.dumps(delivery.payload).encode(), "application/json"


def _retry(delivery: Delivery) -> dict[str, str]:
    if not delivery.attempt:
        return {}
    return {"X-Slack-Retry-Num": str(delivery.attempt), "X-Slack-Retry-Reason": "http_timeout"}


def _payload(answer: httpx.Response) -> JSON | None:
    """What an acknowledgement carried: JSON, or plain text for the person alone."""
    if not answer.content:
        return None
    if answer.headers.get("content-type", "").startswith("application/json"):
        body = answer.json()
        return body if isinstance(body, dict) else None
    return {"text": answer.text}

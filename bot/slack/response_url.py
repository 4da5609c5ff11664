"""Answers by response_url: to the asker alone, or into a channel the bot is not in.

Slack takes five answers within 30 minutes. The SDK's own client for it reads the environment's proxies, for
loopback too, and does not wait when asked to.
"""

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import LaterError, UnclearError, call, judge, rest
from bot.slack.client import proxy_for, session

USES = 5


class ResponseUrl:
    """One response_url and how often it may still be used."""

    def __init__(self, client: AsyncWebClient, url: str) -> None:
        self._client = client
        self._url = url
        self.left = USES if url else 0

    async def send(self, body: Mapping[str, Any], until: float) -> None:
        """Answer once: a new message, never in place of another.

        What may have arrived is sent again only where a double does no harm: to the asker alone.
        Raises RefusedError (`used_url`, `expired_url`), or LaterError or UnclearError after `until`.
        """
        attempt = 0
        while True:
            try:
                await call(self._post({**body, "replace_original": False}))
            except (LaterError, UnclearError) as failure:
                if isinstance(failure, UnclearError) and body.get("response_type") == "in_channel":
                    raise
                await rest(failure, attempt, until)
                attempt += 1
            else:
                self.left -= 1
                return

    async def _post(self, body: Mapping[str, Any]) -> None:
        async with session(self._client).post(self._url, json=body, proxy=proxy_for(self._url)) as response:
            said = _said(await response.text(errors="replace"))
            if response.status != 200 or said.get("ok") is False:
                raise judge(response.status, said, response.headers, f"response_url: HTTP {response.status}")


def _said(text: str) -> dict[str, Any]:
    """Slack answers `ok`, an error's name as plain text, or JSON."""
    try:
        said = json.loads(text)
    except ValueError:
        return {} if text == "ok" else {"error": text[:80]} if text.isidentifier() else {}
    return said if isinstance(said, dict) else {}

"""Uploads, in Slack's three steps, each repeated until it worked.

The SDK's `files_upload_v2` is one call for all three: repeated after a lost answer, it shares a file twice.
"""

import time
from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.reply import File
from bot.slack.calls import UnclearError, call, judge, persist
from bot.slack.client import proxy_for, session
from bot.slack.lookup import find, holding

MOST_BYTES = 1_000_000_000  # Slack: 1 GB a file


async def share(
    client: AsyncWebClient, files: Sequence[File], channel: str, thread: str | None, until: float
) -> None:
    """Upload the files and show them in the channel or thread. Empty ones are left out: Slack refuses them.

    Raises RefusedError, LaterError or UnclearError, the latter two only after `until` (loop time, seconds).
    """
    uploaded = [await _upload(client, file, until) for file in files if file.content]
    if not uploaded:
        return
    started, unsure = time.time(), False

    async def complete() -> None:
        nonlocal unsure
        if unsure and await find(client, channel, thread, started, holding(str(uploaded[0]["id"]))):
            return
        try:
            await call(
                client.files_completeUploadExternal(files=uploaded, channel_id=channel, thread_ts=thread)
            )
        except UnclearError:
            unsure = True
            raise

    await persist(complete, until)


async def _upload(client: AsyncWebClient, file: File, until: float) -> dict[str, str | None]:
    """Get an address and send the bytes there; the id and title that complete the upload."""
    content = file.content[:MOST_BYTES]

    async def send() -> dict[str, str | None]:
        granted = await call(client.files_getUploadURLExternal(filename=file.name, length=len(content)))
        await call(_put(client, str(granted["upload_url"]), content))
        return {"id": str(granted["file_id"]), "title": file.title or file.name}

    return await persist(send, until)


async def _put(client: AsyncWebClient, url: str, content: bytes) -> None:
    """Without the token: the address is its own permission."""
    async with session(client).post(url, data=content, proxy=proxy_for(url)) as response:
        if response.status != 200:
            raise judge(response.status, None, response.headers, f"upload: HTTP {response.status}")

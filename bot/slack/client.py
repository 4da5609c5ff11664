"""Slack's Web API client, set up so that nothing is sent twice or the wrong way.

The SDK takes a proxy from the environment for every address, loopback too, and ignores NO_PROXY; it opens a
connection for each call; and it sends again by itself what may have arrived. So: our own choice of proxy, one
pooled session, no retry handlers. Whoever calls decides what may be sent again (`calls.py`).
"""

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

BASE_URL = "https://slack.com/api/"
CONNECT = 5.0  # seconds
ANSWER = 20.0


def web_client(token: str, base_url: str = BASE_URL) -> AsyncWebClient:
    """A client that holds one session; call it in a running loop, and `close` it in the end."""
    timeout = aiohttp.ClientTimeout(total=ANSWER, connect=CONNECT)
    client = AsyncWebClient(
        token=token, base_url=base_url, session=aiohttp.ClientSession(timeout=timeout), retry_handlers=[]
    )
    client.proxy = proxy_for(client.base_url)
    return client


async def close(client: AsyncWebClient) -> None:
    """Close the session of a client that `web_client` made."""
    await session(client).close()


def session(client: AsyncWebClient) -> aiohttp.ClientSession:
    """The session that `web_client` gave the client. Raises ValueError for a client without one."""
    if client.session is None:
        raise ValueError("the client has no session: make it with web_client()")
    return client.session


def proxy_for(url: str) -> str | None:
    """The proxy the environment names for this address: none for loopback, or for what NO_PROXY lists."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _loopback(host) or proxy_bypass(host):
        return None
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    proxies = getproxies_environment()
    return proxies.get(scheme) or proxies.get("all")


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

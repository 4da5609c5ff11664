"""Alive, ready, measured: `/healthz`, `/readyz`, `/metrics`."""

from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.policy.permissions import Permissions
from bot.slack.health import trouble
from bot.slack.socket import SocketMode
from bot.store.errors import StoreError
from bot.store.store import Store


@dataclass(frozen=True)
class Health:
    """What readiness depends on."""

    client: AsyncWebClient
    store: Store
    permissions: Permissions
    socket: SocketMode | None = None

    async def missing(self) -> dict[str, str]:
        """What is not ready, with the reason; empty where all is."""
        found = {
            "slack": await self._unreachable(),
            "store": await self._unwritable(),
            "policy": self.permissions.policy.closed and (self.permissions.problem or "closed"),
        }
        return {name: reason for name, reason in found.items() if reason}

    def warnings(self) -> dict[str, str]:
        """What is wrong and keeps nobody from working: the last good permission list is in force."""
        problem = self.permissions.problem
        return {"policy": problem} if problem and not self.permissions.policy.closed else {}

    async def _unreachable(self) -> str | None:
        if reason := await trouble(self.client):
            return reason
        if self.socket and not await self.socket.connected():
            return "Socket Mode is not connected"
        return None

    async def _unwritable(self) -> str | None:
        try:
            await self.store.writable()
        except StoreError as error:
            return str(error)
        return None


def health_routes(health: Health) -> list[Route]:
    """The three pages. `/readyz` answers 503 and names what is not ready; what is only a pity stands there too."""

    async def alive(_: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(_: Request) -> Response:
        missing = await health.missing()
        told = {"ready": not missing, "missing": missing, "warnings": health.warnings()}
        return JSONResponse(told, 503 if missing else 200)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]

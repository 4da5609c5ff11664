"""Alive, ready, measured: `/healthz`, `/readyz`, `/metrics`."""

from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.policy.permissions import Permissions
from bot.slack.health import trouble
from bot.store.errors import StoreError
from bot.store.store import Store


@dataclass(frozen=True)
class Health:
    """What readiness depends on."""

    client: AsyncWebClient
    store: Store
    permissions: Permissions

    async def missing(self) -> dict[str, str]:
        """What is not ready, with the reason; empty where all is."""
        found = {
            "slack": await trouble(self.client),
            "store": await self._unwritable(),
            "policy": self.permissions.problem,
        }
        return {name: reason for name, reason in found.items() if reason}

    async def _unwritable(self) -> str | None:
        try:
            await self.store.writable()
        except StoreError as error:
            return str(error)
        return None


def health_routes(health: Health) -> list[Route]:
    """The three pages. `/readyz` answers 503 and names what is not ready."""

    async def alive(_: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(_: Request) -> Response:
        missing = await health.missing()
        return JSONResponse({"ready": not missing, "missing": missing}, 503 if missing else 200)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]

"""Bolt with nothing behind it: `python -m tests.bench.bare PORT` acknowledges `/docker`, and that is all.

Set up as fast as Bolt can be: nobody is asked who we are, and the answer does not wait for Bolt's poll.
"""

import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.bench.bots import SECRET


async def _nobody() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=None)


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


def application() -> Starlette:
    """The one route, as Bolt's own adapter serves it."""
    app = AsyncApp(signing_secret=SECRET, authorize=_nobody, process_before_response=True)
    app.command("/docker")(_acknowledge)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


if __name__ == "__main__":
    uvicorn.run(application(), port=int(sys.argv[1]), log_config=None, access_log=False, lifespan="off")

"""`/play/`: what the page and the tests do as people, and the trouble that tests ask for. JSON in, JSON out.

GET  /play/state                      team, bot, users, channels, groups, command, connected, open views
GET  /play/messages?channel=&user=    what that person sees in the channel, oldest first, replies included
GET  /play/files/{id}                 a file's content
GET  /play/feed?user=                 server-sent events: message, deleted, view, view_closed, state
POST /play/type                       {user, channel, text, thread_ts?}
POST /play/press                      {user, channel, ts, action_id, value?, block_id?, selected?}
POST /play/submit, /play/close        {user, view_id, values?}
POST /play/faults                     {method, times?, …a Fault's fields}; {} clears the queue
POST /play/redeliver                  {kind?}: the last delivery again
POST /play/disconnect                 {reason?} or {cut: true}: end the bot's Socket Mode connections
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.faults import Fault
from bot.playground.limits import SlackError
from bot.playground.modals import close_view, submit
from bot.playground.people import ImpossibleError, press, type_text
from bot.playground.show import IMAGES, api_channel, api_user, mimetype, shown
from bot.playground.slack import Slack
from bot.playground.socket_mode import SocketMode
from bot.playground.workspace import JSON

Act = Callable[[Slack, JSON], Awaitable[JSON]]
Endpoint = Callable[[Request], Awaitable[Response]]


def routes(slack: Slack) -> list[Route]:
    """The routes under /play/."""
    return [
        Route("/play/state", _got(slack, _state)),
        Route("/play/messages", _got(slack, _messages)),
        Route("/play/files/{file_id}", _got(slack, _file)),
        Route("/play/feed", _got(slack, _feed)),
        *(Route(f"/play/{name}", _posted(slack, act), methods=["POST"]) for name, act in ACTS.items()),
    ]


def _got(slack: Slack, view: Callable[[Slack, Request], Response]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return view(slack, request)

    return endpoint


def _state(slack: Slack, request: Request) -> Response:
    return JSONResponse(state(slack))


def state(slack: Slack) -> JSON:
    """The workspace as the page needs it, small enough to send whole."""
    workspace = slack.workspace
    return {
        "team": {"id": workspace.team_id, "name": workspace.team},
        "bot": workspace.bot.id,
        "command": slack.settings.command,
        "usage_hint": slack.settings.usage_hint,
        "connected": slack.deliveries.carrier.connected,
        "users": [api_user(workspace, user) for user in workspace.users],
        "channels": [
            api_channel(workspace, channel.id) | {"members": sorted(channel.members)}
            for channel in workspace.channels.values()
        ],
        "groups": [{"id": group.id, "handle": group.handle} for group in workspace.groups.values()],
        "views": list(slack.views.values()),
    }


def _messages(slack: Slack, request: Request) -> Response:
    user, channel_id = request.query_params.get("user", ""), request.query_params.get("channel", "")
    channel = slack.workspace.channels.get(channel_id)
    if channel is None or user not in channel.members:
        return JSONResponse({"ok": False, "error": f"{user} is in no channel {channel_id}"}, 404)
    seen = [shown(slack.workspace, message) for message in slack.workspace.seen_by(user, channel_id)]
    return JSONResponse({"ok": True, "messages": seen})


def _file(slack: Slack, request: Request) -> Response:
    """As an image or plain text, never to be guessed into something that runs."""
    file = slack.workspace.files.get(request.path_params["file_id"])
    if file is None or file.content is None:
        return PlainTextResponse("no such file", 404)
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    kind = mimetype(file.name)
    media_type = kind if kind in IMAGES else f"{kind}; charset=utf-8"
    return Response(file.content, headers=headers, media_type=media_type)


def _feed(slack: Slack, request: Request) -> Response:
    async def lines() -> AsyncIterator[str]:
        yield ": welcome\n\n"
        async for body in slack.feed.listen(request.query_params.get("user", "")):
            yield f"data: {json.dumps(body)}\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _posted(slack: Slack, act: Act) -> Endpoint:
    """A POST of JSON, and of nothing else: a foreign page's form must not type commands."""

    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return JSONResponse({"ok": False, "error": "send application/json"}, 415)
        try:
            return JSONResponse(await act(slack, await request.json()))
        except (ImpossibleError, SlackError) as impossible:
            return JSONResponse({"ok": False, "error": str(impossible)}, 400)
        except (KeyError, TypeError, ValueError) as error:
            return JSONResponse({"ok": False, "error": f"bad request: {error!r}"}, 400)

    return endpoint


async def _type(slack: Slack, body: JSON) -> JSON:
    return await type_text(slack, body["user"], body["channel"], body["text"], body.get("thread_ts"))


async def _press(slack: Slack, body: JSON) -> JSON:
    return await press(slack, body["user"], body["channel"], body["ts"], body)


async def _submit(slack: Slack, body: JSON) -> JSON:
    return await submit(slack, body["user"], body["view_id"], body.get("values") or {})


async def _close(slack: Slack, body: JSON) -> JSON:
    close_view(slack, body["user"], body["view_id"])
    return {"ok": True}


async def _faults(slack: Slack, body: JSON) -> JSON:
    if not body:
        slack.faults.clear()
    else:
        slack.faults.add(Fault(**{k: v for k, v in body.items() if k != "times"}), body.get("times", 1))
    return {"ok": True}


async def _redeliver(slack: Slack, body: JSON) -> JSON:
    ack = await slack.deliveries.again(body.get("kind"))
    if ack is None:
        raise ImpossibleError("nothing was delivered yet")
    return {"ok": not ack.error, "ack": asdict(ack)}


async def _disconnect(slack: Slack, body: JSON) -> JSON:
    carrier = slack.deliveries.carrier
    if not isinstance(carrier, SocketMode):
        raise ImpossibleError("the bot is not on Socket Mode")
    await (carrier.cut() if body.get("cut") else carrier.disconnect(body.get("reason", "refresh_requested")))
    return {"ok": True}


ACTS: dict[str, Act] = {
    "type": _type,
    "press": _press,
    "submit": _submit,
    "close": _close,
    "faults": _faults,
    "redeliver": _redeliver,
    "disconnect": _disconnect,
}

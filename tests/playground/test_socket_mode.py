"""The unchanged Bolt app over Socket Mode: commands, mentions, direct messages, buttons."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import httpx
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.conftest import connected, until

BUTTONS = [
    {
        "type": "actions",
        "block_id": "next",
        "elements": [
            {
                "type": "button",
                "action_id": "more",
                "value": "v1",
                "text": {"type": "plain_text", "text": "More"},
            }
        ],
    }
]


async def typed(people: httpx.AsyncClient, text: str, **more: str) -> dict[str, Any]:
    body = {"user": "U0ALICE", "channel": "C0INC", "text": text, **more}
    answer: dict[str, Any] = (await people.post("type", json=body)).json()
    return answer


async def seen(people: httpx.AsyncClient, user: str, channel: str = "C0INC") -> list[dict[str, Any]]:
    answer = await people.get("messages", params={"user": user, "channel": channel})
    messages: list[dict[str, Any]] = answer.json()["messages"]
    return messages


async def test_a_command_is_acknowledged_and_answered(
    app: AsyncApp, playground: Playground, people: httpx.AsyncClient
) -> None:
    @app.command("/docker")
    async def docker(ack: Any, command: Any, respond: Any) -> None:
        await ack()
        await respond(f"you typed {command['text']}")

    async with connected(app, playground):
        result = await typed(people, "/docker ps -a")
        assert result["ok"]
        assert result["ack"]["seconds"] < 1
        await until(lambda: playground.slack.workspace.messages.get("C0INC"))
        [answer] = await seen(people, "U0ALICE")
        assert (answer["text"], answer["only_for"]) == ("you typed ps -a", "U0ALICE")
        assert await seen(people, "U0BOB") == []


async def test_an_acknowledgement_may_speak(
    app: AsyncApp, playground: Playground, people: httpx.AsyncClient
) -> None:
    @app.command("/docker")
    async def docker(ack: Any) -> None:
        await ack(text="to all", response_type="in_channel")

    async with connected(app, playground):
        await typed(people, "/docker ps")
        assert [message["text"] for message in await seen(people, "U0BOB")] == ["to all"]


async def test_a_command_nobody_answers_fails_in_slacks_words(people: httpx.AsyncClient) -> None:
    result = await typed(people, "/docker ps")
    assert result["error"] == "dispatch_failed"
    [told] = await seen(people, "U0ALICE")
    assert told["text"] == '/docker failed with the error "dispatch_failed"'


async def test_a_late_acknowledgement_is_a_timeout(app: AsyncApp, people: httpx.AsyncClient) -> None:
    async with Playground(ack_timeout=0.2) as slow:
        client = AsyncWebClient("xoxb-playground", base_url=slow.api_url)
        app = AsyncApp(client=client, signing_secret="playground")

        @app.command("/docker")
        async def docker(ack: Any) -> None:
            await asyncio.sleep(0.4)
            await ack()

        async with connected(app, slow), httpx.AsyncClient(base_url=f"{slow.url}/play/") as http:
            result = await typed(http, "/docker ps")
    assert result["error"] == "operation_timeout"


async def test_a_command_in_a_thread_is_refused(people: httpx.AsyncClient) -> None:
    result = await typed(people, "/docker ps", thread_ts="1.1")
    assert result["error"] == "/docker is not supported in threads. Sorry!"


async def test_a_mention_and_a_direct_message_are_events(
    app: AsyncApp, playground: Playground, people: httpx.AsyncClient
) -> None:
    events: list[tuple[str, str, str]] = []

    @app.event("app_mention")
    async def mention(event: Any) -> None:
        events.append((event["type"], event["channel"], event["text"]))

    @app.event("message")
    async def message(event: Any) -> None:
        events.append((event["channel_type"], event["channel"], event["text"]))

    async with connected(app, playground):
        await typed(people, "@docker ps")
        await typed(people, "nothing to do with it")
        await typed(people, "ps", channel="D0ALICE")
        await until(lambda: len(events) == 2)
    assert events == [("app_mention", "C0INC", "<@U0BOT> ps"), ("im", "D0ALICE", "ps")]


async def test_a_press_replaces_the_message_it_stands_in(
    app: AsyncApp, client: AsyncWebClient, playground: Playground, people: httpx.AsyncClient
) -> None:
    @app.action("more")
    async def more(ack: Any, respond: Any, body: Any) -> None:
        await ack()
        assert body["message"]["text"] == "first"
        await respond(text=f"pressed {body['actions'][0]['value']}", replace_original=True)

    ts = (await client.chat_postMessage(channel="C0INC", text="first", blocks=BUTTONS))["ts"]
    async with connected(app, playground):
        press = {"user": "U0BOB", "channel": "C0INC", "ts": ts, "action_id": "more"}
        assert (await people.post("press", json=press)).json()["ok"]
        await until(lambda: playground.slack.workspace.messages["C0INC"][ts].text == "pressed v1")
        assert len(await seen(people, "U0BOB")) == 1


async def test_the_same_delivery_may_come_again_and_twice_at_once(
    app: AsyncApp, playground: Playground, people: httpx.AsyncClient
) -> None:
    triggers: list[str] = []

    @app.command("/docker")
    async def docker(ack: Any, body: Any) -> None:
        await ack()
        triggers.append(body["trigger_id"])

    async with connected(app, playground):
        await typed(people, "/docker rm web")
        twice = [people.post("redeliver", json={"kind": "slash_commands"}) for _ in range(2)]
        assert [answer.json()["ok"] for answer in await asyncio.gather(*twice)] == [True, True]
        await until(lambda: len(triggers) == 3)
    assert len(set(triggers)) == 1


async def test_the_app_comes_back_after_a_disconnect(
    app: AsyncApp, playground: Playground, people: httpx.AsyncClient
) -> None:
    @app.command("/docker")
    async def docker(ack: Any) -> None:
        await ack()

    async with connected(app, playground):
        await people.post("disconnect", json={"reason": "refresh_requested"})
        await until(lambda: playground.slack.deliveries.carrier.connected)
        result = await typed(people, "/docker ps")
        assert result["ok"], result


async def test_any_of_several_connections_gets_a_command(
    app: AsyncApp, playground: Playground, people: httpx.AsyncClient
) -> None:
    @app.command("/docker")
    async def docker(ack: Any) -> None:
        await ack()

    async with connected(app, playground), connected(app, playground):
        assert [(await typed(people, "/docker ps"))["ok"] for _ in range(4)] == [True] * 4


async def test_where_the_bot_is_not_slack_offers_to_invite_it(
    playground: Playground, people: httpx.AsyncClient
) -> None:
    await typed(people, "@docker ps", channel="C0RAND")
    [_, told] = await seen(people, "U0ALICE", "C0RAND")
    assert told["text"].endswith("Type: /invite @docker")
    await typed(people, "/invite @docker", channel="C0RAND")
    assert "U0BOT" in playground.slack.workspace.channels["C0RAND"].members


async def test_a_modal_opens_once_and_its_input_comes_back(
    app: AsyncApp, playground: Playground, people: httpx.AsyncClient
) -> None:
    view = {
        "type": "modal",
        "callback_id": "reason",
        "title": {"type": "plain_text", "text": "Why?"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "why",
                "label": {"type": "plain_text", "text": "Reason"},
                "element": {"type": "plain_text_input", "action_id": "text"},
            }
        ],
    }
    given: list[str] = []

    @app.command("/docker")
    async def docker(ack: Any, client: Any, body: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("reason")
    async def reason(ack: Any, view: Any) -> None:
        given.append(view["state"]["values"]["why"]["text"]["value"])
        await ack()

    async with connected(app, playground):
        await typed(people, "/docker rm web")
        await until(lambda: playground.slack.views)
        [view_id] = playground.slack.views
        values = {"why": {"text": {"type": "plain_text_input", "value": "old"}}}
        sent = {"user": "U0ALICE", "view_id": view_id, "values": values}
        assert (await people.post("submit", json=sent)).json()["ok"]
    assert given == ["old"]
    assert playground.slack.views == {}


async def test_the_app_hears_its_own_direct_messages(client: AsyncWebClient, playground: Playground) -> None:
    heard: list[tuple[str, str]] = []

    async def listen(socket: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        await socket.send_socket_mode_response(SocketModeResponse(request.envelope_id))
        event = request.payload["event"]
        heard.append((event.get("subtype", ""), event.get("message", event)["text"]))

    async with AsyncExitStack() as stack:
        sockets = SocketModeClient("xapp-playground", web_client=client)
        stack.push_async_callback(sockets.close)
        sockets.socket_mode_request_listeners.append(listen)
        await sockets.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it without types
        said = await client.chat_postMessage(channel="U0ALICE", text="one")
        await client.chat_update(channel=said["channel"], ts=said["ts"], text="two")
        await until(lambda: len(heard) == 2)
    assert heard == [("", "one"), ("message_changed", "two")]

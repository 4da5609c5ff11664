"""What people type and press becomes requests, the same over HTTP and Socket Mode."""

import asyncio
import re
from dataclasses import replace

import pytest
import structlog

from bot.blocks.reply import Button, Reply
from bot.commands.request import Conversation, Request
from bot.playground.faults import Fault
from bot.playground.people import press, type_text
from bot.playground.server import Playground
from bot.slack.listeners import STALE
from tests.slack.conftest import ALICE, Bot, said


async def test_a_command_becomes_a_request(playground: Playground, connected: Bot) -> None:
    typed = await type_text(playground.slack, ALICE, "C0INC", "/docker  logs payload-api ")
    await connected.settled()
    assert typed["ok"]
    [request] = connected.asked
    assert (request.source, request.text, request.channel) == ("command", "logs payload-api", "C0INC")
    assert (request.team, request.user, request.thread, request.full) == ("T0DEMO", ALICE, None, False)


async def test_acknowledged_before_any_work(playground: Playground, connected: Bot) -> None:
    done = asyncio.Event()

    async def slow(request: Request, conversation: Conversation) -> None:
        await done.wait()

    connected.answer = slow
    playground.slack.faults.add(Fault("*", delay=5), times=10)  # nor is Slack asked for anything
    typed = await type_text(playground.slack, ALICE, "C0INC", "/docker ps")
    assert typed["ok"]
    assert typed["ack"]["seconds"] < 1
    done.set()


@pytest.mark.parametrize("kind", ["command", "mention", "direct"])
async def test_the_same_delivery_twice_has_one_key(playground: Playground, connected: Bot, kind: str) -> None:
    channel = "D0ALICE" if kind == "direct" else "C0INC"
    text = {"command": "/docker ps", "mention": "@docker ps", "direct": "ps"}[kind]
    await type_text(playground.slack, ALICE, channel, text)
    await playground.slack.deliveries.again()
    await type_text(playground.slack, ALICE, channel, text)
    await connected.settled()
    keys = [request.delivery for request in connected.asked]
    assert keys[0] == keys[1] != keys[2]


async def test_a_mention_is_answered_in_its_thread(playground: Playground, connected: Bot) -> None:
    typed = await type_text(playground.slack, ALICE, "C0INC", "hey @docker ps -a")
    await connected.settled()
    [request] = connected.asked
    assert (request.source, request.text, request.thread) == ("mention", "ps -a", typed["ts"])


async def test_a_mention_in_a_thread_stays_there(playground: Playground, connected: Bot) -> None:
    top = await type_text(playground.slack, ALICE, "C0INC", "something is slow")
    await type_text(playground.slack, ALICE, "C0INC", "@docker stats", thread_ts=top["ts"])
    await connected.settled()
    assert [request.thread for request in connected.asked] == [top["ts"]]


async def test_a_direct_message_needs_no_mention(playground: Playground, connected: Bot) -> None:
    await type_text(playground.slack, ALICE, "D0ALICE", "images")
    await connected.settled()
    [request] = connected.asked
    assert (request.source, request.text, request.thread) == ("message", "images", None)


async def test_our_own_words_are_no_request(playground: Playground, connected: Bot) -> None:
    await connected.client.chat_postMessage(channel="D0ALICE", text="images")
    await connected.client.chat_postMessage(channel="C0INC", text="<@U0BOT> images")
    assert connected.asked == []


async def with_button(connected: Bot, playground: Playground, button: Button) -> tuple[str, dict[str, str]]:
    """A message with that button; its ts, and what tells the button."""

    async def answer(request: Request, conversation: Conversation) -> None:
        await conversation.post(Reply("two containers", buttons=[button]))

    connected.answer = answer
    await type_text(playground.slack, ALICE, "C0INC", "/docker ps")
    await connected.settled()
    connected.asked.clear()
    [message] = said(playground)
    element = message.blocks[-1]["elements"][0]
    return message.ts, {"action_id": element["action_id"], "value": element["value"]}


async def test_a_button_stands_for_its_line(playground: Playground, connected: Bot) -> None:
    ts, button = await with_button(connected, playground, Button("Show all", "ps -a", "show", full=True))
    assert button["action_id"] == "show:0"
    await press(playground.slack, "U0BOB", "C0INC", ts, button)
    await playground.slack.deliveries.again()
    await connected.settled()
    request, again = connected.asked
    assert (request.source, request.user, request.text, request.full) == ("button", "U0BOB", "ps -a", True)
    assert request.delivery == again.delivery
    assert re.fullmatch("button:[0-9a-f]{32}", request.delivery)


async def test_two_presses_are_two_requests(playground: Playground, connected: Bot) -> None:
    ts, button = await with_button(connected, playground, Button("Logs", "logs web"))
    for _ in range(2):
        await press(playground.slack, ALICE, "C0INC", ts, button)
    await connected.settled()
    assert len({request.delivery for request in connected.asked}) == 2


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"value": "0" * 31 + "f"}, id="another value"),
        pytest.param({"value": ""}, id="no value"),
        pytest.param({"action_id": "explode"}, id="an action nobody knows"),
        pytest.param({"action_id": "show:0\n"}, id="an action that looks like ours"),
    ],
)
async def test_a_button_that_is_not_ours_is_answered_kindly(
    playground: Playground, connected: Bot, changed: dict[str, str]
) -> None:
    ts, _ = await with_button(connected, playground, Button("Logs", "logs web"))
    element = playground.slack.workspace.messages["C0INC"][ts].blocks[-1]["elements"][0]
    element |= changed
    pressed = await press(playground.slack, ALICE, "C0INC", ts, {"action_id": element["action_id"]})
    await connected.settled()
    assert pressed["ok"]
    assert connected.asked == []
    assert [message.text for message in said(playground, only_for=ALICE)] == [STALE]


async def test_a_button_of_another_channel_does_nothing(playground: Playground, connected: Bot) -> None:
    ts, button = await with_button(connected, playground, Button("Logs", "logs web"))
    message = playground.slack.workspace.messages["C0INC"][ts]
    playground.slack.workspace.add(replace(message, channel="C0GEN"))
    await press(playground.slack, ALICE, "C0GEN", ts, button)
    await connected.settled()
    assert connected.asked == []
    assert len(said(playground, "C0GEN", ALICE)) == 1


async def test_our_failure_is_said_with_a_reference_that_the_log_has(
    playground: Playground, connected: Bot
) -> None:
    async def fail(request: Request, conversation: Conversation) -> None:
        raise RuntimeError("secret detail")

    connected.answer = fail
    with structlog.testing.capture_logs() as logs:
        await type_text(playground.slack, ALICE, "C0INC", "/docker ps")
        await connected.settled()
    [message] = said(playground, only_for=ALICE)
    found = re.search(r"\(ref ([0-9a-f]{8})\)", message.text)
    assert found
    assert "secret detail" not in message.text
    assert [entry["ref"] for entry in logs if entry["event"] == "a request failed"] == [found[1]]


async def test_our_failure_ends_the_message_that_stands(playground: Playground, connected: Bot) -> None:
    async def fail(request: Request, conversation: Conversation) -> None:
        await conversation.post(Reply("half done", outcome="partial"))
        raise RuntimeError

    connected.answer = fail
    await type_text(playground.slack, ALICE, "C0INC", "/docker ps")
    await connected.settled()
    [message] = said(playground)
    assert "on our side" in message.text


async def test_a_shutdown_waits_for_the_work(playground: Playground, connected: Bot) -> None:
    async def slow(request: Request, conversation: Conversation) -> None:
        await asyncio.sleep(0.3)
        await conversation.post(Reply("done after all"))

    connected.answer = slow
    await type_text(playground.slack, ALICE, "C0INC", "/docker stop web")
    assert await connected.work.finish(5) == 0
    assert [message.text for message in said(playground)] == ["done after all"]


async def test_a_shutdown_does_not_wait_for_ever(playground: Playground, connected: Bot) -> None:
    async def endless(request: Request, conversation: Conversation) -> None:
        await asyncio.sleep(60)

    connected.answer = endless
    await type_text(playground.slack, ALICE, "C0INC", "/docker stop web")
    assert await connected.work.finish(0.1) == 1

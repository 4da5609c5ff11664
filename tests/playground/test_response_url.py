"""response_url as Slack's own client uses it."""

from typing import Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground.limits import SlackError
from bot.playground.response_url import LIFE, ResponseUrls
from bot.playground.server import Playground
from bot.playground.workspace import Message


def messages(playground: Playground) -> list[Message]:
    return list(playground.slack.workspace.messages.get("C0RAND", {}).values())


def webhook(playground: Playground, source: str | None = None) -> AsyncWebhookClient:
    """An answer to alice in #random, where the bot is not."""
    return AsyncWebhookClient(
        playground.url + playground.slack.response_urls.give("U0ALICE", "C0RAND", source)
    )


async def test_an_answer_is_for_the_asker_unless_it_says_otherwise(playground: Playground) -> None:
    url = webhook(playground)
    answer = await url.send(text="to you", metadata={"event_type": "x", "event_payload": {}})
    await url.send(text="to all", response_type="in_channel")
    assert (answer.status_code, answer.body) == (200, "ok")
    assert [(m.text, m.only_for) for m in messages(playground)] == [("to you", "U0ALICE"), ("to all", None)]
    assert messages(playground)[0].metadata == {"event_type": "x", "event_payload": {}}


async def test_five_uses_and_no_more(playground: Playground) -> None:
    url = webhook(playground)
    answers: list[Any] = [await url.send(text=str(n)) for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[5].body


async def test_a_command_has_no_original_to_replace(playground: Playground) -> None:
    url = webhook(playground)
    await url.send(text="one")
    await url.send(text="two", replace_original=True)
    assert [m.text for m in messages(playground)] == ["one", "two"]


async def test_a_pressed_message_is_replaced_or_deleted(
    playground: Playground,
) -> None:
    source = playground.slack.post(Message("1.000001", "C0RAND", "U0BOT", "one", only_for="U0ALICE"))
    url = webhook(playground, source.ts)
    await url.send(text="two", replace_original=True)
    assert [(m.text, m.only_for) for m in messages(playground)] == [("two", "U0ALICE")]
    await url.send(delete_original=True)
    assert messages(playground) == []


async def test_what_slack_would_not_take_is_refused_here_too(playground: Playground) -> None:
    answer = await webhook(playground).send(text="a", blocks=[{"type": "header", "text": "x"}])
    assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)


def test_half_an_hour() -> None:
    now = [0.0]
    urls = ResponseUrls(lambda: now[0])
    token = urls.give("U0ALICE", "C0INC").rpartition("/")[2]
    now[0] = LIFE - 1
    urls.use(token)
    now[0] = LIFE + 1
    with pytest.raises(SlackError, match="expired_url"):
        urls.use(token)

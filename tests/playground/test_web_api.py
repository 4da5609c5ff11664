"""The Web API as Slack's own client speaks it."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground


async def error_of(call: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc]  # any of the client's coroutines
    return str(caught.value.response["error"])


async def test_the_token_is_who_the_bot_is(client: AsyncWebClient) -> None:
    me = await client.auth_test()
    assert (me["user_id"], me["bot_id"], me["team_id"]) == ("U0BOT", "B0BOT", "T0DEMO")


async def test_a_wrong_token_and_none(playground: Playground) -> None:
    assert (
        await error_of(AsyncWebClient("xoxb-other", base_url=playground.api_url).auth_test())
        == "invalid_auth"
    )
    assert await error_of(AsyncWebClient(base_url=playground.api_url).auth_test()) == "not_authed"


async def test_a_message_with_metadata_comes_back_from_history(client: AsyncWebClient) -> None:
    metadata = {"event_type": "docker_operation", "event_payload": {"outcome": "done"}}
    posted = await client.chat_postMessage(channel="C0INC", text="hello", metadata=metadata)
    plain = await client.conversations_history(channel="C0INC")
    full = await client.conversations_history(channel="C0INC", include_all_metadata=True)
    assert plain["messages"][0]["ts"] == posted["ts"]
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_an_update_keeps_what_it_does_not_name(client: AsyncWebClient) -> None:
    metadata = {"event_type": "docker_operation", "event_payload": {"outcome": "running"}}
    posted = await client.chat_postMessage(
        channel="C0INC", text="one", blocks=[{"type": "divider"}], metadata=metadata
    )
    await client.chat_update(channel="C0INC", ts=posted["ts"], text="two")
    message = (await client.conversations_history(channel="C0INC", include_all_metadata=True))["messages"][0]
    assert (message["text"], message["blocks"][0]["type"], message["metadata"]) == (
        "two",
        "divider",
        metadata,
    )
    assert message["edited"]["user"] == "U0BOT"


async def test_where_the_bot_is_not(client: AsyncWebClient) -> None:
    assert await error_of(client.chat_postMessage(channel="C0RAND", text="x")) == "not_in_channel"
    assert await error_of(client.chat_postMessage(channel="C0NONE", text="x")) == "channel_not_found"
    assert await error_of(client.chat_update(channel="C0INC", ts="1.1", text="x")) == "message_not_found"


async def test_an_upload_in_three_steps_lands_in_its_thread(
    client: AsyncWebClient, playground: Playground
) -> None:
    parent = await client.chat_postMessage(channel="C0INC", text="logs")
    done = await client.files_upload_v2(
        channel="C0INC", thread_ts=parent["ts"], filename="web.log", content="line\n", title="web.log"
    )
    replies = await client.conversations_replies(channel="C0INC", ts=parent["ts"])
    assert replies["messages"][0]["reply_count"] == 1
    assert replies["messages"][1]["files"][0]["id"] == done["file"]["id"]
    assert playground.slack.workspace.files[done["file"]["id"]].content == b"line\n"


async def test_an_empty_upload_is_refused(client: AsyncWebClient) -> None:
    assert await error_of(client.files_getUploadURLExternal(filename="a", length=0)) == "missing_argument"

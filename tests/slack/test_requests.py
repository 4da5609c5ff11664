"""Bodies of Slack's become requests, or nothing, or are malformed."""

from typing import Any

import pytest

from bot.slack.requests import MalformedError, from_command, from_event, from_press

COMMAND = {"team_id": "T1", "trigger_id": "1.2.a", "user_id": "U1", "channel_id": "C1", "text": "ps"}
MENTION = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.0", "text": "<@U0BOT> ps"}
DIRECT = {**MENTION, "type": "message", "channel_type": "im", "channel": "D1", "text": "ps"}
PRESS: dict[str, Any] = {
    "team": {"id": "T1"},
    "user": {"id": "U1", "team_id": "T1"},
    "container": {"channel_id": "C1", "message_ts": "1.0"},
    "actions": [{"action_id": "more:0", "action_ts": "2.0", "value": "v"}],
}


def event(event: dict[str, Any]) -> dict[str, Any]:
    bot = [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}]
    return {"event_id": "Ev1", "team_id": "T1", "authorizations": bot, "event": event}


@pytest.mark.parametrize(
    ("kind", "typed", "text"),
    [
        (MENTION, "<@U0BOT> ps", "ps"),
        (MENTION, "<@U0BOT|docker> ps", "ps"),
        (MENTION, "<@U0BOT>", ""),
        (MENTION, "<@U1> look: <@U0BOT> ps -a ", "ps -a"),
        (MENTION, "<@U0BOT> can <@U1> ps", "can <@U1> ps"),
        (DIRECT, " ps ", "ps"),
        (DIRECT, "<@U0BOT> ps", "ps"),
        (DIRECT, "logs web <@U0BOT>", "logs web <@U0BOT>"),
    ],
)
def test_the_text_after_the_mention(kind: dict[str, Any], typed: str, text: str) -> None:
    asked = from_event(event({**kind, "text": typed}), 0.0)
    assert asked
    assert asked.request.text == text


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"bot_id": "B1"}, id="a bot"),
        pytest.param({"subtype": "message_changed"}, id="an edit"),
        pytest.param({"edited": {"user": "U1", "ts": "2.0"}}, id="a mention put in by an edit"),
        pytest.param({"subtype": "channel_join"}, id="a join"),
        pytest.param({"user": None}, id="nobody"),
    ],
)
@pytest.mark.parametrize("kind", [MENTION, DIRECT], ids=["mention", "direct"])
def test_what_nobody_typed_just_now_is_no_request(kind: dict[str, Any], more: dict[str, Any]) -> None:
    assert from_event(event({**kind, **more}), 0.0) is None


def test_who_writes_from_another_workspace_is_of_that_workspace() -> None:
    asked = from_event(event({**MENTION, "user_team": "T2"}), 0.0)
    assert asked
    assert asked.request.team == "T2"
    assert from_press({**PRESS, "user": {"id": "U1", "team_id": "T2"}}, 0.0).request.team == "T2"


@pytest.mark.parametrize("missing", ["team_id", "trigger_id", "user_id", "channel_id"])
def test_a_command_without_what_slack_always_sends_is_malformed(missing: str) -> None:
    with pytest.raises(MalformedError, match=missing):
        from_command({**COMMAND, missing: None}, 0.0)


def test_each_part_of_a_press_tells_it_from_others() -> None:
    action = PRESS["actions"][0]
    presses = [
        PRESS,
        {**PRESS, "user": {"id": "U2", "team_id": "T1"}},
        {**PRESS, "container": {"channel_id": "C2", "message_ts": "1.0"}},
        {**PRESS, "container": {"channel_id": "C1", "message_ts": "1.1"}},
        {**PRESS, "actions": [{**action, "action_ts": "2.1"}]},
        {**PRESS, "actions": [{**action, "action_id": "more:1"}]},
        {**PRESS, "actions": [{**action, "value": "w"}]},
    ]
    keys = [from_press(press, 0.0).request.delivery for press in presses]
    assert len(set(keys)) == len(presses)
    assert from_press(PRESS, 9.0).request.delivery == keys[0]

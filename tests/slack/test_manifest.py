"""The manifest says what the code does: what it listens to, what it calls, and no more."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.scopes import COMMAND_SCOPE, EVENT_SCOPES, METHOD_SCOPES
from bot.slack import listeners
from bot.slack.requests import from_event

ROOT = Path(listeners.__file__).parents[2]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
# The SDK's methods by their Python names: chat_postMessage is chat.postMessage.
METHODS = {name.replace(".", "_"): name for name in METHOD_SCOPES}
BY_APP_TOKEN = {"apps_connections_open"}  # whose scope stands in no manifest


def called() -> set[str]:
    """Every Web API method that the code calls, by its syntax trees."""
    trees = [ast.parse(path.read_text()) for path in (ROOT / "bot" / "slack").glob("*.py")]
    names = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return {METHODS[name] for name in names & METHODS.keys()}


def test_the_calls_are_found() -> None:
    assert {"chat.postMessage", "chat.update", "users.info", "files.completeUploadExternal"} <= called()


def test_no_call_escapes_the_search() -> None:
    """A method of Slack's that the table does not know would be missed: there is none."""
    pattern = re.compile(r"client\.([a-z]+_[a-zA-Z_]+)\(")
    sources = [path.read_text() for path in (ROOT / "bot" / "slack").glob("*.py")]
    found = {name for source in sources for name in pattern.findall(source) if hasattr(AsyncWebClient, name)}
    assert found - BY_APP_TOKEN == {name for name, method in METHODS.items() if method in called()}


def test_scopes_used_and_no_more() -> None:
    needed = {scope for method in called() for scope in METHOD_SCOPES[method]}
    needed |= {EVENT_SCOPES[event] for event in EVENTS} | {COMMAND_SCOPE}
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == needed


SAMPLES = {
    "app_mention": {"type": "app_mention"},
    "message.im": {"type": "message", "channel_type": "im"},
    "message.channels": {"type": "message", "channel_type": "channel"},
    "message.groups": {"type": "message", "channel_type": "group"},
    "message.mpim": {"type": "message", "channel_type": "mpim"},
    "reaction_added": {"type": "reaction_added"},
    "app_home_opened": {"type": "app_home_opened"},
}


@pytest.mark.parametrize("event", SAMPLES)
def test_events_subscribed_to_are_those_that_become_requests(event: str) -> None:
    more = {"user": "U1", "channel": "C1", "ts": "1.0", "text": "ps"}
    body = {"event_id": "Ev1", "team_id": "T1", "event": SAMPLES[event] | more}
    assert (from_event(body, 0.0) is not None) == (event in EVENTS)


def test_every_event_has_a_sample() -> None:
    assert set(EVENTS) <= SAMPLES.keys()


def test_the_command() -> None:
    [command] = MANIFEST["features"]["slash_commands"]
    assert command["command"] == listeners.COMMAND
    assert command["should_escape"] is False
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_buttons_and_direct_messages_reach_the_bot() -> None:
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]
    assert MANIFEST["settings"]["socket_mode_enabled"]
    home = MANIFEST["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_slack_would_take_it() -> None:
    """Slack's limits of a manifest, and no key that it does not know."""
    information = MANIFEST["display_information"]
    assert len(information["name"]) <= 35
    assert len(information["description"]) <= 140
    assert re.fullmatch("#[0-9a-f]{6}", information["background_color"])
    assert MANIFEST.keys() == {"display_information", "features", "oauth_config", "settings"}
    assert MANIFEST["features"].keys() <= {"app_home", "bot_user", "slash_commands", "shortcuts"}
    assert len(MANIFEST["features"]["bot_user"]["display_name"]) <= 80

"""What Slack makes of typed text."""

import pytest

from bot.playground.text import in_command, in_message
from bot.playground.workspace import demo

MESSAGES = [
    ("a & b < c", "a &amp; b &lt; c"),
    ("@docker ps", "<@U0BOT> ps"),
    ("ask @oncall in #general", "ask <!subteam^S0ONCALL> in <#C0GEN|general>"),
    ("@nobody #nowhere", "@nobody #nowhere"),
    ("see https://example.com/a?b=1&c=2.", "see <https://example.com/a?b=1&amp;c=2>."),
    ("mail bob@acme.example", "mail <mailto:bob@acme.example|bob@acme.example>"),
    ("pull quay.io/coreos/etcd", "pull <http://quay.io/coreos/etcd|quay.io/coreos/etcd>"),
    ("pull tomcat:9.0", "pull tomcat:9.0"),
]


@pytest.mark.parametrize(("typed", "sent"), MESSAGES)
def test_a_message(typed: str, sent: str) -> None:
    assert in_message(demo(), typed) == sent


def test_a_command_names_users_only_where_the_manifest_says_so() -> None:
    assert in_command(demo(), "can @bob rm web", should_escape=True) == "can <@U0BOB|bob> rm web"
    assert in_command(demo(), "can @bob rm web", should_escape=False) == "can @bob rm web"

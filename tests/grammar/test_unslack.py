"""Slack's rewriting undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.unslack import escape, unslack


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("ps -a", "ps -a"),
        ("a &amp;&amp; b &lt; c &gt; d", "a && b < c > d"),
        ("&amp;lt;", "&lt;"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("<https://x.example/a?b=1&amp;c=2>", "https://x.example/a?b=1&c=2"),
        ("<http://example.com|example.com>", "example.com"),
        ("<http://example.com/|example.com>", "example.com"),
        ("pull <http://ghcr.io/team/app|ghcr.io/team/app>:1", "pull ghcr.io/team/app:1"),
        ("<https://x.example|click here>", "https://x.example"),
        ("<mailto:root@web.example|root@web.example>", "root@web.example"),
        ("<mailto:root@web.example>", "root@web.example"),
        ("<tel:+4930123|030 123>", "030 123"),
        ("<#C1|general>", "#general"),
        ("<#C1>", "#C1"),
        ("<#C1|>", "#C1"),
        ("<@U1|al>", "@al"),
        ("<@U1>", "@U1"),
        ("<!here>", "@here"),
        ("<!channel|channel>", "@channel"),
        ("<!subteam^S1|@ops>", "@ops"),
        ("<!subteam^S1>", "@S1"),
        ("<!date^1700000000^{date}|14 Nov>", "14 Nov"),
        ("a <b> c", "a <b> c"),
    ],
)
def test_what_slack_sends_is_what_was_typed(sent: str, typed: str) -> None:
    assert unslack(sent) == typed


@given(st.text())
def test_unslack_undoes_slacks_escaping(typed: str) -> None:
    assert unslack(escape(typed)) == typed

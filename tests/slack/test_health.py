"""Whether Slack answers us."""

import pytest

from bot.playground.faults import Fault
from bot.playground.server import Playground
from bot.slack import health
from tests.slack.conftest import Bot


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (None, None),
        (Fault("auth.test", status=429, retry_after=9), None),
        (Fault("auth.test", error="invalid_auth"), "Slack refuses the bot's token: invalid_auth"),
        (Fault("auth.test", status=503), "Slack does not answer"),
        (Fault("auth.test", delay=1), "Slack does not answer"),
    ],
)
async def test_what_is_wrong_with_slack(
    playground: Playground,
    bot: Bot,
    fault: Fault | None,
    words: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "_ENOUGH", 0.5)
    if fault:
        playground.slack.faults.add(fault)
    assert await health.trouble(bot.client) == words

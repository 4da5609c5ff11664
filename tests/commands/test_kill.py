"""kill: KILL, or the signal that is named."""

import pytest

from tests.commands.docker import PORTS, WEB, Docker, recorded
from tests.commands.stage import Stage
from tests.commands.wire import Answer


@pytest.mark.parametrize(
    ("typed", "query", "said"),
    [
        ("kill web", "", "killed web on local: exited (137)"),
        ("kill -s KILL web", "?signal=KILL", "sent KILL to web on local: exited (137)"),
        ("kill -s HUP web", "?signal=HUP", f"sent HUP to web on local: running, {PORTS}"),
        ("kill --signal=9 web", "?signal=9", "sent 9 to web on local: exited (137)"),
    ],
)
async def test_what_the_daemon_is_asked(
    stage: Stage, docker: Docker, typed: str, query: str, said: str
) -> None:
    docker.stops_with = 137
    heard = await stage.types(typed)
    assert docker.changed == [f"POST /containers/{WEB}/kill{query}"]
    assert (heard.said.text, heard.said.outcome) == (said, "done")


async def test_what_runs_on_after_kill_was_not_killed(stage: Stage, docker: Docker) -> None:
    docker.answers[f"POST /containers/{WEB}/kill"] = [Answer(204)]
    heard = await stage.types("kill web")
    assert heard.said.outcome == "failed"
    assert heard.said.text.startswith("could not kill web on local: running")


async def test_what_does_not_run_can_not_be_killed(stage: Stage) -> None:
    heard = await stage.types("kill cache")
    assert heard.said.outcome == "failed"
    assert heard.said.text.endswith("is not running")


async def test_a_signal_nobody_knows(stage: Stage, docker: Docker) -> None:
    docker.answers[f"POST /containers/{WEB}/kill"] = [recorded("kill signal")]
    heard = await stage.types("kill -s NOPE web")
    assert heard.said.text == "could not send NOPE to web on local: Invalid signal: NOPE"

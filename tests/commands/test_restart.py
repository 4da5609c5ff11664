"""restart: stopped and started, whatever it was before."""

import pytest

from tests.commands.docker import CACHE, PORTS, WEB, Docker, recorded
from tests.commands.stage import Stage


@pytest.mark.parametrize(("name", "id_"), [("web", WEB), ("cache", CACHE)])
async def test_it_runs_afterwards(stage: Stage, docker: Docker, name: str, id_: str) -> None:
    heard = await stage.types(f"restart -t 30 {name}")
    assert docker.changed == [f"POST /containers/{id_}/restart?t=30"]
    assert heard.said.text == f"restarted {name} on local: running, {PORTS}"
    assert heard.buttons == [
        ("Logs", f"-H local logs --tail 50 {id_[:12]}"),
        ("Stop", f"-H local stop {id_[:12]}"),
    ]


async def test_what_the_daemon_refuses(stage: Stage, docker: Docker) -> None:
    docker.answers[f"POST /containers/{WEB}/restart"] = [recorded("start port")]
    heard = await stage.types("restart web")
    assert heard.said.outcome == "failed"
    assert heard.said.text.startswith("could not restart web on local: driver failed")


async def test_health_is_told(stage: Stage, docker: Docker) -> None:
    docker.more[WEB] = {"State": {"Health": {"Status": "starting", "FailingStreak": 0}}}
    heard = await stage.types("restart web")
    assert heard.said.text == f"restarted web on local: running, starting, {PORTS}"

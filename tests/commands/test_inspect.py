"""inspect: what the daemon knows, without the values of secrets."""

import json

import pytest

from tests.commands.docker import TOMCAT, WEB, Docker
from tests.commands.stage import Stage


async def test_a_container(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("inspect web", full=True)
    assert docker.asked[-1] == f"GET /containers/{WEB}/json"
    (found,) = json.loads(heard.said.files[0].content)
    assert found["Id"] == WEB
    assert "DB_PASSWORD=…" in found["Config"]["Env"] and "A=b" in found["Config"]["Env"]
    assert "hunter2" not in repr(heard.said)


@pytest.mark.parametrize(
    ("typed", "last", "shown"),
    [
        ("inspect -f '{{.State.Status}}' web", f"/containers/{WEB}/json", "running"),
        ("inspect -s -f '{{.Name}}' web", f"/containers/{WEB}/json?size=1", "/web"),
        ("inspect -f '{{.Id}}' tomcat:9.0", f"/images/{TOMCAT}/json", TOMCAT),
        ("inspect --type image -f '{{.Os}}' tomcat:9.0", f"/images/{TOMCAT}/json", "linux"),
        ("container inspect -f '{{.Name}}' web", f"/containers/{WEB}/json", "/web"),
        ("inspect -f '{{index .Config.Env 0}}' web", f"/containers/{WEB}/json", "DB_PASSWORD=…"),
    ],
)
async def test_formats(stage: Stage, docker: Docker, typed: str, last: str, shown: str) -> None:
    heard = await stage.types(typed)
    assert docker.asked[-1] == f"GET {last}"
    assert shown in heard.words


async def test_a_long_answer_is_cut_with_a_button(stage: Stage) -> None:
    heard = await stage.types("inspect web")
    assert [button.label for button in heard.said.buttons] == ["Show all"]
    assert "hunter2" not in heard.words


async def test_a_container_is_found_before_an_image(stage: Stage, docker: Docker) -> None:
    docker.images["web"] = TOMCAT
    await stage.types("inspect web")
    assert docker.asked[-1].startswith("GET /containers/")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("inspect wbe", "no container is called wbe on local. Did you mean web?"),
        ("inspect --type image web", "no image is called web on local"),
        ("inspect --type container tomcat:9.0", "no container is called tomcat:9.0 on local"),
        ("inspect --type task web", "task can't be inspected here. Say --type container or --type image."),
    ],
)
async def test_mistakes(stage: Stage, typed: str, said: str) -> None:
    assert (await stage.types(typed)).private.text == said


async def test_what_is_hidden_reads_as_if_it_were_not_there(stage: Stage) -> None:
    hidden = await stage.types("inspect cache", by="U0BOB")
    missing = await stage.types("inspect cachf", by="U0BOB")
    assert hidden.private.text == missing.private.text.replace("cachf", "cache")

"""ps: the containers that the asker may see, as the CLI shows them."""

import json

import pytest

from tests.commands.docker import CACHE, WEB, Docker
from tests.commands.stage import Stage
from tests.commands.wire import Answer


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("ps", ""),
        ("ps -a", "?all=1"),
        ("container ls -a", "?all=1"),
        ("ps -n 2", "?limit=2"),
        ("ps -l", "?limit=1"),
        ("ps -s", "?size=1"),
        ("ps --format '{{.Size}}'", "?size=1"),
        ("ps -f status=exited -f label=a=b", '?filters={"label":{"a=b":true},"status":{"exited":true}}'),
    ],
)
async def test_what_the_daemon_is_asked(stage: Stage, docker: Docker, typed: str, query: str) -> None:
    await stage.types(typed)
    assert docker.asked == [f"GET /containers/json{query}"]


async def test_a_table_fit_for_a_phone(stage: Stage) -> None:
    heard = await stage.types("ps -a")
    assert heard.said.text == "looked at 2 containers on local"
    assert "web" in heard.words and "cache" in heard.words
    assert max(map(len, heard.words.splitlines())) <= 70


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ps -aq", f"{WEB[:12]}\n{CACHE[:12]}"),
        ("ps -aq --no-trunc", f"{WEB}\n{CACHE}"),
        ("ps -a --format '{{.Names}}: {{.Image}}'", "web: tomcat:9.0\ncache: tomcat:9.0"),
    ],
)
async def test_q_and_format(stage: Stage, typed: str, shown: str) -> None:
    assert shown in (await stage.types(typed)).words


async def test_only_what_one_may_see_is_listed_and_counted(stage: Stage) -> None:
    heard = await stage.types("ps -a", by="U0BOB")
    assert heard.said.text == "looked at 1 container on local"
    assert "cache" not in heard.words


async def test_who_may_see_nothing_is_denied_and_the_daemon_is_not_asked(
    stage: Stage, docker: Docker
) -> None:
    heard = await stage.types("ps", by="U0DAVE")
    assert heard.private.outcome == "denied"
    assert docker.asked == []


async def test_to_oneself(stage: Stage) -> None:
    heard = await stage.types("ps --me")
    assert heard.private.outcome == "done"
    assert "ps --me" in heard.words


async def test_two_hundred_are_cut_and_go_into_a_file(stage: Stage, docker: Docker) -> None:
    docker.containers = {f"{n:064x}": (f"web-{n}", "running") for n in range(200)}
    heard = await stage.types("ps")
    (button,) = heard.said.buttons
    assert (button.label, button.action, button.line, button.full) == (
        "Show all",
        "show",
        "-H local ps",
        True,
    )
    whole = await stage.types(button.line, full=True)
    text = whole.said.files[0].content.decode()
    assert whole.said.files[0].name == "ps-local.txt"
    assert len(text.splitlines()) == 201
    assert text.startswith("CONTAINER ID   IMAGE ")


async def test_none(stage: Stage, docker: Docker) -> None:
    docker.containers = {}
    heard = await stage.types("ps")
    assert heard.said.text == "looked at 0 containers on local"


async def test_what_the_daemon_refuses(stage: Stage, docker: Docker) -> None:
    docker.answers["GET /containers/json"] = [Answer(400, {"message": "Invalid filter 'status=weird'"})]
    heard = await stage.types("ps -f status=weird")
    assert heard.said.outcome == "failed"
    assert "Invalid filter 'status=weird'" in heard.said.text


async def test_a_template_that_can_not_be_read_is_a_mistake(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("ps --format '{{.Names'")
    assert heard.private.outcome == "failed"
    assert docker.asked == []


async def test_a_template_that_fails_at_a_row(stage: Stage) -> None:
    heard = await stage.types("ps --format '{{.NoSuch}}'")
    assert heard.reply.outcome == "failed"
    assert "NoSuch" in heard.words


async def test_json(stage: Stage) -> None:
    heard = await stage.types("ps --format json")
    row = next(line for line in heard.words.splitlines() if line.startswith("{"))
    assert json.loads(row)["Names"] == "web"

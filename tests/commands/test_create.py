"""create: what the container would be is judged; nothing is started."""

import pytest

from tests.commands.docker import MADE, TOMCAT, Docker, recorded
from tests.commands.stage import Stage
from tests.commands.wire import Answer


async def test_it_is_made_and_looked_at(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("create -p 9191:8080 --name shop tomcat:9.0")
    assert docker.asked == [
        "GET /images/tomcat:9.0/json",
        "POST /containers/create?name=shop",
        f"GET /containers/{MADE}/json",
    ]
    body = docker.requests[1].json
    assert body["Image"] == "tomcat:9.0"
    assert body["HostConfig"]["PortBindings"] == {"8080/tcp": [{"HostIp": "", "HostPort": "9191"}]}
    assert body["ExposedPorts"] == {"8080/tcp": {}}
    assert heard.said.text == "created shop on local: created"
    assert heard.words.startswith(f" created shop on local: created, from tomcat:9.0, id {MADE[:12]}")
    assert heard.buttons == [("Start", f"-H local start {MADE[:12]}"), ("Remove", f"-H local rm {MADE[:12]}")]
    assert heard.facts["objects"] == [MADE]


async def test_a_missing_image_is_pulled_first_and_that_is_judged_too(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("create --name shop nginx")
    assert docker.changed == [
        "POST /images/create?fromImage=docker.io/library/nginx&tag=latest",
        "POST /containers/create?name=shop",
    ]
    assert "Pulled nginx:latest first: it was not on the host." in heard.words
    record = (await stage.records("intent"))[0].body
    assert record["verbs"] == ["pull", "create"]


@pytest.mark.parametrize(
    ("flag", "image", "pulls"),
    [
        ("", "tomcat:9.0", False),
        ("--pull always", "tomcat:9.0", True),
        ("--pull missing", "tomcat:9.0", False),
        ("--pull missing", "tomcat:8.5", True),
        ("--pull never", "tomcat:8.5", False),
    ],
)
async def test_when_it_pulls(stage: Stage, docker: Docker, flag: str, image: str, pulls: bool) -> None:
    await stage.types(f"create {flag} {image}")
    assert any("/images/create" in each for each in docker.changed) == pulls


async def test_a_pull_that_fails_leaves_nothing(stage: Stage, docker: Docker) -> None:
    docker.answers["POST /images/create"] = [recorded("pull missing")]
    heard = await stage.types("create nosuch:1")
    assert heard.said.outcome == "failed"
    assert "manifest unknown" in heard.said.text
    assert not any("/containers/create" in each for each in docker.changed)


async def test_a_name_that_is_taken(stage: Stage) -> None:
    heard = await stage.types("create --name web tomcat:9.0")
    assert heard.said.outcome == "failed"
    assert 'The container name "/web" is already in use' in heard.said.text


async def test_the_daemon_warns(stage: Stage, docker: Docker) -> None:
    docker.answers["POST /containers/create"] = [
        Answer(201, {"Id": MADE, "Warnings": ["No swap limit support"]})
    ]
    docker.containers[MADE] = ("shop", "created")
    heard = await stage.types("create --name shop tomcat:9.0")
    assert "The daemon warns: No swap limit support" in heard.words


async def test_a_broken_line_is_unknown_and_not_repeated(stage: Stage, docker: Docker) -> None:
    docker.answers["POST /containers/create"] = [Answer(cut=True)]
    heard = await stage.types("create --name shop tomcat:9.0")
    assert heard.said.outcome == "unknown"
    assert docker.changed == ["POST /containers/create?name=shop"]


async def test_secrets_reach_the_daemon_and_nobody_else(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("create --name shop -e DB_PASSWORD=hunter2 tomcat:9.0")
    assert docker.requests[1].json["Env"] == ["DB_PASSWORD=hunter2"]
    assert "DB_PASSWORD=…" in heard.words
    assert "hunter2" not in repr(heard.said) + repr(await stage.records())


async def test_an_image_named_by_its_id_counts_under_its_name(stage: Stage, docker: Docker) -> None:
    """Else a rule about images could be got around, or would not apply."""
    stage.permissions.write_text(
        "version: 1\nsubjects: {bob: {users: [U0BOB]}}\n"
        "rules: [{id: t, allow: [create, read], who: bob, on: {images: [docker.io/library/tomcat:9.0]}}]\n"
    )
    stage.desk.permissions.refresh()
    docker.answers[f"GET /images/{TOMCAT[7:19]}/json"] = [recorded("image")]
    docker.answers["POST /containers/create"] = [Answer(201, {"Id": MADE, "Warnings": None})]
    docker.containers[MADE] = ("shop", "created")
    assert (await stage.types(f"create {TOMCAT[7:19]}", by="U0BOB")).said.outcome == "done"
    assert (await stage.types("create busybox:1", by="U0BOB")).private.outcome == "denied"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("create -p 99999:80 tomcat:9.0", "99999"),
        ("create -m lots tomcat:9.0", "lots"),
        ("create -e DB_PASSWORD tomcat:9.0", "DB_PASSWORD"),
        ("create TOMCAT", "TOMCAT"),
    ],
)
async def test_a_mistake_is_shown_and_nothing_is_made(
    stage: Stage, docker: Docker, typed: str, word: str
) -> None:
    heard = await stage.types(typed)
    assert heard.private.outcome == "failed"
    line, marks = heard.words.splitlines()[1:3]
    assert line == typed
    assert word in line[marks.index("^") : len(marks)]
    assert docker.changed == []

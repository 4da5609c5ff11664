"""A morning with the bot, from what is typed in Slack down to a real daemon, over both ways Slack has."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bots import Deployment, Person, Said, changes, deployed, until
from tests.engines import Engine

PAGE = "http://127.0.0.1:9090/"
ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


@pytest.fixture(scope="module", params=["socket", "http"])
def bot(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    with deployed(tmp_path_factory.mktemp("bot"), engine, request.param) as running:
        yield running


@pytest.fixture
def alice(bot: Deployment, clean: Engine) -> Iterator[Person]:
    """Alice on call, on a daemon that has not seen tomcat yet."""
    forget_tomcat(clean)
    yield bot.person("U0ALICE")
    clean.clean()
    forget_tomcat(clean)


def test_pull_create_start_stop_kill_rm(alice: Person, engine: Engine) -> None:
    said = alice.types("/docker images")
    there = len(engine.cli("images", "-q").split())
    assert said.text == f"<@U0ALICE> looked at {there} image{'s' * (there != 1)} on local"
    assert "busybox" in said.table and "tomcat" not in said.table
    answers(said, alice, "images")

    said = alice.types("/docker ps")
    assert said.text == "<@U0ALICE> looked at 0 containers on local"
    answers(said, alice, "ps")

    with paused_registry(engine):
        alice.sends("/docker pull tomcat:9.0")
        waiting = until(lambda: shown(alice, "running"), "a word that it is pulling")
        assert waiting.text.startswith("<@U0ALICE> pull")
    said = until(lambda: shown(alice, "done", since=waiting), "the end of the pull")
    assert said.message["ts"] == waiting.message["ts"]
    image = engine.cli("inspect", "--format", "{{.Id}}", "tomcat:9.0").strip()
    assert re.fullmatch(r"<@U0ALICE> pulled tomcat:9.0 on local: 6 layers, [\d.]+MB", said.text)
    assert said.table == digest(engine, "tomcat")
    answers(said, alice, "pull tomcat:9.0", objects=[image])

    said = alice.types("/docker pull tomcat:9.0")
    assert re.fullmatch(r"<@U0ALICE> pulled tomcat:9.0 on local: already up to date, [\d.]+MB", said.text)

    with changes(engine) as done:
        said = alice.types("/docker create -p 9090:8080 --name web tomcat:9.0")
    web = engine.cli("inspect", "--format", "{{.Id}}", "web").strip()
    assert done == ["container create web"]
    assert said.text == "<@U0ALICE> created web on local: created"
    assert said.words.splitlines()[-1] == "U0ALICE docker create --name web --publish 9090:8080 tomcat:9.0"
    assert list(said.buttons) == ["Start", "Remove"]
    answers(said, alice, "create --name web --publish 9090:8080 tomcat:9.0", objects=[web])

    with changes(engine) as done:
        said = alice.types("/docker start web")
    assert done == ["container start web"]
    assert "started web on local: running, 0.0.0.0:9090->8080/tcp" in said.words
    assert list(said.buttons) == ["Logs", "Stop"]
    answers(said, alice, "start web", objects=[web])
    assert "stand-in for <code>tomcat:9.0</code>" in engine.fetch(PAGE)

    said = alice.types("/docker ps")
    assert re.search(r"^tomcat:9.0 +Up .* 9090->8080/tcp +web$", said.table, re.M)
    assert said.text == "<@U0ALICE> looked at 1 container on local"

    said = alice.types("/docker stop web")
    assert said.text == "<@U0ALICE> stopped web on local: exited (0)"
    answers(said, alice, "stop web", objects=[web])
    assert state(engine, "web") == "exited"

    said = alice.types("/docker restart web")
    assert "restarted web on local: running" in said.text
    answers(said, alice, "restart web", objects=[web])
    assert state(engine, "web") == "running"

    said = alice.types("/docker kill web")
    assert said.text == "<@U0ALICE> killed web on local: exited (137)"
    answers(said, alice, "kill web", objects=[web])
    assert state(engine, "web") == "exited"

    with changes(engine) as done:
        said = alice.types("/docker rm web")
    assert done == ["container destroy web"]
    assert said.text == "<@U0ALICE> removed web on local"
    answers(said, alice, "rm web", objects=[web])
    assert engine.cli("ps", "--all", "--quiet") == ""


def test_run_pulls_creates_and_starts(alice: Person, engine: Engine) -> None:
    with changes(engine) as done:
        said = alice.types("/docker run -d -p 9090:8080 --name web tomcat:9.0")
    assert done == ["image pull tomcat", "container create web", "container start web"]
    assert "ran web on local: running, 0.0.0.0:9090->8080/tcp" in said.words
    assert "Pulled tomcat:9.0 first: it was not on the host." in said.words
    web = engine.cli("inspect", "--format", "{{.Id}}", "web").strip()
    answers(said, alice, "run --detach --name web --publish 9090:8080 tomcat:9.0", objects=[web])
    assert "It works" in engine.fetch(PAGE)

    said = alice.types("/docker run -d -p 9090:8080 --name second tomcat:9.0")
    assert said.outcome == "failed"
    assert "port is already allocated" in said.text
    assert "Left behind: second (created). `docker rm -f second` removes it." in said.words
    assert state(engine, "second") == "created"

    said = alice.presses("Remove it", said)
    assert said.text == "<@U0ALICE> removed second on local"


def test_tag_push_and_pull_back(alice: Person, engine: Engine) -> None:
    name = f"{engine.registry}/team/tomcat:9.0"
    alice.types("/docker pull tomcat:9.0")
    image = engine.cli("inspect", "--format", "{{.Id}}", "tomcat:9.0").strip()

    said = alice.types(f"/docker tag tomcat:9.0 {name}")
    assert said.text == f"<@U0ALICE> tagged tomcat:9.0 as {name} on local: {image[7:19]}"
    answers(said, alice, f"tag tomcat:9.0 {name}", objects=[image])

    said = alice.types(f"/docker push {name}")
    assert said.text.startswith(f"<@U0ALICE> pushed {name} from local: ")
    assert digest(engine, f"{engine.registry}/team/tomcat") in said.table
    answers(said, alice, f"push {name}", objects=[image])

    said = alice.types(f"/docker rmi {name} tomcat:9.0")
    assert said.text == f"<@U0ALICE> removed {name}, tomcat:9.0 on local"
    assert engine.cli("images", "--quiet", "tomcat") == ""

    said = alice.types(f"/docker pull {name}")
    assert said.text.startswith(f"<@U0ALICE> pulled {name} on local: 6 layers, ")
    answers(said, alice, f"pull {name}", objects=[image])
    assert engine.cli("inspect", "--format", "{{.Id}}", name).strip() == image


def answers(said: Said, who: Person, command: str, *, objects: list[str] | None = None) -> None:
    """The message keeps the contract of its metadata, and its mark is that of the outcome in the record."""
    facts = said.facts
    assert said.message["metadata"]["event_type"] == "docker_operation"
    assert ULID.fullmatch(facts["operation"])
    assert facts["command"] == command
    assert facts["verb"] == command.split(maxsplit=1)[0]
    assert facts["user"] == who.user
    assert facts["hosts"] == ["local"]
    assert facts["outcome"] == "done"
    if objects is not None:
        assert set(objects) <= set(facts["objects"])
        assert all(re.fullmatch(r"(sha256:)?[0-9a-f]{64}", each) for each in facts["objects"])
    told = [each for each in who.bot.records() if each["operation"] == facts["operation"]]
    assert [each["kind"] for each in told] in (["request", "outcome"], ["request", "intent", "outcome"])
    assert told[0]["command"] == command
    assert facts["audit"] == told[-1]["audit"]


def shown(who: Person, outcome: str, since: Said | None = None) -> Said | None:
    """The newest answer, where it has that outcome."""
    newest = who.sees()[-1]
    if since and newest.message["ts"] != since.message["ts"]:
        raise AssertionError(f"a second message: {newest.text}")
    return newest if newest.outcome == outcome else None


def state(engine: Engine, name: str) -> str:
    return engine.cli("inspect", "--format", "{{.State.Status}}", name).strip()


def digest(engine: Engine, repository: str) -> str:
    """The image's digest as the daemon knows it from that repository."""
    listed = engine.cli("images", "--digests", "--format", "{{.Digest}}", repository)
    return listed.splitlines()[0]


def forget_tomcat(engine: Engine) -> None:
    for repository in ("tomcat", f"{engine.registry}/team/tomcat"):
        if names := engine.cli("images", "--format", "{{.Repository}}:{{.Tag}}", repository).split():
            engine.cli("rmi", "--force", *names)


@contextmanager
def paused_registry(engine: Engine) -> Iterator[None]:
    """The registry answers only afterwards: a pull takes as long as it must to be seen."""
    config = str(engine.folder / "registry.yml")
    process = next(
        int(each.parent.name)
        for each in Path("/proc").glob("[0-9]*/cmdline")
        if each.read_bytes().startswith(b"docker-registry") and config.encode() in each.read_bytes()
    )
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)

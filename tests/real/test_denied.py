"""Who may not: told so alone, on the record, and the daemon never hears of it."""

import pytest

from tests.bots import Deployment, Person, changes
from tests.engines import Engine

SLEEP = ("busybox:1", "sleep", "600")


@pytest.fixture
def web(clean: Engine) -> str:
    return clean.cli("run", "--detach", "--name", "web", *SLEEP).strip()


@pytest.fixture
def db(clean: Engine) -> str:
    """What Bob may not see."""
    return clean.cli("run", "--detach", "--name", "db-1", "--label", "tier=web", *SLEEP).strip()


LINES = [
    "stop web",
    "start web",
    "kill web",
    "restart web",
    "rm -f web",
    "run -d busybox:1 sleep 60",
    "create --name mine busybox:1",
    "pull tomcat:9.0",
    "push busybox:1",
    "tag busybox:1 mine:1",
    "rmi -f busybox:1",
    "logs web",
    "ps",
    "images",
    "inspect web",
]


@pytest.mark.usefixtures("web")
def test_a_member_without_a_rule_is_told_alone_and_nothing_happens(
    bot: Deployment, dave: Person, engine: Engine
) -> None:
    alice = bot.person("U0ALICE")
    before, shown = containers(engine), len(alice.sees())
    with changes(engine) as done:
        denials = [dave.types(f"/docker {line}") for line in LINES]
    assert done == []
    assert containers(engine) == before
    assert len(alice.sees()) == shown, "a denial concerns Dave alone"
    for line, said in zip(LINES, denials, strict=True):
        assert said.private and said.outcome == "denied"
        assert said.text.startswith("not allowed: ")
        request, denied = (each for each in bot.records() if each["operation"] == said.facts["operation"])
        assert (request["kind"], denied["kind"]) == ("request", "denied")
        assert denied["user"] == request["user"] == "U0DAVE"
        assert denied["verb"] == line.partition(" ")[0]
        assert denied["audit"] == said.facts["audit"]


def containers(engine: Engine) -> str:
    """All containers, with their states."""
    return engine.cli("ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.State}}")


def test_a_member_may_what_members_may(dave: Person) -> None:
    assert dave.types("/docker version").outcome == "done"


def test_a_guest_may_not_what_members_may(guest: Person) -> None:
    said = guest.types("/docker version")
    assert said.private and said.outcome == "denied"


def test_can_answers_without_doing(bot: Deployment, alice: Person, web: str) -> None:
    with changes(bot.engine) as done:
        yes = alice.types("/docker can stop web")
        no = bot.person("U0DAVE").types("/docker can stop web")
    assert done == []
    assert yes.private and "yes, on local: by rule all" in yes.words
    assert no.private and "no, on local:" in no.words


@pytest.mark.usefixtures("web", "db")
class TestHidden:
    """What one may not see is not there: not listed, not suggested, not touched."""

    def test_not_listed(self, bob: Person, alice: Person) -> None:
        said = bob.types("/docker ps -a")
        assert said.text == "<@U0BOB> looked at 1 container on local"
        assert "db-1" not in str(said.message)
        assert "db-1" in alice.types("/docker ps -a").table

    def test_not_by_a_filter_or_a_format(self, bob: Person) -> None:
        for line in ("ps -a -q", "ps -a -f name=db", "ps -a -f label=tier=web", "ps --format '{{.Names}}'"):
            assert "db" not in bob.types(f"/docker {line}").words.rpartition("\n")[0]

    def test_not_suggested(self, bob: Person, alice: Person) -> None:
        assert "Did you mean" not in bob.types("/docker stop db-2").words
        assert "Did you mean db-1?" in alice.types("/docker stop db-2").words

    def test_not_touched_by_name_or_by_id(self, bob: Person, engine: Engine, db: str) -> None:
        with changes(engine) as done:
            answers = [bob.types(f"/docker stop {word}") for word in ("db-1", db, db[:12], "/db-1")]
        assert done == []
        assert [each.private for each in answers] == [True] * 4
        assert answers[0].text == "no container is called db-1 on local"

    def test_as_if_it_were_not_there(self, bob: Person) -> None:
        """The words for what is hidden are those for what does not exist."""
        hidden, missing = bob.types("/docker stop db-1"), bob.types("/docker stop nope")
        assert hidden.words.replace("db-1", "nope") == missing.words

    def test_one_of_several_denies_the_whole(self, bob: Person, engine: Engine) -> None:
        with changes(engine) as done:
            said = bob.types("/docker stop web db-1")
        assert done == [] and said.private

"""The bot is killed in the middle; the record breaks. Nothing is repeated, and nothing goes unrecorded."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.bots import Deployment, Person, Said, changes, deployed, until
from tests.engines import Engine

STUBBORN = ("busybox:1", "sh", "-c", "trap '' TERM; while :; do sleep 1; done")


@pytest.fixture(scope="module")
def bot(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployed(tmp_path_factory.mktemp("bot"), engine) as running:
        yield running


@pytest.fixture
def slow(clean: Engine) -> str:
    return clean.cli("run", "--detach", "--name", "slow", *STUBBORN).strip()


def test_killed_in_the_middle_of_a_stop(bot: Deployment, alice: Person, engine: Engine, slow: str) -> None:
    with changes(engine) as done:
        alice.sends("/docker stop -t 30 slow")
        waiting = until(lambda: next((s for s in alice.sees() if s.outcome == "running"), None), "progress")
        until(lambda: placed(bot), "the message is noted")
        bot.stop(signal.SIGKILL)
        bot.start()
        said = until(lambda: ended(alice.now(waiting)), "the message says how it ended")
        alice.types("/docker ps")
    assert (
        said.text
        == "<@U0ALICE> stop on local was cut off when the bot stopped: outcome unknown. Now: slow is running"
    )
    assert "It is not repeated by itself." in said.words
    assert said.facts["objects"] == [slow] and said.facts["command"] == "stop --timeout 30 slow"
    assert done.count("container kill slow") == 1, "one TERM: the stop is not repeated"

    told = [each for each in bot.records() if each["operation"] == said.facts["operation"]]
    assert [each["kind"] for each in told] == ["request", "intent", "outcome"]
    assert told[-1]["outcome"] == "unknown" and told[-1]["audit"] == said.facts["audit"]
    verified = bot.cli("audit", "verify")
    assert verified.returncode == 0 and "sound" in verified.stdout, verified

    bot.stop()
    bot.start()
    assert alice.types("/docker kill slow").outcome == "done"
    assert alice.now(said).message == said.message, "what is reconciled is not told again"


def test_killed_before_anything_was_said(bot: Deployment, alice: Person, engine: Engine, slow: str) -> None:
    """A new message tells of it: nobody is left to wonder."""
    before = {each.message["ts"] for each in alice.sees()}
    with changes(engine) as done:
        alice.sends("/docker stop -t 30 slow")
        until(lambda: intents(bot), "the intent")
        bot.stop(signal.SIGKILL)
        bot.start()
        until(lambda: any(s.outcome == "unknown" for s in new(alice, before)), "word of it")
        alice.types("/docker version")
    assert done.count("container kill slow") <= 1
    assert [each.outcome for each in new(alice, before)] == ["unknown", "done"]
    assert bot.cli("audit", "verify").returncode == 0


def test_a_crash_leaves_no_message_that_says_running(
    bot: Deployment, alice: Person, engine: Engine, slow: str
) -> None:
    """Killed the moment its first message stands in Slack."""
    before = {each.message["ts"] for each in alice.sees()}
    alice.sends("/docker stop -t 30 slow")
    until(lambda: new(alice, before), "progress")
    bot.stop(signal.SIGKILL)
    bot.start()
    until(lambda: any(s.outcome == "unknown" for s in new(alice, before)), "word of it")
    assert [each.outcome for each in new(alice, before)] == ["unknown"]


def ended(said: Said) -> Said | None:
    return None if said.outcome == "running" else said


def new(who: Person, before: set[str]) -> list[Said]:
    return [each for each in who.sees() if each.message["ts"] not in before]


def placed(bot: Deployment) -> bool:
    """Whether the running operation's message is noted in the database."""
    return bool(bot.sql("SELECT ts FROM operations WHERE state = 'running' AND ts IS NOT NULL"))


def intents(bot: Deployment) -> bool:
    return bool(bot.sql("SELECT id FROM operations WHERE state = 'running'"))


@contextmanager
def broken(bot: Deployment, statement: str, mend: str) -> Iterator[None]:
    bot.sql(statement)
    try:
        yield
    finally:
        bot.sql(mend)


LOST = ("ALTER TABLE records RENAME TO lost", "ALTER TABLE lost RENAME TO records")


def full(kind: str) -> tuple[str, str]:
    """As on a full disk, once a record of that kind is to be written."""
    return (
        f"CREATE TRIGGER full BEFORE INSERT ON records WHEN NEW.kind = '{kind}'"
        " BEGIN SELECT RAISE(ABORT, 'disk full'); END",
        "DROP TRIGGER full",
    )


@pytest.mark.parametrize("damage", [LOST, full("request"), full("intent")], ids=["lost", "request", "intent"])
def test_what_cannot_be_recorded_is_not_done(
    bot: Deployment, alice: Person, engine: Engine, slow: str, damage: tuple[str, str]
) -> None:
    with changes(engine) as done, broken(bot, *damage):
        answers = [alice.types(f"/docker {line}") for line in ("kill slow", "rm -f slow", "pull tomcat:9.0")]
        looked = [alice.types("/docker ps"), alice.types("/docker inspect slow")]
    assert done == []
    assert all("Nothing was done: the record can't be written." in each.text for each in answers)
    assert [each.outcome for each in looked] == ["done", "done"], "looking goes on"
    assert "slow" in looked[0].table
    assert alice.types("/docker kill slow").outcome == "done", "and so does the rest, once it is mended"
    assert bot.cli("audit", "verify").returncode == 0


@pytest.mark.usefixtures("slow")
def test_what_was_done_but_not_recorded_says_so(bot: Deployment, alice: Person) -> None:
    with broken(bot, *full("outcome")):
        said = alice.types("/docker kill slow")
    assert "killed slow on local: exited (137)" in said.text
    assert "The outcome could not be written into the record." in said.text
    assert said.facts["audit"] == ""
    bot.stop()
    bot.start()
    end = until(lambda: outcomes(bot, said.facts["operation"]), "the outcome after a restart")
    assert end == ["unknown"]


def outcomes(bot: Deployment, operation: str) -> list[str]:
    return [each["outcome"] for each in bot.records("outcome") if each["operation"] == operation]

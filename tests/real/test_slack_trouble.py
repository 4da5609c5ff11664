"""Slack in trouble, and channels without the bot: the answer comes once, in order, and says what it must."""

import threading
import time

import pytest

from tests.bots import Deployment, Person, Said, changes, deployed, until
from tests.engines import Engine

SLEEP = ("busybox:1", "sleep", "600")


@pytest.fixture
def web(clean: Engine) -> str:
    return clean.cli("run", "--detach", "--stop-signal", "KILL", "--name", "web", *SLEEP).strip()


def test_payload_in_a_command_over_http(clean: Engine, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Bolt alone answers 404 to a form whose text contains that word."""
    clean.cli("run", "--name", "payload-api", "busybox:1", "echo", "it works")
    with deployed(tmp_path_factory.mktemp("bot"), clean, "http") as bot:
        alice = bot.person("U0ALICE")
        assert alice.types("/docker logs payload-api").table == "it works"
        assert alice.types("/docker logs payload=1").text.startswith("no container is called payload=1")


@pytest.mark.usefixtures("web")
def test_where_the_bot_is_not(bot: Deployment, engine: Engine) -> None:
    """The act is done and said to all by response_url, with how to let the bot in."""
    alice, bob = (bot.person(user, channel="C0RAND") for user in ("U0ALICE", "U0BOB"))
    said = alice.types("/docker restart web")
    assert said.text.startswith("<@U0ALICE> restarted web on local: running")
    assert "/invite @docker" in said.words
    assert not said.private and bob.sees()[-1].message == said.message
    assert alice.types("/docker nope").private
    assert bob.types("/docker rm web").private


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": 1, "times": 2},
        {"status": 503, "times": 2},
        {"drop": "before", "times": 1},
        {"drop": "after", "times": 1},
    ],
    ids=str,
)
def test_the_answer_comes_once(
    bot: Deployment, alice: Person, engine: Engine, fault: dict[str, int | str]
) -> None:
    before = len(alice.sees())
    bot.play("faults", method="chat.postMessage", **fault)
    with changes(engine) as done:
        alice.sends("/docker restart web")
        alice.sends("/docker ps -a")
        until(lambda: len(alice.sees()) == before + 2, "both answers", within=30)
        settled(bot)
    answers = [plain(each) for each in alice.sees()[before:]]
    assert len(answers) == 2
    assert {each.split()[0] for each in answers} == {"restarted", "looked"}
    assert done.count("container restart web") == 1
    bot.play("faults")


def settled(bot: Deployment) -> None:
    """Nothing more is on its way in this channel: whoever speaks later is heard later."""
    bot.person("U0BOB").types("/docker --me version")


def test_progress_that_slack_refuses_is_left_out(bot: Deployment, alice: Person, engine: Engine) -> None:
    """The end is said all the same, in the one message."""
    engine.cli(
        "run",
        "--detach",
        "--name",
        "slow",
        "busybox:1",
        "sh",
        "-c",
        "trap '' TERM; while :; do sleep 1; done",
    )
    bot.play("faults", method="chat.update", status=429, retry_after=1, times=1)
    said = alice.types("/docker stop -t 2 slow")
    assert said.text == "<@U0ALICE> stopped slow on local: exited (137)"
    assert [plain(each) for each in said.earlier] == ["stop on local is running…"]
    bot.play("faults")


def test_answers_keep_their_order(bot: Deployment, alice: Person, engine: Engine) -> None:
    """Twenty at once, from four people: each is answered once, and each person's in order of what was typed."""
    before = len(alice.sees())
    names = [f"web-{number}" for number in range(20)]
    typing = [
        threading.Thread(target=alice.sends, args=[f"/docker create --name {name} busybox:1"])
        for name in names
    ]
    for each in typing:
        each.start()
        time.sleep(0.005)
    for each in typing:
        each.join()
    until(lambda: len(alice.sees()) == before + 20, "twenty answers")
    told = [plain(each).split()[1] for each in alice.sees()[before:]]
    assert sorted(told) == sorted(names)
    assert len(engine.cli("ps", "--all", "--quiet").split()) == 20


def plain(said: Said) -> str:
    return said.text.removeprefix("<@U0ALICE> ")

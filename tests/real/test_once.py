"""At most once: whatever Slack delivers again, and whenever, the daemon is asked once."""

from collections.abc import Iterator

import httpx
import pytest

from tests.bots import JSON, Deployment, Person, changes, deployed, until
from tests.engines import Engine

SLEEP = ("busybox:1", "sleep", "600")
RESTARTED = "container restart web"


@pytest.fixture(scope="module", params=["socket", "http"])
def bot(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    with deployed(tmp_path_factory.mktemp("bot"), engine, request.param) as running:
        yield running


@pytest.fixture
def web(clean: Engine) -> str:
    return clean.cli("run", "--detach", "--stop-signal", "KILL", "--name", "web", *SLEEP).strip()


@pytest.mark.usefixtures("web")
def test_a_delivery_that_comes_again_is_one_act(bot: Deployment, alice: Person, engine: Engine) -> None:
    before = len(asked(bot, "restart web"))
    with changes(engine) as done:
        said = alice.types("/docker restart web")
        again(bot)
        again(bot)
        settled(bot)
        bot.stop()
        bot.start()
        again(bot)
        settled(bot)
    assert done.count(RESTARTED) == 1
    assert len(asked(bot, "restart web")) == before + 1
    assert alice.now(said).message == said.message


def again(bot: Deployment) -> None:
    """The last command, once more: the same envelope, or the same bytes with the same signature."""
    if bot.over == "socket":
        assert bot.play("redeliver", kind="slash_commands")["ok"]
        return
    request = next(each for each in reversed(bot.requests) if b"restart" in each.content)
    headers = dict(request.headers)
    answer = httpx.post(request.url, content=request.content, headers=headers, trust_env=False)
    assert answer.status_code == 200


def settled(bot: Deployment) -> None:
    """What was delivered before is done: a later request of the same channel has been answered."""
    bot.person("U0BOB").types("/docker version")


def asked(bot: Deployment, command: str) -> list[JSON]:
    """The requests for that command, as the record has them."""
    return [each for each in bot.records("request") if each["command"] == command]


@pytest.mark.usefixtures("web")
def test_two_at_the_same_moment_are_one_act(bot: Deployment, alice: Person, engine: Engine) -> None:
    before = len(asked(bot, "restart web"))
    with changes(engine) as done:
        alice.sends("/docker restart web")
        again(bot)
        until(lambda: "restarted web" in alice.sees()[-1].text, "the answer")
        settled(bot)
    assert done.count(RESTARTED) == 1
    assert len(asked(bot, "restart web")) == before + 1


def test_a_press_that_comes_again_is_one_act(
    bot: Deployment, alice: Person, engine: Engine, web: str
) -> None:
    with changes(engine) as done:
        said = alice.types("/docker kill web")
        started = alice.presses("Start", said)
        assert bot.play("redeliver", kind="interactive")["ok"]
        settled(bot)
    assert done.count("container start web") == 1
    assert len(asked(bot, started.facts["command"])) == 1
    assert started.facts["objects"] == [web]
    assert started.facts["command"] == f"-H local start {web[:12]}"


@pytest.mark.usefixtures("web")
def test_pressed_twice_says_that_it_was_so_already(alice: Person, engine: Engine) -> None:
    said = alice.types("/docker kill web")
    with changes(engine) as done:
        first, second = alice.presses("Start", said), alice.presses("Start", said)
    assert done == ["container start web"]
    assert first.text.startswith("<@U0ALICE> started web on local: running")
    assert second.text.startswith("<@U0ALICE> web on local was already started: running")


@pytest.mark.usefixtures("web")
def test_a_button_means_the_container_it_was_made_for(alice: Person, engine: Engine) -> None:
    """Not another one that has its name by now."""
    said = alice.types("/docker kill web")
    engine.cli("rm", "web")
    engine.cli("create", "--name", "web", *SLEEP)
    with changes(engine) as done:
        answer = alice.presses("Start", said)
    assert done == []
    assert answer.private and answer.text.startswith("no container is called ")


@pytest.mark.usefixtures("web")
def test_the_presser_is_asked_for_his_own_right(bot: Deployment, alice: Person, engine: Engine) -> None:
    said = alice.types("/docker kill web")
    dave, guest = bot.person("U0DAVE"), bot.person("U0GUEST")
    with changes(engine) as done:
        denials = [dave.presses("Start", said), guest.presses("Start", said)]
    assert done == []
    assert [each.outcome for each in denials] == ["denied", "denied"]
    assert all(each.private and each.text.startswith("not allowed: ") for each in denials)
    assert [each["user"] for each in bot.records("denied")][-2:] == ["U0DAVE", "U0GUEST"]


@pytest.mark.usefixtures("web")
def test_a_value_that_is_not_ours_does_nothing(bot: Deployment, alice: Person, engine: Engine) -> None:
    said = alice.types("/docker kill web")
    element = button(bot, said.message["ts"])
    good = element["value"]
    flipped = good[:-1] + ("0" if good[-1] != "0" else "1")
    with changes(engine) as done:
        for value in (
            flipped,
            good[:-1],
            good + "0",
            good.upper() + " ",
            "start web",
            "' OR 1=1 --",
            "x" * 2000,
        ):
            element["value"] = value
            answer = alice.presses("Start", said)
            assert answer.private and answer.text.startswith("That button no longer works")
    assert done == []
    element["value"] = good
    assert alice.presses("Start", said).text.startswith("<@U0ALICE> started web")


@pytest.mark.usefixtures("web")
def test_a_value_works_only_where_it_was_made(bot: Deployment, alice: Person, engine: Engine) -> None:
    good = button(bot, alice.types("/docker kill web").message["ts"])["value"]
    elsewhere = bot.person("U0ALICE", channel="C0GEN")
    said = elsewhere.types("/docker kill web")
    said = elsewhere.types("/docker create --name other busybox:1")
    button(bot, said.message["ts"], channel="C0GEN")["value"] = good
    with changes(engine) as done:
        answer = elsewhere.presses("Start", said)
    assert done == []
    assert answer.private and answer.text.startswith("That button no longer works")


def button(bot: Deployment, ts: str, channel: str = "C0INC") -> JSON:
    """The message's Start button as the playground holds it: what is changed here, Slack delivers."""
    message = bot.playground.slack.workspace.message(channel, ts)
    assert message is not None
    elements = next(each for each in message.blocks if each["type"] == "actions")["elements"]
    found: JSON = next(each for each in elements if each["text"]["text"] == "Start")
    return found

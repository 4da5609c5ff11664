"""permissions.yml is changed while the bot runs."""

import re
from collections.abc import Iterator

import pytest

from tests.bots import PERMISSIONS, Deployment, Person, Said, changes, deployed, until
from tests.engines import Engine

DAVE_TOO = (
    PERMISSIONS.replace("  bob: {users: [U0BOB]}\n", "  bob: {users: [U0BOB]}\n  dave: {users: [U0DAVE]}\n")
    .replace(
        "  - {id: hello,",
        "  - {id: helper, allow: [read, operate], who: dave, on: {names: [web*]}}\n  - {id: hello,",
    )
    .replace(
        "  - {as: U0DAVE,",
        '  - {as: U0DAVE, in: C0INC, run: "stop web", on: local, expect: allow}\n  - {as: U0GUEST,',
    )
)
BROKEN = [
    "version: 1\nrules: [",
    PERMISSIONS.replace("expect: deny", "expect: allow"),
    DAVE_TOO[: DAVE_TOO.index("tests:")].replace("allow: [version]", "allow: [everything]"),
    PERMISSIONS.replace(
        "  - {id: front,",
        "  - {id: later, allow: [read], who: bob, require: {approvals: 1}}\n  - {id: front,",
    ),
]


@pytest.fixture(scope="module")
def bot(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployed(tmp_path_factory.mktemp("bot"), engine) as running:
        yield running


def notices(bot: Deployment) -> list[str]:
    """What the bot told Alice, who alone may do what admins do, in her direct messages."""
    return [each.text for each in bot.person("U0ALICE", channel="D0ALICE").sees()]


def notice(bot: Deployment, number: int) -> str:
    """The notice of that number, once it is there."""
    until(lambda: len(notices(bot)) >= number, f"notice {number}", within=4)
    return notices(bot)[number - 1]


def test_a_broken_file_leaves_the_last_good_one_and_tells_the_admins(
    bot: Deployment, alice: Person, dave: Person, engine: Engine
) -> None:
    engine.cli("run", "--detach", "--stop-signal", "KILL", "--name", "web", "busybox:1", "sleep", "600")
    for count, text in enumerate(BROKEN, 1):
        bot.permissions.write_text(text)
        told = notice(bot, count)
        assert "permissions.yml was not taken. The last good one stays in force." in told
        with changes(engine) as done:
            assert dave.types("/docker stop web").outcome == "denied"
        assert done == []
        assert alice.types("/docker restart web").outcome == "done"
    assert bot.person("U0DAVE", channel="D0DAVE").sees() == []


def test_a_mended_file_is_in_force_within_two_seconds(bot: Deployment, dave: Person, engine: Engine) -> None:
    engine.cli("run", "--detach", "--stop-signal", "KILL", "--name", "web", "busybox:1", "sleep", "600")
    bot.permissions.write_text(DAVE_TOO)
    said = until(lambda: allowed(dave.types("/docker stop web")), "Dave may stop web", within=2)
    assert said.text == "<@U0DAVE> stopped web on local: exited (137)"
    until(lambda: "permissions.yml is in force: 4 rules." in notices(bot)[-1], "a notice")
    told = [each for each in bot.records("intent") if each["operation"] == said.facts["operation"]]
    assert told[0]["rule"] == "helper"

    bot.permissions.write_text(PERMISSIONS)
    until(lambda: not allowed(dave.types("/docker stop web")), "Dave may not any more", within=2)


def test_the_lines_that_a_denial_offers_do_work(bot: Deployment, dave: Person, engine: Engine) -> None:
    engine.cli("run", "--detach", "--stop-signal", "KILL", "--name", "web", "busybox:1", "sleep", "600")
    offered = dave.types("/docker stop web").table.partition("add to permissions.yml:\n")[2]
    whole = PERMISSIONS[: PERMISSIONS.index("tests:")] + "channels:\n"
    for section, lines in re.findall(r"^(\w+:\n)((?:  .*(?:\n|$))+)", offered, re.M):
        whole = whole.replace(section, f"{section}{lines.rstrip()}\n")
    bot.permissions.write_text(whole)
    said = until(lambda: allowed(dave.types("/docker stop web")), "Dave may stop web", within=3)
    assert said.text == "<@U0DAVE> stopped web on local: exited (137)"
    assert dave.types("/docker rm web").outcome == "denied", "and nothing else"
    bot.permissions.write_text(PERMISSIONS)


def test_without_a_file_nobody_may_do_anything(bot: Deployment, alice: Person) -> None:
    """Not even after a restart, when there is no last good one."""
    bot.permissions.unlink()
    bot.stop()
    bot.start()
    said = alice.types("/docker ps")
    assert said.private and said.outcome == "denied"
    assert "permissions.yml" in said.words
    bot.permissions.write_text(PERMISSIONS)
    until(lambda: allowed(alice.types("/docker ps")), "it is read once it is there", within=3)


def allowed(said: Said) -> Said | None:
    return None if said.outcome == "denied" else said

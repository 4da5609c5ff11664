"""Mistakes are shown where they are, to whoever made them, and change nothing."""

import json

import pytest

from tests.bots import Deployment, Person, changes
from tests.engines import Engine

SLEEP = ("busybox:1", "sleep", "600")


@pytest.fixture(scope="module")
def web(engine: Engine) -> None:
    engine.clean()
    engine.cli("run", "--detach", "--name", "web", *SLEEP)


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize(
    ("typed", "said", "marked", "hint"),
    [
        ("stop wbe", "no container is called wbe on local", ("stop wbe", "     ^^^"), "Did you mean web?"),
        ("ps --foo", "ps has no flag --foo", ("ps --foo", "   ^^^^^"), "Its flags: --all"),
        ("stpo web", "there is no command stpo", ("stpo web", "^^^^"), "Did you mean stop?"),
        ("stop", "stop needs at least 1 argument", ("stop", "    ^"), "Usage: stop"),
        (
            "ps\nrm -f web",
            "a command is one line, but there is a line break here",
            ("ps⏎rm -f web", "  ^"),
            "Type the command on one line",
        ),
        (
            "stop --me web",
            "stop changes something, so all may see it",
            ("stop --me web", "^^^^"),
            "Leave --me out",
        ),
        ("stop web; rm web", "", (), ""),
        ("run -d -p 99999:80 busybox:1", "", ("run -d -p 99999:80 busybox:1", "          ^^^^^^^^"), ""),
        ("run -e 'A=b busybox:1", "this quote is not closed", (), "Close it"),
        ("-H nowhere ps", "", ("-H nowhere ps", "   ^^^^^^^"), "hosts"),
    ],
)
def test_shown_where_it_is(
    bot: Deployment, engine: Engine, *, typed: str, said: str, marked: tuple[str, ...], hint: str
) -> None:
    with changes(engine) as done:
        answer = bot.person("U0ALICE").types(f"/docker {typed}")
    assert done == []
    assert answer.private and answer.outcome == "failed"
    assert said in answer.text and hint in answer.text
    assert "\n".join(marked) in answer.words


def test_an_ambiguous_id_lists_its_candidates(alice: Person, engine: Engine) -> None:
    made = [engine.cli("create", *SLEEP).strip() for _ in range(17)]
    first = next(each for each in made if sum(other[0] == each[0] for other in made) > 1)
    alike = [each for each in made if each[0] == first[0]]
    with changes(engine) as done:
        said = alice.types(f"/docker rm {first[0]}")
    assert done == []
    assert f"{first[0]} may mean {len(alike)} containers" in said.text
    assert first[:16] in said.words


def test_a_name_that_is_another_ones_short_id_is_refused(alice: Person, engine: Engine) -> None:
    """The daemon itself would take the name, and stop the other container than the one in the list."""
    victim = engine.cli("run", "--detach", "--name", "victim", *SLEEP).strip()
    engine.cli("run", "--detach", "--name", victim[:12], *SLEEP)
    with changes(engine) as done:
        said = alice.types(f"/docker stop {victim[:12]}")
    assert done == []
    assert said.private and "may mean 2 containers" in said.text and "victim" in said.words
    said = alice.types(f"/docker kill {victim}")
    assert said.text == "<@U0ALICE> killed victim on local: exited (137)"


def test_an_id_prefix_that_means_one_is_taken(alice: Person, engine: Engine) -> None:
    web = engine.cli("run", "--detach", "--name", "web", *SLEEP).strip()
    assert alice.types(f"/docker kill {web[:12]}").facts["objects"] == [web]


def test_a_phones_typography_is_understood(alice: Person, engine: Engine) -> None:
    """Curly quotes, an em dash for two hyphens, and what does not break a line."""
    said = alice.types("/docker create —name\u00a0web\u20111 -e “GREETING=good morning” busybox:1")
    assert said.outcome == "done"
    assert said.facts["command"] == "create --env 'GREETING=good morning' --name web-1 busybox:1"
    assert "GREETING=good morning" in engine.cli("inspect", "-f", "{{json .Config.Env}}", "web-1")


def test_slacks_own_rewriting_is_undone(alice: Person, engine: Engine) -> None:
    """In a message Slack makes links of addresses. The answer to a mention stands in its thread."""
    flags = "-e SITE=https://web.example.com/?a=1&b -e BOSS=boss@mail.example.com"
    said = alice.types(f"@docker create --name web {flags} busybox:1")
    assert said.outcome == "done" and said.message["thread_ts"]
    env = json.loads(engine.cli("inspect", "-f", "{{json .Config.Env}}", "web"))
    assert env[:2] == ["SITE=https://web.example.com/?a=1&b", "BOSS=boss@mail.example.com"]


def test_a_read_may_be_for_oneself(bot: Deployment, alice: Person) -> None:
    shown = len(bot.person("U0BOB").sees())
    said = alice.types("/docker --me ps -a")
    assert said.private and said.text == "<@U0ALICE> looked at 0 containers on local"
    assert len(bot.person("U0BOB").sees()) == shown


def test_nothing_typed_is_help(alice: Person) -> None:
    said = alice.types("/docker")
    assert said.private and "Type /docker COMMAND" in said.words
    assert "Stop one or more running containers" in said.table
    said = alice.types("/docker run --help")
    assert said.private and "--publish" in said.words

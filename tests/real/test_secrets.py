"""Secrets that are typed, or that containers hold, stand nowhere: not in Slack, the record or the log."""

import pytest

from tests.bots import Deployment, Person, until
from tests.engines import Engine

CANARY = "canary-In-The-Mine-77"
TOKEN = "ghp_" + "c4naryC4nary" * 3

TYPED = [
    f"run -d --name web -e DB_PASSWORD={CANARY} --label api.token={CANARY} busybox:1 sleep 600",
    f"create --name worker busybox:1 worker --password {CANARY} --token={CANARY}",
    f"run --rm busybox:1 sh -c 'echo PGPASSWORD={CANARY} {TOKEN}'",
    f"create --name spare -e SITE=https://bob:{CANARY}@web.example busybox:1",
    "inspect web",
    "inspect -f '{{json .Config}}' web",
    "inspect --format '{{range .Config.Env}}{{println .}}{{end}}' web",
    "inspect -f '{{json .Config}} {{json .Args}} {{.Path}}' worker",
    "inspect -f '{{index .Config.Labels \"api.token\"}}' web",
    "ps -a --no-trunc",
    "ps -a --no-trunc --format '{{.Command}} {{.Label \"api.token\"}}'",
    "ps -a -s --no-trunc --format json",
    "ps -a --format '{{json .}}'",
    "ps -a --format '{{.Labels}} {{.Command}}'",
    "logs talker",
    f"stop -e DB_PASSWORD={CANARY} web",
    f"run -e 'DB_PASSWORD={CANARY} busybox:1",
    f"run -e DB_PASSWORD={CANARY} --nmae x busybox:1",
    f"run -e DB_PASSWORD={CANARY} busybox:1\nps",
    f"create -e DB_PASSWORD={CANARY} nowhere.invalid:1/x:1",
    f"can run -e DB_PASSWORD={CANARY} busybox:1",
    f"-H prod-1 run -e DB_PASSWORD={CANARY} busybox:1",
    f"create --name web -e DB_PASSWORD={CANARY} busybox:1",
]


@pytest.fixture
def talker(clean: Engine) -> None:
    """A container that writes a secret into its log."""
    script = f"echo Authorization: Bearer {CANARY}; echo PASSWORD={CANARY} key={TOKEN}"
    clean.cli("run", "--name", "talker", "busybox:1", "sh", "-c", script)


@pytest.mark.usefixtures("talker")
def test_no_secret_is_repeated_anywhere(bot: Deployment, alice: Person, engine: Engine) -> None:
    dave = bot.person("U0DAVE")
    answers = [alice.types(f"/docker {line}") for line in TYPED]
    denied = dave.types(f"/docker {TYPED[0]}")
    assert "DB_PASSWORD=…" in answers[0].words and "DB_PASSWORD=…" in denied.words

    assert f"DB_PASSWORD={CANARY}" in engine.cli("inspect", "web"), "the daemon itself gets what was typed"
    for secret in (CANARY, TOKEN):
        for message in messages(bot):
            assert secret not in message
        assert [name for name, held in files(bot).items() if secret.encode() in held] == []
        for path in bot.folder.iterdir():
            assert secret.encode() not in path.read_bytes(), f"a secret stands in {path.name}"


def test_show_all_hides_them_too(bot: Deployment, alice: Person, engine: Engine) -> None:
    long = "seq 300; echo PASSWORD=" + CANARY
    engine.cli("run", "--name", "web", "-e", f"API_TOKEN={CANARY}", "busybox:1", "sh", "-c", long)
    alice.presses("Show all", alice.types("/docker logs web"))
    assert alice.file("web.log").endswith("300\nPASSWORD=…\n")
    alice.presses("Show all", alice.types("/docker inspect web"))
    # Others who share the bot have asked for such a file too: wait for this one's.
    assert until(lambda: "API_TOKEN=…" in alice.file("inspect-local.txt"), "the inspection, its token hidden")
    assert not any(CANARY in message for message in messages(bot))
    assert not any(CANARY.encode() in held for held in files(bot).values())


def messages(bot: Deployment) -> list[str]:
    """Every message of the bot's that the playground holds, whoever may see it."""
    held = bot.playground.slack.workspace.messages.values()
    return [repr(message) for channel in held for message in channel.values() if message.by_app]


def files(bot: Deployment) -> dict[str, bytes]:
    """Every file that was uploaded."""
    return {
        f"{file.id} {file.name}": file.content or b""
        for file in bot.playground.slack.workspace.files.values()
    }

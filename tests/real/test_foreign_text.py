"""Text of other people (names, labels, logs, errors, what was typed) stands in Slack as it is, and does nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.bots import Deployment
from tests.engines import Engine

EVIL = (
    "<!channel> <!here> <@U0BOB> <#C0GEN> <!subteam^S0LEADS> *bold* _it_ ~no~ `code` ```fence```"
    " <https://evil.example|click> https://evil.example @channel &amp;"
)
UNSEEN = "\x1b[31mred\x1b[0m \u202ereversed\u202c \u200bzero \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x07bell"
FORMAT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@pytest.fixture(scope="module")
def hostile(engine: Engine) -> Iterator[None]:
    """Containers, an image and a network whose author means harm."""
    engine.clean()
    labels = [
        "--label",
        f"note={EVIL}",
        "--label",
        f"{EVIL.replace(' ', '')}=x",
        "--label",
        f"unseen={UNSEEN}",
    ]
    engine.cli(
        "run", "--name", "web", *labels, "-e", f"NOTE={EVIL}", "busybox:1", "printf", "%s\n%s\n", EVIL, UNSEEN
    )
    engine.cli("create", "--name", "bad-entry", "--entrypoint", f"/{EVIL}", "busybox:1")
    engine.cli("create", "--name", "bad-dir", "--workdir", f"/{UNSEEN}", "busybox:1")
    dockerfile = f"FROM busybox:1\nLABEL note='{EVIL}'\n"
    engine.cli("build", "--quiet", "--tag", "evil:1", "-", text=dockerfile)
    yield
    engine.clean()
    engine.cli("rmi", "evil:1")


TYPED = [
    "ps -a",
    "ps -a --no-trunc",
    "ps -a --format '{{.Names}} {{.Labels}} {{.Command}}'",
    "ps -a --format json",
    f"ps -a --format '{EVIL} {{{{.ID}}}}'",
    "ps -a -f 'label=<!channel>'",
    "images",
    "inspect web",
    "inspect -f '{{json .Config}}' web",
    "inspect --type image evil:1",
    "logs web",
    "start bad-entry",
    "start bad-dir",
    f"run --rm busybox:1 echo '{EVIL}'",
    f"run --rm busybox:1 printf '{EVIL}'",
    "run --rm busybox:1 '<!channel>'",
    f"run -d --name talker --label 'note={EVIL}' busybox:1 echo '{EVIL}'",
    f"stop '{EVIL}'",
    f"stop web '{EVIL}'",
    f"{EVIL}",
    f"stop --{EVIL}",
    "pull '<!channel>'",
    "pull 'evil.invalid/<!channel>'",
    "tag busybox:1 '<@U0BOB>:1'",
    "run -p '<!channel>' busybox:1",
    "-H '<!channel>' ps",
    "help '<!channel>'",
    "can stop '<!channel>'",
    "logs --since '<!channel>' web",
    f"create --name '{EVIL}' busybox:1",
    f"rmi '{EVIL}'",
    "whoami",
    "hosts",
    "\u202eps",
]


@pytest.mark.usefixtures("hostile")
def test_nothing_mentions_links_or_formats(bot: Deployment) -> None:
    alice, dave = bot.person("U0ALICE"), bot.person("U0DAVE")
    seen = 0
    for who, lines in ((alice, TYPED), (dave, TYPED[::6])):
        for line in lines:
            for said in (answer := who.types(f"/docker {line}")), *answer.earlier:
                holds_nothing_alive(said.message, who.user)
                seen += "evil.example" in str(said.message)
    assert seen > 15, "the text does get through, as text"
    assert any("<!channel>" in each.words for each in alice.sees())


@pytest.mark.usefixtures("hostile")
def test_files_are_named_and_titled_plainly(bot: Deployment) -> None:
    alice = bot.person("U0ALICE")
    alice.presses("Show all", alice.types("/docker inspect web"))
    assert "<!channel>" in alice.file("inspect-local.txt")
    for said in alice.sees():
        for file in said.message.get("files", []):
            assert re.fullmatch(r"[\w.-]+", file["name"])
            assert not FORMAT.search(file["title"])


def holds_nothing_alive(message: dict[str, Any], asker: str) -> None:
    """A model of how Slack reads a message: nothing in it but the asker is mentioned, linked or parsed."""
    sentence = message["text"].removeprefix(f"<@{asker}> ")
    assert not re.search("[<>]", sentence), sentence
    assert not re.search(r"&(?!amp;|lt;|gt;)", sentence), sentence
    assert not FORMAT.search(sentence), repr(sentence)
    for block in message["blocks"]:
        assert block["type"] in ("rich_text", "actions"), block
        if block["type"] == "actions":
            assert all(
                each["text"]["type"] == "plain_text" and "evil" not in str(each) for each in block["elements"]
            )
            continue
        for part in block["elements"]:
            assert part["type"] in ("rich_text_section", "rich_text_preformatted"), part
            for element in part["elements"]:
                inert(element, asker)


def inert(element: dict[str, Any], asker: str) -> None:
    if element["type"] == "user":
        assert element == {"type": "user", "user_id": asker}
    elif element["type"] == "emoji":
        assert re.fullmatch("[a-z_]+", element["name"])
    else:
        assert element["type"] == "text", element
        assert not FORMAT.search(element["text"]), repr(element["text"])

"""can: yes or no, by which rule, and what to add. Nothing is done."""

import pytest

from tests.commands.docker import Docker
from tests.commands.stage import PERMISSIONS, Stage


@pytest.mark.parametrize(
    ("asked", "by", "answer"),
    [
        ("restart web", "U0ALICE", "yes, on local: by rule all"),
        ("restart web", "U0BOB", "yes, on local: by rule front"),
        ("stop web", "U0BOB", "no, on local:"),
        ("run -d tomcat:9.0", "U0ALICE", "yes, on local: by rule all"),
        ("run -d tomcat:9.0", "U0BOB", "no, on local:"),
        ("ps", "U0DAVE", "no, on local:"),
        ("help", "U0DAVE", "yes: anybody may ask that."),
        ("rm -f web", "U0ALICE", "yes, on local: by rule all"),
    ],
)
async def test_answers(stage: Stage, docker: Docker, asked: str, by: str, answer: str) -> None:
    heard = await stage.types(f"can {asked}", by=by)
    assert answer in heard.words
    assert heard.private.outcome == "done"
    assert docker.changed == []


async def test_the_lines_to_add_are_enough(stage: Stage) -> None:
    heard = await stage.types("can stop web", by="U0DAVE")
    added = heard.words[heard.words.index("To allow it, add to permissions.yml:\n") :].partition("\n")[2]
    lines = added.partition("\n  - ")
    rule = f"  - {lines[2].partition(chr(10))[0]}\n"
    text = PERMISSIONS.replace(
        "rules:\n", f"  u0dave: {{users: [U0DAVE]}}\nchannels: {{c0inc: [C0INC]}}\nrules:\n{rule}"
    )
    stage.permissions.write_text(text)
    change = stage.desk.permissions.refresh()
    assert change and change.taken, change
    assert (await stage.types("stop web", by="U0DAVE")).said.outcome == "done"


async def test_on_each_host(three: Stage) -> None:
    heard = await three.types("can -H all restart web", by="U0BOB")
    assert "on one: by rule front" in heard.words
    heard = await three.types("-H lab can restart web")
    assert "yes, on two:" in heard.words and "yes, on three:" in heard.words and "on one" not in heard.words


@pytest.mark.parametrize("asked", ["stpo web", "stop --nosuch web", "stop"])
async def test_a_mistake_in_what_is_asked(stage: Stage, asked: str) -> None:
    assert (await stage.types(f"can {asked}")).private.outcome == "failed"

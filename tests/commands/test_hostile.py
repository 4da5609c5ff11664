"""Whatever a daemon, an image or a person says, nothing in an answer mentions, links, formats or hides.

`Heard` holds every answer to it (`tests/blocks/reading.py`); here it is tried with texts that want otherwise.
"""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.blocks.reply import Block, Reply
from bot.blocks.rich import rich, section
from bot.commands.catalogue import COMMANDS
from bot.commands.command import Command
from bot.gate.plan import Plan
from bot.grammar.parse import parse
from bot.grammar.quote import quote
from bot.policy.terms import Act, Target
from tests.blocks.reading import check_reply
from tests.commands.docker import CACHE, MADE, RECORDED, WEB, Docker, frame
from tests.commands.hostile import HOSTILE, IDS, RESULTS, TEXT, poisoned
from tests.commands.stage import Stage
from tests.commands.wire import Answer

LINES = ["ps -a", "images", "inspect web", "inspect tomcat:9.0", "logs web", "version", "info", "start cache"]
LINES += [
    "stop web",
    "restart web",
    "kill web",
    "rm cache",
    "rmi busybox:1",
    "tag busybox:1 x:1",
    "pull nginx",
]
LINES += ["push tomcat:9.0", "create tomcat:9.0", "run -d tomcat:9.0", "run tomcat:9.0", "hosts"]


@pytest.mark.parametrize("poison", HOSTILE, ids=IDS)
async def test_a_daemon_that_answers_so(stage: Stage, docker: Docker, poison: str) -> None:
    bodies = {"version": "version", "info": "info", "containers/json": "list", "images/json": "images"}
    bodies |= {f"containers/{id_}/json": "running" for id_ in (WEB, CACHE)}
    for path, body in bodies.items():
        docker.answers[f"GET /{path}"] = [Answer(200, poisoned(RECORDED[body]["body"], poison))]
    docker.logs = frame(poison) + frame(poison, 2)
    docker.answers["POST /images/create"] = [Answer(200, json.dumps({"status": poison, "id": poison}) + "\n")]
    for line in LINES:
        await stage.types(line)
        await stage.types(line, full=True)


@pytest.mark.parametrize("poison", HOSTILE, ids=IDS)
async def test_a_daemon_that_refuses_so(stage: Stage, docker: Docker, poison: str) -> None:
    refused = [f"GET /{each}" for each in ("version", "info", "containers/json", "images/json")]
    refused += [f"POST /containers/{id_}/{act}" for id_ in (WEB, CACHE, MADE) for act in ("start", "stop")]
    refused += [f"POST /containers/{WEB}/{act}" for act in ("restart", "kill")]
    refused += [f"DELETE /containers/{CACHE}", f"GET /containers/{WEB}/logs", "DELETE /images/busybox:1"]
    refused += ["POST /images/create", "POST /images/tomcat:9.0/push", "POST /images/busybox:1/tag"]
    docker.answers = {each: [Answer(500, {"message": poison})] for each in refused}
    outcomes = {(await stage.types(line)).reply.outcome for line in LINES}
    assert outcomes == {"done", "failed"}


@pytest.mark.parametrize("poison", HOSTILE, ids=IDS)
@pytest.mark.parametrize("by", ["U0ALICE", "U0DAVE"])
async def test_somebody_who_types_so(stage: Stage, docker: Docker, poison: str, by: str) -> None:
    word = quote(poison.replace("\n", " ").replace("\r", " "))
    for line in (
        "stop X",
        "X",
        "ps --X",
        "ps -f X",
        "ps --format X",
        "-H X ps",
        "help X",
        "can stop X",
        "run -d X",
    ):
        await stage.types(line.replace("X", word), by=by)
    await stage.types(f"create --name web2 -e A={word} tomcat:9.0 sh -c {word}", by=by)
    await stage.types(poison, by=by)


def test_the_poison_is_found_where_it_works() -> None:
    """The reader of replies sees each of these texts, were it let through."""
    broken: list[Block] = [
        rich(section({"type": "text", "text": "\u202e"})),
        rich(section({"type": "user", "user_id": "U0BOB"})),
        rich(section({"type": "link", "url": "https://evil.example"})),
        rich(section({"type": "broadcast", "range": "channel"})),
        {"type": "section", "text": {"type": "mrkdwn", "text": "<!channel>"}},
    ]
    for block in broken:
        with pytest.raises(AssertionError):
            check_reply(Reply("ok", [block], by="U0ALICE"))


GRAMMARS = {name: command.grammar for name, command in COMMANDS.items()}
LINE = {name: name for name in ("ps", "images", "info", "version")} | {"tag": "tag tomcat:9.0 x:1"}
DOCKERS = [name for name, command in COMMANDS.items() if isinstance(command, Command)]


def test_every_renderer_is_tried() -> None:
    assert sorted(RESULTS) == sorted(DOCKERS)


@pytest.mark.parametrize("name", DOCKERS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False)
@given(data=st.data())
def test_every_renderer(name: str, data: st.DataObject) -> None:
    command = COMMANDS[name]
    assert isinstance(command, Command)
    line = parse(LINE.get(name, f"{name} tomcat:9.0"), GRAMMARS)
    target = Target("container", WEB, (data.draw(TEXT),), data.draw(TEXT))
    plan = Plan(line, "local", (Act(name, target),))
    check_reply(command.render(plan, data.draw(RESULTS[name])))

"""docker create: make a container from an image without starting it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.blocks.card import headline, note
from bot.blocks.reply import Block, Button, Reply
from bot.commands.command import Command
from bot.commands.look import Look
from bot.commands.pull import fetch
from bot.commands.references import reference
from bot.commands.running import Running
from bot.commands.steps import Now, here, look_again, said, verdict
from bot.commands.targets import canonical
from bot.engine.daemon import Daemon
from bot.engine.types import Container
from bot.gate.plan import Plan
from bot.grammar.create import CREATE_FLAGS, NAME, PLATFORM, PULL, create_body
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.policy.terms import Act, Target

GRAMMAR = Grammar(
    name="create",
    aliases=("container create",),
    synopsis="[OPTIONS] IMAGE [COMMAND] [ARG...]",
    summary="Create a new container",
    flags=CREATE_FLAGS,
    least=1,
    most=None,
    interspersed=False,
    examples=(
        "create -p 9090:8080 --name web tomcat:9.0",
        "create --restart always -m 512m --name cache redis",
    ),
    changes=True,
)


@dataclass(frozen=True)
class Created:
    """What was made: its id, the container as it was seen then, the daemon's warnings, the image pulled for it."""

    id: str
    name: str
    now: Now
    warnings: tuple[str, ...]
    pulled: str


async def plan_create(line: Line, look: Look, *more: str) -> Plan:
    """`create` of the container to be, the verbs of `more` on it, and `pull` where the image is missing."""
    image = line.args[0]
    body = create_body(line, api=spoken(await look.reader.api_version()))
    known = await look.known_image(image)
    wanted = target(line, body, known)
    acts = [Act(verb, wanted) for verb in ("create", *more)]
    if line[PULL] == "always" or (line[PULL] != "never" and known is None):
        pulled = reference(line, 0, tag=True)
        acts.insert(0, Act("pull", Target("image", "", (pulled.familiar,), pulled.canonical)))
    return Plan(line, look.name, tuple(acts))


def spoken(version: str) -> tuple[int, int]:
    """An API version as numbers: `1.41` is (1, 41)."""
    major, _, minor = version.partition(".")
    return int(major), int(minor)


def target(line: Line, body: Mapping[str, Any], known: Target | None) -> Target:
    """The container to be, as a rule sees it. An image named by its id counts under the name it bears."""
    names = (line[NAME],) if line[NAME] else ()
    word = line.args[0]
    by_id = known is not None and known.id.removeprefix("sha256:").startswith(word.removeprefix("sha256:"))
    image = known.image or known.id if known and by_id else canonical(word)
    return Target("container", "", names, image, body.get("Labels") or {})


async def make(daemon: Daemon, plan: Plan, running: Running) -> Created:
    """Create it, pulling first where the plan says so, and look at it.

    Raises the engine's errors while nothing is made; an image that went missing since the plan was judged is
    not pulled.
    """
    line, pulled = plan.line, ""
    if "pull" in plan.verbs:
        wanted = reference(line, 0, tag=True)
        await fetch(daemon, plan, wanted, running, platform=line[PLATFORM])
        pulled = wanted.familiar
    body = create_body(line, api=spoken(await daemon.api_version()))
    made = await daemon.create(body, name=line[NAME], platform=line[PLATFORM])
    now = await look_again(daemon, made.id)
    name = now.name.removeprefix("/") if isinstance(now, Container) else line[NAME] or made.id[:12]
    return Created(made.id, name, now, tuple(made.warnings), pulled)


async def _plan(line: Line, look: Look) -> Plan:
    return await plan_create(line, look)


def _render(plan: Plan, created: Created) -> Reply:
    words, short = f"created {created.name} on {plan.host}", created.id[:12]
    outcome = verdict(created.now, lambda _: True)
    return Reply(
        text=f"{words}: {said(created.now)}",
        blocks=[headline(outcome, words + ":", about(plan, created, created.now)), *asides(created)],
        buttons=here(
            plan,
            [
                Button("Start", f"start {short}", style="primary"),
                Button("Remove", f"rm {short}", style="danger"),
            ],
        ),
        outcome=outcome,
        objects=[created.id],
    )


def about(plan: Plan, created: Created, now: Now) -> str:
    """State, image and short id in a few words."""
    return f"{said(now)}, from {plan.line.args[0]}, id {created.id[:12]}"


def asides(created: Created) -> list[Block]:
    """What was pulled on the way, and the daemon's warnings."""
    pulled = [note(f"Pulled {created.pulled} first: it was not on the host.")] if created.pulled else []
    return pulled + [note(f"The daemon warns: {warning}") for warning in created.warnings]


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=make, render=_render)

"""docker tag: give an image another name."""

from dataclasses import dataclass

from bot.blocks.card import headline
from bot.blocks.reply import Button, Reply
from bot.commands.command import Command
from bot.commands.look import Look
from bot.commands.references import reference
from bot.commands.running import Running
from bot.commands.targets import of_reference
from bot.engine.daemon import Daemon
from bot.gate.plan import Plan
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.policy.terms import Act

GRAMMAR = Grammar(
    name="tag",
    aliases=("image tag",),
    synopsis="SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
    summary="Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
    flags=(),
    least=2,
    most=2,
    examples=("tag tomcat:9.0 registry.acme.example/tomcat:9.0",),
    changes=True,
)


@dataclass(frozen=True)
class Tagged:
    """The new name, and the id of the image that now has it, empty where that is not so."""

    name: str
    id: str


async def _plan(line: Line, look: Look) -> Plan:
    source = await look.image(line, 0)
    wanted = of_reference(reference(line, 1, tag=True).familiar)
    # Judged on both names: a tag may not carry an image into a pattern its source is not in.
    return Plan(line, look.name, (Act("tag", source), Act("tag", wanted)))


async def _run(daemon: Daemon, plan: Plan, _: Running) -> Tagged:
    source, wanted = plan.targets[0], reference(plan.line, 1, tag=True)
    await daemon.tag_image(source.id, repo=wanted.name, tag=wanted.tag or "latest")
    return Tagged(wanted.familiar, (await daemon.image(wanted.familiar)).id)


def _render(plan: Plan, tagged: Tagged) -> Reply:
    same = tagged.id == plan.targets[0].id
    words = f"tagged {plan.line.args[0]} as {tagged.name} on {plan.host}"
    return Reply(
        text=f"{words}: {tagged.id[7:19]}",
        blocks=[headline("done" if same else "failed", words, tagged.id[7:19])],
        buttons=[Button("Push", f"-H {plan.host} push {tagged.name}")],
        outcome="done" if same else "failed",
    )


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)

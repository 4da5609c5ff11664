"""docker rmi: remove images, or one of their names."""

import asyncio
from dataclasses import dataclass

from bot.blocks.card import headline
from bot.blocks.reply import Block, Outcome, Reply
from bot.blocks.rich import preformatted, rich
from bot.commands.answers import combined
from bot.commands.command import Command
from bot.commands.look import Look
from bot.commands.running import Running
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, Unknown
from bot.engine.types import RemovedImage
from bot.gate.plan import Plan
from bot.grammar.flags import switch
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.policy.terms import Act, Target

FORCE = switch("force", "f", help="Force removal of the image")
NO_PRUNE = switch("no-prune", help="Do not delete untagged parents")

GRAMMAR = Grammar(
    name="rmi",
    aliases=("image rm", "image remove"),
    synopsis="[OPTIONS] IMAGE [IMAGE...]",
    summary="Remove one or more images",
    flags=(FORCE, NO_PRUNE),
    least=1,
    most=None,
    examples=("rmi tomcat:9.0", "rmi -f registry.acme.example/tomcat:9.0"),
    changes=True,
)


@dataclass(frozen=True)
class Gone:
    """What the daemon removed for one argument, or its own words why not."""

    name: str
    outcome: Outcome
    removed: tuple[RemovedImage, ...] = ()
    words: str = ""


async def _plan(line: Line, look: Look) -> Plan:
    targets = await asyncio.gather(*(look.image(line, index) for index in range(len(line.args))))
    return Plan(line, look.name, tuple(Act("rmi", target) for target in targets))


async def _run(daemon: Daemon, plan: Plan, _: Running) -> tuple[Gone, ...]:
    # One after the other: images share layers, and the second removal may depend on the first.
    asked = zip(plan.line.args, plan.acts, strict=True)
    return tuple([await _remove(daemon, plan.line, name, act.target) for name, act in asked])


async def _remove(daemon: Daemon, line: Line, name: str, judged: Target | None) -> Gone:
    """Remove it by the name that was typed (which may be one of several), if it still means what was judged."""
    try:
        if judged is None or (await daemon.image(name)).id != judged.id:
            return Gone(name, "failed", words="it names another image now: look again")
        removed = await daemon.remove_image(name, force=line[FORCE], noprune=line[NO_PRUNE])
    except Unknown as error:
        return Gone(name, "unknown", words=str(error))
    except EngineError as error:
        return Gone(name, "failed", words=error.message)
    return Gone(name, "done", tuple(removed))


def _render(plan: Plan, gone: tuple[Gone, ...]) -> Reply:
    blocks: list[Block] = []
    for each in gone:
        if each.outcome == "done":
            blocks.append(headline("done", f"removed {each.name} on {plan.host}"))
            blocks.append(rich(preformatted("\n".join(_cli_line(row) for row in each.removed))))
        else:
            blocks.append(headline(each.outcome, f"could not remove {each.name} on {plan.host}:", each.words))
    outcome = combined([each.outcome for each in gone])
    names = ", ".join(each.name for each in gone if each.outcome == "done")
    failed = "; ".join(
        f"could not remove {each.name}: {each.words}" for each in gone if each.outcome != "done"
    )
    text = "; ".join(part for part in (f"removed {names} on {plan.host}" if names else "", failed) if part)
    return Reply(text=text, blocks=blocks, outcome=outcome)


def _cli_line(row: RemovedImage) -> str:
    return f"Untagged: {row.untagged}" if row.untagged else f"Deleted: {row.deleted}"


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)

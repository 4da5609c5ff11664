"""docker push: send an image to its registry, showing how far it is."""

from bot.blocks.card import headline
from bot.blocks.reply import Block, Reply
from bot.blocks.rich import preformatted, rich
from bot.commands.command import Command
from bot.commands.look import Look
from bot.commands.references import reference
from bot.commands.running import Running
from bot.commands.transfer import Transfer, follow, moving
from bot.engine.daemon import Daemon
from bot.engine.errors import Refused
from bot.gate.plan import Plan
from bot.grammar.flags import switch
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.policy.terms import Act, Target
from bot.reference import Reference

ALL_TAGS = switch("all-tags", "a", help="Push all tags of an image to the repository")
QUIET = switch("quiet", "q", help="Suppress verbose output")

GRAMMAR = Grammar(
    name="push",
    aliases=("image push",),
    synopsis="[OPTIONS] NAME[:TAG]",
    summary="Upload an image to a registry",
    flags=(ALL_TAGS, QUIET),
    least=1,
    most=1,
    examples=("push registry.acme.example/shop/web:1.4",),
    changes=True,
)


async def _plan(line: Line, look: Look) -> Plan:
    reference(line, 0)
    if line[ALL_TAGS]:
        return Plan(line, look.name, tuple(Act("push", each) for each in await look.tags_of(line, 0)))
    return Plan(line, look.name, (Act("push", await look.image(line, 0)),))


async def _run(daemon: Daemon, plan: Plan, running: Running) -> Transfer:
    """Push what was judged, tag by tag: the daemon's own "all tags" would send those that were not."""
    transfer = Transfer()
    for act in plan.acts:
        if act.target:
            await _push(daemon, plan, act.target, running, transfer)
    return transfer


async def _push(daemon: Daemon, plan: Plan, judged: Target, running: Running, transfer: Transfer) -> None:
    tag = judged.names[0] if plan.line[ALL_TAGS] else plan.line.args[0]
    wanted = Reference.parse(tag).with_latest
    if (await daemon.image(wanted.familiar)).id != judged.id:
        raise Refused(daemon.host, f"push {tag}", "the name means another image now: look again", 409)
    messages = daemon.push(wanted.name, tag=wanted.tag, auth=running.auth(wanted.domain))
    await follow(messages, running.show, lambda so_far: moving("pushing", tag, plan.host, so_far), transfer)


def _render(plan: Plan, transfer: Transfer) -> Reply:
    words = f"pushed {reference(plan.line, 0, tag=not plan.line[ALL_TAGS]).familiar} from {plan.host}"
    there = sum(layer.mounted or layer.status == "Layer already exists" for layer in transfer.layers.values())
    count = len(transfer.layers)
    evidence = f"{count - there} of {count} layers sent" if there < count else "all layers were there already"
    # The daemon's last line: `9.0: digest: sha256:… size: 1234`.
    digests = [line for line in transfer.lines if "digest: sha256:" in line]
    blocks: list[Block] = [headline("done", words + ":", evidence)]
    if digests and not plan.line[QUIET]:
        blocks.append(rich(preformatted("\n".join(digests))))
    return Reply(text=f"{words}: {evidence}", blocks=blocks)


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)

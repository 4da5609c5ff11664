"""docker pull: fetch an image, showing how far it is, and end with what really happened."""

from dataclasses import dataclass

from bot.blocks.card import headline
from bot.blocks.reply import Block, Button, Reply
from bot.blocks.rich import preformatted, rich
from bot.commands.command import Command
from bot.commands.listing import count
from bot.commands.look import Look
from bot.commands.references import reference
from bot.commands.running import Running
from bot.commands.targets import of_reference
from bot.commands.transfer import Transfer, follow, moving
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError
from bot.engine.types import Image
from bot.format.units import human_size
from bot.gate.plan import Plan
from bot.grammar.flags import switch, text
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.policy.terms import Act
from bot.reference import Reference

ALL_TAGS = switch("all-tags", "a", help="Download all tagged images in the repository")
PLATFORM = text("platform", help="Set platform if server is multi-platform capable")
QUIET = switch("quiet", "q", help="Suppress verbose output")

GRAMMAR = Grammar(
    name="pull",
    aliases=("image pull",),
    synopsis="[OPTIONS] NAME[:TAG|@DIGEST]",
    summary="Download an image from a registry",
    flags=(ALL_TAGS, PLATFORM, QUIET),
    least=1,
    most=1,
    examples=("pull tomcat:9.0", "pull registry.acme.example/shop/web:1.4", "-H prod-1 pull nginx"),
    changes=True,
)


@dataclass(frozen=True)
class Pulled:
    """What came, and the image as the host has it now."""

    transfer: Transfer
    image: Image | None


async def _plan(line: Line, look: Look) -> Plan:
    wanted = reference(line, 0, tag=not line[ALL_TAGS])
    return Plan(line, look.name, (Act("pull", of_reference(wanted.familiar)),))


async def _run(daemon: Daemon, plan: Plan, running: Running) -> Pulled:
    wanted = reference(plan.line, 0, tag=not plan.line[ALL_TAGS])
    return await fetch(daemon, plan, wanted, running, platform=plan.line[PLATFORM])


async def fetch(daemon: Daemon, plan: Plan, wanted: Reference, running: Running, *, platform: str) -> Pulled:
    """Pull it and look at what the host has then. Raises the engine's errors."""
    messages = daemon.pull(
        wanted.name, tag=wanted.digest or wanted.tag, platform=platform, auth=running.auth(wanted.domain)
    )
    transfer = Transfer()
    await follow(
        messages,
        running.show,
        lambda so_far: moving("pulling", wanted.familiar, plan.host, so_far),
        transfer,
    )
    single = wanted.digest or wanted.tag
    return Pulled(transfer, await _look(daemon, wanted.familiar) if single else None)


async def _look(daemon: Daemon, name: str) -> Image | None:
    """The image as the host has it now. None where it can't be looked at: the stream has said that it is there."""
    try:
        return await daemon.image(name)
    except EngineError:
        return None


def _render(plan: Plan, pulled: Pulled) -> Reply:
    name = reference(plan.line, 0, tag=not plan.line[ALL_TAGS]).familiar
    words = f"pulled {name} on {plan.host}"
    ended = ending(pulled)
    blocks: list[Block] = [headline("done", words + ":", ended)]
    if pulled.transfer.line("Digest: ") and not plan.line[QUIET]:
        blocks.append(rich(preformatted(pulled.transfer.line("Digest: "))))
    return Reply(
        text=f"{words}: {ended}",
        blocks=blocks,
        buttons=[Button("Images", f"-H {plan.host} images")],
        objects=[pulled.image.id] if pulled.image else (),
    )


def ending(pulled: Pulled) -> str:
    """`already up to date, 470MB`, or `5 layers, 470MB`."""
    current = pulled.transfer.line("Status: ").startswith("Image is up to date")
    size = human_size(pulled.image.size) if pulled.image else ""
    layers = len(pulled.transfer.layers)
    there = "all layers were here already"
    what = "already up to date" if current else count(layers, "layer") if layers else there
    return ", ".join(part for part in (what, size) if part)


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)

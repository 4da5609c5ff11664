"""docker images: list images, as far as the asker may see them."""

from dataclasses import dataclass

from bot.blocks.reply import Reply
from bot.commands.command import Command
from bot.commands.listing import checked, count, listed
from bot.commands.look import Look
from bot.commands.running import Running
from bot.commands.targets import of_tags
from bot.engine.daemon import Daemon
from bot.engine.types import ImageSummary
from bot.format.images import image_format, image_list, image_rows
from bot.format.listing import Format
from bot.gate.plan import Plan
from bot.grammar.flags import FILTER as FILTERS
from bot.grammar.flags import many, switch, text
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.values.filters import filters
from bot.policy.terms import Act

ALL = switch("all", "a", help="Show all images (default hides intermediate images)")
DIGESTS = switch("digests", help="Show digests")
FILTER = many("filter", "f", value=FILTERS, help="Filter output based on conditions provided")
FORMAT = text("format", help="Format output: table, table TEMPLATE, json, or a Go template")
NO_TRUNC = switch("no-trunc", help="Don't truncate output")
QUIET = switch("quiet", "q", help="Only show image IDs")

GRAMMAR = Grammar(
    name="images",
    aliases=("image ls", "image list"),
    synopsis="[OPTIONS] [REPOSITORY[:TAG]]",
    summary="List images",
    flags=(ALL, DIGESTS, FILTER, FORMAT, NO_TRUNC, QUIET),
    least=0,
    most=1,
    examples=("images", "images tomcat", "images -f dangling=true --format '{{.ID}} {{.Size}}'"),
    changes=False,
)


@dataclass(frozen=True)
class Listed:
    """The rows the asker may see, at a moment (UTC epoch seconds)."""

    images: list[ImageSummary]
    now: float
    full: bool


async def _plan(line: Line, look: Look) -> Plan:
    checked(line, FORMAT, lambda: _format(line))
    await look.check_filters(line, FILTER, "image")
    return Plan(line, look.name, (Act("images", listing=True),))


async def _run(daemon: Daemon, plan: Plan, running: Running) -> Listed:
    line = plan.line
    asked = filters(line[FILTER])
    if line.args:
        asked["reference"] = [*asked.get("reference", ()), line.args[0]]
    found = await daemon.images(all=line[ALL], filters=asked)
    rows = [
        each
        for each in found
        if running.sees("images", of_tags(each.id, each.repo_tags or each.repo_digests))
    ]
    return Listed(rows, running.now(), running.full)


def _format(line: Line) -> Format:
    return image_format(line[FORMAT], quiet=line[QUIET], digests=line[DIGESTS])


def _render(plan: Plan, found: Listed) -> Reply:
    line, digests = plan.line, plan.line[DIGESTS]
    rows = sum(1 for image in found.images for _ in image_rows(image, digests=digests))
    return listed(
        plan,
        f"{count(rows, 'image')} on {plan.host}",
        lambda: image_list(
            found.images, _format(line), no_trunc=line[NO_TRUNC], digests=digests, now=found.now
        ),
        full=found.full,
    )


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)

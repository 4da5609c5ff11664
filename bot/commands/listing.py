"""Output as the CLI prints it: a table cut for a phone, or plain lines; the rest as a file."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.blocks.card import headline, note, title
from bot.blocks.reply import Block, Button, File, Reply
from bot.blocks.rich import preformatted, rich
from bot.format.phone import phone_text
from bot.format.table import Table, cli_text
from bot.format.template import TemplateError
from bot.gate.plan import Plan
from bot.grammar.flags import Flag
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake

MOST_LINES = 40
MOST_CHARACTERS = 3500

T = TypeVar("T")


def checked(line: Line, flag: Flag[Any], make: Callable[[], T]) -> T:
    """What a format flag means. Raises Mistake at its value where it is no template."""
    try:
        return make()
    except TemplateError as error:
        raise Mistake.at_flag(line, flag, str(error), "Say --format table, json, or '{{.Name}}'.") from None


def listed(plan: Plan, words: str, output: Callable[[], Table | str], *, full: bool) -> Reply:
    """A table, or the lines that a format made of it, under a headline: `3 containers on local`."""
    try:
        made = output()
    except TemplateError as error:
        headed = headline("failed", f"{words}:", str(error))
        return Reply(text=f"{words}: {error}", blocks=[headed], outcome="failed")
    if isinstance(made, str):
        return printed(plan, words, made, full=full)
    if full:
        return in_file(plan, words, cli_text(made))
    blocks: list[Block] = [title(words)]
    buttons: list[Button] = []
    if made.rows:
        shown = phone_text(made, rows=MOST_LINES)
        blocks.append(rich(preformatted(shown.text)))
        buttons += [] if shown.complete else [show_all(plan)]
    return Reply(text=f"looked at {words}", blocks=blocks, buttons=buttons)


def printed(plan: Plan, words: str, output: str, *, full: bool) -> Reply:
    """Plain output under a headline; "Show all" where it does not fit."""
    if not output.strip():
        return Reply(text=f"looked at {words}", blocks=[title(words), note("(no output)")])
    if full:
        return in_file(plan, words, output)
    shown = "\n".join(output.splitlines()[:MOST_LINES])[:MOST_CHARACTERS]
    cut = len(shown) < len(output.rstrip("\n"))
    return Reply(
        text=f"looked at {words}",
        blocks=[title(words), rich(preformatted(shown))],
        buttons=[show_all(plan)] if cut else (),
    )


def in_file(plan: Plan, words: str, output: str) -> Reply:
    """All of the output as a file."""
    name = f"{plan.line.grammar.name}-{plan.host}.txt"
    return Reply(
        text=f"looked at {words}",
        blocks=[title(words), note(f"All of it is in {name}.")],
        files=[File(name, output.encode(), f"docker {plan.line.shown}")],
    )


def show_all(plan: Plan) -> Button:
    """The button that asks for the same line again, whole, as a file."""
    return Button("Show all", plan.line.for_host([plan.host]).canonical, action="show", full=True)


def count(number: int, what: str) -> str:
    """`1 container`, `3 containers`."""
    return f"{number} {what}{'s' if number != 1 else ''}"

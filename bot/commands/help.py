"""help: what one can type, by example."""

from collections.abc import Iterable

from bot.blocks.reply import Button, Reply
from bot.blocks.rich import bold, code, preformatted, rich, section, text
from bot.commands.asker import Asker
from bot.commands.command import Own
from bot.commands.listing import count
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.nearest import nearest

GRAMMAR = Grammar(
    name="help",
    aliases=(),
    synopsis="[COMMAND]",
    summary="Show what can be typed, or one command's examples and flags",
    flags=(),
    least=0,
    most=2,
    examples=("help", "help run"),
    changes=False,
)


async def _answer(line: Line, asker: Asker) -> Reply:
    grammars = [command.grammar for command in asker.commands.values()]
    if not line.args:
        return overview(grammars)
    wanted = " ".join(line.args)
    for grammar in grammars:
        if wanted in (grammar.name, *grammar.aliases):
            return help_reply(grammar, full=asker.request.full)
    near = nearest(wanted, [grammar.name for grammar in grammars])
    raise Mistake.at(
        line, 0, f"there is no command {wanted}", f"Did you mean {near}?" if near else "See /docker help."
    )


def overview(grammars: Iterable[Grammar]) -> Reply:
    """All commands, a line each, the ones that change something marked."""
    listed = sorted(grammars, key=lambda each: each.name)
    width = max(len(each.name) for each in listed)
    rows = "\n".join(f"{each.name:{width}}  {each.summary}" for each in listed)
    return Reply(
        text="what can be typed",
        blocks=[
            rich(
                section(text("Type "), code("/docker COMMAND"), text(" as you would type it in a shell.")),
                preformatted(rows),
                section(
                    code("-H NAME|TAG|GLOB|all"),
                    text(" chooses hosts, "),
                    code("--me"),
                    text(" shows a read to you alone, "),
                    code("/docker help run"),
                    text(" explains one command."),
                ),
            )
        ],
    )


def help_reply(grammar: Grammar, *, full: bool = False) -> Reply:
    """One command on one screen: synopsis, examples, the flags people use; the rest behind "Show all"."""
    flags = flag_lines(grammar, full=full)
    left_out = len(flag_lines(grammar, full=True)) - len(flags)
    parts = [
        section(bold(f"docker {grammar.usage}"), text(f"\n{grammar.summary}")),
        preformatted("\n".join(f"/docker {example}" for example in grammar.examples)),
        *(preformatted("\n".join(flags[start : start + 40])) for start in range(0, len(flags), 40)),
    ]
    if left_out:
        parts.append(section(text(f"and {count(left_out, 'flag')} more")))
    return Reply(
        text=f"docker {grammar.name}: {grammar.summary}",
        blocks=[rich(*parts)],
        buttons=[Button("Show all", f"help {grammar.name}", action="show", full=True)] if left_out else (),
    )


FEW = 16


def flag_lines(grammar: Grammar, *, full: bool) -> list[str]:
    """The flags that work here, a line each as the CLI's help shows them.

    Of many, only those with a letter or in an example, unless all are asked for.
    """
    flags = [flag for flag in grammar.flags if not flag.refused]
    if len(flags) > FEW and not full:
        flags = [
            flag
            for flag in flags
            if flag.short or any(f"--{flag.name}" in example for example in grammar.examples)
        ]
    spelt = [
        f"{f'-{flag.short}, ' if flag.short else '    '}--{flag.name} {flag.value.kind}".rstrip()
        for flag in flags
    ]
    width = max((len(each) for each in spelt), default=0)
    return [f"{each:{width}}  {flag.help}" for each, flag in zip(spelt, flags, strict=True)]


COMMAND = Own(grammar=GRAMMAR, answer=_answer)

"""can: whether a command would be allowed, by which rule, and what to add where it would not."""

import shlex

from bot.blocks.card import headline
from bot.blocks.reply import Block, Reply
from bot.commands.answers import denied
from bot.commands.asker import Asker
from bot.commands.command import Command, Own
from bot.commands.planning import Ready, plan_on
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.parse import parse

GRAMMAR = Grammar(
    name="can",
    aliases=(),
    synopsis="COMMAND [ARG...]",
    summary="Say whether you may do that here, and why",
    flags=(),
    least=1,
    most=None,
    interspersed=False,
    examples=("can restart web", "can run -d tomcat:9.0"),
    changes=False,
)


async def _answer(line: Line, asker: Asker) -> Reply:
    grammars = {name: command.grammar for name, command in asker.commands.items()}
    asked = parse(shlex.join(line.args), grammars)
    command = asker.commands[asked.grammar.name]
    if not isinstance(command, Command):
        return Reply(
            text=f"yes: anybody may ask {asked.shown}",
            blocks=[headline("done", "yes:", "anybody may ask that.")],
        )
    hosts = asker.choose(asked.hosts or line.hosts)
    blocks: list[Block] = []
    answers: list[str] = []
    for host in hosts:
        found = await plan_on(command, asked, host, asker)
        if isinstance(found, Ready):
            answers.append(f"yes, on {host.name}")
            blocks.append(headline("done", f"yes, on {host.name}:", f"by rule {found.rule}"))
        elif found.why:
            answers.append(f"no, on {host.name}")
            blocks += denied(f"no, on {host.name}:", found.why)
        else:
            answers.append(found.reply.text)
            blocks += found.reply.blocks
    return Reply(text=f"{asked.shown}: {'; '.join(answers)}", blocks=blocks)


COMMAND = Own(grammar=GRAMMAR, answer=_answer)

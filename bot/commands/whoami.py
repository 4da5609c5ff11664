"""whoami: your ids and groups, and what you may do here."""

from bot.blocks.card import note, title
from bot.blocks.reply import Reply
from bot.blocks.rich import preformatted, rich
from bot.commands.asker import Asker
from bot.commands.command import Own
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.policy.explain import first_lines, grants

GRAMMAR = Grammar(
    name="whoami",
    aliases=(),
    synopsis="",
    summary="Show your ids and groups, and what you may do here",
    flags=(),
    least=0,
    most=0,
    examples=("whoami",),
    changes=False,
)


async def _answer(line: Line, asker: Asker) -> Reply:
    person = asker.person
    hosts = asker.choose(line.hosts)
    ids = [
        f"user     {person.user}",
        f"team     {person.team}",
        f"channel  {asker.request.channel}",
        f"groups   {_groups(person.groups)}",
        f"member   {_member(person.member)}",
    ]
    may = [
        f"{host.name}: {grant}" for host in hosts for grant in grants(asker.policy, person, asker.place(host))
    ]
    blocks = [title("You are"), rich(preformatted("\n".join(ids)))]
    if may:
        blocks += [title("Here you may"), rich(preformatted("\n".join(may)))]
    else:
        blocks += [
            note("Here you may do nothing yet. Whoever looks after permissions.yml can add these lines:"),
            rich(preformatted(first_lines(person, asker.place(hosts[0])))),
        ]
    return Reply(text=f"you are {person.user} of {person.team}", blocks=blocks)


def _groups(groups: frozenset[str] | None) -> str:
    if groups is None:
        return "unknown: Slack did not say"
    return ", ".join(sorted(groups)) or "none that a rule names"


def _member(member: bool | None) -> str:
    if member is None:
        return "unknown: Slack did not say"
    return "yes" if member else "no (a guest, or from elsewhere)"


COMMAND = Own(grammar=GRAMMAR, answer=_answer)

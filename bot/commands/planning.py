"""From a line to what may be done on one host: looked up through the asker's eyes, then judged."""

from dataclasses import dataclass
from typing import Any

from bot.blocks.reply import Reply
from bot.commands.answers import denial_reply, error_reply, mistake_reply
from bot.commands.asker import Asker
from bot.commands.command import Command
from bot.commands.look import Look
from bot.engine.errors import EngineError
from bot.gate.judge import judge
from bot.gate.plan import Plan
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.hosts.hosts import Host
from bot.policy.evaluate import Denied
from bot.policy.explain import explain
from bot.policy.terms import Act
from bot.policy.verbs import FALLS_ON, MAKES, VISIBILITY


@dataclass(frozen=True)
class Ready:
    """A plan that is allowed, by `rule`, on its host."""

    host: Host
    plan: Plan
    rule: str


@dataclass(frozen=True)
class Refusal:
    """Why nothing is asked of a host. `private`: it concerns the asker alone (a mistake, a denial).

    `why` explains a denial, in lines.
    """

    host: Host
    reply: Reply
    private: bool
    why: str = ""


def _needed(command: Command[Any]) -> list[str]:
    """The command's verbs, and those that show what they fall on: what may not be seen may not be touched.

    What is made by the command need not be seen before.
    """
    if any(verb in MAKES for verb in command.needs):
        return list(command.needs)
    shown = [VISIBILITY[FALLS_ON[verb][0]] for verb in command.needs if len(FALLS_ON[verb]) == 1]
    return [*command.needs, *shown]


async def plan_on(command: Command[Any], line: Line, host: Host, asker: Asker) -> Ready | Refusal:
    """Plan a line on a host and judge it. The daemon is not even looked at where no rule allows the verb here."""
    rules = asker.rules(host)
    act, decision = judge(rules, [Act(verb, listing=True) for verb in _needed(command)])
    if not isinstance(decision, Denied):
        try:
            plan = await command.plan(line, Look(host.name, host.reader, rules))
        except Mistake as mistake:
            return Refusal(host, mistake_reply(mistake), private=True)
        except EngineError as error:
            return Refusal(host, error_reply(line, host.name, error, looking=True), private=False)
        act, decision = judge(rules, plan.acts)
        if not isinstance(decision, Denied):
            return Ready(host, plan, decision.rule)
    person, place = asker.person, asker.place(host)
    why = explain(decision, act, policy=asker.policy, person=person, place=place) if act else decision.reason
    why = why.removeprefix("No: ")
    return Refusal(host, denial_reply(line, why), private=True, why=why)

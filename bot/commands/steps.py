"""Acts on several containers at once: each ends by itself, and each is looked at again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.blocks.card import headline, note
from bot.blocks.reply import Block, Button, Outcome, Reply
from bot.commands.answers import combined
from bot.commands.look import Look
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, Refused, Unknown
from bot.engine.types import Container
from bot.format.ports import displayed_ports, published
from bot.gate.plan import Plan
from bot.grammar.line import Line
from bot.grammar.quote import quote
from bot.grammar.secrets import mask
from bot.policy.terms import Act, Target

Ask = Callable[[Target], Awaitable[bool | None]]
Wanted = Callable[[Container], bool]
Now = Container | EngineError | None


@dataclass(frozen=True)
class Step:
    """How it ended for one object: `says` is its state now, or the daemon's own words."""

    name: str
    id: str
    outcome: Outcome
    says: str
    already: bool = False


async def plan_containers(line: Line, look: Look) -> Plan:
    """The line's arguments as containers, under the verb that is the command's name."""
    targets = await asyncio.gather(*(look.container(line, index) for index in range(len(line.args))))
    return Plan(line, look.name, tuple(Act(line.grammar.name, target) for target in targets))


async def on_each(daemon: Daemon, plan: Plan, ask: Ask, wanted: Wanted) -> tuple[Step, ...]:
    """Ask for each target, then look whether it is as `wanted`. `ask` answers False for "already so"."""
    return tuple(await asyncio.gather(*(_attempt(daemon, each, ask, wanted) for each in plan.targets)))


async def _attempt(daemon: Daemon, target: Target, ask: Ask, wanted: Wanted) -> Step:
    name = target.names[0] if target.names else target.id[:12]
    try:
        did = await ask(target)
    except Unknown as error:
        seen = said(await look_again(daemon, target.id))
        return Step(name, target.id, "unknown", f"{mask(str(error))}. Now: {seen}")
    except EngineError as error:
        return Step(name, target.id, "failed", mask(error.message))
    now = await look_again(daemon, target.id)
    says = "" if now is None and wanted is removed else said(now)
    return Step(name, target.id, verdict(now, wanted), says, already=did is False)


async def look_again(daemon: Daemon, id_: str) -> Now:
    """The container as it is now, None where it is gone, the error where it can't be looked at."""
    try:
        return await daemon.container(id_)
    except Refused as error:
        return None if error.status == 404 else error
    except EngineError as error:
        return error


def verdict(now: Now, wanted: Wanted) -> Outcome:
    """Whether it is as wanted. What is gone was stopped or ended with --rm; what can't be looked at is unknown."""
    if isinstance(now, EngineError):
        return "unknown"
    return "done" if now is None or wanted(now) else "failed"


def said(now: Now) -> str:
    """What was seen, in a few words."""
    if isinstance(now, EngineError):
        return f"it could not be looked at: {mask(now.message)}"
    return state(now) if now else "it is gone"


_OVER = ("exited", "removing")


def removed(_: Container) -> bool:
    """Wanted gone: a container that is still there is not as wanted."""
    return False


def running(found: Container) -> bool:
    """Wanted running (and not again and again), or ended well by itself."""
    now = found.state
    return (now.running and not now.restarting) or (now.status in _OVER and now.exit_code == 0)


def stopped(found: Container) -> bool:
    """Wanted at rest."""
    return not found.state.running


def state(found: Container) -> str:
    """A container's state in a few words: `running, 0.0.0.0:9090->8080/tcp`, `exited (137), out of memory`."""
    now = found.state
    words = [f"exited ({now.exit_code})" if now.status == "exited" else now.status]
    if now.health and now.running:
        words.append(now.health.status)
    if now.oom_killed:
        words.append("out of memory")
    if now.error:
        words.append(now.error)
    ports = displayed_ports(published(found.network_settings.ports))
    return ", ".join(words + ([ports] if ports and now.running else []))


def render_steps(
    did: str, could_not: str, buttons: Callable[[str], Sequence[Button]]
) -> Callable[..., Reply]:
    """A renderer: `did` is the past tense (`started`), `could_not` the infinitive (`start`).

    `buttons` are made from the short id: pressed later, they mean this container or none.
    """

    def render(plan: Plan, steps: tuple[Step, ...]) -> Reply:
        outcome = combined([step.outcome for step in steps])
        following = buttons(steps[0].id[:12]) if len(steps) == 1 and outcome == "done" else ()
        sentences = [_sentence(step, did, could_not, plan.host) for step in steps]
        blocks: list[Block] = [headline(steps[0].outcome, *sentences[0])]
        blocks += [
            headline(step.outcome, *words) for step, words in zip(steps[1:], sentences[1:], strict=True)
        ]
        if outcome == "unknown":
            blocks.append(note("It is not known whether the daemon did it. Look before trying again."))
        return Reply(
            text="; ".join(" ".join(filter(None, words)) for words in sentences),
            blocks=blocks,
            buttons=here(plan, following),
            outcome=outcome,
        )

    return render


def here(plan: Plan, buttons: Sequence[Button]) -> list[Button]:
    """The buttons, for the plan's host."""
    return [replace(each, line=f"-H {quote(plan.host)} {each.line}") for each in buttons]


def _sentence(step: Step, did: str, could_not: str, host: str) -> tuple[str, str]:
    """The bold words and the evidence of one step."""
    if step.outcome == "unknown":
        return f"asked to {could_not} {step.name} on {host}, outcome unknown:", step.says
    if step.outcome == "failed":
        return f"could not {could_not} {step.name} on {host}:", step.says
    if step.already:
        return f"{step.name} on {host} was already {did}:", step.says
    return f"{did} {step.name} on {host}" + (":" if step.says else ""), step.says

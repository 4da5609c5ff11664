"""Acts on several containers at once: each ends by itself, and each is looked at again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.blocks.card import headline, note
from bot.blocks.reply import Block, Button, Outcome, Reply
from bot.commands.look import Look
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, Refused, Unknown
from bot.engine.types import Container
from bot.format.ports import displayed_ports, published
from bot.gate.plan import Plan
from bot.grammar.line import Line
from bot.grammar.secrets import mask
from bot.policy.terms import Act, Target

Ask = Callable[[Target], Awaitable[bool | None]]
Wanted = Callable[[Container], bool]


@dataclass(frozen=True)
class Step:
    """How it ended for one object: `says` is its state now, or the daemon's own words."""

    name: str
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
        return Step(name, "unknown", f"{mask(str(error))}. Now: {await _now(daemon, target)}")
    except EngineError as error:
        return Step(name, "failed", mask(error.message))
    try:
        found = await daemon.container(target.id)
    except Refused as error:
        if error.status == 404 and wanted is removed:
            return Step(name, "done", "")
        return Step(name, "unknown", error.message)
    return Step(name, "done" if wanted(found) else "failed", state(found), already=did is False)


async def _now(daemon: Daemon, target: Target) -> str:
    try:
        return state(await daemon.container(target.id))
    except EngineError as error:
        return error.message


def removed(_: Container) -> bool:
    """Wanted gone: a container that is still there is not as wanted."""
    return False


def running(found: Container) -> bool:
    """Wanted running, or ended well by itself."""
    return found.state.running or (found.state.status == "exited" and found.state.exit_code == 0)


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


def overall(steps: Sequence[Step]) -> Outcome:
    """All done is done; some done is partial; anything unknown makes the whole unknown."""
    outcomes = {step.outcome for step in steps}
    if "unknown" in outcomes:
        return "unknown"
    if outcomes == {"done"}:
        return "done"
    return "partial" if "done" in outcomes else "failed"


def render_steps(
    did: str, could_not: str, buttons: Callable[[str], Sequence[Button]]
) -> Callable[..., Reply]:
    """A renderer: `did` is the past tense (`started`), `could_not` the infinitive (`start`)."""

    def render(plan: Plan, steps: tuple[Step, ...]) -> Reply:
        outcome = overall(steps)
        following = buttons(steps[0].name) if len(steps) == 1 and outcome == "done" else ()
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
            buttons=[replace(each, line=f"-H {plan.host} {each.line}") for each in following],
            outcome=outcome,
        )

    return render


def _sentence(step: Step, did: str, could_not: str, host: str) -> tuple[str, str]:
    """The bold words and the evidence of one step."""
    if step.outcome == "unknown":
        return f"asked to {could_not} {step.name} on {host}, outcome unknown:", step.says
    if step.outcome == "failed":
        return f"could not {could_not} {step.name} on {host}:", step.says
    if step.already:
        return f"{step.name} on {host} was already so:", step.says
    return f"{did} {step.name} on {host}" + (":" if step.says else ""), step.says

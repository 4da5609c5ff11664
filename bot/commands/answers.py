"""Replies that are the same for every command: mistakes, denials, the engine's errors, several hosts in one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.blocks.card import asked, headline, note
from bot.blocks.reply import Block, Outcome, Reply
from bot.blocks.rich import preformatted, rich, section, text
from bot.engine.errors import EngineError, Unknown
from bot.gate.gate import objects
from bot.gate.plan import Plan
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.secrets import mask


def mistake_reply(mistake: Mistake) -> Reply:
    """Where it is wrong, in people's words, and what to type instead."""
    parts = [section(text(mistake.message)), preformatted(mistake.marked)]
    if mistake.hint:
        parts.append(section(text(mistake.hint)))
    sentence = f"{mistake.message}. {mistake.hint}" if mistake.hint else mistake.message
    return Reply(text=sentence, blocks=[rich(*parts)], outcome="failed")


def denial_reply(line: Line, why: str) -> Reply:
    """Not allowed: which rule, or what is missing."""
    typed = note(f"Nothing was done. You typed: {line.shown}")
    first = why.partition("\n")[0]
    return Reply(text=f"not allowed: {first}", blocks=[*denied("not allowed:", why), typed], outcome="denied")


def denied(words: str, why: str) -> list[Block]:
    """A denial under its headline: the reason, then what is missing and the lines to write."""
    first, _, rest = why.partition("\n")
    blocks: list[Block] = [headline("denied", words, first)]
    return blocks + ([rich(preformatted(rest.strip("\n")))] if rest.strip() else [])


def not_recorded_reply(reason: str) -> Reply:
    """What changes something is not done when it can't be recorded."""
    words = "Nothing was done: the record can't be written."
    return Reply(text=f"{words} {reason}", blocks=[headline("failed", words, reason)], outcome="failed")


def error_reply(line: Line, host: str, error: EngineError, *, looking: bool = False) -> Reply:
    """The engine's error, in the daemon's own words. `looking`: it was only looked, so nothing was done."""
    unknown = isinstance(error, Unknown) and line.grammar.changes and not looking
    outcome: Outcome = "unknown" if unknown else "failed"
    words = f"{line.shown} on {host} {'may or may not have been done:' if unknown else 'failed:'}"
    said = mask(error.message)
    blocks = [headline(outcome, words, said)]
    if unknown:
        blocks.append(note("Look before trying again: it is not repeated by itself."))
    elif looking and line.grammar.changes:
        blocks.append(note("It could not even be looked at: nothing was done."))
    return Reply(text=f"{words} {said}", blocks=blocks, outcome=outcome)


def broken_reply(line: Line, host: str, ref: str) -> Reply:
    """A failure of ours, with a reference that stands in the log too."""
    words = f"{line.shown} on {host}: something broke on our side (ref {ref})."
    outcome: Outcome = "unknown" if line.grammar.changes else "failed"
    aside = (
        note("It may have been done: look before trying again.")
        if line.grammar.changes
        else note("The log says more.")
    )
    return Reply(text=words, blocks=[headline(outcome, words), aside], outcome=outcome)


def running_reply(line: Line, hosts: Sequence[str]) -> Reply:
    """Said when something takes longer than a moment."""
    words = f"{line.grammar.name} on {', '.join(hosts)} is running…"
    return Reply(text=words, blocks=[headline("running", words)], outcome="running")


def together(replies: Sequence[Reply]) -> Reply:
    """The answers of several hosts as one."""
    if len(replies) == 1:
        return replies[0]
    return Reply(
        text="; ".join(reply.text for reply in replies),
        blocks=[block for reply in replies for block in reply.blocks],
        files=[file for reply in replies for file in reply.files],
        buttons=[button for reply in replies for button in reply.buttons if button.action == "show"],
        outcome=combined([reply.outcome for reply in replies]),
        objects=[made for reply in replies for made in reply.objects],
    )


def combined(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome for several: all alike stay so; anything unknown stays unknown; some done is partial."""
    if len(set(outcomes)) == 1:
        return outcomes[0]
    if "unknown" in outcomes:
        return "unknown"
    return "partial" if {"done", "partial"} & set(outcomes) else "failed"


def signed(reply: Reply, user: str, shown: str, metadata: Mapping[str, Any] | None = None) -> Reply:
    """The reply with the line that says who typed what, and its metadata."""
    payload = metadata and {
        **metadata,
        "objects": [*metadata["objects"], *reply.objects],
        "outcome": reply.outcome,
    }
    return replace(reply, blocks=[*reply.blocks, asked(user, shown)], by=user, metadata=payload)


def metadata(
    operation: str, user: str, line: Line | Mistake, hosts: Sequence[str] = (), plans: Sequence[Plan] = ()
) -> dict[str, Any]:
    """The event payload of `docker_operation` (contract), but for its outcome and its mark in the record.

    What could not be read has no verb.
    """
    command, verb = (line.shown, line.grammar.name) if isinstance(line, Line) else (line.line, "")
    return {
        "operation": operation,
        "command": command,
        "verb": verb,
        "user": user,
        "hosts": list(hosts),
        "objects": [each["id"] for plan in plans for each in objects(plan) if each["id"]],
        "audit": "",
    }


def unrecorded(reply: Reply) -> Reply:
    """The reply of what was done but could not be recorded afterwards."""
    words = "The outcome could not be written into the record."
    return replace(reply, text=f"{reply.text} {words}", blocks=[*reply.blocks, headline("unknown", words)])

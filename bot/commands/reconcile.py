"""After a crash: what was begun and has no outcome comes up as `unknown`, and is not repeated."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.blocks.card import headline, note
from bot.blocks.reply import Reply
from bot.commands.answers import signed, together
from bot.commands.steps import state
from bot.engine.errors import EngineError
from bot.engine.reader import Reader
from bot.gate.gate import Gate
from bot.hosts.hosts import Hosts
from bot.store.chain import Mark
from bot.store.operations import Operation


@dataclass(frozen=True)
class CutOff:
    """One operation that was recorded as unknown: what is said of it, and its mark in the record."""

    operation: Operation
    reply: Reply
    mark: Mark


def request_id(operation: Operation) -> str:
    """The id of the request the operation belongs to: several hosts' operations share one, and one message."""
    return operation.id.partition("/")[0]


def by_request(operations: Sequence[Operation]) -> list[list[Operation]]:
    """The operations, those of one request together."""
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        groups.setdefault(request_id(operation), []).append(operation)
    return list(groups.values())


async def reconcile(operations: Sequence[Operation], hosts: Hosts, gate: Gate) -> Reply | None:
    """Record a request's operations as unknown, and say what their daemons show now.

    None where there is nothing to say: another bot settled them meanwhile, or they can't be recorded yet.
    """
    readers = {host.name: host.reader for host in hosts}
    tried = await asyncio.gather(*(_cut_off(each, readers.get(each.host), gate) for each in operations))
    found = [each for each in tried if each]
    if not found:
        return None
    first = found[0].operation
    facts = {
        "operation": request_id(first),
        "command": first.command,
        "verb": first.verb,
        "user": first.user,
        "hosts": [each.operation.host for each in found],
        "objects": [target["id"] for each in found for target in each.operation.objects if target["id"]],
        "audit": str(found[-1].mark),
    }
    return signed(together([each.reply for each in found]), first.user, first.command, facts)


async def _cut_off(operation: Operation, reader: Reader | None, gate: Gate) -> CutOff | None:
    now = await _now(operation, reader)
    words = f"{operation.verb} on {operation.host} was cut off when the bot stopped: outcome unknown."
    mark = await gate.unknown(operation, f"{words} Now: {now}")
    if mark is None:
        return None
    reply = Reply(
        text=f"{words} Now: {now}",
        blocks=[headline("unknown", words), note(f"Now: {now}"), note("It is not repeated by itself.")],
        outcome="unknown",
    )
    return CutOff(operation, reply, mark)


async def _now(operation: Operation, reader: Reader | None) -> str:
    if reader is None:
        return "the host is no longer in hosts.yml"
    shown = await asyncio.gather(*(_state(reader, each) for each in operation.objects))
    return "; ".join(shown) or "nothing it names can be looked at"


async def _state(reader: Reader, each: Mapping[str, str]) -> str:
    name, ref = each["name"], each["id"] or each["name"]
    if not ref:
        return "a container without a name: see ps -a"
    try:
        if each["kind"] == "image":
            return f"image {name} is {(await reader.image(ref)).id[7:19]}"
        return f"{name} is {state(await reader.container(ref))}"
    except EngineError as error:
        return error.message

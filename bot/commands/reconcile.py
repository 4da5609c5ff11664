"""After a crash: what was begun and has no outcome comes up as `unknown`, and is not repeated."""

import asyncio
from collections.abc import Mapping

from bot.blocks.card import headline, note
from bot.blocks.reply import Reply
from bot.commands.answers import signed
from bot.commands.steps import state
from bot.engine.errors import EngineError
from bot.engine.reader import Reader
from bot.gate.gate import Gate
from bot.hosts.hosts import Hosts
from bot.store.operations import Operation


async def reconcile(operation: Operation, hosts: Hosts, gate: Gate) -> Reply | None:
    """Record the operation as unknown, and say what the daemon shows now.

    None where there is nothing to say: another bot settled it meanwhile, or it can't be recorded yet.
    """
    readers = {host.name: host.reader for host in hosts}
    now = await _now(operation, readers.get(operation.host))
    words = f"{operation.verb} on {operation.host} was cut off when the bot stopped: outcome unknown."
    mark = await gate.unknown(operation, f"{words} Now: {now}")
    if mark is None:
        return None
    reply = Reply(
        text=f"{words} Now: {now}",
        blocks=[headline("unknown", words), note(f"Now: {now}"), note("It is not repeated by itself.")],
        outcome="unknown",
    )
    facts = {
        "operation": operation.id,
        "command": operation.command,
        "verb": operation.verb,
        "user": operation.user,
        "hosts": [operation.host],
        "objects": [each["id"] for each in operation.objects if each["id"]],
        "audit": str(mark),
    }
    return signed(reply, operation.user, operation.command, facts)


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

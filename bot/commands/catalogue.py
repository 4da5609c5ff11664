"""Every command, in one list. A test holds that each file with a COMMAND is in it."""

from collections.abc import Mapping
from typing import Any

from bot.commands import (
    can,
    create,
    help,  # noqa: A004  # the command's name
    hosts,
    images,
    info,
    inspect,
    kill,
    logs,
    ps,
    pull,
    push,
    restart,
    rm,
    rmi,
    run,
    start,
    stop,
    tag,
    version,
    whoami,
)
from bot.commands.command import Command, Own

_FILES = (
    ps, images, pull, create, start, stop, kill, restart, rm, run, logs, inspect, tag, push, rmi, version, info,
    help, whoami, can, hosts,
)  # fmt: skip

COMMANDS: Mapping[str, Command[Any] | Own] = {each.COMMAND.grammar.name: each.COMMAND for each in _FILES}

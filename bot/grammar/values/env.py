"""Environment variables, labels, and other `NAME=value`."""

from collections.abc import Iterable

from bot.grammar.values.csv import pair
from bot.grammar.values.invalid import InvalidValue

_SYSCTLS = {"msgmax", "msgmnb", "msgmni", "sem", "shmall", "shmmax", "shmmni", "shm_rmid_forced"}


def variable(typed: str) -> str:
    """`NAME=value`. A name alone would take its value from the caller's machine, not here: refused."""
    name, equals, _ = typed.partition("=")
    if not name:
        raise InvalidValue(f"{typed or 'nothing'} has no name", "Write it NAME=value.")
    if not equals:
        raise InvalidValue(
            f"{name} has no value here: your machine's environment is not the bot's",
            f"Say {name}=value, or {name}= for empty.",
        )
    return typed


def label(typed: str) -> str:
    """`KEY=value`, or `KEY` for an empty one (docker/cli opts.ValidateLabel)."""
    key = pair(typed)[0].lstrip(" \t")
    if not key or " " in key or "\t" in key:
        raise InvalidValue(
            f"{typed or 'nothing'} has no proper name", "Write it KEY=value, without spaces in the key."
        )
    return typed


def sysctl(typed: str) -> str:
    """`net.core.somaxconn=1024`: only what belongs to a container's own namespaces (opts.ValidateSysctl)."""
    name, equals, _ = typed.partition("=")
    allowed = name.startswith(("net.", "fs.mqueue.")) or (
        name.removeprefix("kernel.") in _SYSCTLS and "kernel." in name
    )
    if not equals or not allowed:
        raise InvalidValue(f"the kernel setting {typed or ''} is not allowed", "Write it net.NAME=value.")
    return typed


def storage_option(typed: str) -> str:
    """`size=1G`."""
    if "=" not in typed:
        raise InvalidValue(f"{typed or 'nothing'} is not a storage option", "Write it KEY=value.")
    return typed


def mapping(typed: Iterable[str]) -> dict[str, str]:
    """`KEY=value` words as a mapping: the last of a key wins, and no `=` means an empty value."""
    return dict(pair(each) for each in typed)

"""What looks secret in the daemon's answers, hidden: environment, labels and options by name, commands by word."""

from functools import lru_cache
from typing import Any

import msgspec

from bot.engine.types import ContainerSummary
from bot.grammar.secrets import is_secret_name, mask, mask_assignment, mask_words

# Under these, people choose the names: elsewhere a name is the engine's (`SandboxKey` is no secret).
_CHOSEN = {"Labels", "Annotations", "Config", "Options", "DriverOpts"}
_WORDS = {"Cmd", "Entrypoint", "Args", "Test"}


def hide(value: Any, key: str = "", parent: str = "") -> Any:
    """An inspection with the values that look secret hidden; `key` and `parent` are where it stands."""
    if isinstance(value, dict):
        return {name: hide(inner, name, key) for name, inner in value.items()}
    if isinstance(value, list):
        if key in _WORDS and all(isinstance(each, str) for each in value):
            return list(mask_words(value))
        return [hide(inner, key, parent) for inner in value]
    if not isinstance(value, str):
        return value
    if key == "Env":
        return mask_assignment(value)
    return _hide_named(key, value) if parent in _CHOSEN else mask(value)


def hide_summary(listed: ContainerSummary) -> ContainerSummary:
    """A row of a list with its labels and its command hidden where they look secret."""
    labels = {name: _hide_named(name, value) for name, value in listed.labels.items()}
    return msgspec.structs.replace(listed, labels=labels, command=_hide_command(listed.command))


# Of many containers, most say the same.
@lru_cache(maxsize=4096)
def _hide_named(name: str, value: str) -> str:
    if not is_secret_name(name):
        return mask(value)
    return mask_assignment(f"{name}={value}").removeprefix(f"{name}=")


@lru_cache(maxsize=4096)
def _hide_command(command: str) -> str:
    return mask_words((command,))[0]

"""Flags whose value is a secret: `--token x` of any program, `-u me:x` of curl, `-px` of mysql."""

import re
from collections.abc import Iterable

from bot.grammar.secret_names import is_secret_name
from bot.grammar.secret_values import MASK

PLAIN = re.compile(
    r"(?i)true|false|yes|no|on|off|none|null|value|\d{1,2}|"
)  # nobody's secret; or our own `KEY=VALUE`
_NUMBERS = re.compile(
    r"[\d.]+(?:[:-][\d.]+)+(?:/(?:tcp|udp|sctp))?"
)  # ports as for `run -p`, or user and group

# What begins the flag; what follows in the same word, or else the next word, is the secret.
_FLAGS = {
    "curl": r"-[#0-46aBfgGiIjklLnNOpqRsSvZ]*[uU]|--(?:proxy-)?user(?:=|$)",
    "http": r"-a|--auth(?:=|$)",
    "ldap": r"-w",
    "login": r"-p",  # of docker, podman, az, helm
    "mongo": r"-p",
    "cqlsh": r"-p",
    "mysql": r"-p(?=.)",  # alone it asks
    "redis-cli": r"-a",
    "smbclient": r"-U",
    "sqlcmd": r"-P",
    "sshpass": r"-p",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _FLAGS.items()}
_FAMILIES = {"mysql": "mysql", "maria": "mysql", "mongo": "mongo", "https": "http", "ldap": "ldap"}
_FAMILY = re.compile("|".join(_FAMILIES))
_BREAKS = re.compile(r"[/;&|()`$\"']")


class Flags:
    """Reads the words of a command in order: which programs it names, and which words are secrets."""

    def __init__(self) -> None:
        self.known: dict[str, re.Pattern[str]] = {}
        self.awaits = False

    def mask(self, word: str) -> str | None:
        """The word masked, where it or the flag before it says that it is a secret; None where not."""
        awaited, self.awaits = self.awaits, False
        if awaited and not word.startswith("--"):
            return word if _is_harmless(word) else MASK
        if word.startswith("-") and word != "-":
            return self._flag(word)
        self._remember(word)
        return None

    def _flag(self, word: str) -> str | None:
        for flag in _matches(self.known.values(), word):
            value = word[flag.end() :]
            if value:
                return None if _is_harmless(value) else flag[0] + MASK
            self.awaits = True
        # One dash: `-password`, but not `-key` and `-cert`, which are files.
        self.awaits |= "=" not in word and (word[1] == "-" or len(word) > 5) and is_secret_name(word)
        return None

    def _remember(self, word: str) -> None:
        name = next((part for part in reversed(_BREAKS.split(word)) if part), "")
        name = name.partition(":")[0].partition("@")[0]
        family = _FAMILY.match(name)
        program = _FAMILIES[family[0]] if family else name
        if program in _PATTERNS:
            self.known[program] = _PATTERNS[program]


def _matches(patterns: Iterable[re.Pattern[str]], word: str) -> Iterable[re.Match[str]]:
    return filter(None, [pattern.match(word) for pattern in patterns])


def _is_harmless(value: str) -> bool:
    return bool(PLAIN.fullmatch(value) or _NUMBERS.fullmatch(value))

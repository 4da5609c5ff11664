"""Words into text that a shell, and `words.read`, split into the same words."""

import re
from collections.abc import Iterable

from bot.grammar.unslack import unslack

_SAFE = re.compile(r"[A-Za-z0-9_@%+=:,./…-]+")


def join(words: Iterable[str]) -> str:
    """The words as one would type them, quoted only where they must be.

    Where Slack's own notation stands in a word (`&lt;`, `<@U1>`), it is broken by a pair of quotes, so that
    what comes back through Slack is still what it says.
    """
    words = tuple(words)
    line = " ".join(map(quote, words))
    if unslack(line) == line:
        return line
    return " ".join(_broken(word) if re.search(r"[&<>]", word) else quote(word) for word in words)


def quote(word: str) -> str:
    """The word, quoted if it must be: `it's` as `"it's"`, else in single quotes."""
    if _SAFE.fullmatch(word):
        return word
    if "'" not in word:
        return f"'{word}'"
    if not re.search(r'[“”„‟"$`\\!]', word):
        return f'"{word}"'
    return "'" + word.replace("'", "'\"'\"'") + "'"


def _broken(word: str) -> str:
    quoted = "'" + word.replace("'", "'\"'\"'") + "'"
    return quoted.replace("&", "&''").replace("<", "<''")

"""Which command is meant: its short name, or a longer one (`container ls`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.grammar.grammar import Grammar
from bot.grammar.line import Span
from bot.grammar.mistakes import Mistake
from bot.grammar.nearest import nearest
from bot.grammar.secrets import mask
from bot.grammar.words import Typed, Word


@dataclass(frozen=True)
class Found:
    """A grammar, where its name stands, and the words after it."""

    grammar: Grammar
    span: Span
    rest: tuple[Word, ...]


def find(typed: Typed, words: tuple[Word, ...], grammars: Mapping[str, Grammar]) -> Found:
    """The grammar that the first words name, the longest name first. Raises Mistake where there is none."""
    names = {name: each for each in grammars.values() for name in (each.name, *each.aliases)}
    if not words and "help" in names:
        return Found(names["help"], (0, 0), ())
    for length in range(min(3, len(words)), 0, -1):
        name = " ".join(word.text for word in words[:length])
        if name in names:
            return Found(names[name], (words[0].start, words[length - 1].end), words[length:])
    raise _unknown(typed, words, list(names))


def _unknown(typed: Typed, words: tuple[Word, ...], names: list[str]) -> Mistake:
    if not words:
        end = len(typed.text)
        return Mistake.within(
            typed, end, end + 1, "which command?", f"Say one of: {', '.join(_first(names))}."
        )
    first, second = words[0], words[1] if len(words) > 1 else None
    verbs = sorted(name.split(" ", 1)[1] for name in names if name.startswith(first.text + " "))
    if not verbs:
        return _no_such(
            typed, first, first.text, nearest(first.text, _first(names)), "Say help for the commands."
        )
    listed = f"Say {first.text} and one of: {', '.join(verbs)}."
    if second is None or second.text.startswith("-"):
        return Mistake.within(typed, first.start, first.end, f"{first.text} what?", listed)
    near = nearest(second.text, verbs)
    return _no_such(typed, second, f"{first.text} {second.text}", near and f"{first.text} {near}", listed)


def _no_such(typed: Typed, word: Word, said: str, near: str | None, otherwise: str) -> Mistake:
    hint = f"Did you mean {near}? " if near else ""
    return Mistake.within(typed, word.start, word.end, f"there is no command {mask(said)}", hint + otherwise)


def _first(names: list[str]) -> list[str]:
    """The first word of every command."""
    return sorted({name.split()[0] for name in names})

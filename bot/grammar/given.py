"""Flags as pflag reads them: `--flag=v`, `--flag v`, `-fv`, `-f=v`, `-abc`, `--`; no abbreviations."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.grammar.flags import Flag, many, switch
from bot.grammar.grammar import Grammar
from bot.grammar.line import Span
from bot.grammar.mistakes import Mistake
from bot.grammar.nearest import nearest
from bot.grammar.secrets import mask, mask_words
from bot.grammar.values.invalid import InvalidValue
from bot.grammar.words import Typed, Word

HOST = many("host", "H", help="The hosts it is for: a name, a tag, a pattern, or all")
ME = switch("me", help="Show the answer to you alone (reads only)")
HELP = switch("help", help="Show how to type this command")
GLOBAL: tuple[Flag[Any], ...] = (HOST, ME, HELP)


@dataclass(frozen=True)
class Given:
    """A flag where it was given: the text of its value, what that says, and where it stands."""

    flag: Flag[Any]
    text: str
    value: Any
    span: Span


def read_flags(
    typed: Typed,
    words: Sequence[Word],
    flags: Sequence[Flag[Any]],
    *,
    interspersed: bool,
    usage: Grammar | None = None,
) -> tuple[tuple[Given, ...], tuple[Word, ...]]:
    """The flags among the words, and the words that are arguments. Raises Mistake.

    Where two flags share a name or a letter, the first one has it.
    """
    reader = _Reader(typed, words, flags, usage)
    given: list[Given] = []
    args: list[Word] = []
    while reader.words:
        word = reader.words.popleft()
        if word.text == "--":
            break
        if len(word.text) > 1 and word.text.startswith("-"):
            given += reader.long(word) if word.text.startswith("--") else reader.short(word)
            continue
        args.append(word)
        if not interspersed:
            break
    return tuple(given), (*args, *reader.words)


class _Reader:
    """The words that are still to be read, and the flags they may name."""

    def __init__(
        self, typed: Typed, words: Iterable[Word], flags: Sequence[Flag[Any]], usage: Grammar | None
    ) -> None:
        self.typed = typed
        self.words = deque(words)
        self.usage = usage
        self.names = {name: flag for flag in reversed(flags) for name in (*flag.aliases, flag.name)}
        self.letters = {flag.short: flag for flag in reversed(flags) if flag.short}
        self.letters.setdefault("h", HELP)

    def long(self, word: Word) -> list[Given]:
        name, equals, value = word.text[2:].partition("=")
        if name not in self.names:
            raise self._unknown(word, f"--{name}", self._meant(name))
        flag = self.names[name]
        if equals:
            return [self._read(flag, value, word)]
        return [self._valued(flag, word, f"--{name}")]

    def _meant(self, name: str) -> str | None:
        """The nearest flag: the command's own before those that every command has."""
        own = {
            name for flag in (self.usage.flags if self.usage else ()) for name in (flag.name, *flag.aliases)
        }
        return (nearest(name, own) or nearest(name, self.names)) if name else None

    def short(self, word: Word) -> list[Given]:
        given: list[Given] = []
        letters = word.text[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            flag = self.letters.get(letter)
            if flag is None:
                raise self._unknown(
                    word, f"-{letter}", letter.swapcase() if letter.swapcase() in self.letters else None
                )
            if len(letters) > 1 and letters.startswith("="):
                return [*given, self._read(flag, letters[1:], word)]
            if letters and not flag.value.alone:
                return [*given, self._read(flag, letters, word)]
            given.append(self._valued(flag, word, f"-{letter}"))
        return given

    def _valued(self, flag: Flag[Any], word: Word, name: str) -> Given:
        """The flag, whose value is the next word (whatever it looks like) unless it needs none."""
        if flag.value.alone:
            return self._read(flag, flag.value.alone, word)
        if not self.words:
            message = f"{name} needs a value"
            raise Mistake.within(
                self.typed, word.start, word.end, message, f"{name} {flag.value.kind}: {flag.help}"
            )
        following = self.words.popleft()
        return self._read(flag, following.text, following)

    def _read(self, flag: Flag[Any], text: str, word: Word) -> Given:
        if flag.refused:
            raise Mistake.within(
                self.typed, word.start, word.end, f"--{flag.name} can't be used here", flag.refused
            )
        if flag is HOST and not text:
            raise Mistake.within(
                self.typed, word.start, word.end, "-H needs the name of a host", "Say -H prod-1."
            )
        try:
            return Given(flag, text, flag.value.read(text), (word.start, word.end))
        except ValueError as error:
            masked = mask_words((text,))[0]
            message = f"{flag}: {mask(str(error).replace(text, masked) if text else str(error))}"
            hint = error.hint if isinstance(error, InvalidValue) else ""
            raise Mistake.within(self.typed, word.start, word.end, message, hint) from None

    def _unknown(self, word: Word, name: str, near: str | None) -> Mistake:
        whose = (
            f"{self.usage.name} has no flag {name}"
            if self.usage
            else f"there is no flag {name} before the command"
        )
        meant = f"Did you mean {'--' if len(near) > 1 else '-'}{near}? " if near else ""
        return Mistake.within(
            self.typed, word.start, word.end, mask_words((whose,))[0], meant + self._listed()
        )

    def _listed(self) -> str:
        names = [
            f"--{flag.name}" for flag in (self.usage.flags if self.usage else GLOBAL) if not flag.refused
        ]
        shown = ", ".join(names[:12])
        if len(names) > 12 and self.usage:
            return f"Its flags: {shown}, and {len(names) - 12} more: {self.usage.name} --help."
        return f"Its flags: {shown}." if names else "It has no flags of its own."

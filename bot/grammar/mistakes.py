"""A mistake in what was typed, shown where it is."""

import unicodedata
from typing import TYPE_CHECKING, Any

from bot.grammar.secrets import mask, mask_said, mask_typed, mask_words

if TYPE_CHECKING:
    from bot.grammar.flags import Flag
    from bot.grammar.line import Line
    from bot.grammar.words import Typed

WINDOW = 60


class Mistake(Exception):  # noqa: N818  # it is the person's, not the program's
    """What is wrong (`message`), where (`line`, from `start` to `end`), and what to type instead (`hint`).

    `line` is what was typed after `docker`, Slack's rewriting undone and its secrets masked. In `message` and
    `hint`, which may repeat a word, what looks secret is masked here, whoever makes the mistake.
    """

    def __init__(self, message: str, line: str = "", start: int = 0, end: int = 0, hint: str = "") -> None:
        self.message = mask(message)
        super().__init__(self.message)
        self.line = line
        self.start = start
        self.end = end
        self.hint = mask(hint)

    @classmethod
    def within(cls, typed: "Typed", start: int, end: int, message: str, hint: str = "") -> "Mistake":
        """A mistake at a place of the typed text, which may hold secrets: they are masked, wherever repeated."""
        words = tuple(word.text for word in typed.words)
        masked = mask_words(words)
        line, start, end = mask_typed(typed, masked, start, end)
        return cls(mask_said(message, words, masked), line, start, end, mask_said(hint, words, masked))

    @classmethod
    def at(cls, line: "Line", index: int, message: str, hint: str = "") -> "Mistake":
        """A mistake at the argument of that index."""
        return cls.within(line.typed, *line.span(index), message, hint)

    @classmethod
    def at_flag(cls, line: "Line", flag: "Flag[Any]", message: str, hint: str = "") -> "Mistake":
        """A mistake at a flag's value (at the flag, where it has none)."""
        return cls.within(line.typed, *line.flag_span(flag), message, hint)

    @classmethod
    def at_host(cls, line: "Line", word: str, message: str, hint: str = "") -> "Mistake":
        """A mistake at the host pattern that says `word`; at the command's name where none was typed."""
        return cls.within(line.typed, *line.host_span(word), message, hint)

    @property
    def marked(self) -> str:
        """The line, and a second one with `^^^^` under the mistake: for a preformatted block.

        A long line is cut to about `WINDOW` columns around the mistake.
        """
        before = self.line[: self.start].replace("\t", " ")
        word = self.line[self.start : self.end].replace("\t", " ")
        after = self.line[self.end :].replace("\t", " ")
        word = word if len(word) <= WINDOW else word[: WINDOW - 1] + "…"
        room = WINDOW - len(word)
        keep = max(room - len(after), room // 2)
        before = before if len(before) <= keep else "…" + before[len(before) - keep + 1 :]
        rest = room - len(before)
        after = after if len(after) <= rest else after[: max(rest - 1, 0)] + "…"
        return f"{before}{word}{after}\n{' ' * _columns(before)}{'^' * max(_columns(word), 1)}"


def _columns(text: str) -> int:
    """How wide a monospaced font shows it."""
    return sum(_width(each) for each in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

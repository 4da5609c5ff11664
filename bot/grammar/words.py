"""Text into words, as a POSIX shell splits them, with the typography of phones understood.

- Quotes: single, double and backslash, as in a shell. `$VAR`, `*` and backticks are text.
- Curly quotes stand for straight ones; `’` between two letters or digits is an apostrophe and is kept.
- At the start of a word an en, em or other long dash (with hyphens after it) stands for `--`; before a single
  letter or a number it stands for `-`. In the middle of a word it is kept.
- U+2010 and U+2011 are hyphens outside quotes. No-break spaces are spaces everywhere, other wide or
  narrow spaces outside quotes.
- A line longer than `MAX_LENGTH` is not read at all.
- Line breaks, control characters, and characters that can't be seen are refused.
"""

import re
import unicodedata
from dataclasses import dataclass

from bot.grammar.unslack import unslack

MAX_LENGTH = 8000  # characters, as Slack sends them
_LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_NO_BREAK_SPACES = "\u00a0\u2007\u202f"
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_DOUBLE, _SINGLE = '"“”„‟', "'‘’‚‛"
_DASHES = "\u2012\u2013\u2014\u2015\u2212"
_DASHED = re.compile(rf"-*[{_DASHES}][-{_DASHES}]*")
_SHORT = re.compile(r"(?:[A-Za-z](?=[\s=]|$)|[0-9])")
_HYPHENS = {"\u2010": "-", "\u2011": "-"}
_FENCE = re.compile(r"(`{1,3})([^`]*)\1")
_PREFIX = re.compile(r"(?:\$\s+)?(?:/?docker(?=\s|$)\s*)?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: what it says, where it stands in the text, and whether any of it was quoted."""

    text: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a text from being understood, and where."""

    message: str
    start: int
    end: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as a person typed it, its words, and its first fault. Words are complete even with a fault."""

    text: str
    words: tuple[Word, ...]
    fault: Fault | None = None


def read(text: str) -> Typed:
    """Split what Slack sent. A leading `docker` or `$ `, and backticks around it all, are dropped."""
    if len(text) > MAX_LENGTH:
        return _too_long(len(text))
    clean, fault = _printable(_bare(unslack(text)))
    words: list[Word] = []
    at = 0
    while (at := _skip_spaces(clean, at)) < len(clean):
        word, unclosed = _word(clean, at)
        words.append(word)
        fault = fault or unclosed
        at = word.end
    return Typed(clean, tuple(words), fault)


def _too_long(length: int) -> Typed:
    """Nothing of the line is repeated: cut anywhere, it could show a piece of a secret."""
    message = f"this line is {length:,} characters long, and {MAX_LENGTH:,} is the most"
    return Typed("…", (), Fault(message, 0, 1, "Say it in several shorter lines."))


def _bare(text: str) -> str:
    text = text.strip(" \t\r\n")
    if match := _FENCE.fullmatch(text):
        text = match[2].strip(" \t\r\n")
    return text[match.end() :] if (match := _PREFIX.match(text)) else text


def _printable(text: str) -> tuple[str, Fault | None]:
    """The text with each character printable (so that columns are exact), and the first that was not."""
    if text.isprintable() and not any(each in text for each in _UNSEEN):
        return text, None
    found = [_character(each) for each in text]
    first = next((at for at, (_, message) in enumerate(found) if message), None)
    clean = "".join(character for character, _ in found)
    if first is None:
        return clean, None
    return clean, Fault(
        found[first][1], first, first + 1, "Type the command on one line, in plain characters."
    )


def _character(each: str) -> tuple[str, str]:
    """What stands for the character in the text, and what is wrong with it."""
    if " " <= each <= "~" or each == "\t":
        return each, ""
    if each in _NO_BREAK_SPACES:
        return " ", ""
    if each in _LINE_BREAKS:
        return "⏎", "a command is one line, but there is a line break here"
    if each in _UNSEEN or unicodedata.category(each) in ("Cc", "Cf", "Cs"):
        return "¿", f"there is a character here that can't be seen (U+{ord(each):04X})"
    return each, ""


def _skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _word(text: str, start: int) -> tuple[Word, Fault | None]:
    """The word that starts here."""
    parts: list[str] = []
    at, quoted = start, False
    fault: Fault | None = None
    if match := _DASHED.match(text, start):
        parts.append("-" if _SHORT.match(text, match.end()) else "--")
        at = match.end()
    while at < len(text) and not text[at].isspace():
        if text[at] == "\\" or _opens_quote(text, at):
            part, end, closed = _escaped(text, at) if text[at] == "\\" else _quoted(text, at)
            fault = fault or (None if closed else _unclosed(text, at))
            quoted = True
        else:
            part, end = _HYPHENS.get(text[at], text[at]), at + 1
        parts.append(part)
        at = end
    return Word("".join(parts), start, at, quoted), fault


def _unclosed(text: str, at: int) -> Fault:
    if text[at] == "\\":
        return Fault(
            "a backslash at the end has nothing to quote", at, at + 1, "Leave it out, or type it twice."
        )
    return Fault(
        "this quote is not closed", at, at + 1, f"Close it with another {text[at]} or put a \\ before it."
    )


def _opens_quote(text: str, at: int) -> bool:
    return text[at] in _DOUBLE or (text[at] in _SINGLE and not _is_apostrophe(text, at))


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at] == "’" and at > 0 and text[at - 1].isalnum() and text[at + 1 : at + 2].isalnum()


def _escaped(text: str, at: int) -> tuple[str, int, bool]:
    return (text[at + 1], at + 2, True) if at + 1 < len(text) else ("", at + 1, False)


def _quoted(text: str, at: int) -> tuple[str, int, bool]:
    """What the quote at `at` holds, where it ends, and whether it is closed.

    A straight quote is closed by a straight one, a curly by a curly; where there is none, by the other.
    """
    family = _DOUBLE if text[at] in _DOUBLE else _SINGLE
    straight, curly = family[0], family[1:]
    for closers in (straight, curly) if text[at] == straight else (curly, straight):
        if found := _until(text, at + 1, closers, escapes=family is _DOUBLE):
            return *found, True
    return text[at + 1 :], len(text), False


def _until(text: str, at: int, closers: str, *, escapes: bool) -> tuple[str, int] | None:
    parts: list[str] = []
    while at < len(text):
        if text[at] in closers and not _is_apostrophe(text, at):
            return "".join(parts), at + 1
        if escapes and text[at] == "\\" and text[at + 1 : at + 2] and text[at + 1] in "$`\\" + _DOUBLE:
            at += 1
        parts.append(text[at])
        at += 1
    return None

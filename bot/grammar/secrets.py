"""Which parts of what is repeated are secrets, and how they are masked: `DB_PASSWORD=…`.

Two rules: a name that says so (`…_TOKEN=`, `--password`), and a value that looks so whatever its name. Plain
hexadecimal (ids, digests, commits) is always kept: without it, nothing that Docker says could be read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bot.grammar.secret_flags import PLAIN, Flags
from bot.grammar.secret_names import is_secret_name
from bot.grammar.secret_values import MASK, mask_values

if TYPE_CHECKING:
    from bot.grammar.words import Typed

__all__ = ["MASK", "is_secret_name", "mask", "mask_assignment", "mask_said", "mask_typed", "mask_words"]

_NAME = re.compile(r"(?<![\w.-])(-{0,2}[A-Za-z_][\w.-]*)=")
_VALUE = re.compile(r""""[^"]*"?|'[^']*'?|(?:[^\s"'&;,]|,(?![A-Za-z_][\w.-]*=))+""")
_JSON = re.compile(r'"([\w.-]{1,80})"(\s*:\s*)"((?:[^"\\]|\\.)*)"')
_COLON = re.compile(r"(?i)\b(passw(?:or)?d|passphrase|secret|token|api[_-]?key)(\s*:\s*)([^\s\"',;&]+)")
_NAMED = re.compile(r"(-{0,2}[A-Za-z_][\w.-]*)=(.*)", re.DOTALL)
_SPACE = re.compile(r"\s")
_PIECES = re.compile(r"""\s+|(?:"[^"]*"|'[^']*'|\S)+""")  # of a script: spaces, and words with their quotes
_SHORTEST = 3  # characters of a secret that is looked for in what we say


def mask(text: str) -> str:
    """Free text (a word, an output) with what looks secret as `…`: passwords, keys, tokens."""
    text = mask_values(text)
    if "=" in text:
        text = _mask_assignments(text)
    if ":" in text:
        text = _JSON.sub(_masked_json, text)
        if any(name in text.lower() for name in ("passw", "passphrase", "secret", "token", "api")):
            text = _COLON.sub(lambda match: match[1] + match[2] + MASK, text)
    return text


def mask_assignment(word: str) -> str:
    """`NAME=value` as `NAME=…` where the name says so; otherwise the value masked, word by word."""
    return _mask_word(word, Flags())


def mask_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words of a command, each masked by what it says and by the words before it (`--token x`)."""
    flags = Flags()
    return tuple(_mask_word(word, flags) for word in words)


def mask_typed(typed: "Typed", masked: Sequence[str], start: int, end: int) -> tuple[str, int, int]:
    """What was typed, its words as `mask_words` has them, and where the given span then stands.

    A span that touches a masked word covers the whole word, so that it tells nothing of what was in it.
    """
    parts: list[str] = []
    done, at, first, last = 0, 0, start, end
    for word, hidden in zip(typed.words, masked, strict=True):
        at += word.start - done  # where the word begins in what is shown
        parts.append(typed.text[done : word.start])
        done = word.end
        shown = hidden if hidden != word.text else typed.text[word.start : word.end]
        if word.start <= start < word.end or (word.start < end <= word.end):
            inside = hidden == word.text
            first = at + start - word.start if inside and start >= word.start else min(first, at)
            last = at + end - word.start if inside and end <= word.end else at + len(shown)
        elif word.end <= start:
            first, last = start + at + len(shown) - word.end, end + at + len(shown) - word.end
        parts.append(shown)
        at += len(shown)
    return "".join(parts) + typed.text[done:], first, max(last, first)


def mask_said(said: str, words: Iterable[str], masked: Iterable[str]) -> str:
    """What we say of the words, without the secrets that only their place among the words tells."""
    for word, hidden in zip(words, masked, strict=True):
        if word == hidden:
            continue
        secret = word[hidden.index(MASK) : len(word) - len(hidden) + hidden.rindex(MASK) + 1]
        for text, shown in ((word, hidden), (secret, MASK)):
            if len(text) >= _SHORTEST and text in said:
                said = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", shown.replace("\\", r"\\"), said)
    return said


def _mask_word(word: str, flags: Flags) -> str:
    masked = flags.mask(word)
    if masked is not None:
        return masked
    match = _NAMED.fullmatch(word)
    if match is None:
        return _mask_value(word, flags)
    if is_secret_name(match[1]) and not PLAIN.fullmatch(match[2]):
        return f"{match[1]}={MASK}"
    return f"{match[1]}={_mask_value(match[2], Flags())}"


def _mask_value(text: str, flags: Flags) -> str:
    """Free text; where it holds words, these too are masked as a command's: `sh -c "mysql -px"`."""
    text = mask(text)
    return "".join(_script(text, flags)) if _SPACE.search(text) else text


def _script(text: str, flags: Flags) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        if not _SPACE.search(piece):
            yield _mask_word(piece, flags)
        elif piece.isspace():
            yield piece
        else:  # a quoted word with spaces: as one word, else by its own words
            masked = flags.mask(piece)
            inner = re.split(r"(\s+)", piece)
            yield masked or "".join(_mask_word(each, flags) if each.strip() else each for each in inner)


def _mask_assignments(text: str) -> str:
    """Each `NAME=value` in the text whose name says it is a secret, as `NAME=…`."""
    parts: list[str] = []
    done = 0
    for match in _NAME.finditer(text):
        if match.start() < done or not is_secret_name(match[1]):
            continue
        value = _VALUE.match(text, match.end())
        if value and not PLAIN.fullmatch(value[0].strip("\"',.)")):
            parts += [text[done : match.end()], MASK]
            done = value.end()
    return "".join(parts) + text[done:]


def _masked_json(match: re.Match[str]) -> str:
    if not is_secret_name(match[1]) or PLAIN.fullmatch(match[3]):
        return match[0]
    return f'"{match[1]}"{match[2]}"{MASK}"'

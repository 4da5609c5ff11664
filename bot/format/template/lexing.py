"""A template's text into tokens (Go's text/template/parse/lex.go)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.format.template.values import TemplateError

Kind = Literal[
    "text", "open", "close", "space", "string", "raw", "char", "field", "variable", "dot", "number",
    "name", "keyword", "bool", "declare", "assign", "pipe", "left", "right", "other", "end of file",
]  # fmt: skip

KEYWORDS = frozenset(
    ("block", "break", "continue", "define", "else", "end", "if", "nil", "range", "template", "with")
)
OPEN, CLOSE = "{{", "}}"
SPACES = " \t\r\n"

TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<declare>:=)|(?P<assign>=)|(?P<pipe>\|)|(?P<left>\()|(?P<right>\))
    |(?P<string>"(?:\\[^\n]|[^"\\\n])*")
    |(?P<raw>`[^`]*`)
    |(?P<char>'(?:\\[^\n]|[^'\\\n])*')
    |(?P<number>[+-]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?))
    |(?P<field>\.[^\W\d]\w*)
    |(?P<variable>\$\w*)
    |(?P<dot>\.)
    |(?P<name>\w+)
    |(?P<other>[!#%&*,/;<>?@\[\\\]^{}~])""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """A piece of the template; `at` is its offset in characters."""

    kind: Kind
    text: str
    at: int

    def __str__(self) -> str:
        if self.kind == "end of file":
            return "EOF"
        if self.kind in ("keyword", "dot"):
            return f"<{self.text}>"
        quoted = '"' + self.text[:10].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        return quoted + "..." if len(self.text) > 10 else quoted


def parse_error(text: str, at: int, message: str) -> TemplateError:
    """A mistake in the template's text, with its line."""
    return TemplateError(f"template: :{1 + text.count(chr(10), 0, at)}: {message}")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a template in order, the last being the end of file.

    Spaces that `{{-` and `-}}` trim are gone; so are comments.

    Raises:
        TemplateError: a token that Go can't read either.
    """
    at, trim = 0, False
    while True:
        start = text.find(OPEN, at)
        plain = text[at:] if start < 0 else text[at:start]
        if trim:
            at, plain = at + len(plain) - len(plain.lstrip(SPACES)), plain.lstrip(SPACES)
        trims_left = start >= 0 and _trims(text, start + 2)
        shown = plain.rstrip(SPACES) if trims_left else plain
        if shown:
            yield Token("text", shown, at)
        if start < 0:
            yield Token("end of file", "", len(text))
            return
        inside = start + 2 + (2 if trims_left else 0)
        if text.startswith("/*", inside):
            at, trim = _comment(text, inside)
            continue
        yield Token("open", OPEN, start)
        at = inside
        for token in _action(text, inside):
            yield token
            at = token.at + len(token.text)
        trim = text[at - len("-}}") : at] == "-}}"


def _trims(text: str, at: int) -> bool:
    return text[at : at + 1] == "-" and text[at + 1 : at + 2] in tuple(SPACES)


def _comment(text: str, at: int) -> tuple[int, bool]:
    """Where the comment's action ends, and whether it trims the space after it."""
    end = text.find("*/", at + 2)
    if end < 0:
        raise parse_error(text, at, "unclosed comment")
    end += 2
    if text.startswith(CLOSE, end):
        return end + 2, False
    if text[end : end + 1] in tuple(SPACES) and text.startswith("-}}", end + 1):
        return end + 4, True
    raise parse_error(text, at, "comment ends before closing delimiter")


def _action(text: str, at: int) -> Iterator[Token]:
    depth = 0
    while True:
        closing = _closing(text, at)
        if closing:
            if depth:
                raise parse_error(text, at, "unclosed left paren")
            yield Token("close", text[at : at + closing], at)
            return
        token = _token(text, at)
        depth += (token.kind == "left") - (token.kind == "right")
        if depth < 0:
            raise parse_error(text, at, "unexpected right paren")
        yield token
        at += len(token.text)


def _closing(text: str, at: int) -> int:
    """The length of the closing delimiter that begins here, 0 if none does."""
    if text.startswith(CLOSE, at):
        return 2
    return 4 if text[at : at + 1] in tuple(SPACES) and text.startswith("-}}", at + 1) else 0


def _token(text: str, at: int) -> Token:
    found = TOKEN.match(text, at)
    if not found:
        raise parse_error(text, at, _complaint(text, at))
    kind, word = str(found.lastgroup), found[0]
    if kind == "dot" and found.end() == len(text):
        raise parse_error(text, at, 'illegal number syntax: "."')
    if kind == "space" and text.startswith("-}}", found.end()):
        word = word[:-1]  # the last space belongs to the trimming delimiter
    if kind in ("field", "variable", "name"):
        _check_terminated(text, found.end())
    if kind == "number" and re.match(r"\w", text[found.end() : found.end() + 1]):
        rest = re.compile(r"\w").match(text, found.end())
        bad = word + (rest[0] if rest else "")
        raise parse_error(text, at, f'bad number syntax: "{bad}"')
    if kind == "name":
        kind = "bool" if word in ("true", "false") else "keyword" if word in KEYWORDS else "name"
    return Token(kind, word, at)  # type: ignore[arg-type]  # the pattern's group names are the kinds


def _check_terminated(text: str, at: int) -> None:
    """A word must be followed by something that can end it: `.Name%` is refused."""
    after = text[at : at + 1]
    if after and after not in " \t\r\n.,|:()" and not text.startswith(CLOSE, at):
        raise parse_error(text, at, f"bad character {_named(after)}")


def _complaint(text: str, at: int) -> str:
    char = text[at : at + 1]
    if not char:
        return "unclosed action"
    if char == ":":
        return "expected :="
    quotes = {'"': "unterminated quoted string", "`": "unterminated raw quoted string",
              "'": "unterminated character constant"}  # fmt: skip
    if char in quotes:
        return quotes[char]
    if char in "+-":
        return f'bad number syntax: "{text[at : at + 2].strip()}"'
    return f"unrecognized character in action: {_named(char)}"


def _named(char: str) -> str:
    return f"U+{ord(char):04X}" + (f" '{char}'" if char.isprintable() else "")

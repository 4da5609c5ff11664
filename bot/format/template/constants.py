"""Go's constants: quoted strings, characters, numbers."""

import re

from bot.format.template.lexing import Token, parse_error

ESCAPE = re.compile(
    r"\\(?:([abfnrtv\\'\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.|$))",
    re.DOTALL,
)
LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
MAX_INT = 2**63


def constant(text: str, token: Token) -> str | int | float | bool:
    """The value of a string, character, number or bool token.

    Raises:
        TemplateError: a bad escape or number.
    """
    word = token.text
    try:
        if token.kind == "bool":
            return word == "true"
        if token.kind == "raw":
            return word[1:-1].replace("\r", "")
        if token.kind == "string":
            return ESCAPE.sub(_unescaped, word[1:-1])
        if token.kind == "char":
            return ord(ESCAPE.sub(_unescaped, word[1:-1]))
        return _number(word)
    except (ValueError, TypeError, OverflowError):
        raise parse_error(text, token.at, _complaint(token)) from None


def _unescaped(found: re.Match[str]) -> str:
    letter, *codes, wrong = found.groups()
    if wrong is not None:
        raise ValueError(wrong)
    if letter:
        return LETTERS.get(letter, letter)
    digits = next(code for code in codes if code)
    code = int(digits, 8 if len(digits) == 3 else 16)
    if 0xD800 <= code < 0xE000:
        raise ValueError(digits)
    return chr(code)


def _number(word: str) -> int | float:
    plain = word.replace("_", "")
    if re.fullmatch(r"[+-]?0[0-7]+", plain):
        value: int | float = int(plain, 8)
    elif re.fullmatch(r"[+-]?(\d+|0[xXoObB]\w+)", plain):
        value = int(plain, 0)
    else:
        return float(plain)
    if not -MAX_INT <= value < MAX_INT:
        raise OverflowError(word)
    return value


def _complaint(token: Token) -> str:
    if token.kind == "string":
        return "invalid syntax"
    if token.kind == "char":
        return f"malformed character constant: {token.text}"
    return f'illegal number syntax: "{token.text}"'

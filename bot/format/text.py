"""Widths, ellipses and Go's quoting of strings."""

import re
import unicodedata

ESCAPES = {
    "\a": r"\a", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v",
    "\\": r"\\", '"': r"\"",
}  # fmt: skip
PLAIN = re.compile(r"[ !#-\[\]-~]*")


def width(text: str) -> int:
    """The columns a text takes on a screen: East Asian wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def ellipsis(text: str, columns: int) -> str:
    """The text cut to `columns`, the cut shown by `…`; one column shows the first character alone."""
    if columns <= 0:
        return ""
    if width(text) <= columns:
        return text
    if columns == 1:
        return text[:1]
    kept = 0
    for index, char in enumerate(text):
        kept += width(char)
        if kept > columns - 1:
            return text[:index] + "…"
    return text


def quote(text: str) -> str:
    """A double-quoted string as Go's strconv.Quote writes it."""
    if PLAIN.fullmatch(text):
        return f'"{text}"'
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in ESCAPES:
        return ESCAPES[char]
    # Go prints letters, marks, numbers, punctuation, symbols and the ASCII space; not U+00A0.
    if char == " " or unicodedata.category(char)[0] in "LMNPS":
        return char
    code = ord(char)
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

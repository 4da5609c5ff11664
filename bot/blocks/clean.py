"""Foreign text made fit to be shown: no terminal escapes, no control or direction-changing characters."""

import re

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def clean(text: str) -> str:
    """The text without ANSI sequences; a carriage return keeps what came last, as a terminal would show it.

    Other control characters, those that hide or reorder text, and halves of a character become U+FFFD. Newline
    and tab stay.
    """
    text = _ANSI.sub("", text).replace("\r\n", "\n")
    if "\r" in text:
        text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return _UNSEEN.sub("\ufffd", text)


def one_line(text: str, most: int) -> str:
    """The cleaned text on one line, at most `most` characters, with `…` where it was cut."""
    line = " ".join(clean(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"

"""Slack rewrites what people type: links, mentions and three escaped characters. This undoes it.

Source of the rules: Slack's "Formatting text for app surfaces". A typed `<` always arrives as `&lt;`, so
a bare `<…>` is always Slack's own.
"""

import re

_TOKEN = re.compile(r"<([@#!][^<>]*|[A-Za-z][A-Za-z0-9+.-]*:[^<>]*)>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}


def unslack(text: str) -> str:
    """The text as it was typed: `<http://web.local|web.local>` was `web.local`, `&lt;` was `<`."""
    return _ENTITY.sub(lambda match: _CHARACTERS[match[1]], _TOKEN.sub(lambda match: _typed(match[1]), text))


def escape(text: str) -> str:
    """The text as Slack would send it, had somebody typed it: the inverse of `unslack`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _typed(token: str) -> str:
    target, _, label = token.partition("|")
    if target.startswith(("@", "#")):
        return target[0] + (label or target[1:]).removeprefix(target[0])
    if target.startswith("!"):
        return _special(target[1:], label)
    return label if label and _is_autolink(target, label) else target.removeprefix("mailto:")


def _special(target: str, label: str) -> str:
    """`<!here>`, `<!subteam^S1|@x>` and dates, whose label is what a reader sees."""
    name, _, rest = target.partition("^")
    if name == "date":
        return label or rest
    return "@" + (label or rest or name).removeprefix("@")


def _is_autolink(target: str, label: str) -> bool:
    """Whether Slack made the link of the label itself: then the label is what was typed."""
    scheme, _, rest = target.partition(":")
    rest = rest.removeprefix("//")
    return label in (target, rest) or rest == label + "/" or scheme in ("mailto", "tel")

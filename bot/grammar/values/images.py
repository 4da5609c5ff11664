"""Images as people name them."""

import re

from bot.grammar.values.invalid import InvalidValue
from bot.reference import Reference

_ID = re.compile(r"[0-9a-f]{64}")


def image(typed: str) -> str:
    """`redis`, `tomcat:9.0`, `registry.example:5000/team/app@sha256:…`, or a full id. Kept as it was typed."""
    if _is_image(typed):
        return typed
    if typed.lower() != typed and _is_image(typed.lower()):
        raise InvalidValue(f"{typed}: an image's name is in lower case", f"Did you mean {typed.lower()}?")
    raise InvalidValue(
        f"{typed or 'nothing'} is not an image", "An image is written NAME[:TAG] or NAME@sha256:…."
    )


def _is_image(text: str) -> bool:
    try:
        Reference.parse(text)
    except ValueError:
        return _ID.fullmatch(text) is not None
    return True

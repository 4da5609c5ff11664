"""Image references, as distribution's reference package reads them."""

import re

from bot.grammar.values.invalid import InvalidValue

_PART = r"[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9a-fA-F:]+\])"
_TAIL = (
    r"(?::[A-Za-z0-9_][\w.-]{0,127})?(?:@(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}))?"
)
_NAME = re.compile(rf"{_PART}(?:/{_PART})*{_TAIL}", re.ASCII)
_DOMAIN = re.compile(rf"{_HOST}(?::[0-9]+)?", re.ASCII)


def image(typed: str) -> str:
    """`redis`, `tomcat:9.0`, `registry.example:5000/team/app@sha256:…`. Kept as it was typed."""
    first, slash, rest = typed.partition("/")
    is_domain = bool(slash) and (
        bool(re.search("[.:]", first)) or first == "localhost" or first != first.lower()
    )
    if re.fullmatch("[0-9a-f]{64}", typed) or (
        _NAME.fullmatch(rest if is_domain else typed) and (not is_domain or _DOMAIN.fullmatch(first))
    ):
        return typed
    if typed.lower() != typed and _NAME.fullmatch(typed.lower()):
        raise InvalidValue(f"{typed}: an image's name is in lower case", f"Did you mean {typed.lower()}?")
    raise InvalidValue(
        f"{typed or 'nothing'} is not an image", "An image is written NAME[:TAG] or NAME@sha256:…."
    )

"""Values as text: Go's fmt (`%v`, Sprint, Sprintf) and encoding/json."""

import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.format.template.values import NilList, NilMap, NoValue, Struct, type_name
from bot.format.text import quote

MAX_WIDTH = 1000  # columns that printf pads to; Go refuses above a million
VERB = re.compile(r"%([-+# 0]*)(\d+)?(?:\.(\d*))?(.?)", re.DOTALL)


def shown(value: object) -> str:
    """A value as an action prints it: `[a b]`, `map[a:b]` with sorted keys, `{a b}` for a struct."""
    return "<no value>" if isinstance(value, NoValue) else plain(value)


def plain(value: object) -> str:
    """A value as `%v` prints it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _float(value) if isinstance(value, float) else str(value)
    return _collection(value)


def _collection(value: object) -> str:
    if isinstance(value, Struct):
        return "{" + " ".join(plain(item) for item in value.values()) + "}"
    if isinstance(value, dict):
        return "map[" + " ".join(f"{key}:{plain(value[key])}" for key in sorted(value)) + "]"
    if isinstance(value, list):
        return "[" + " ".join(plain(item) for item in value) + "]"
    return "<nil>"


def _float(value: float) -> str:
    """The shortest text that reads back the same, as `%g`."""
    if math.isinf(value) or math.isnan(value):
        return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
    digits = repr(value)
    for precision in range(1, 18):
        digits = f"{value:.{precision}e}"
        if float(digits) == value:
            break
    mantissa, _, exponent = digits.partition("e")
    if -4 <= int(exponent) < max(21 if value == int(value) and abs(value) < 1e6 else 6, len(mantissa) - 1):
        return f"{value:.0f}" if value == int(value) else repr(value)
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{exponent}"


def sprint(args: Sequence[object]) -> str:
    """Go's Sprint: a space between two operands where neither is a string."""
    parts: list[str] = []
    for index, arg in enumerate(args):
        if index and not isinstance(arg, str) and not isinstance(args[index - 1], str):
            parts.append(" ")
        parts.append(plain(arg))
    return "".join(parts)


def sprintln(args: Sequence[object]) -> str:
    """Go's Sprintln: spaces between all, a newline at the end."""
    return " ".join(plain(arg) for arg in args) + "\n"


def sprintf(pattern: str, args: Sequence[object]) -> str:
    """Go's Sprintf, with its own words where verb and value don't fit: `%!d(string=hi)`."""
    left = iter(args)
    used = 0

    def verb(found: re.Match[str]) -> str:
        nonlocal used
        flags, columns, precision, letter = found.groups()
        if letter == "%":
            return "%"
        if not letter:
            return "%!(NOVERB)"
        wide = int(columns) if columns and len(columns) < 8 else 0
        if used >= len(args):
            return f"%!{letter}(MISSING)"
        used += 1
        if len(columns or "") > 7 or max(wide, int((precision or "0")[:8])) > MAX_WIDTH:
            next(left)
            return "%!(BADWIDTH)"
        return _padded(_verb(next(left), letter, flags, precision), flags, wide, letter)

    text = VERB.sub(verb, pattern)
    if used < len(args):
        extra = ", ".join(f"{type_name(arg)}={plain(arg)}" for arg in args[used:])
        text += f"%!(EXTRA {extra})"
    return text


def _padded(text: str, flags: str, columns: int, letter: str) -> str:
    if "-" in flags:
        return text.ljust(columns)
    if "0" in flags and letter not in "sqvT":
        return text.zfill(columns)
    return text.rjust(columns)


def _verb(value: object, letter: str, flags: str, precision: str | None) -> str:
    if letter == "T":
        return type_name(value)
    if letter == "v":
        return plain(value)
    if isinstance(value, list):
        return "[" + " ".join(_verb(item, letter, flags, precision) for item in value) + "]"
    formatted = None
    if isinstance(value, bool):
        formatted = plain(value) if letter == "t" else None
    elif isinstance(value, str):
        formatted = _string_verb(value, letter, precision)
    elif isinstance(value, int):
        formatted = _integer_verb(value, letter, flags)
    elif isinstance(value, float):
        formatted = _float_verb(value, letter, precision)
    if formatted is not None:
        return formatted
    return f"%!{letter}(<nil>)" if value is None else f"%!{letter}({type_name(value)}={plain(value)})"


def _string_verb(value: str, letter: str, precision: str | None) -> str | None:
    cut = value if precision is None else value[: int(precision or 0)]
    forms = {"s": cut, "q": quote(cut), "x": cut.encode().hex(), "X": cut.encode().hex().upper()}
    return forms.get(letter)


def _integer_verb(value: int, letter: str, flags: str) -> str | None:
    if letter in "doxXb":
        return ("+" if "+" in flags and value >= 0 else "") + format(
            value, ("#" if "#" in flags else "") + letter
        )
    if letter in "cqU" and 0 <= value < 0x110000 and not 0xD800 <= value < 0xE000:
        return {"c": chr(value), "q": f"'{chr(value)}'", "U": f"U+{value:04X}"}[letter]
    return None


def _float_verb(value: float, letter: str, precision: str | None) -> str | None:
    if letter not in "eEfFgG":
        return None
    if precision is None and letter in "gG":
        return _float(value)
    return format(value, f".{6 if precision is None else int(precision or 0)}{letter}")


def json_text(value: object) -> str:
    """JSON as the CLI's `json`: struct fields in order, map keys sorted, `<>&` plain save in a row."""
    return "".join(_json(value))


def _json(value: object) -> Iterator[str]:
    if isinstance(value, NilList | NilMap | NoValue) or value is None:
        yield "null"
    elif isinstance(value, dict):
        fields = value.json_fields() if isinstance(value, Struct) else dict(sorted(value.items()))
        made = "{" + ",".join(f"{_quoted(key)}:{''.join(_json(item))}" for key, item in fields.items()) + "}"
        yield _html_safe(made) if isinstance(value, Struct) and value.row else made
    elif isinstance(value, list):
        yield "[" + ",".join("".join(_json(item)) for item in value) + "]"
    elif isinstance(value, str):
        yield _quoted(value)
    elif isinstance(value, float):
        yield str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    else:
        yield json.dumps(_scalar(value))


def _scalar(value: object) -> Any:
    return value if isinstance(value, bool | int) else str(value)


def _quoted(text: str) -> str:
    """A JSON string as Go writes it: U+2028 and U+2029 escaped, other characters plain."""
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x7f", "\x7f")
    )


def _html_safe(text: str) -> str:
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")

"""Booleans and numbers as Go's strconv reads them."""

import re

from bot.grammar.values.invalid import InvalidValue

_TRUE = ("1", "t", "T", "true", "TRUE", "True")
_FALSE = ("0", "f", "F", "false", "FALSE", "False")
_UNDERSCORED = re.compile(r"[+-]?(?:0[xXoObB]_?)?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*")


def boolean(typed: str) -> bool:
    """strconv.ParseBool: 1, t, T, TRUE, true, True and their opposites."""
    if typed in _TRUE:
        return True
    if typed in _FALSE:
        return False
    raise InvalidValue(f"{typed or 'nothing'} is neither true nor false", "Say true or false.")


def whole_number(typed: str) -> int:
    """strconv.ParseInt(s, 0, 64): decimal, 0x, 0o, 0b, a leading 0 for octal, and underscores."""
    return _within(typed, -(2**63), 2**63 - 1)


def unsigned(bits: int, typed: str) -> int:
    """strconv.ParseUint(s, 0, bits)."""
    if typed.startswith(("+", "-")):
        raise InvalidValue(f"{typed} is not a whole number from 0")
    return _within(typed, 0, 2**bits - 1)


def decimal(typed: str) -> int:
    """strconv.ParseInt(s, 10, 64)."""
    if not re.fullmatch(r"[+-]?[0-9]{1,30}", typed):
        raise InvalidValue(f"{typed or 'nothing'} is not a whole number")
    return _within_bounds(typed, int(typed), -(2**63), 2**63 - 1)


def _within(typed: str, least: int, most: int) -> int:
    number = _number(typed)
    if number is None:
        raise InvalidValue(f"{typed or 'nothing'} is not a whole number")
    return _within_bounds(typed, number, least, most)


def _within_bounds(typed: str, number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise InvalidValue(f"{typed} is out of range ({least} to {most})")
    return number


def _number(typed: str) -> int | None:
    if len(typed) > 80 or not typed.isascii() or not _UNDERSCORED.fullmatch(typed):
        return None
    sign = -1 if typed.startswith("-") else 1
    digits = typed.lstrip("+-")
    if re.fullmatch(r"0_?[0-7_]+", digits):
        return sign * int(digits.replace("_", ""), 8)
    if digits.startswith("0") and len(digits) > 1 and digits[1] not in "xXoObB":
        return None
    if "_" in digits and digits[1:2] not in ("x", "X", "o", "O", "b", "B"):
        return None if not digits.replace("_", "").isdigit() else sign * int(digits.replace("_", ""))
    try:
        return sign * int(digits, 0)
    except ValueError:
        return None

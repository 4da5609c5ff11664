"""Which parts of what is repeated are secrets, and how they are masked: `DB_PASSWORD=…`.

Two rules: a name that says so (`…_TOKEN=`, `--password`), and a value that looks so whatever its name. Plain
hexadecimal (ids, digests, commits) is always kept: without it, nothing that Docker says could be read.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.grammar.secret_values import MASK, mask_values

if TYPE_CHECKING:
    from bot.grammar.words import Typed

__all__ = ["MASK", "is_secret_name", "mask", "mask_assignment", "mask_typed", "mask_words"]

_STRONG: tuple[str, ...] = (
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "pwd",
    "secret",
    "token",
    "apikey",
    "credential",
)
_STRONG += ("privatekey", "accesskey", "secretkey", "authkey", "signingkey", "encryptionkey")
_WEAK = {
    "pass",
    "pw",
    "key",
    "auth",
    "private",
    "cred",
    "creds",
    "dsn",
    "cert",
    "jwt",
    "bearer",
    "cookie",
    "salt",
}
_ABOUT = {"file", "path", "dir", "ttl", "timeout", "expiry", "expires", "length", "size", "count", "enabled"}
_ABOUT |= {
    "name",
    "type",
    "algorithm",
    "alg",
    "header",
    "url",
    "uri",
    "host",
    "port",
    "user",
    "username",
    "mode",
}
_PLAIN = re.compile(r"(?i)true|false|yes|no|on|off|none|null|\d{1,2}|")
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NOT_SECRET = {"PWD", "OLDPWD"}

_NAME = re.compile(r"(?<![\w.-])(-{0,2}[A-Za-z_][\w.-]*)=")
_VALUE = re.compile(r""""[^"]*"?|'[^']*'?|(?:[^\s"'&;,]|,(?![A-Za-z_][\w.-]*=))+""")
_JSON = re.compile(r'"([\w.-]{1,80})"(\s*:\s*)"((?:[^"\\]|\\.)*)"')
_COLON = re.compile(r"(?i)\b(passw(?:or)?d|passphrase|secret|token|api[_-]?key)(\s*:\s*)([^\s\"',;&]+)")
_NAMED = re.compile(r"(-{0,2}[A-Za-z_][\w.-]*)=(.*)", re.DOTALL)
_MYSQL = {"mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mariadb-admin"}
_USER_FLAGS = {"curl": ("-u", "--user", "-U", "--proxy-user"), "redis-cli": ("-a",), "sshpass": ("-p",)}


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Whether a variable, label or flag of this name holds a secret: DB_PASSWORD, apiKey, --token.

    KEYBOARD, AUTHOR, TOKENIZER, PWD, and names of things about a secret (TOKEN_TTL, PASSWORD_FILE) do not.
    """
    bare = name.lstrip("-")
    parts = [part.lower() for part in _PARTS.findall(bare)]
    if not parts or bare in _NOT_SECRET or (len(parts) > 1 and parts[-1] in _ABOUT):
        return False
    pairs = [one + other for one, other in pairwise(parts)]
    return any(
        part in _WEAK or part.removesuffix("s").endswith(_STRONG) or part.startswith(_STRONG[:2])
        for part in parts + pairs
    )


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
    """`NAME=value` as `NAME=…` where the name says so; otherwise the value masked as free text."""
    match = _NAMED.fullmatch(word)
    if match and is_secret_name(match[1]) and not _PLAIN.fullmatch(match[2]):
        return f"{match[1]}={MASK}"
    if match and "=" not in match[1]:
        return f"{match[1]}={mask(match[2])}"
    return mask(word)


def mask_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words of a command, each masked by what it says and by the flag before it (`--token x`)."""
    words = tuple(words)
    return tuple(_mask_in(words, index) for index in range(len(words)))


def mask_typed(typed: "Typed", start: int, end: int) -> tuple[str, int, int]:
    """What was typed, its secrets masked, and where the given span then stands.

    A span that touches a masked word covers the whole word, so that it tells nothing of what was in it.
    """
    parts: list[str] = []
    done, at, first, last = 0, 0, start, end
    for word, masked in zip(typed.words, mask_words(each.text for each in typed.words), strict=True):
        at += word.start - done  # where the word begins in what is shown
        parts.append(typed.text[done : word.start])
        done = word.end
        shown = masked if masked != word.text else typed.text[word.start : word.end]
        if word.start <= start < word.end or (word.start < end <= word.end):
            inside = masked == word.text
            first = at + start - word.start if inside and start >= word.start else min(first, at)
            last = at + end - word.start if inside and end <= word.end else at + len(shown)
        elif word.end <= start:
            first, last = start + at + len(shown) - word.end, end + at + len(shown) - word.end
        parts.append(shown)
        at += len(shown)
    return "".join(parts) + typed.text[done:], first, max(last, first)


def _mask_in(words: Sequence[str], index: int) -> str:
    word = words[index]
    if index and _takes_secret(words, index - 1):
        return MASK
    if not _NAMED.fullmatch(word) and re.search(r"\s", word):
        return _mask_script(word)
    if word.startswith("-p") and len(word) > 2 and _program_before(words, index, _MYSQL):
        return f"-p{MASK}"
    return mask_assignment(word)


def _mask_script(word: str) -> str:
    """A word that holds words (`sh -c "mysql -px"`): masked as text, then as words."""
    pieces = re.split(r"(\s+)", mask(word))
    pieces[::2] = mask_words(pieces[::2]) if len(pieces) > 1 else [mask_assignment(pieces[0])]
    return "".join(pieces)


def _takes_secret(words: Sequence[str], index: int) -> bool:
    """Whether the word is a flag whose value, the next word, is a secret."""
    flag = words[index]
    if flag.startswith("--") and "=" not in flag and is_secret_name(flag):
        return not words[index + 1].startswith("--")
    return any(flag in flags and _program_before(words, index, {name}) for name, flags in _USER_FLAGS.items())


def _program_before(words: Sequence[str], index: int, names: set[str]) -> bool:
    return any(word.rpartition("/")[2] in names for word in words[:index])


def _mask_assignments(text: str) -> str:
    """Each `NAME=value` in the text whose name says it is a secret, as `NAME=…`."""
    parts: list[str] = []
    done = 0
    for match in _NAME.finditer(text):
        value = _VALUE.match(text, match.end())
        if match.start() < done or value is None or not is_secret_name(match[1]):
            continue
        if not _PLAIN.fullmatch(value[0].strip("\"'")):
            parts += [text[done : match.end()], MASK]
            done = value.end()
    return "".join(parts) + text[done:]


def _masked_json(match: re.Match[str]) -> str:
    if not is_secret_name(match[1]) or _PLAIN.fullmatch(match[3]):
        return match[0]
    return f'"{match[1]}"{match[2]}"{MASK}"'

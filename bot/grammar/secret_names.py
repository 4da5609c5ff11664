"""Names that say that a value is a secret."""

import re
from functools import lru_cache
from itertools import pairwise

# What a part of a name, or two of them (`api_key`), may end with.
_STRONG = (
    "password", "passwd", "passphrase", "passwort", "pwd", "secret", "token", "apikey", "credential", "privatekey",
    "accesskey", "secretkey", "authkey", "signingkey", "encryptionkey", "masterauth", "basicauth", "proxyauth",
)  # fmt: skip
_WEAK = {
    "pass", "pw", "key", "auth", "private", "cred", "creds", "dsn", "cert", "jwt", "bearer", "cookie", "salt",
}  # fmt: skip
_ABOUT = {
    "file", "path", "dir", "ttl", "timeout", "expiry", "expires", "length", "size", "count", "enabled", "name", "type",
    "algorithm", "alg", "header", "url", "uri", "host", "port", "user", "username", "mode",
}  # fmt: skip
_PASSES = ("compass", "bypass", "trespass", "surpass", "overpass", "underpass")  # these end so and are none
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NOT_SECRET = {"PWD", "OLDPWD"}


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Whether a variable, label or flag of this name holds a secret: DB_PASSWORD, apiKey, --token, PGPASS.

    KEYBOARD, AUTHOR, TOKENIZER, PWD, and names of things about a secret (TOKEN_TTL, PASSWORD_FILE) do not.
    """
    bare = name.lstrip("-")
    parts = [part.lower() for part in _PARTS.findall(bare)]
    if not parts or bare in _NOT_SECRET or (len(parts) > 1 and parts[-1] in _ABOUT):
        return False
    return any(map(_says_so, parts)) or any(_says_so(one + other) for one, other in pairwise(parts))


def _says_so(part: str) -> bool:
    return (
        part in _WEAK
        or part.removesuffix("s").endswith(_STRONG)
        or part.startswith(("password", "passwd"))
        or (part.endswith("pass") and not part.endswith(_PASSES))
    )

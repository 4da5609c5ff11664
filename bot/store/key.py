"""The key of the audit chain: given, or kept in a file that only the bot may read."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.store.errors import StoreError, plainly

SHORTEST = 16


def given(text: str) -> bytes:
    """The key as given in DOCKWARDEN_AUDIT_KEY. StoreError where it is too short to protect anything."""
    key = text.strip().encode()
    if len(key) < SHORTEST:
        raise StoreError(f"DOCKWARDEN_AUDIT_KEY is too short: give at least {SHORTEST} characters")
    return key


def load(path: Path) -> bytes | None:
    """Read the key's file; None where there is none. StoreError where others may read it too."""
    with plainly():
        try:
            text = path.read_text("ascii", errors="replace")
        except FileNotFoundError:
            return None
        if path.stat().st_mode & 0o077:
            raise StoreError(f"others may read the audit key: chmod 600 {path}")
    if len(text.strip()) < SHORTEST:
        raise StoreError(f"there is no audit key in {path}")
    return text.strip().encode()


def make(path: Path) -> bytes:
    """Make a key once: of several processes that try, all get the one that came first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with plainly():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32) + "\n")
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, path)  # whole or not at all, and never over another's
        finally:
            draft.unlink()
    found = load(path)
    if found is None:
        raise StoreError(f"the audit key in {path} is gone")
    return found

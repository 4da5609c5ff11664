"""The newest mark of the chain, kept outside the database: so a cut end or an old copy is found."""

import os
from pathlib import Path

from bot.store.chain import START, Mark
from bot.store.errors import StoreError, plainly


def load(path: Path) -> Mark:
    """Read the kept mark; START where none was kept yet."""
    with plainly():
        try:
            return Mark.parse(path.read_text("ascii", errors="replace"))
        except FileNotFoundError:
            return START
        except ValueError as error:
            raise StoreError(
                f"{path} holds no mark of the audit chain; look into it, then remove it"
            ) from error


def save(path: Path, mark: Mark) -> None:
    """Keep a mark: the file is replaced whole, and is for its owner alone."""
    draft = f"{path}.{os.getpid()}.new"
    with plainly():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, f"{mark}\n".encode())
        finally:
            os.close(descriptor)
        Path(draft).replace(path)

"""The one error of this room, and the words people read in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# What the drivers say, and what it means to whoever has to put it right.
PLAIN = {
    "disk is full": "the disk is full",
    "no space left": "the disk is full",
    "readonly database": "the database is read-only",
    "read-only transaction": "the database is read-only",
    "database is locked": "the database is locked by another process",
    "lock timeout": "the database is locked by another process",
    "unable to open database": "the database file can't be opened",
    "not a database": "the file is not a database",
    "malformed": "the database file is damaged",
    "connection refused": "the database server can't be reached",
    "unique constraint": "this was recorded before",
    "disk i/o error": "the disk refuses to write",
}


class StoreError(Exception):
    """The store could not do what was asked; nothing of it was written. The text is for people."""


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the database or the file system raises into a StoreError in plain words."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise StoreError("the text holds half a character") from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreError(words(error)) from error


def words(error: Exception) -> str:
    """Say in one line what went wrong, without SQL, values or the database's password."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    said = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    return next((plain for mark, plain in PLAIN.items() if mark in str(cause).lower()), said)

"""The audit chain, pure: each record is signed together with the signature of the one before it."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Self

Kind = Literal["request", "denied", "intent", "outcome", "note"]
Fault = Literal["edited", "removed", "inserted", "reordered", "replaced", "cut"]

# A record found out of place is looked for this many places up and down.
NEAR = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the chain: the number of a record and its signature. As text, `seq:hash`."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote; ValueError for anything else."""
        seq, _, mac = text.strip().partition(":")
        if not seq.isdecimal() or len(mac) != 64:
            raise ValueError(f"not a mark of the audit chain: {text[:80]!r}")
        return cls(int(seq), mac)


START = Mark(0, "0" * 64)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded. `at` is UTC epoch seconds, `operation` its id or an empty string."""

    at: float
    kind: Kind
    operation: str
    body: Mapping[str, Any]


class Record(NamedTuple):
    """One row of the chain. `at` is UTC epoch seconds, `text` the body as canonical JSON."""

    seq: int
    at: float
    kind: str
    operation: str
    text: str
    previous: str
    mac: str

    @property
    def body(self) -> Mapping[str, Any]:
        """The body, read; empty where someone left no JSON object in its place."""
        try:
            body = json.loads(self.text)
        except (TypeError, ValueError):
            return {}
        return body if isinstance(body, dict) else {}

    @property
    def hosts(self) -> list[str]:
        """The hosts that the body names."""
        hosts = self.body.get("hosts") or self.body.get("host") or []
        return [str(host) for host in (hosts if isinstance(hosts, list) else [hosts])]

    @property
    def mark(self) -> Mark:
        """The record's place in the chain."""
        return Mark(self.seq, self.mac)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: how many records are sound, the last sound one, and the first fault, if any.

    `at` is the number of the record where the fault shows, `detail` one sentence about it.
    """

    count: int
    head: Mark
    fault: Fault | None = None
    at: int = 0
    detail: str = ""


def canonical(body: Mapping[str, Any]) -> str:
    """Write a body in the one way it is signed: sorted keys, no spaces, ASCII; ValueError for NaN."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False)


# `default`: a check must survive whatever was put into a row, so that it can name it.
_encode = json.JSONEncoder(separators=(",", ":"), default=repr).encode


def sign(record: Record, key: bytes, seq: int | None = None) -> str:
    """Give the signature the record should bear (as number `seq`, where given), 64 hex digits.

    HMAC-SHA256 over the JSON array [seq, at, kind, operation, text, previous] without spaces.
    """
    signed = _encode((record.seq if seq is None else seq, *record[1:6]))
    return hmac.digest(key, signed.encode(), hashlib.sha256().name).hex()


def seal(key: bytes, last: Mark, entry: Entry) -> Record:
    """Make the record that follows `last`."""
    text = canonical(entry.body)
    blank = Record(last.seq + 1, float(entry.at), entry.kind, entry.operation, text, last.hash, "")
    return blank._replace(mac=sign(blank, key))


def verify(records: Iterable[Record], key: bytes, kept: Iterable[Mark] = (), start: Mark = START) -> Verdict:
    """Check records in ascending order, one at a time, up to the first fault.

    `kept` are marks remembered elsewhere (the head file, messages in Slack): each must be in the chain, or
    its end was cut, or an old copy was put back. `start` is the mark that the first record follows.
    """
    remembered = {mark.seq: mark.hash for mark in kept if mark.seq > start.seq}
    count, last = 0, start
    rows = iter(records)
    for record in rows:
        if record.seq != last.seq + 1 or record.previous != last.hash or record.mac != sign(record, key):
            newest = max(remembered, default=record.seq)
            fault, detail = _name(record, next(rows, None), last, key, newest)
            return Verdict(count, last, fault, last.seq + 1, detail)
        if remembered.get(record.seq, record.mac) != record.mac:
            detail = (
                f"Record {record.seq} is signed, but it is not the one that was kept: history was replaced."
            )
            return Verdict(count, last, "replaced", record.seq, detail)
        count, last = count + 1, record.mark
    if any(seq > last.seq for seq in remembered):
        ends = f"The chain ends at {last.seq}, but record {max(remembered)} was there"
        detail = f"{ends}: its end was cut, or an old copy was put back."
        return Verdict(count, last, "cut", last.seq + 1, detail)
    return Verdict(count, last)


def _name(record: Record, following: Record | None, last: Mark, key: bytes, newest: int) -> tuple[Fault, str]:
    """Tell what was done to the first record that does not fit after `last`."""
    here = last.seq + 1
    if record.seq != here:
        gone = record.seq > here
        return (
            ("removed", f"Record {here} is missing.")
            if gone
            else ("reordered", f"Record {record.seq} comes again.")
        )
    own = _place(record, key)
    then = _place(following, key) if following else None
    if own == here:
        return (
            "replaced",
            f"Record {here} is signed, but does not follow record {last.seq}: history was replaced.",
        )
    if own is not None:
        if following is None or then == own + 1:
            return "removed", f"Record {here} was signed as number {own}: what stood before it is missing."
        return "reordered", f"Record {here} was signed as number {own}."
    if (then == here and following and following.previous == last.hash) or (not following and here > newest):
        return "inserted", f"Record {here} was not signed with this key, and was put in."
    return "edited", f"Record {here} is not as it was signed."


def _place(record: Record, key: bytes) -> int | None:
    """The number under which the record was signed, if it is near."""
    near: Callable[[int], int] = lambda seq: abs(seq - record.seq)  # noqa: E731
    around = range(max(1, record.seq - NEAR), record.seq + NEAR)
    return next((seq for seq in sorted(around, key=near) if sign(record, key, seq) == record.mac), None)

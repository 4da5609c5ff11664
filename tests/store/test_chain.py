"""The chain itself: what was sealed verifies, and marks can be kept elsewhere."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.chain import START, Entry, Mark, Record, Verdict, canonical, seal, sign, verify

KEY = b"the tests' audit key"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
entries = st.builds(
    Entry,
    st.floats(0, 1e11),
    st.sampled_from(["request", "denied", "intent", "outcome", "note"]),
    st.text(max_size=26),
    st.dictionaries(st.text(), json_values, max_size=4),
)


def sealed(*made: Entry, start: Mark = START) -> list[Record]:
    records: list[Record] = []
    for entry in made:
        records.append(seal(KEY, records[-1].mark if records else start, entry))
    return records


def notes(count: int) -> list[Record]:
    return sealed(*(Entry(float(n), "note", "", {"n": n}) for n in range(count)))


@given(st.lists(entries, max_size=6))
def test_what_was_sealed_verifies_and_keeps_its_body(made: list[Entry]) -> None:
    records = sealed(*made)
    assert verify(records, KEY) == Verdict(len(made), records[-1].mark if records else START)
    assert [record.body for record in records] == [entry.body for entry in made]


@given(st.lists(entries, min_size=2, max_size=2, unique_by=lambda entry: (entry.at, entry.operation)))
def test_different_entries_are_signed_differently(made: list[Entry]) -> None:
    one, other = (seal(KEY, START, entry) for entry in made)
    assert one.mac != other.mac


def test_a_signature_can_be_made_by_anyone_with_the_key() -> None:
    """HMAC-SHA256 over a JSON array: this value was made by `openssl dgst -sha256 -hmac`."""
    (record,) = sealed(Entry(1.5, "note", "01J", {"b": "é", "a": 1}))
    assert record.text == r'{"a":1,"b":"\u00e9"}'
    assert record.mac == "ba6307b10eaf43c9f6bb897d45038173c3167e9b7ac14b6778b1517736635911"


def test_another_key_finds_nothing_sound() -> None:
    verdict = verify(notes(3), b"another key altogether")
    assert (verdict.count, verdict.fault, verdict.at) == (0, "edited", 1)


def test_kept_marks_must_be_in_the_chain() -> None:
    records = notes(5)
    assert verify(records, KEY, [record.mark for record in records]).fault is None
    assert verify(records, KEY, [Mark(9, "a" * 64)]).fault == "cut"
    assert verify([], KEY, [records[0].mark]).fault == "cut"
    assert verify(records, KEY, [records[4].mark, Mark(2, "a" * 64)]) == Verdict(
        1,
        records[0].mark,
        "replaced",
        2,
        "Record 2 is signed, but it is not the one that was kept: history was replaced.",
    )


def test_a_chain_can_be_checked_from_a_mark_on() -> None:
    records = notes(5)
    assert verify(records[2:], KEY, start=records[1].mark) == Verdict(3, records[4].mark)
    assert verify(records[2:], KEY).fault == "removed"


def test_a_check_reads_no_further_than_the_first_fault() -> None:
    records = notes(5)
    stream = iter([records[0], records[2], records[3], records[4]])
    assert verify(stream, KEY).at == 2
    assert list(stream) == [records[4]]


def test_a_mark_is_written_and_read() -> None:
    mark = notes(1)[0].mark
    assert Mark.parse(f"{mark}\n") == mark
    assert str(mark) == f"1:{mark.hash}"


@pytest.mark.parametrize(
    "text", ["", "1", "1:", "x:" + "a" * 64, "-1:" + "a" * 64, "1:" + "a" * 63, "²:" + "a" * 64]
)
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a mark"):
        Mark.parse(text)


def test_a_body_has_one_form_only() -> None:
    assert (
        canonical({"b": [1, {"z": None, "a": "\n"}], "a": True}) == r'{"a":true,"b":[1,{"a":"\n","z":null}]}'
    )
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("inf")})


@pytest.mark.parametrize("left", [None, 5, b"\x00\xff", "", "[1]", "{", "null"])
def test_whatever_stands_in_a_body_can_be_looked_at(left: object) -> None:
    record = notes(1)[0]._replace(text=left)  # type: ignore[arg-type]  # someone wrote it past the bot
    assert (record.body, record.hosts) == ({}, [])
    assert sign(record, KEY) != record.mac


def test_a_million_records_would_verify_within_a_minute() -> None:
    records = notes(20_000)
    began = time.perf_counter()
    assert verify(records, KEY).count == 20_000
    assert time.perf_counter() - began < 60 / 50

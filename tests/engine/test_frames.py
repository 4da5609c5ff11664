"""Log frames, in any portions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.frames import DaemonSaidError, Demultiplexer, FrameError, LogChunk


def frame(stream: int, data: bytes) -> bytes:
    return bytes([stream, 0, 0, 0]) + len(data).to_bytes(4, "big") + data


FRAMES = st.lists(st.tuples(st.sampled_from([1, 2]), st.binary(max_size=20)), max_size=8)


@given(frames=FRAMES, cuts=st.lists(st.integers(0, 250)))
def test_any_border_of_portions_gives_the_same(frames: list[tuple[int, bytes]], cuts: list[int]) -> None:
    wire = b"".join(frame(stream, data) for stream, data in frames)
    borders = sorted({0, len(wire), *(cut for cut in cuts if cut < len(wire))})
    demultiplexer = Demultiplexer()
    found: list[LogChunk] = []
    for start, end in pairwise(borders):
        found += demultiplexer.feed(wire[start:end])
    demultiplexer.close()
    bytes_sent = [(stream, byte) for stream, data in frames for byte in data]
    assert [(chunk.stream, byte) for chunk in found for byte in chunk.data] == bytes_sent


def test_neighbours_of_a_stream_come_together_and_the_order_of_streams_stays() -> None:
    wire = frame(1, b"a") + frame(1, b"b") + frame(2, b"c") + frame(1, b"d")
    assert list(Demultiplexer().feed(wire)) == [LogChunk(1, b"ab"), LogChunk(2, b"c"), LogChunk(1, b"d")]


def test_what_the_container_was_sent_counts_as_output() -> None:
    assert list(Demultiplexer().feed(frame(0, b"in"))) == [LogChunk(1, b"in")]


def test_a_frame_that_claims_four_gibibytes_is_not_waited_for() -> None:
    demultiplexer = Demultiplexer()
    assert list(demultiplexer.feed(b"\x01\0\0\0\xff\xff\xff\xffabc")) == [LogChunk(1, b"abc")]


@pytest.mark.parametrize("cut", range(1, 10))
def test_a_cut_frame_is_an_error(cut: int) -> None:
    demultiplexer = Demultiplexer()
    list(demultiplexer.feed(frame(1, b"ab")[:cut]))
    with pytest.raises(FrameError):
        demultiplexer.close()


@pytest.mark.parametrize(
    "data", [b"plain text of a terminal", b"\x04\0\0\0\0\0\0\x01x", b"\x01\0\x01\0\0\0\0\x01x"]
)
def test_what_is_no_frame_is_an_error(data: bytes) -> None:
    with pytest.raises(FrameError):
        list(Demultiplexer().feed(data))


def test_the_daemons_own_complaint_is_raised_after_what_came_before() -> None:
    found = []
    with pytest.raises(DaemonSaidError, match="disk is full"):
        for chunk in Demultiplexer().feed(frame(1, b"a") + frame(3, b"disk is full\n")):
            found.append(chunk)
    assert found == [LogChunk(1, b"a")]

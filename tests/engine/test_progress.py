"""Messages of a pull or push, in any portions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.progress import Lines, StreamedError, StreamError, progress
from bot.engine.types import Progress


@given(cuts=st.lists(st.integers(1, 29)))
def test_any_border_of_portions_gives_the_same_lines(cuts: list[int]) -> None:
    wire = b'{"status":"a"}\r\n\r\n{"status":"b"}'
    borders = sorted({0, len(wire), *cuts})
    lines = Lines()
    found = [line for a, b in pairwise(borders) for line in lines.feed(wire[a:b])]
    assert [progress(line).status for line in [*found, *lines.close()]] == ["a", "b"]


def test_a_message_without_end_is_given_up() -> None:
    lines = Lines()
    with pytest.raises(StreamError):
        for _ in range(20):
            list(lines.feed(b"x" * 100_000))


def test_bytes_and_layers() -> None:
    line = b'{"status":"Downloading","progressDetail":{"current":5,"total":9},"progress":"[=> ]","id":"41144a717456"}'
    assert progress(line) == Progress(status="Downloading", id="41144a717456", current=5, total=9)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b'{"status":"Waiting","progressDetail":{},"id":"a"}', Progress(status="Waiting", id="a")),
        (b'{"status":"x","progressDetail":null,"aux":null}', Progress(status="x")),
        (b'{"stream":"podman says\\n"}', Progress(status="podman says\n")),
        (b'{"progressDetail":{},"aux":{"Tag":"2","Size":7}}', Progress(aux={"Tag": "2", "Size": 7})),
    ],
)
def test_what_daemons_leave_out(line: bytes, found: Progress) -> None:
    assert progress(line) == found


@pytest.mark.parametrize(
    ("line", "message", "code"),
    [
        (b'{"errorDetail":{"message":"no space left"},"error":"no space left"}', "no space left", 0),
        (b'{"errorDetail":{"code":401,"message":"denied"},"error":"denied"}', "denied", 401),
        (b'{"error":"podman\'s way"}', "podman's way", 0),
        (b'{"errorDetail":{}}', "an error without words", 0),
    ],
)
def test_an_error_in_the_stream_is_an_error(line: bytes, message: str, code: int) -> None:
    with pytest.raises(StreamedError) as caught:
        progress(line)
    assert (str(caught.value), caught.value.code) == (message, code)


@pytest.mark.parametrize("line", [b"<html>", b'{"status":', b"[]", b"\xff", b'{"status":1}'])
def test_what_is_no_message_is_an_error(line: bytes) -> None:
    with pytest.raises(StreamError):
        progress(line)

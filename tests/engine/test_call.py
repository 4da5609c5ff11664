"""Addresses: nothing that a person types gets out of its place in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.call import Call, filter_json, flag, image_path

ID = "3e8c17cc79e7409c22b90a4cd6c240c4e14041d375c35d8344aff4d1ad1b62a0"


@pytest.mark.parametrize("name", ["", ".", "..", "a/..", "../a", "a/../../images", "a//b", "/a", "a/", "./a"])
def test_what_an_address_would_swallow_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        Call("GET", ("containers", name, "json")).target()
    with pytest.raises(ValueError, match="name"):
        Call("GET", ("images", *image_path(name), "json")).target()


@given(st.text(min_size=1).filter(lambda name: not set(name.split("/")) & {"", ".", ".."}))
def test_a_name_stays_one_segment(name: str) -> None:
    target = Call("GET", ("containers", name, "json")).target("1.41")
    assert target.startswith("/v1.41/containers/")
    assert target.endswith("/json")
    assert target.count("/") == 4
    assert target.isascii()
    assert not set("?# \n") & set(target)


@pytest.mark.parametrize(
    ("call", "target"),
    [
        (Call("GET", ("_ping",)), "/_ping"),
        (Call("GET", ("images", *image_path("localhost:5000/a:9.0"), "json")), "/images/localhost:5000/a:9.0/json"),
        (Call("GET", ("containers", "a b?c#d%2e", "json")), "/containers/a%20b%3Fc%23d%252e/json"),
        (Call("POST", ("containers", "web", "stop"), {"t": "0", "signal": ""}), "/containers/web/stop?t=0"),
        (Call("POST", ("images", "create"), {"tag": "1", "fromImage": "a/b"}), "/images/create?fromImage=a%2Fb&tag=1"),
    ],
)  # fmt: skip
def test_how_it_is_written(call: Call, target: str) -> None:
    assert call.target() == target


def test_what_was_asked_is_short_and_on_one_line() -> None:
    assert Call("POST", ("containers", ID, "stop")).asked == "POST /containers/3e8c17cc79e7/stop"
    assert Call("GET", ("containers", "a\nb\x1b[1m", "json")).asked == "GET /containers/a�b�[1m/json"


def test_filters_and_switches_as_the_cli_sends_them() -> None:
    filters = {"label": ["a=b", "a=a"], "dangling": ["true"]}
    assert filter_json(filters) == '{"dangling":{"true":true},"label":{"a=a":true,"a=b":true}}'
    assert filter_json({}) == filter_json(None) == flag(False) == ""
    assert flag(True) == "1"

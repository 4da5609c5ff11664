"""The bot's own log: for people or machines, without secrets."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import set_up

SECRET = "hunter2hunter2"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def written(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == "", "the log goes to standard error alone"
    return err


def test_json_has_a_line_for_each_event(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json")
    log = structlog.get_logger()
    log.info("dockwarden is up", address="127.0.0.1:3000", hosts=2)
    log.warning("two\nlines")
    first, second = map(json.loads, written(capsys).splitlines())
    assert first["event"] == "dockwarden is up"
    assert (first["level"], first["address"], first["hosts"]) == ("info", "127.0.0.1:3000", 2)
    assert first["timestamp"].endswith("Z")
    assert second["event"] == "two\nlines"


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("text")
    structlog.get_logger().info("dockwarden is up", address="127.0.0.1:3000")
    line = written(capsys)
    assert "dockwarden is up" in line and "address=127.0.0.1:3000" in line
    assert "\x1b" not in line, "no colours where nobody looks"


def failing() -> None:
    raise ValueError(f"DB_PASSWORD={SECRET}")


@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_are_masked_wherever_they_stand(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json" if form == "json" else "text")
    log = structlog.get_logger()
    log.info(f"started with DB_PASSWORD={SECRET}", command=f"run -e API_TOKEN={SECRET} nginx")
    log.info("nested", body={"env": [f"DB_PASSWORD={SECRET}"]}, words=(f"API_TOKEN={SECRET}",))
    log.info("an error", error=ValueError(f"DB_PASSWORD={SECRET}"))
    logging.getLogger("library").warning("connecting with DB_PASSWORD=%s", SECRET)
    try:
        failing()
    except ValueError:
        log.exception("it failed")
    text = written(capsys)
    assert "it failed" in text and "Traceback" in text
    assert SECRET not in text
    assert "DB_PASSWORD=…" in text or "DB_PASSWORD=\\u2026" in text


def test_libraries_are_heard_when_they_warn(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json")
    logging.getLogger("library").info("chatter")
    logging.getLogger("library").warning("trouble")
    (line,) = written(capsys).splitlines()
    assert json.loads(line)["event"] == "trouble"


def test_our_own_chatter_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json")
    structlog.get_logger().debug("chatter")
    assert written(capsys) == ""

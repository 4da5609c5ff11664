"""logs: the end of them in the message, the rest as a file, secrets masked."""

import pytest

from bot.commands import logs
from tests.commands.docker import WEB, Docker, frame
from tests.commands.stage import Stage
from tests.commands.wire import Answer


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("logs web", "stderr=1&stdout=1&tail=200"),
        ("logs --tail 5 -t web", "stderr=1&stdout=1&tail=5&timestamps=1"),
        ("logs -n all web", "stderr=1&stdout=1&tail=all"),
        ("logs --since 2026-01-02T03:04:05.5Z web", "since=1767323045.500000000&stderr=1&stdout=1&tail=all"),
        ("logs --until 1700000000 web", "stderr=1&stdout=1&tail=all&until=1700000000"),
    ],
)
async def test_what_the_daemon_is_asked(stage: Stage, docker: Docker, typed: str, query: str) -> None:
    heard = await stage.types(typed)
    assert docker.asked[-1] == f"GET /containers/{WEB}/logs?{query}"
    assert heard.said.text == "looked at logs of web on local"
    assert "first line\nsecond line" in heard.words


async def test_a_terminals_output_has_no_frames(stage: Stage, docker: Docker) -> None:
    docker.more[WEB] = {"Config": {"Tty": True}}
    docker.logs = b"on a \x1b[31mterminal\x1b[0m\r\n"
    heard = await stage.types("logs web")
    assert "on a terminal" in heard.words


async def test_many_lines_become_a_file(stage: Stage, docker: Docker) -> None:
    text = "".join(f"line {number}\n" for number in range(200))
    docker.logs = frame(text)
    heard = await stage.types("logs web")
    assert "(last 40 of 200 lines)" in heard.words
    assert "line 160\n" in heard.words and "line 159\n" not in heard.words
    (file,) = heard.said.files
    assert (file.name, file.content) == ("web.log", text.encode())
    (button,) = heard.said.buttons
    assert (button.action, button.line, button.full) == ("show", "-H local logs web", True)


async def test_show_all_asks_for_all(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("-H local logs web", full=True)
    assert "tail=all" in docker.asked[-1]
    assert heard.said.files[0].content == b"first line\nsecond line\n"
    assert heard.buttons == []


async def test_only_the_end_of_very_much_is_kept_and_that_is_said(
    stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 1024**2)
    docker.logs = b"".join(frame("x" * 1023 + "\n") for _ in range(3000))
    heard = await stage.types("logs --tail all web")
    assert "Only the last 1 MiB are kept" in heard.words
    assert 1024**2 <= len(heard.said.files[0].content) < 1024**2 + 128 * 1024


async def test_what_looks_like_a_secret_is_masked_in_message_and_file(stage: Stage, docker: Docker) -> None:
    docker.logs = frame("connecting with DB_PASSWORD=hunter2\n" * 60)
    heard = await stage.types("logs web")
    assert "DB_PASSWORD=…" in heard.words
    assert b"hunter2" not in heard.said.files[0].content


async def test_nothing_written(stage: Stage, docker: Docker) -> None:
    docker.logs = b""
    heard = await stage.types("logs web")
    assert heard.said.text == "looked at logs of web on local: empty"


async def test_bytes_that_are_no_text(stage: Stage, docker: Docker) -> None:
    docker.logs = frame("ok\n") + b"\x01\0\0\0\0\0\0\x03\xff\xfe\n"
    heard = await stage.types("logs web")
    assert "ok\n\ufffd\ufffd" in heard.words


async def test_a_stream_that_breaks_is_a_failure(stage: Stage, docker: Docker) -> None:
    docker.answers[f"GET /containers/{WEB}/logs"] = [Answer(200, frame("half")[:-2], cut=True)]
    heard = await stage.types("logs web")
    assert heard.said.outcome == "failed", "a read has no unknown outcome: nothing was changed"


@pytest.mark.parametrize("typed", ["logs --tail abc web", "logs --since yesterday web", "logs web cache"])
async def test_mistakes(stage: Stage, docker: Docker, typed: str) -> None:
    assert (await stage.types(typed)).private.outcome == "failed"
    assert docker.asked == []


async def test_logs_are_more_than_looking(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("logs web", by="U0BOB")
    assert heard.private.outcome == "denied"
    assert docker.asked == []

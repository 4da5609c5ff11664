"""run: pull where it must, create, start; what a failed start leaves behind is said."""

import pytest

from bot.commands import run
from tests.commands.docker import MADE, Docker, frame, recorded
from tests.commands.stage import Stage
from tests.commands.wire import Answer

SHORT = MADE[:12]
START = f"POST /containers/{MADE}/start"


async def test_in_the_background(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("run -d -p 9191:8080 --name shop tomcat:9.0")
    assert docker.changed == ["POST /containers/create?name=shop", START]
    assert heard.said.text.startswith("ran shop on local: running")
    assert heard.buttons == [("Logs", f"-H local logs --tail 50 {SHORT}"), ("Stop", f"-H local stop {SHORT}")]
    (intent,) = await stage.records("intent")
    assert intent.body["verbs"] == ["create", "start"]
    (outcome,) = await stage.records("outcome")
    assert outcome.body["made"] == [MADE]


async def test_a_missing_image_is_pulled_first(stage: Stage, docker: Docker) -> None:
    docker.images.pop("tomcat:9.0")
    heard = await stage.types("run -d --name shop tomcat:9.0")
    pull = "POST /images/create?fromImage=docker.io/library/tomcat&tag=9.0"
    assert docker.changed == [pull, "POST /containers/create?name=shop", START]
    assert "Pulled tomcat:9.0 first: it was not on the host." in heard.words


async def test_in_the_foreground_its_end_and_output_are_waited_for(stage: Stage, docker: Docker) -> None:
    docker.logs = frame("hello\n") + frame("and a complaint\n", 2)
    heard = await stage.types("run --name shop busybox:1 echo hello")
    attach, wait = (f"POST /containers/{MADE}/{each}" for each in ("attach", "wait"))
    first, second, last = docker.changed[1:]
    assert {first.partition("?")[0], second.partition("?")[0]} == {attach, wait}, "before the start"
    assert last == START
    assert "condition=next-exit" in first + second
    assert (heard.said.text, heard.said.outcome) == ("ran shop on local: exited (0)", "done")
    assert "hello\nand a complaint" in heard.words
    assert heard.buttons == [("Remove", f"-H local rm {SHORT}")]


async def test_a_program_that_ends_badly(stage: Stage, docker: Docker) -> None:
    docker.exit_code = 3
    heard = await stage.types("run --name shop busybox:1 false")
    assert (heard.said.text, heard.said.outcome) == ("ran shop on local: exited (3)", "failed")


async def test_one_that_goes_with_its_end(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("run --rm --name shop busybox:1 true")
    assert any("condition=removed" in each for each in docker.changed)
    assert heard.said.outcome == "done"
    assert heard.buttons == []


async def test_what_it_prints_has_its_secrets_masked(stage: Stage, docker: Docker) -> None:
    docker.logs = frame("PATH=/bin\nDB_PASSWORD=hunter2\n")
    heard = await stage.types("run busybox:1 env")
    assert "DB_PASSWORD=…" in heard.words
    assert "hunter2" not in repr(heard.said) + repr(await stage.records())


async def test_one_that_takes_long_is_left_to_run(
    stage: Stage, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FOREGROUND_SECONDS", 0.1)
    docker.answers[START] = [Answer(204)]  # the double's end never comes
    docker.answers[f"GET /containers/{MADE}/json"] = [recorded("running")]
    heard = await stage.types("run --name web2 tomcat:9.0")
    assert heard.said.text.startswith("ran web on local: running")
    assert heard.said.outcome == "done"


async def test_a_failed_start_says_what_is_left_behind(stage: Stage, docker: Docker) -> None:
    docker.answers[START] = [recorded("start port")]
    heard = await stage.types("run -d -p 9090:8080 --name shop tomcat:9.0")
    assert heard.said.outcome == "failed"
    assert heard.said.text.startswith("created shop on local, but could not start it: driver failed")
    assert "Left behind: shop (created). `docker rm -f shop` removes it." in heard.words
    assert heard.buttons == [("Remove it", f"-H local rm -f {SHORT}")]
    assert heard.facts["objects"] == [MADE]


async def test_a_failed_start_that_leaves_nothing(stage: Stage, docker: Docker) -> None:
    docker.answers[START] = [recorded("start port")]
    docker.answers[f"GET /containers/{MADE}/json"] = [recorded("created"), recorded("no container")]
    heard = await stage.types("run -d --rm tomcat:9.0")
    assert "Nothing was left behind." in heard.words
    assert heard.buttons == []


async def test_a_start_that_may_have_happened(stage: Stage, docker: Docker) -> None:
    docker.answers[START] = [Answer(cut=True)]
    heard = await stage.types("run -d --name shop tomcat:9.0")
    assert heard.said.outcome == "unknown"
    assert "its start is unknown" in heard.said.text
    assert docker.changed.count(START) == 1


async def test_one_that_is_down_at_once_is_not_called_running(stage: Stage, docker: Docker) -> None:
    docker.answers[START] = [Answer(204)]
    docker.answers[f"GET /containers/{MADE}/json"] = [recorded("created"), recorded("created")]
    heard = await stage.types("run -d --name shop tomcat:9.0")
    assert heard.said.outcome == "failed"


@pytest.mark.parametrize("flag", ["-t", "-i", "-it"])
async def test_a_chat_has_no_terminal(stage: Stage, docker: Docker, flag: str) -> None:
    heard = await stage.types(f"run {flag} tomcat:9.0 sh")
    assert heard.private.text.startswith("a chat has no terminal to attach")
    assert docker.asked == []


async def test_all_its_verbs_are_needed(stage: Stage, docker: Docker) -> None:
    for verbs in ("create", "start", "run, pull"):
        stage.permissions.write_text(
            f"version: 1\nsubjects: {{bob: {{users: [U0BOB]}}}}\n"
            f"rules: [{{id: x, allow: [{verbs}, read], who: bob}}]\n"
        )
        stage.desk.permissions.refresh()
        heard = await stage.types("run -d nginx", by="U0BOB")
        allowed = verbs == "run, pull"
        assert (heard.reply.outcome != "denied") == allowed, verbs
        assert bool(docker.changed) == allowed, verbs

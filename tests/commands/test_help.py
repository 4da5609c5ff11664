"""help: by example, to the asker alone."""

import pytest

from bot.commands.catalogue import COMMANDS
from bot.grammar.parse import parse
from tests.commands.docker import Docker
from tests.commands.stage import Stage

GRAMMARS = {name: command.grammar for name, command in COMMANDS.items()}


@pytest.mark.parametrize("typed", ["help", "", "--help"])
async def test_all_commands_on_one_screen(stage: Stage, typed: str) -> None:
    heard = await stage.types(typed, by="U0DAVE")
    words = heard.words
    assert heard.private.outcome == "done"
    assert all(f"\n{name}" in f"\n{words}" for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
async def test_each_command_by_its_examples(stage: Stage, docker: Docker, name: str) -> None:
    heard = await stage.types(f"help {name}")
    if name != "help":
        assert heard.words == (await stage.types(f"{name} --help")).words
    assert heard.private.text == f"docker {name}: {GRAMMARS[name].summary}"
    assert all(f"/docker {example}" in heard.words for example in GRAMMARS[name].examples)
    assert docker.asked == []


@pytest.mark.parametrize("example", [each for grammar in GRAMMARS.values() for each in grammar.examples])
def test_every_example_can_be_typed(example: str) -> None:
    assert parse(example, GRAMMARS).grammar.examples


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_examples(name: str) -> None:
    assert GRAMMARS[name].examples


async def test_the_many_flags_of_run_wait_behind_a_button(stage: Stage) -> None:
    heard = await stage.types("help run")
    assert "--publish" in heard.words and "--cgroup-parent" not in heard.words
    (button,) = heard.private.buttons
    whole = await stage.types(button.line, full=button.full)
    assert "--cgroup-parent" in whole.words
    assert whole.private.buttons == ()


async def test_help_by_the_long_name(stage: Stage) -> None:
    assert (await stage.types("help container ls")).private.text == "docker ps: List containers"


async def test_an_unknown_command_suggests_the_nearest(stage: Stage) -> None:
    assert (await stage.types("help pss")).private.text == "there is no command pss. Did you mean ps?"
    assert "Did you mean restart?" in (await stage.types("restrat web")).private.text

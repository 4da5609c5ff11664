"""Every command is in the one list, and holds to what all commands hold to."""

from importlib import import_module
from pathlib import Path

import pytest

import bot.commands
from bot.commands.catalogue import COMMANDS
from bot.commands.command import Command, Own
from bot.policy.verbs import VERBS

FILES = sorted(path.stem for path in Path(bot.commands.__file__).parent.glob("*.py"))
DECLARED = [name for name in FILES if hasattr(import_module(f"bot.commands.{name}"), "COMMAND")]


def test_every_file_with_a_command_is_listed() -> None:
    assert sorted(COMMANDS) == DECLARED
    assert all(COMMANDS[name] is import_module(f"bot.commands.{name}").COMMAND for name in DECLARED)


@pytest.mark.parametrize("name", DECLARED)
def test_every_command_has_a_test_of_its_own(name: str) -> None:
    assert (Path(__file__).parent / f"test_{name}.py").exists()


def test_no_two_commands_answer_to_one_name() -> None:
    names = [name for each in COMMANDS.values() for name in (each.grammar.name, *each.grammar.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", DECLARED)
def test_its_verbs_are_what_rules_speak_of(name: str) -> None:
    command = COMMANDS[name]
    if isinstance(command, Command):
        assert set(command.needs) <= VERBS
    else:
        assert isinstance(command, Own)
        assert not command.grammar.changes


@pytest.mark.parametrize("name", DECLARED)
def test_no_flag_hides_another(name: str) -> None:
    flags = COMMANDS[name].grammar.flags
    names = [each for flag in flags for each in (flag.name, *flag.aliases)]
    letters = [flag.short for flag in flags if flag.short]
    assert len(names) == len(set(names)) and len(letters) == len(set(letters))
    assert not {"host", "me", "help"} & set(names)

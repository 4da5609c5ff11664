"""What the documents say, held against the code: examples parse, files are taken, names exist."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.commands.catalogue import COMMANDS
from bot.grammar.grammar import Grammar
from bot.grammar.parse import parse
from bot.hosts.file import NAME, load
from bot.policy.permissions import load_checked
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
README = (ROOT / "README.md").read_text("utf-8")
GRAMMARS = {name: command.grammar for name, command in COMMANDS.items()}
SETTINGS = sorted(
    str(field.validation_alias or name.upper()) for name, field in Settings.model_fields.items()
)


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def _typed() -> list[str]:
    """Every command line of the README, without `/docker`."""
    found = re.findall(r"^/docker ([^\n]+)$|`/docker ([^`\n]+)`", README, re.MULTILINE)
    return [line or inline for line, inline in found]


@pytest.mark.parametrize("line", _typed())
def test_what_the_readme_types_is_understood(line: str) -> None:
    assert parse(line, GRAMMARS).grammar.name == line.split(maxsplit=1)[0]


@pytest.mark.parametrize("text", [block for block in _blocks("yaml") if "rules:" in block])
def test_its_permission_lists_are_taken(text: str) -> None:
    assert load_checked(text).rules


@pytest.mark.parametrize(
    "text", [block for block in _blocks("yaml") if "hosts:" in block and "rules:" not in block]
)
def test_its_hosts_are_taken(text: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(text)
    assert load(tmp_path).hosts


def test_the_demo_is_what_the_readme_says() -> None:
    shown = re.findall(r"`(make \w+)", README)
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"make demo", "make test"} <= set(shown)
    assert {each.removeprefix("make ") for each in shown} <= set(targets)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_explained(name: str) -> None:
    assert f"| `{name}` |" in README
    assert name == "SLACK_API_URL" or name in (ROOT / ".env.example").read_text("utf-8")


def _rows() -> Iterator[tuple[list[Grammar], set[str], bool]]:
    """The table of commands: whose row it is, the flags it names, and whether it stops short of all."""
    table = README.partition("| command | flags |")[2].partition("\n\n")[0]
    for row in table.strip().splitlines()[1:]:
        names, flags = (cell.strip() for cell in row.strip("|").split("|", 1))
        spoken = {word for code in re.findall(r"`([^`]+)`", names) for word in code.split()[:1]}
        spelt = {flag for code in re.findall(r"`([^`]+)`", flags) for flag in re.findall(r"--?[\w-]+", code)}
        yield (
            [GRAMMARS[name] for name in spoken],
            spelt,
            "rest" in flags or "those" in flags or "where" in flags,
        )


def test_the_table_names_every_command() -> None:
    assert {grammar.name for grammars, _, _ in _rows() for grammar in grammars} == set(GRAMMARS)


def test_the_table_names_flags_as_they_are() -> None:
    for grammars, spelt, short in _rows():
        flags = [flag for grammar in grammars for flag in grammar.flags]
        known = {f"--{flag.name}" for flag in flags} | {f"-{flag.short}" for flag in flags if flag.short}
        assert spelt <= known, grammars
        if not short:
            left = [flag.name for flag in flags if not {f"--{flag.name}", f"-{flag.short}"} & spelt]
            assert not left, grammars


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {re.split(r"[\[>=<]", each)[0] for each in wanted}
    table = (ROOT / "docs/architecture.md").read_text("utf-8").partition("## Why each dependency")[2]
    listed = {name for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for name in row.split(", ")}
    assert listed - {"dependency", "---"} == names


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.name)
def test_what_it_points_to_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    paths = re.findall(r"`((?:bot|tests|docs|config)/[\w./-]+)`", text)
    missing = [link for link in links if not (document.parent / link).exists()]
    missing += [path for path in paths if not (ROOT / path).exists() and "NAME" not in path]
    assert not missing


def test_every_test_that_the_threats_name_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/threats.md").read_text("utf-8"))
    assert named
    assert not [f"{path}::{test}" for path, test in named if test not in _functions(path)]


def test_every_function_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    named = {name for name in re.findall(r"`(\w+(?:\.\w+)?)`", text) if name[0].isupper() or "." in name}
    defined = set(re.findall(r"\b(?:class|def) (\w+)", code)) | set(
        re.findall(r"^(\w+) = ", code, re.MULTILINE)
    )
    assert {name.rpartition(".")[2] for name in named} <= defined


@cache
def _functions(path: str) -> frozenset[str]:
    if not (ROOT / path).exists():
        return frozenset()
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(
        each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    )

"""`dockwarden policy`, as typed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.policy import policy
from tests.policy.examples import SHOP, file


@pytest.mark.parametrize(
    ("text", "command", "code", "output"),
    [
        (SHOP, "test", 0, "2 passed, 0 failed\n"),
        (SHOP, "lint", 0, "nothing to report\n"),
        (
            SHOP.replace("expect: deny", "expect: allow"),
            "test",
            1,
            'tests[1]: U0ALICE runs "rm db-1": expected allow, but rule "never-db" denies rm db-1 on prod-1\n'
            "1 passed, 1 failed\n",
        ),
        (
            file("id: x, allow: [rm], who: []"),
            "lint",
            1,
            "subjects.all: no rule uses it (warning)\n"
            "rules[0] (x): can never match: its `who` is empty (warning)\n"
            "rules[0] (x): allows nothing yet: what may not be seen may not be touched, "
            "and no rule allows ps (warning)\n"
            "3 found\n",
        ),
        (
            file("id: x, allow: [info], who: all", "id: x, allow: [info], who: all"),
            "test",
            1,
            'rules: 2 rules are called "x" (error)\n0 passed, 0 failed\n',
        ),
        ("version: 1\n", "test", 1, "rules: is missing\n"),
        ("version: 1\n", "lint", 1, "rules: is missing\n"),
    ],
)
def test_policy(tmp_path: Path, text: str, command: str, code: int, output: str) -> None:
    (tmp_path / "permissions.yml").write_text(text)
    result = CliRunner().invoke(policy, [command, "--config", str(tmp_path)])
    assert (result.exit_code, result.output) == (code, output)


def test_a_missing_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(policy, ["lint"], env={"DOCKWARDEN_CONFIG": str(tmp_path)})
    assert result.exit_code == 1
    assert "No such file" in result.output


def test_the_shipped_file_is_clean() -> None:
    config = Path(__file__).parents[2] / "config"
    for command in ("test", "lint"):
        assert CliRunner().invoke(policy, [command, "--config", str(config)]).exit_code == 0

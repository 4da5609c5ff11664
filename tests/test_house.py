"""What holds for the repository as a whole."""

import re
import subprocess
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BINARY = {".png", ".ico", ".woff2"}
ROOMS = {
    "slack",
    "commands",
    "blocks",
    "gate",
    "policy",
    "hosts",
    "engine",
    "store",
    "playground",
    "grammar",
    "format",
}
FILES = {
    "Dockerfile", "manifest.yml", "Makefile", "pyproject.toml", "requirements.lock", "README.md", "CHANGELOG.md",
    "CONTRIBUTING.md", "LICENSE", ".ci/run", "config/hosts.yml", "config/permissions.yml", "docs/architecture.md",
}  # fmt: skip
# Addresses of registries that only one machine has, other than those the product itself speaks of.
HOSTS = re.compile(
    r"(?i)files\.pythonhosted\.org|pypi\.org/(?!project/)|pypi\.python\.org|deb\.debian\.org|snapshot\.debian\.org"
    r"|security\.debian\.org|registry\.npmjs\.org|--(?:extra-)?index-url[= ]http|--find-links[= ]http"
)
# Paths of the machine that somebody works on; what is written to /tmp by name is never the product's.
PATHS = re.compile(r"(?<![\w.$}-])/(?:home|Users|work|root)/[\w.-]+|(?<![\w.$}-])/tmp/[\w.-]{3,}")
ALLOWED = {"/root/.docker"}


def tracked() -> list[Path]:
    """Every file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


TEXTS = [path for path in tracked() if path.suffix not in BINARY and path != Path(__file__)]


def test_there_are_files() -> None:
    assert len(TEXTS) > 100


@pytest.mark.parametrize(("what", "pattern"), [("registry hosts", HOSTS), ("machine paths", PATHS)])
def test_nothing_is_tied_to_one_machine(what: str, pattern: re.Pattern[str]) -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in TEXTS
        for match in pattern.finditer(path.read_text("utf-8"))
        if match[0] not in ALLOWED
    }
    assert found == set(), what


def test_the_layout() -> None:
    rooms = {path.name for path in (ROOT / "bot").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms >= ROOMS
    assert {name for name in FILES if not (ROOT / name).is_file()} == set()


def test_every_room_has_tests_in_a_folder_of_its_name() -> None:
    assert {room for room in ROOMS if not list((ROOT / "tests" / room).glob("test_*.py"))} == set()


def test_the_tests_way_in_is_executable() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def names() -> list[str]:
    """The environment's names of all settings."""
    return [str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()]


@pytest.mark.parametrize("name", names())
def test_every_setting_stands_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


def test_the_readme_names_no_setting_that_is_none() -> None:
    assert set(re.findall(r"\b(?:DOCKWARDEN|SLACK)_[A-Z_]+\b", README)) <= set(names())


def test_no_file_is_too_long_to_read() -> None:
    ours = [path for path in TEXTS if path.suffix == ".py" and path.is_relative_to(ROOT / "bot")]
    long = {
        str(path.relative_to(ROOT)): n for path in ours if (n := len(path.read_text().splitlines())) > 320
    }
    assert long == {}

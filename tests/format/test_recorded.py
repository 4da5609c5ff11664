"""Byte for byte what the docker CLI printed, errors included."""

from collections.abc import Callable

import msgspec
import pytest

from bot.engine.types import ContainerSummary, ImageSummary
from bot.format.containers import container_format, container_list, container_table
from bot.format.images import image_format, image_list
from bot.format.info import info_text
from bot.format.inspect import inspect_text
from bot.format.table import Table, cli_text
from bot.format.template import TemplateError
from bot.format.version import version_text
from tests.format.recordings import Case, answer, cases, parsed

CONTAINERS = {
    name: msgspec.json.decode(answer(name), type=list[ContainerSummary])
    for name in ("containers", "no-containers")
}
IMAGES = {
    name: msgspec.json.decode(answer(name), type=list[ImageSummary]) for name in ("images", "no-images")
}
IGNORED = "WARNING: Ignoring custom format, because both --format and --quiet are set."


def printed(make: Callable[[], Table | str]) -> tuple[str, str]:
    """What goes to standard output, and to the error output."""
    try:
        made = make()
    except TemplateError as wrong:
        return "", str(wrong)
    return (cli_text(made) if isinstance(made, Table) else made), ""


def agree(case: Case, make: Callable[[], Table | str]) -> None:
    out, error = printed(make)
    assert error == case.error.removeprefix(IGNORED)
    if not error:  # with an error the CLI prints what it had, or an empty line
        assert out == case.out


def listed(*names: str) -> list[object]:
    return [pytest.param(name, case, id=f"{name}: {case}") for name in names for case in cases(name)]


@pytest.mark.parametrize(("name", "case"), listed("containers", "no-containers"))
def test_ps(name: str, case: Case) -> None:
    flags = case.flags
    agree(
        case,
        lambda: container_list(
            CONTAINERS[name],
            container_format(flags.format, quiet=flags.q, size=flags.s),
            no_trunc=flags.no_trunc,
            now=case.now,
        ),
    )


def test_the_usual_table_is_what_its_template_makes() -> None:
    spec = container_format(size=True).text.replace("{{.ID}}", "{{ .ID }}")  # the same, written by a person
    typed = container_list(CONTAINERS["containers"], container_format(spec), now=2e9)
    assert container_table(CONTAINERS["containers"], size=True, now=2e9) == typed


@pytest.mark.parametrize(("name", "case"), listed("images", "no-images"))
def test_images(name: str, case: Case) -> None:
    flags = case.flags
    agree(
        case,
        lambda: image_list(
            IMAGES[name],
            image_format(flags.format, quiet=flags.q, digests=flags.digests),
            no_trunc=flags.no_trunc,
            digests=flags.digests,
            now=case.now,
        ),
    )


@pytest.mark.parametrize(("name", "case"), listed("inspect-container", "inspect-image"))
def test_inspect(name: str, case: Case) -> None:
    agree(case, lambda: inspect_text([parsed(name)], case.flags.format))


@pytest.mark.parametrize(("name", "case"), listed("version"))
def test_version(name: str, case: Case) -> None:
    def make() -> str:
        return version_text(parsed(name), case.flags.format)

    if case.flags.format:
        agree(case, make)
    else:
        assert make() == case.out[case.out.index("Server:") :]


@pytest.mark.parametrize(("name", "case"), listed("info", "info-swarm"))
def test_info(name: str, case: Case) -> None:
    def make() -> str:
        return info_text(parsed(name), case.flags.format)

    if case.flags.format:
        agree(case, make)
    else:
        assert make() == case.out[case.out.index("Server:") :]

"""dockwarden policy: look at permissions.yml without the bot."""

from pathlib import Path

import click

from bot.policy.lint import errors, lint
from bot.policy.model import File, PolicyError, parse
from bot.policy.selftest import check_tests

_config = click.option(
    "--config",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("config"),
    envvar="DOCKWARDEN_CONFIG",
    show_default=True,
    help="Folder of permissions.yml.",
)


@click.group()
def policy() -> None:
    """Check the permission list."""


@policy.command()
@_config
def test(config: Path) -> None:
    """Run the file's own tests. Exit code 1 where one fails or the file would not be taken."""
    file = _file(config)
    failed, wrong = check_tests(file), errors(file)
    for each in (*wrong, *failed):
        click.echo(each)
    click.echo(f"{len(file.tests) - len(failed)} passed, {len(failed)} failed")
    if failed or wrong:
        raise SystemExit(1)


@policy.command("lint")
@_config
def lint_(config: Path) -> None:
    """Name what is wrong or useless in the file. Exit code 1 where anything is found."""
    findings = lint(_file(config))
    for finding in findings:
        click.echo(finding)
    click.echo("nothing to report" if not findings else f"{len(findings)} found")
    if findings:
        raise SystemExit(1)


def _file(config: Path) -> File:
    path = config / "permissions.yml"
    try:
        return parse(path.read_text("utf-8"))
    except PolicyError as error:
        click.echo(error)
        raise SystemExit(1) from error
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"{path}: {error}")
        raise SystemExit(1) from error

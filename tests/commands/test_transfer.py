"""How far a pull or push is, from the daemon's own stream."""

import pytest

from bot.commands.transfer import Layer, Transfer, bar
from bot.engine.progress import progress
from tests.commands.docker import RECORDED


def after(name: str, messages: int | None = None) -> Transfer:
    """The recorded stream, read so far."""
    transfer = Transfer()
    for line in RECORDED[name]["body"].splitlines()[:messages]:
        transfer.absorb(progress(line.encode()))
    return transfer


@pytest.mark.parametrize(
    ("name", "messages", "shown"),
    [
        ("pull", 1, "░░░░░░░░░░░░░░░░░░░░   0%  waiting, 0 of 0 layers"),
        ("pull", 9, "░░░░░░░░░░░░░░░░░░░░   0%  waiting, 0 of 6 layers"),
        ("push", 3, "██░░░░░░░░░░░░░░░░░░  11%  33.28kB of 300kB, 0 of 1 layers"),
        ("push", None, "████████████████████ 100%  300kB of 300kB, 1 of 1 layers"),
    ],
)
def test_the_bar(name: str, messages: int | None, shown: str) -> None:
    assert bar(after(name, messages)) == shown


def test_a_finished_pull_is_full() -> None:
    transfer = after("pull")
    assert transfer.moved == transfer.total > 17_000_000
    assert transfer.ended == len(transfer.layers) == 6
    assert bar(transfer).startswith("█" * 20 + " 100%")


def test_no_message_takes_the_bar_back() -> None:
    """Unpacking counts its own bytes, which are no progress of the transfer."""
    transfer, before = Transfer(), 0
    for line in RECORDED["pull"]["body"].splitlines():
        transfer.absorb(progress(line.encode()))
        assert transfer.moved >= before
        before = transfer.moved


def test_what_the_daemon_says_of_the_whole() -> None:
    transfer = after("pull current")
    assert transfer.line("Status: ") == "Image is up to date for tomcat:9.0"
    assert transfer.line("Digest: ").startswith("sha256:")
    assert transfer.line("Nothing: ") == ""
    assert transfer.layers == {}


def test_a_layer_never_moves_more_than_all() -> None:
    assert list(after("push", 4).layers.values()) == [Layer("Pushing", 300_000, 300_000)]

"""How far a pull or push is, from the daemon's stream of layer messages; and the message that shows it."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal

from bot.blocks.card import headline
from bot.blocks.reply import Reply
from bot.blocks.rich import preformatted, rich
from bot.engine.types import Progress
from bot.format.units import human_size

_DONE = {"Pull complete", "Already exists", "Pushed", "Layer already exists", "Download complete"}
_ENDED = _DONE - {"Download complete"}
_MOVING = {"Downloading", "Pushing"}
BAR = 20


@dataclass
class Layer:
    """One layer: what the daemon says of it, bytes moved and bytes in all (0 until known)."""

    status: str = ""
    current: int = 0
    total: int = 0

    @property
    def mounted(self) -> bool:
        """Whether the registry had it already, in another repository."""
        return self.status.startswith("Mounted from")


@dataclass
class Transfer:
    """All layers by id, in the order they came, and the lines that name none (digest, status)."""

    layers: dict[str, Layer] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def absorb(self, progress: Progress) -> None:
        """Take in one message of the stream."""
        if not progress.id or progress.status.startswith("Pulling from"):
            self.lines.append(progress.status)
            return
        layer = self.layers.setdefault(progress.id, Layer())
        layer.status = progress.status
        if progress.status in _MOVING and progress.total:
            layer.current, layer.total = min(progress.current, progress.total), progress.total
        elif progress.status in _DONE:
            layer.current = layer.total

    @property
    def moved(self) -> int:
        """Bytes moved so far."""
        return sum(layer.current for layer in self.layers.values())

    @property
    def total(self) -> int:
        """Bytes in all, as far as known."""
        return sum(layer.total for layer in self.layers.values())

    @property
    def ended(self) -> int:
        """Layers that are in place."""
        return sum(layer.status in _ENDED or layer.mounted for layer in self.layers.values())

    def line(self, prefix: str) -> str:
        """What follows `prefix` in the daemon's own lines, or an empty string."""
        return next((line[len(prefix) :] for line in reversed(self.lines) if line.startswith(prefix)), "")


async def follow(
    messages: AsyncGenerator[Progress],
    show: Callable[[Reply], None],
    render: Callable[[Transfer], Reply],
    transfer: Transfer,
) -> None:
    """Read a stream to its end into `transfer`, showing how far it is.

    Raises the engine's errors, those inside the stream too.
    """
    async with aclosing(messages) as stream:
        async for message in stream:
            transfer.absorb(message)
            show(render(transfer))


def moving(verb: Literal["pulling", "pushing"], name: str, host: str, transfer: Transfer) -> Reply:
    """The message while it runs: bar, bytes, layers."""
    words = f"{verb} {name} on {host}"
    return Reply(
        text=f"{words}: {bar(transfer)}",
        blocks=[headline("running", words), rich(preformatted(bar(transfer)))],
        outcome="running",
    )


def bar(transfer: Transfer) -> str:
    """`████████░░░░  62%  24.1MB of 38.9MB, 3 of 5 layers`."""
    share = transfer.moved / transfer.total if transfer.total else 0.0
    full = int(share * BAR)
    size = f"{human_size(transfer.moved)} of {human_size(transfer.total)}" if transfer.total else "waiting"
    layers = f"{transfer.ended} of {len(transfer.layers)} layers"
    return f"{'█' * full}{'░' * (BAR - full)} {share:4.0%}  {size}, {layers}"

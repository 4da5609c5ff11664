"""How much a run does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Containers in the list, lines in the log, rounds of each comparison, seconds under load."""

    containers: int = 200
    lines: int = 200_000
    rules: int = 1000
    rounds: int = 25
    few: int = 5  # rounds of what takes long
    load: float = 10.0
    a_second: int = 50


WHOLE = Size()
QUICK = Size(containers=10, lines=2000, rules=100, rounds=2, few=1, load=1.0)

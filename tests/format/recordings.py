"""The CLI's recorded answers, and the flags it was asked with."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "recorded"


@dataclass(frozen=True)
class Case:
    """One call of the CLI. `now` is UTC epoch seconds; `error` is empty where the CLI was content."""

    args: list[str]
    now: float
    out: str
    error: str

    def __str__(self) -> str:
        return " ".join(self.args)

    @property
    def flags(self) -> argparse.Namespace:
        parser = argparse.ArgumentParser()
        for flag in ("-q", "-s", "-a", "--no-trunc", "--digests"):
            parser.add_argument(flag, action="store_true")
        parser.add_argument("-f", "--format", default="")
        return parser.parse_known_args(self.args[1:])[0]


def answer(name: str) -> bytes:
    """The daemon's answer, as JSON."""
    return (HERE / f"{name}.json").read_bytes()


def parsed(name: str) -> Any:
    return json.loads(answer(name))


def cases(name: str) -> list[Case]:
    rows = json.loads((HERE / f"{name}.cases.json").read_text())
    return [Case(row["args"], row["now"], row["stdout"], row["stderr"]) for row in rows]

"""What is typed reaches the engine as the same body that docker CLI 28.2.2 sends."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.grammar.create import NAME, create_body
from bot.grammar.mistakes import Mistake
from tests.grammar.bodies import comparable
from tests.grammar.commands import argv

RECORDED = Path(__file__).parent / "recorded"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in (RECORDED / name).read_text().splitlines()]


def version(row: dict[str, Any]) -> tuple[int, int]:
    major, minor = row.get("api", "1.41").split(".")
    return int(major), int(minor)


def of_callers_machine(row: dict[str, Any]) -> bool:
    """Lines that read or write the caller's own machine, which is not the bot's."""
    words = row["argv"]
    flags = {"--env-file", "--label-file", "--cidfile", "--disable-content-trust=false"}
    bare = any(flag in ("-e", "--env") and "=" not in value for flag, value in pairwise(words))
    relative = any(re.match(r"(\.\.?/|type=bind,src=\.)", word) for word in words)
    seccomp = any(
        word.startswith("seccomp=") and word not in ("seccomp=unconfined", "seccomp=builtin")
        for word in words
    )
    return bare or relative or seccomp or bool(flags & set(words))


@pytest.mark.parametrize(
    ("file", "compared", "refused"), [("create.jsonl", 176, 2), ("create_more.jsonl", 183, 0)]
)
def test_each_line_asks_for_the_same_container(file: str, compared: int, refused: int) -> None:
    counted: Counter[str] = Counter()
    different = []
    for row in rows(file):
        if of_callers_machine(row):
            with pytest.raises(Mistake) as caught:
                create_body(argv(row["argv"][1:]), api=version(row))
            assert caught.value.hint
            counted["refused"] += 1
            continue
        counted["compared"] += 1
        try:
            line = argv(row["argv"][1:])
            body = create_body(line, api=version(row))
        except Mistake as mistake:
            different.append((row["argv"], mistake.message, row["body"]))
            continue
        if comparable(body) != comparable(row["body"]):
            different.append((row["argv"], comparable(body), comparable(row["body"])))
        name = re.search(r"[?&]name=([^&]*)", row["path"])
        assert line[NAME].replace(" ", "+") == (name[1] if name else "")
    assert not different, "\n".join(map(str, different))
    assert counted == Counter(compared=compared, refused=refused)


@pytest.mark.parametrize("file", ["refused.jsonl", "refused_more.jsonl"])
def test_each_line_that_the_cli_refuses_is_refused(file: str) -> None:
    taken = []
    for row in rows(file):
        try:
            create_body(argv(row["argv"][1:]), api=version(row))
        except Mistake as mistake:
            assert mistake.message
            continue
        taken.append(row["argv"])
    assert not taken

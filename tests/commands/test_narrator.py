"""How far it is: nothing at first, then the latest, at most so often, and never after the end."""

import asyncio
import time

import pytest

from bot.blocks.card import note
from bot.blocks.reply import Reply
from bot.commands import narrator
from bot.commands.narrator import Narrator


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrator, "PATIENCE", 0.05)
    monkeypatch.setattr(narrator, "BEAT", 0.05)


class Listener:
    """What was posted, and how often the beat came."""

    def __init__(self, takes: float = 0) -> None:
        self.posted: list[str] = []
        self.beats = 0
        self.takes = takes

    async def post(self, reply: Reply) -> None:
        await asyncio.sleep(self.takes)
        self.posted.append(reply.text)

    async def beat(self) -> None:
        self.beats += 1


def reply(text: str) -> Reply:
    return Reply(text, [note(text)], outcome="running")


def narrating(heard: Listener) -> Narrator:
    """One that has something to show."""
    narrator = Narrator(heard.post, heard.beat)
    narrator.show(reply("first"))
    return narrator


async def test_nothing_is_told_before_there_is_something_to_show() -> None:
    heard = Listener()
    async with Narrator(heard.post, heard.beat).telling():
        await asyncio.sleep(0.12)
    assert heard.posted == []


async def test_what_ends_at_once_is_not_told() -> None:
    heard = Listener()
    async with narrating(heard).telling():
        pass
    assert (heard.posted, heard.beats) == ([], 0)


async def test_the_latest_wins() -> None:
    heard = Listener()
    told = narrating(heard)
    async with told.telling():
        for number in range(1000):
            told.show(reply(str(number)))
        await asyncio.sleep(0.08)
    assert heard.posted == ["999"]


async def test_the_same_is_not_told_twice_but_the_beat_goes_on() -> None:
    heard = Listener()
    async with narrating(heard).telling():
        await asyncio.sleep(0.3)
    assert heard.posted == ["first"]
    assert heard.beats >= 3


async def test_at_most_one_a_beat() -> None:
    heard = Listener()
    told = narrating(heard)
    async with told.telling():
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            told.show(reply("more"))
            await asyncio.sleep(0.001)
    assert 2 <= len(heard.posted) <= 6


async def test_a_post_under_way_is_waited_for_at_the_end() -> None:
    heard = Listener(takes=0.2)
    async with narrating(heard).telling():
        await asyncio.sleep(0.1)
    assert heard.posted == ["first"]


async def test_it_ends_also_where_the_work_fails() -> None:
    heard = Listener()
    with pytest.raises(KeyError):
        async with narrating(heard).telling():
            raise KeyError
    await asyncio.sleep(0.1)
    assert heard.posted == []

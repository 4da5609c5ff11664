"""Who somebody is: by ids, at most a minute old, and never guessed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.playground.faults import Fault
from bot.playground.server import Playground
from bot.playground.workspace import User
from bot.policy.terms import Person
from bot.slack.fresh import EARLY, LIFE, Fresh
from bot.slack.people import SlackPeople, full_member
from bot.slack.work import Work
from tests.slack.conftest import Bot

BOTH = frozenset({"S0ONCALL", "S0LEADS"})


@pytest.fixture
async def people(bot: Bot) -> AsyncIterator[SlackPeople]:
    made = SlackPeople(bot.client)
    yield made
    await made.close()


async def test_a_member_and_their_groups(people: SlackPeople) -> None:
    assert await people.person("T0DEMO", "U0BOB", BOTH) == Person("T0DEMO", "U0BOB", BOTH, True)
    alice = await people.person("T0DEMO", "U0ALICE", BOTH)
    assert (alice.groups, alice.member) == (frozenset({"S0ONCALL"}), True)


@pytest.mark.parametrize(
    ("team", "user"),
    [
        pytest.param("T0DEMO", "U0GUEST", id="guest"),
        pytest.param("T0DEMO", "U0GONE", id="deactivated"),
        pytest.param("T0DEMO", "U0BOT", id="bot"),
        pytest.param("T0DEMO", "USLACKBOT", id="Slackbot"),
        pytest.param("T0DEMO", "U0NOBODY", id="unknown"),
        pytest.param("T0OTHER", "U0ALICE", id="another team's"),
    ],
)
async def test_who_is_no_member(playground: Playground, people: SlackPeople, team: str, user: str) -> None:
    users = playground.slack.workspace.users
    users["U0GONE"] = User("U0GONE", "gone", "Gone", deleted=True)
    assert (await people.person(team, user, frozenset())).member is False


MEMBER = {"id": "U1", "team_id": "T1"}


@pytest.mark.parametrize(
    ("user", "full"),
    [
        (MEMBER, True),
        ({**MEMBER, "team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, True),
        ({**MEMBER, "team_id": "T2"}, False),
        ({**MEMBER, "id": "U2"}, False),
        ({**MEMBER, "is_ultra_restricted": True}, False),
        ({**MEMBER, "is_stranger": True}, False),
        ({**MEMBER, "is_workflow_bot": True}, False),
        ({}, False),
    ],
)
def test_full_members(user: dict[str, object], full: bool) -> None:
    assert full_member(user, "U1", "T1") is full


async def test_a_group_nobody_knows_has_nobody(people: SlackPeople) -> None:
    person = await people.person("T0DEMO", "U0BOB", frozenset({"S0GONE", "S0LEADS"}))
    assert person.groups == frozenset({"S0LEADS"})


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(Fault("", status=503), id="503"),
        pytest.param(Fault("", status=429, retry_after=30), id="asked to wait"),
        pytest.param(Fault("", error="missing_scope"), id="no scope"),
        pytest.param(Fault("", drop="before"), id="the line breaks"),
    ],
)
async def test_what_slack_does_not_say_is_unknown(
    playground: Playground, people: SlackPeople, trouble: Fault
) -> None:
    faults = playground.slack.faults
    faults.add(replace(trouble, method="usergroups.users.list"), times=9)
    person = await people.person("T0DEMO", "U0BOB", BOTH)
    assert (person.groups, person.member) == (None, True)
    faults.clear()
    faults.add(replace(trouble, method="users.info"), times=9)
    person = await people.person("T0DEMO", "U0ALICE", BOTH)
    assert (person.groups, person.member) == (frozenset({"S0ONCALL"}), None)


async def test_a_failure_is_not_remembered(playground: Playground, people: SlackPeople) -> None:
    playground.slack.faults.add(Fault("users.info", status=503))
    assert (await people.person("T0DEMO", "U0BOB", frozenset())).member is None
    assert (await people.person("T0DEMO", "U0BOB", frozenset())).member is True


class Source:
    """Something to ask that counts, and can fail; with a clock of its own."""

    def __init__(self) -> None:
        self.now, self.asked, self.fails = 0.0, 0, False
        self.work = Work()
        self.fresh: Fresh[str, int] = Fresh(self.fetch, self.work, clock=lambda: self.now)

    async def fetch(self, key: str) -> int:
        self.asked += 1
        answer = self.asked
        await asyncio.sleep(0)
        if self.fails:
            raise OSError("no answer")
        return answer


async def test_many_ask_at_once_and_slack_once() -> None:
    source = Source()
    assert set(await asyncio.gather(*(source.fresh.get("x") for _ in range(50)))) == {1}
    assert source.asked == 1


async def test_used_often_it_is_renewed_before_it_runs_out() -> None:
    source = Source()
    await source.fresh.get("x")
    source.now = EARLY
    assert await source.fresh.get("x") == 1  # at once
    await source.work.finish(1)
    source.now = LIFE
    assert await source.fresh.get("x") == 2  # without waiting


async def test_nothing_is_older_than_a_minute() -> None:
    source = Source()
    await source.fresh.get("x")
    source.now, source.fails = LIFE - 1, True
    assert await source.fresh.get("x") == 1
    await source.work.finish(1)
    source.now = LIFE
    with pytest.raises(OSError, match="no answer"):
        await source.fresh.get("x")


async def test_age_counts_from_the_question() -> None:
    source = Source()
    asking = asyncio.create_task(source.fresh.get("x"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    source.now = 50  # a slow answer
    await asking
    source.now = LIFE
    assert await source.fresh.get("x") == 2


async def test_what_is_not_used_is_forgotten() -> None:
    source = Source()
    for n in range(100):
        source.now = n * LIFE
        await source.fresh.get(str(n))
    assert len(source.fresh) == 1

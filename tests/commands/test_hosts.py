"""hosts: those on which one may do something, and whether they answer."""

from tests.commands.stage import Stage
from tests.commands.wire import Answer


async def test_they_answer(three: Stage) -> None:
    heard = await three.types("hosts")
    assert heard.private.text == "3 hosts"
    assert "one *" in heard.words and "20.10.24" in heard.words and "lab" in heard.words


async def test_one_that_does_not_is_named_with_the_reason(three: Stage) -> None:
    three.dockers["two"].answers["GET /version"] = [Answer(500, {"message": "no more files"})]
    heard = await three.types("hosts")
    assert "no: no more files" in heard.words


async def test_only_those_where_one_may_do_something(three: Stage) -> None:
    heard = await three.types("hosts", by="U0BOB")
    assert heard.private.text == "1 host"
    assert "two" not in heard.words
    assert three.dockers["two"].asked == []


async def test_who_may_do_nothing_sees_none(three: Stage) -> None:
    heard = await three.types("context ls", by="U0DAVE")
    assert heard.private.text == "no host"
    assert not any(docker.asked for docker in three.dockers.values())

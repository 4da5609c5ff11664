"""Answers in Slack: in order, none lost, none twice, whatever Slack does meanwhile."""

import asyncio
import time

import pytest
import structlog

from bot.blocks.reply import Button, File, Reply
from bot.blocks.rich import preformatted, rich
from bot.playground.faults import Fault
from bot.playground.server import Playground
from bot.slack.talk import INVITE
from tests.slack.conftest import ALICE, Bot, asked, response_url, said

METADATA = {"operation": "01J", "command": "ps", "verb": "ps", "outcome": "done"}


def texts(playground: Playground, channel: str = "C0INC", only_for: str | None = None) -> list[str]:
    return [message.text for message in said(playground, channel, only_for)]


async def test_posted_once_then_updated(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked())
    assert talk.place() == ("C0INC", None)
    await talk.post(Reply("stopping web", outcome="waiting"))
    await talk.post(Reply("stopped web", metadata=METADATA))
    [message] = said(playground)
    assert talk.place() == ("C0INC", message.ts)
    assert message.text == "stopped web"
    assert message.metadata is not None
    assert message.metadata["event_type"] == "docker_operation"
    assert METADATA.items() <= message.metadata["event_payload"].items()


async def test_foreign_text_is_escaped(playground: Playground, bot: Bot) -> None:
    await bot.replies.conversation(asked()).post(Reply("<!channel> & <@U1>\nsecond"))
    assert texts(playground) == ["&lt;!channel&gt; &amp; &lt;@U1&gt; second"]


async def test_an_answer_to_a_mention_goes_into_its_thread(playground: Playground, bot: Bot) -> None:
    top = await bot.client.chat_postMessage(channel="C0INC", text="top")
    await bot.replies.conversation(asked(thread=top["ts"])).post(Reply("two", files=[File("all.txt", b"x")]))
    assert [message.thread_ts for message in said(playground)[1:]] == [top["ts"], top["ts"]]


async def test_files_go_into_the_thread_and_empty_ones_nowhere(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked())
    await talk.post(Reply("logs", files=[File("web.log", b"one\n"), File("empty.log", b"")]))
    message, upload = said(playground)
    assert upload.thread_ts == message.ts
    assert [playground.slack.workspace.files[file].content for file in upload.files] == [b"one\n"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault("chat.postMessage", status=429, retry_after=1), id="asked to wait"),
        pytest.param(Fault("chat.postMessage", status=503), id="503"),
        pytest.param(Fault("chat.postMessage", error="internal_error"), id="internal_error"),
        pytest.param(Fault("chat.postMessage", drop="before"), id="the line breaks before"),
        pytest.param(Fault("chat.postMessage", drop="after"), id="the line breaks after it was posted"),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("in_thread", [False, True], ids=["channel", "thread"])
async def test_nothing_is_lost_or_doubled(
    playground: Playground, bot: Bot, fault: Fault, times: int, in_thread: bool
) -> None:
    thread = (await bot.client.chat_postMessage(channel="C0INC", text="top"))["ts"] if in_thread else None
    playground.slack.faults.add(fault, times)
    talk = bot.replies.conversation(asked(thread=thread))
    await talk.post(Reply("the answer"))
    assert texts(playground).count("the answer") == 1
    assert talk.place()[1] == said(playground)[-1].ts


async def test_while_slack_asks_to_wait_the_order_stays(playground: Playground, bot: Bot) -> None:
    playground.slack.faults.add(Fault("chat.postMessage", status=429, retry_after=1))
    playground.slack.faults.add(Fault("chat.postMessage", status=500))
    words = [f"answer {n}" for n in range(5)]
    await asyncio.gather(*(bot.replies.conversation(asked()).post(Reply(word)) for word in words))
    assert texts(playground) == words


async def test_one_channel_waiting_holds_up_no_other(playground: Playground, bot: Bot) -> None:
    playground.slack.faults.add(Fault("chat.postMessage", status=429, retry_after=2))
    waiting = asyncio.create_task(bot.replies.conversation(asked()).post(Reply("late")))
    await asyncio.sleep(0.1)
    started = time.monotonic()
    await bot.replies.conversation(asked("C0GEN")).post(Reply("soon"))
    assert time.monotonic() - started < 1
    assert texts(playground) == []
    await waiting
    assert texts(playground) == ["late"]


@pytest.mark.parametrize("trouble", [Fault("chat.update", status=502), Fault("chat.update", drop="after")])
async def test_the_end_is_never_left_out(playground: Playground, bot: Bot, trouble: Fault) -> None:
    talk = bot.replies.conversation(asked())
    await talk.post(Reply("pulling", outcome="waiting"))
    playground.slack.faults.add(trouble, times=2)
    await talk.post(Reply("pulled"))
    assert texts(playground) == ["pulled"]


async def test_progress_is_thinned_out(playground: Playground, bot: Bot) -> None:
    seen: list[str] = []

    async def look() -> None:
        async for news in playground.slack.feed.listen(ALICE):
            seen.append(news["message"]["text"])

    looking = asyncio.create_task(look())
    await asyncio.sleep(0)
    talk = bot.replies.conversation(asked())
    for percent in range(50):
        await talk.post(Reply(f"{percent} %", outcome="running"))
        await asyncio.sleep(0.01)
    await talk.post(Reply("pulled"))
    playground.slack.feed.close()
    await looking
    assert seen[-1] == "pulled"
    assert 2 <= len(seen) <= 6  # half a second at one in 0.2 seconds


async def test_progress_that_slack_refuses_holds_nobody_up(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked())
    await talk.post(Reply("0 %", outcome="waiting"))
    playground.slack.faults.add(Fault("chat.update", status=429, retry_after=3))
    await talk.post(Reply("50 %", outcome="running"))
    await asyncio.sleep(0.4)  # its one try is over
    started = time.monotonic()
    await bot.replies.conversation(asked()).post(Reply("another answer"))
    await talk.post(Reply("pulled"))
    assert time.monotonic() - started < 1
    assert texts(playground) == ["pulled", "another answer"]


async def test_late_progress_does_not_replace_the_end(playground: Playground, bot: Bot) -> None:
    playground.slack.faults.add(Fault("chat.postMessage", status=429, retry_after=1))
    blocking = asyncio.create_task(bot.replies.conversation(asked()).post(Reply("first")))
    await asyncio.sleep(0.1)
    talk = bot.replies.conversation(asked())
    ending = asyncio.create_task(talk.post(Reply("pulled")))
    await asyncio.sleep(0)
    await talk.post(Reply("99 %", outcome="running"))
    await asyncio.gather(blocking, ending)
    assert texts(playground) == ["first", "pulled"]


async def test_progress_after_the_end_is_left_out(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked())
    await talk.post(Reply("0 %", outcome="running"))
    await talk.post(Reply("pulled"))
    await talk.post(Reply("99 %", outcome="running"))
    await bot.replies.close(5)
    assert texts(playground) == ["pulled"]


async def test_the_place_is_known_once_the_first_progress_is_posted(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked())
    await talk.post(Reply("0 %", outcome="running"))
    assert talk.place() == ("C0INC", said(playground)[0].ts)


async def test_the_first_progress_is_not_waited_for_longer_than_a_moment(
    playground: Playground, bot: Bot
) -> None:
    """While Slack asks to wait, whoever works goes on; the end takes the place of what was not posted yet."""
    playground.slack.faults.add(Fault("chat.postMessage", status=429, retry_after=2))
    talk = bot.replies.conversation(asked())
    started = time.monotonic()
    await talk.post(Reply("0 %", outcome="running"))
    assert time.monotonic() - started < 1
    await talk.post(Reply("pulled"))
    assert texts(playground) == ["pulled"]


async def test_progress_is_shown_late_where_no_end_comes(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked())
    await talk.post(Reply("0 %", outcome="waiting"))
    playground.slack.faults.add(Fault("chat.update", status=429, retry_after=1))
    await talk.post(Reply("50 %", outcome="running"))
    await bot.replies.close(5)
    assert texts(playground) == ["50 %"]


async def test_not_in_the_channel_the_answer_goes_by_response_url(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked("C0RAND", response_url=response_url(playground, "C0RAND")))
    for percent in range(10):
        await talk.post(Reply(f"{percent} %", outcome="running"))
        await asyncio.sleep(0.05)
    await talk.post(Reply("pulled <x>", metadata=METADATA, files=[File("all.txt", b"all")]))
    [message] = said(playground, "C0RAND")
    assert message.text == "pulled &lt;x&gt;"
    assert message.metadata is not None
    assert message.metadata["event_payload"]["operation"] == "01J"
    assert INVITE in str(message.blocks[-1])
    upload = said(playground, "D0ALICE")[-1]
    assert [playground.slack.workspace.files[file].content for file in upload.files] == [b"all"]


async def test_without_any_way_to_answer_the_log_has_it(playground: Playground, bot: Bot) -> None:
    with structlog.testing.capture_logs() as logs:
        await bot.replies.conversation(asked("C0RAND")).post(Reply("nobody hears"))
    assert [entry["text"] for entry in logs if entry["log_level"] == "error"] == ["nobody hears"]


async def test_patience_ends(playground: Playground, bot: Bot) -> None:
    bot.replies.patience = 0.5
    playground.slack.faults.add(Fault("chat.postMessage", status=500), times=50)
    with structlog.testing.capture_logs() as logs:
        await bot.replies.conversation(asked()).post(Reply("nobody hears"))
    assert [entry["text"] for entry in logs if entry["log_level"] == "error"] == ["nobody hears"]
    playground.slack.faults.clear()
    await bot.replies.conversation(asked()).post(Reply("back again"))
    assert texts(playground) == ["back again"]


LONG = rich(preformatted("x" * 6000))
REFUSED = {"type": "no_such_block"}


async def test_too_long_for_a_message_becomes_a_file(playground: Playground, bot: Bot) -> None:
    await bot.replies.conversation(asked()).post(Reply("long", [LONG, LONG, LONG]))
    message, upload = said(playground)
    [content] = [playground.slack.workspace.files[file].content for file in upload.files]
    assert content == b"x" * 6000
    assert "in the file" in str(message.blocks[-1])


async def test_blocks_that_slack_refuses_become_a_file(playground: Playground, bot: Bot) -> None:
    block = {**REFUSED, "elements": [{"type": "text", "text": "the table"}]}
    await bot.replies.conversation(asked()).post(Reply("3 containers", [block], metadata=METADATA))
    message, upload = said(playground)
    assert message.text == "3 containers"
    assert [playground.slack.workspace.files[file].content for file in upload.files] == [b"the table"]


async def test_an_upload_is_neither_lost_nor_doubled(playground: Playground, bot: Bot) -> None:
    for method in ("files.getUploadURLExternal", "upload", "files.completeUploadExternal"):
        playground.slack.faults.add(Fault(method, status=503))
    playground.slack.faults.add(Fault("files.completeUploadExternal", drop="after"))
    await bot.replies.conversation(asked()).post(Reply("logs", files=[File("web.log", b"one\n")]))
    assert [len(message.files) for message in said(playground)] == [0, 1]


async def test_a_refused_upload_leaves_the_message(playground: Playground, bot: Bot) -> None:
    playground.slack.faults.add(Fault("files.completeUploadExternal", error="file_upload_size_restricted"))
    await bot.replies.conversation(asked()).post(Reply("logs", files=[File("web.log", b"one\n")]))
    assert texts(playground) == ["logs", "Slack did not take the file: file_upload_size_restricted"]


async def test_buttons_carry_an_opaque_value(playground: Playground, bot: Bot) -> None:
    buttons = [Button("Logs", "logs web"), Button("Show all", "ps -a", "show", full=True)]
    talk = bot.replies.conversation(asked())
    await talk.post(Reply("two", outcome="waiting", buttons=buttons))
    await talk.post(Reply("two", buttons=buttons))
    [message] = said(playground)
    elements = message.blocks[-1]["elements"]
    assert [element["action_id"] for element in elements] == ["more:0", "show:1"]
    assert [element["value"] for element in elements] == list(bot.buttons)  # kept once


async def test_without_a_store_there_are_no_buttons_but_an_answer(playground: Playground, bot: Bot) -> None:
    async def broken(*_: object) -> list[str]:
        raise OSError("the disk is full")

    bot.replies.keep_buttons = broken
    await bot.replies.conversation(asked()).post(Reply("two", buttons=[Button("Logs", "logs web")]))
    assert [message.blocks[-1]["type"] for message in said(playground)] == ["rich_text"]


async def test_whispered_by_response_url(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked(response_url=response_url(playground)))
    await talk.whisper(Reply("not allowed", outcome="denied", metadata={**METADATA, "outcome": "denied"}))
    [message] = said(playground, only_for=ALICE)
    assert message.text == "not allowed"
    assert message.metadata is not None
    assert message.metadata["event_payload"]["outcome"] == "denied"
    assert texts(playground) == []


@pytest.mark.parametrize("status", [429, 500])
async def test_a_whisper_waits_for_slack(playground: Playground, bot: Bot, status: int) -> None:
    playground.slack.faults.add(Fault("response_url", status=status))
    await bot.replies.conversation(asked(response_url=response_url(playground))).whisper(Reply("no"))
    assert texts(playground, only_for=ALICE) == ["no"]


async def test_the_sixth_whisper_is_ephemeral(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked(response_url=response_url(playground)))
    for n in range(6):
        await talk.whisper(Reply(f"no {n}"))
    assert texts(playground, only_for=ALICE) == [f"no {n}" for n in range(6)]


async def test_a_used_up_response_url_is_replaced_by_an_ephemeral_message(
    playground: Playground, bot: Bot
) -> None:
    await bot.replies.conversation(asked(response_url=f"{playground.url}/response/unknown")).whisper(
        Reply("no")
    )
    assert texts(playground, only_for=ALICE) == ["no"]


async def test_whispered_in_a_direct_message_it_is_plain(playground: Playground, bot: Bot) -> None:
    await bot.replies.conversation(asked("D0ALICE")).whisper(Reply("no", files=[File("a.txt", b"a")]))
    assert texts(playground, "D0ALICE") == ["no", ""]


async def test_whispered_files_go_into_direct_messages(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked(response_url=response_url(playground)))
    await talk.whisper(Reply("logs", files=[File("web.log", b"one\n")]))
    assert texts(playground, only_for=ALICE) == ["logs"]
    assert texts(playground) == []
    note, upload = said(playground, "D0ALICE")
    assert upload.thread_ts == note.ts
    assert [playground.slack.workspace.files[file].content for file in upload.files] == [b"one\n"]


async def test_one_answer_is_not_taken_for_another(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked("D0ALICE"))
    await talk.whisper(Reply("first"))
    playground.slack.faults.add(Fault("chat.postMessage", drop="before"))
    await talk.whisper(Reply("second"))
    assert texts(playground, "D0ALICE") == ["first", "second"]


async def test_a_message_that_was_deleted_is_posted_again(playground: Playground, bot: Bot) -> None:
    talk = bot.replies.conversation(asked())
    await talk.post(Reply("pulling", outcome="waiting"))
    channel, ts = talk.place()
    await bot.client.chat_delete(channel=channel, ts=ts or "")
    await talk.post(Reply("pulled"))
    assert texts(playground) == ["pulled"]


async def test_whoever_stops_waiting_is_answered_all_the_same(playground: Playground, bot: Bot) -> None:
    playground.slack.faults.add(Fault("chat.postMessage", delay=0.3))
    posting = asyncio.create_task(bot.replies.conversation(asked()).post(Reply("done")))
    await asyncio.sleep(0.1)
    posting.cancel()
    await bot.replies.close(5)
    assert texts(playground) == ["done"]

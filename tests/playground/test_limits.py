"""What Slack refuses in a message, as a table."""

from typing import Any

import pytest

from bot.playground.limits import SlackError, check_content, check_view

LONG = "x" * 4001


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text)}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def table(rows: int, columns: int) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * columns] * rows}


CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*really*"), "confirm": plain("Yes"), "deny": plain("No")}
IMAGE = {"type": "image", "alt_text": "a chart"}
ONE_TEXT = {"type": "text", "text": "a", "style": {"bold": True, "code": True}}

TAKEN = [
    pytest.param([section("x" * 3000)], id="section of 3000"),
    pytest.param([{"type": "section", "fields": [mrkdwn("x" * 2000)] * 5}], id="fields of 2000"),
    pytest.param([{"type": "header", "text": plain("x" * 150)}], id="header of 150"),
    pytest.param([{"type": "divider"}] * 50, id="50 blocks"),
    pytest.param([{"type": "context", "elements": [mrkdwn("a")] * 10}], id="context of 10"),
    pytest.param([actions(*(button(action_id=f"go{n}") for n in range(25)))], id="25 buttons"),
    pytest.param([actions(button(value="x" * 2000, style="danger", confirm=CONFIRM))], id="a whole button"),
    pytest.param([{**IMAGE, "image_url": "https://example.com/a.png"}], id="image by url"),
    pytest.param([{**IMAGE, "slack_file": {"id": "F1"}}], id="image by file"),
    pytest.param([table(100, 20)], id="table of 100 by 20"),
    pytest.param([rich({"type": "rich_text_section", "elements": [ONE_TEXT]})], id="styled text"),
    pytest.param(
        [
            rich(
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "NAMES\nweb"}]},
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "emoji", "name": "x"}]}],
                },
                {"type": "rich_text_quote", "elements": [{"type": "user", "user_id": "U0BOB"}]},
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "usergroup", "usergroup_id": "S0LEADS"},
                        {"type": "channel", "channel_id": "C0INC"},
                        {"type": "link", "url": "https://example.com", "text": "there"},
                        {"type": "date", "timestamp": 1700000000, "format": "{time}", "fallback": "then"},
                    ],
                },
            )
        ],
        id="every rich element",
    ),
]

REFUSED = [
    pytest.param(
        [section("x" * 3001)], "less than 3001 characters [json-pointer:/blocks/0/text/text]", id="section"
    ),
    ([section("")], "more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([{"type": "section"}], "missing required field: text"),
    pytest.param(
        [{"type": "section", "fields": [mrkdwn("a")] * 11}], "no more than 10 items allowed", id="fields"
    ),
    ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "less than 2001"),
    ([{"type": "header", "text": plain("x" * 151)}], "less than 151"),
    pytest.param(
        [{"type": "header", "text": mrkdwn("x")}], "unsupported type: mrkdwn", id="header of mrkdwn"
    ),
    pytest.param(
        [{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]", id="51 blocks"
    ),
    pytest.param(
        [{"type": "context", "elements": [mrkdwn("a")] * 11}], "no more than 10 items", id="context"
    ),
    ([actions()], "no less than 1 items"),
    pytest.param(
        [actions(*(button(action_id=f"{n}") for n in range(26)))], "no more than 25", id="26 buttons"
    ),
    ([actions(button(text=plain("x" * 76)))], "less than 76"),
    ([actions(button(value="x" * 2001))], "less than 2001"),
    ([actions(button(action_id="x" * 256))], "less than 256"),
    ([actions(button(url="javascript:x"))], "match the pattern"),
    ([actions(button(style="warning"))], "must be one of: primary, danger"),
    pytest.param(
        [actions(button(confirm={**CONFIRM, "title": plain("x" * 101)}))], "less than 101", id="confirm"
    ),
    ([actions(button(), button())], "`action_id` go already exists"),
    pytest.param(
        [{"type": "divider", "block_id": "b"}] * 2, "`block_id` b already exists", id="block_id twice"
    ),
    ([IMAGE], "either image_url or slack_file"),
    ([{**IMAGE, "alt_text": "x" * 2001}], "less than 2001"),
    ([table(101, 1)], "no more than 100"),
    ([table(1, 21)], "no more than 20"),
    pytest.param(
        [rich({"type": "text", "text": "a"})], "unsupported type: text", id="text outside a section"
    ),
    ([{"type": "divider", "x": 1}], "invalid additional property: x"),
    ([{"type": "data"}], "unsupported type: data"),
    ([3], "must provide an object [json-pointer:/blocks/0]"),
]

CODES = [
    pytest.param({}, "no_text", id="nothing"),
    pytest.param({"text": ""}, "no_text", id="empty"),
    pytest.param({"text": LONG}, "msg_too_long", id="long text"),
    pytest.param({"blocks": "x"}, "invalid_blocks_format", id="blocks that are no list"),
    pytest.param({"blocks": [section("x" * 2700)] * 5}, "msg_blocks_too_long", id="long blocks"),
    pytest.param({"blocks": [table(1, 1)] * 2}, "only_one_table_allowed", id="two tables"),
    pytest.param({"text": "a", "attachments": [{}] * 101}, "too_many_attachments", id="attachments"),
    pytest.param({"text": "a", "metadata": {"event_type": "x"}}, "invalid_metadata_format", id="metadata"),
]


@pytest.mark.parametrize("blocks", TAKEN)
def test_blocks_that_slack_takes(blocks: list[Any]) -> None:
    check_content({"blocks": blocks})


@pytest.mark.parametrize(("blocks", "complaint"), REFUSED)
def test_blocks_that_slack_refuses(blocks: list[Any], complaint: str) -> None:
    with pytest.raises(SlackError) as caught:
        check_content({"text": "a", "blocks": blocks})
    answer = caught.value.answer()
    assert answer["error"] == "invalid_blocks"
    assert complaint in " ".join(answer["response_metadata"]["messages"])
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {text}" for text in answer["errors"]]


@pytest.mark.parametrize(("content", "code"), CODES)
def test_content_that_slack_refuses(content: dict[str, Any], code: str) -> None:
    with pytest.raises(SlackError, match=code):
        check_content(content)


def test_a_modal_with_input_needs_a_submit_button() -> None:
    field = {"type": "input", "label": plain("Why"), "element": {"type": "plain_text_input"}}
    view: dict[str, Any] = {"type": "modal", "title": plain("Reason"), "blocks": [field]}
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view(view)
    check_view({**view, "submit": plain("Send")})
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view({**view, "submit": plain("Send"), "title": plain("x" * 25)})

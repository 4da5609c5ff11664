"""The schema of Block Kit, as far as it is used here. Numbers: Slack's reference and the SDK's models."""

from collections.abc import Iterator
from typing import Any

from bot.playground.shapes import (
    Rule,
    any_value,
    boolean,
    both,
    complaint,
    integer,
    items,
    matching,
    one_of,
    string,
    thing,
    typed,
)

ID = string(255)
URL = both(string(3000), matching(r"https?://.+"))


def plain(most: int) -> Rule:
    """A plain_text object."""
    return typed({"plain_text": thing({"text": string(most)}, {"emoji": boolean})})


def text(most: int) -> Rule:
    """A plain_text or mrkdwn object. Only plain text has `emoji`, only mrkdwn has `verbatim`."""
    return typed(
        {
            "plain_text": thing({"text": string(most)}, {"emoji": boolean}),
            "mrkdwn": thing({"text": string(most)}, {"verbatim": boolean}),
        }
    )


CONFIRM = thing(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
BUTTON = thing(
    {"text": plain(75)},
    {
        "action_id": ID,
        "value": string(2000),
        "url": URL,
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
OPTION = thing({"text": text(75), "value": string(150)}, {"description": text(75), "url": URL})
_CHOICE = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
SELECT = thing(
    {"options": items(OPTION, 100)}, {**_CHOICE, "placeholder": plain(150), "initial_option": OPTION}
)
OVERFLOW = thing({"options": items(OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM})
CHECKBOXES = thing({"options": items(OPTION, 10)}, {**_CHOICE, "initial_options": items(OPTION, 10)})
RADIOS = thing({"options": items(OPTION, 10)}, {**_CHOICE, "initial_option": OPTION})
PLAIN_INPUT = thing(
    {},
    {
        "action_id": ID,
        "initial_value": string(3000, 0),
        "multiline": boolean,
        "min_length": integer(0, 3000),
        "max_length": integer(1, 3000),
        "placeholder": plain(150),
        "focus_on_load": boolean,
        "dispatch_action_config": any_value,
    },
)
_SLACK_FILE = thing({}, {"id": string(255), "url": URL})
_IMAGE = {"image_url": URL, "slack_file": _SLACK_FILE}
IMAGE_ELEMENT = thing({"alt_text": string(2000)}, _IMAGE)
_PRESSABLE = {
    "button": BUTTON,
    "static_select": SELECT,
    "overflow": OVERFLOW,
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIOS,
}
ACCESSORY = typed({**_PRESSABLE, "image": IMAGE_ELEMENT})
CONTEXT_ELEMENT = typed(
    {
        "plain_text": thing({"text": string(2000)}, {"emoji": boolean}),
        "mrkdwn": thing({"text": string(2000)}, {"verbatim": boolean}),
        "image": IMAGE_ELEMENT,
    }
)

_STYLE = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean)
STYLE = {"style": thing({}, _STYLE)}
_MENTION_STYLE = {
    "style": thing({}, {**_STYLE, "highlight": boolean, "client_highlight": boolean, "unlink": boolean})
}
_ANY_LENGTH = 1_000_000  # Slack names no limit of its own here; the sum over all blocks has one.
RICH_ELEMENT = typed(
    {
        "text": thing({"text": string(_ANY_LENGTH)}, STYLE),
        "emoji": thing({"name": string(255)}, {"unicode": string(255), "skin_tone": integer(1, 6), **STYLE}),
        "user": thing({"user_id": matching("[UW][A-Z0-9]+")}, _MENTION_STYLE),
        "usergroup": thing({"usergroup_id": matching("S[A-Z0-9]+")}, _MENTION_STYLE),
        "channel": thing({"channel_id": matching("[CDG][A-Z0-9]+")}, _MENTION_STYLE),
        "broadcast": thing({"range": one_of("here", "channel", "everyone")}, STYLE),
        "link": thing({"url": string(3000)}, {"text": string(_ANY_LENGTH), "unsafe": boolean, **STYLE}),
        "date": thing(
            {"timestamp": integer(0, 10**11), "format": string(255)},
            {"url": string(3000), "fallback": string(255), **STYLE},
        ),
        "color": thing({"value": string(255)}, STYLE),
    }
)
_RICH_ITEMS = items(RICH_ELEMENT, 1000)
RICH_SECTION = typed({"rich_text_section": thing({"elements": _RICH_ITEMS})})
_BORDER = {"border": integer(0, 1)}
RICH_PARTS = items(
    typed(
        {
            "rich_text_section": thing({"elements": _RICH_ITEMS}),
            "rich_text_preformatted": thing({"elements": _RICH_ITEMS}, {**_BORDER, "language": string(255)}),
            "rich_text_quote": thing({"elements": _RICH_ITEMS}, _BORDER),
            "rich_text_list": thing(
                {"elements": items(RICH_SECTION, 1000), "style": one_of("bullet", "ordered")},
                {"indent": integer(0, 8), "offset": integer(0, 10**6), **_BORDER},
            ),
        }
    ),
    1000,
)
CELL = typed(
    {
        "raw_text": thing({"text": string(_ANY_LENGTH)}),
        "raw_number": thing({"value": any_value}, {"text": string(_ANY_LENGTH)}),
        "rich_text": thing({"elements": RICH_PARTS}, {"block_id": ID}),
    }
)
COLUMN = thing({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _maybe(rule: Rule) -> Rule:
    """The rule, or null: a column may be skipped."""

    def check(value: Any, at: str) -> Iterator[str]:
        if value is not None:
            yield from rule(value, at)

    return check


def _one_source(rule: Rule) -> Rule:
    """An image that has exactly one of image_url and slack_file."""

    def check(value: Any, at: str) -> Iterator[str]:
        yield from rule(value, at)
        if isinstance(value, dict) and ("image_url" in value) == ("slack_file" in value):
            yield complaint("must provide either image_url or slack_file", at)

    return check


def _text_or_fields(rule: Rule) -> Rule:
    """A section says something: text, fields or both."""

    def check(value: Any, at: str) -> Iterator[str]:
        yield from rule(value, at)
        if isinstance(value, dict) and not value.keys() & {"text", "fields"}:
            yield complaint("missing required field: text", at)

    return check


def _block(required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    return thing(required, {"block_id": ID, **(optional or {})})


_ANYWHERE: dict[str, Rule] = {
    "section": _text_or_fields(
        _block(
            {},
            {"text": text(3000), "fields": items(text(2000), 10), "accessory": ACCESSORY, "expand": boolean},
        )
    ),
    "header": _block({"text": plain(150)}, {"level": integer(1, 4)}),
    "context": _block({"elements": items(CONTEXT_ELEMENT, 10)}),
    "actions": _block({"elements": items(typed(_PRESSABLE), 25)}),
    "divider": _block({}),
    "image": _one_source(_block({"alt_text": string(2000)}, {**_IMAGE, "title": plain(2000)})),
    "rich_text": _block({"elements": RICH_PARTS}),
    "input": _block(
        {"label": plain(2000), "element": typed({**_PRESSABLE, "plain_text_input": PLAIN_INPUT})},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
}
BLOCK = typed(
    {
        **_ANYWHERE,
        "file": _block({"external_id": string(255), "source": one_of("remote")}),
        "markdown": _block({"text": string(12_000)}),
        "table": _block(
            {"rows": items(items(CELL, 20), 100)}, {"column_settings": items(_maybe(COLUMN), 20)}
        ),
    }
)
MESSAGE_BLOCKS = items(BLOCK, 50, 0)
VIEW = typed(
    {
        "modal": thing(
            {"title": plain(24), "blocks": items(typed(_ANYWHERE), 100, 0)},
            {
                "submit": plain(24),
                "close": plain(24),
                "private_metadata": string(3000, 0),
                "callback_id": string(255, 0),
                "external_id": string(255, 0),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        )
    }
)

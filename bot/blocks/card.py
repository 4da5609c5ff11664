"""The parts every reply has: a headline with its mark, and the line that says who typed what."""

from bot.blocks.reply import Block, Outcome
from bot.blocks.rich import bold, code, emoji, rich, section, text, user

_MARKS: dict[Outcome, str] = {
    "done": "white_check_mark",
    "partial": "warning",
    "failed": "x",
    "denied": "no_entry",
    "waiting": "raised_hand",
    "running": "hourglass_flowing_sand",
    "cancelled": "heavy_minus_sign",
    "expired": "alarm_clock",
    "unknown": "question",
}


def headline(outcome: Outcome, words: str, evidence: str = "") -> Block:
    """What, where and how it ended, in one line: `words` in bold after the outcome's mark, then the evidence."""
    parts = [emoji(_MARKS[outcome]), text(" "), bold(words)]
    return rich(section(*parts, *([text(f" {evidence}")] if evidence else [])))


def title(words: str, evidence: str = "") -> Block:
    """The headline of something only looked at: no mark, since nothing was done."""
    return rich(section(bold(words), *([text(f" {evidence}")] if evidence else [])))


def note(words: str) -> Block:
    """A line of plain words under the answer."""
    return rich(section(text(words)))


def asked(user_id: str, line: str) -> Block:
    """Who typed what: Slack shows a slash command to nobody else. `line` has its secrets masked."""
    return rich(section(user(user_id), text(" "), code(f"docker {line}" if line else "docker")))

"""Texts that want to mention, link, format or hide, and all that a command can find out, made of them."""

from typing import Any

from hypothesis import strategies as st

from bot.commands.create import Created
from bot.commands.images import Listed as ListedImages
from bot.commands.inspect import Seen
from bot.commands.logs import Read
from bot.commands.ps import Listed as ListedContainers
from bot.commands.pull import Pulled
from bot.commands.rmi import Gone
from bot.commands.run import Ran
from bot.commands.steps import Step
from bot.commands.tag import Tagged
from bot.commands.transfer import Layer, Transfer
from bot.engine.errors import EngineError, NotSent, Refused, Unknown
from bot.engine.types import (
    Config,
    Container,
    ContainerSummary,
    Health,
    Image,
    ImageSummary,
    Port,
    RemovedImage,
    State,
)
from tests.commands.docker import RECORDED

HOSTILE = [
    "<!channel> <!here> <!everyone> <@U0BOB> <#C0INC|x> <!subteam^S0ONCALL|oncall>",
    "<https://evil.example|click here> https://evil.example <mailto:a@b.example|a>",
    "```\n*bold* _italic_ ~struck~ `code`\n```\n> quote\n:tada:",
    "&lt;!channel&gt; &amp;lt; <!date^0^{date}|x>",
    "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07 \x1b[2J\x1b[1;31mred \x9b0m",
    "\u202egnp.exe\u202c \u2066isolated\u2069 zero\u200bwidth \ufeff \u2028 \x85 \x07\x08",
    "10%\r100%\r\nU0ALICE docker rm -f everything",
    "long " * 5000,
    "o" * 20_000,
    "line\n" * 3000,
    " ",
]
IDS = [
    "mentions",
    "links",
    "fences",
    "entities",
    "escapes",
    "bidi",
    "returns",
    "words",
    "word",
    "lines",
    "blank",
]
# Fields of free text in a daemon's answers; the others are ids, numbers and moments.
FREE = {
    "Command",
    "Status",
    "Error",
    "Env",
    "Cmd",
    "Path",
    "Args",
    "Comment",
    "Author",
    "Name",
    "OperatingSystem",
}
FREE |= {"Warnings", "GitCommit", "Driver", "Image", "WorkingDir"}


def poisoned(value: Any, poison: str, *, free: bool = False) -> Any:
    """A daemon's answer in which every free text says something else."""
    if isinstance(value, dict):
        return {name: poisoned(inner, poison, free=free or name in FREE) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(each, poison, free=free) for each in value]
    return poison if free and isinstance(value, str) else value


TEXT = st.sampled_from(HOSTILE) | st.text(max_size=30)
# JSON from a daemon holds no half of a character: the decoder refuses it.
TEXTS = st.lists(TEXT, max_size=2)
LABELS = st.dictionaries(TEXT, TEXT, max_size=2)
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
BYTES = st.integers(0, 10**9)
OUTCOME = st.sampled_from(["done", "failed", "unknown"])
STATE = st.builds(
    State,
    status=st.sampled_from(["created", "running", "exited", "dead"]) | TEXT,
    running=st.booleans(),
    oom_killed=st.booleans(),
    exit_code=st.integers(-1, 255),
    error=TEXT,
    health=st.none() | st.builds(Health, status=TEXT),
)
CONFIG = st.builds(Config, image=TEXT, labels=LABELS)
CONTAINER = st.builds(Container, id=HEX, name=TEXT, state=STATE, config=CONFIG)
IMAGE = st.builds(Image, id=HEX.map("sha256:{}".format), repo_tags=TEXTS, size=BYTES)
ERROR: "st.SearchStrategy[EngineError]" = st.builds(NotSent, TEXT, TEXT, TEXT) | st.builds(
    Unknown, TEXT, TEXT, TEXT
)
ERROR |= st.builds(Refused, TEXT, TEXT, TEXT, st.just(500))
SAID = TEXT | TEXT.map("Digest: {}".format) | TEXT.map("x digest: sha256:{}".format)
LAYERS = st.dictionaries(TEXT, st.builds(Layer, TEXT, BYTES, BYTES), max_size=3)
TRANSFER = st.builds(Transfer, layers=LAYERS, lines=st.lists(SAID, max_size=3))
NOW = st.none() | CONTAINER | ERROR
CREATED = st.builds(Created, id=HEX, name=TEXT, now=NOW, warnings=TEXTS.map(tuple), pulled=TEXT)
PORT = st.builds(Port, ip=TEXT, private_port=st.integers(0, 65535), type=TEXT)
SUMMARY = st.builds(
    ContainerSummary,
    id=HEX,
    names=TEXTS,
    image=TEXT,
    command=TEXT,
    status=TEXT,
    state=TEXT,
    ports=st.lists(PORT, max_size=2),
    labels=LABELS,
)
IMAGE_SUMMARY = st.builds(ImageSummary, id=HEX, repo_tags=TEXTS, repo_digests=TEXTS)
GONE = st.builds(
    Gone,
    TEXT.filter(bool),
    OUTCOME,
    st.lists(st.builds(RemovedImage, untagged=TEXT, deleted=TEXT), max_size=2).map(tuple),
    TEXT,
)
ENDED = st.tuples(st.integers(0, 255), TEXT)
STEPS = st.lists(st.builds(Step, TEXT, HEX, OUTCOME, TEXT, st.booleans()), min_size=1, max_size=3).map(tuple)
JSON = st.recursive(
    TEXT | BYTES | st.none(),
    lambda inner: st.dictionaries(TEXT, inner, max_size=3) | st.lists(inner, max_size=3),
    max_leaves=6,
)


def _answer(name: str) -> "st.SearchStrategy[Any]":
    return TEXT.map(lambda text: poisoned(RECORDED[name]["body"], text))


# What each command's `run` gives to its `render`.
RESULTS: "dict[str, st.SearchStrategy[Any]]" = {
    "ps": st.builds(ListedContainers, st.lists(SUMMARY, max_size=3), st.just(1.7e9), st.booleans()),
    "images": st.builds(ListedImages, st.lists(IMAGE_SUMMARY, max_size=3), st.just(1.7e9), st.booleans()),
    "inspect": st.builds(Seen, st.lists(JSON, max_size=2), st.booleans()),
    "logs": st.builds(Read, TEXT, BYTES, st.booleans()),
    "pull": st.builds(Pulled, TRANSFER, st.none() | IMAGE),
    "push": TRANSFER,
    "tag": st.builds(Tagged, TEXT, HEX),
    "rmi": st.lists(GONE, min_size=1, max_size=3).map(tuple),
    "create": CREATED,
    "run": st.builds(Ran, CREATED, NOW, st.none() | ERROR, st.none() | ENDED),
    "version": _answer("version"),
    "info": st.tuples(_answer("info"), st.booleans()),
    **dict.fromkeys(("start", "stop", "restart", "kill", "rm"), STEPS),
}

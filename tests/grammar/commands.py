"""A few grammars to type against: the shapes that the real commands have."""

import shlex
from collections.abc import Iterable, Mapping

from bot.grammar.create import CREATE_FLAGS, RUN_FLAGS
from bot.grammar.flags import FILTER, integer, many, maybe_integer, switch, text
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.parse import parse
from bot.grammar.quote import join
from bot.grammar.unslack import escape

ALL = switch("all", "a", help="Show all containers")
FILTERS = many("filter", "f", value=FILTER, help="Filter output")
FORMAT = text("format", help="Format output")
LAST = integer("last", "n", default=-1, help="Show n last created containers")
QUIET = switch("quiet", "q", help="Only display IDs")
SIGNAL = text("signal", "s", help="Signal to send")
TIME = maybe_integer("timeout", "t", help="Seconds to wait", aliases=("time",))
PASSWORD = text("password", "p", help="Password", secret=True)

PS = Grammar(
    "ps",
    "[OPTIONS]",
    "List containers",
    ("container ls", "container list"),
    (ALL, FILTERS, FORMAT, LAST, QUIET),
)
STOP = Grammar(
    "stop",
    "[OPTIONS] CONTAINER [CONTAINER...]",
    "Stop containers",
    ("container stop",),
    (SIGNAL, TIME),
    1,
    None,
    changes=True,
)
TAG = Grammar("tag", "SOURCE_IMAGE TARGET_IMAGE", "Tag an image", ("image tag",), (), 2, 2, changes=True)
LOGIN = Grammar("login", "[OPTIONS] [SERVER]", "Log in", (), (PASSWORD,), 0, 1)
HELP = Grammar("help", "[COMMAND]", "Show help", (), (), 0, 1)
CREATE = Grammar(
    "create",
    "[OPTIONS] IMAGE [COMMAND] [ARG...]",
    "Create",
    ("container create",),
    CREATE_FLAGS,
    1,
    None,
    False,
    (),
    changes=True,
)
RUN = Grammar(
    "run",
    "[OPTIONS] IMAGE [COMMAND] [ARG...]",
    "Run",
    ("container run",),
    RUN_FLAGS,
    1,
    None,
    False,
    (),
    changes=True,
)

GRAMMARS: Mapping[str, Grammar] = {each.name: each for each in (PS, STOP, TAG, LOGIN, HELP, CREATE, RUN)}


def line(typed: str) -> Line:
    """What is typed, as Slack sends it, as a line."""
    return parse(escape(typed), GRAMMARS)


def argv(words: Iterable[str]) -> Line:
    """The words of a shell, as somebody would type them."""
    return line(join(words))


def shell(typed: str) -> list[str]:
    """How the standard library splits it."""
    return shlex.split(typed)

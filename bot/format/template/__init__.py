"""Go templates, as far as `docker … --format` takes them.

A template works on plain data alone (`values`), can't reach Python, and is bounded in length, depth,
steps and output. Not supported, and refused by name: `define`, `template`, `block`, `call`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.format.template.budget import Budget
from bot.format.template.functions import FUNCTIONS, LAZY, Builtin
from bot.format.template.nodes import Node
from bot.format.template.parsing import parse
from bot.format.template.running import execute
from bot.format.template.values import Method, Struct, TemplateError

__all__ = ["Budget", "Method", "Struct", "Template", "TemplateError", "template_of"]


@dataclass(frozen=True)
class Template:
    """A template that was read."""

    text: str
    body: tuple[Node, ...]

    def render(self, data: object, *, strict: bool = False, budget: Budget | None = None) -> str:
        """The text for `data`; `strict` makes a missing key of a map an error;
        executions that are given one `budget` share it.

        Raises:
            TemplateError: in the CLI's words: `template: :1:2: executing "" at <.X>: …`.
        """
        text, wrong = execute(self.text, self.body, data, FUNCTIONS, strict=strict, budget=budget)
        if wrong:
            raise wrong
        return text

    def render_until_error(self, data: object, functions: Mapping[str, Builtin]) -> str:
        """What was written up to the end or the first error, which is dropped: how the CLI makes headings."""
        return execute(self.text, self.body, data, functions)[0]


def template_of(text: str) -> Template:
    """Read a template.

    Raises:
        TemplateError: a mistake, with its line: `template: :1: unclosed action`.
    """
    return Template(text, parse(text, frozenset(FUNCTIONS) | frozenset(LAZY)))

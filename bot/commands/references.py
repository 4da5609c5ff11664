"""An argument as an image reference, or a mistake shown at its word."""

from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.reference import Reference


def reference(line: Line, index: int, *, tag: bool = False) -> Reference:
    """The reference that the argument names; `tag` puts `latest` where neither tag nor digest is given.

    Raises Mistake in the CLI's words.
    """
    try:
        found = Reference.parse(line.args[index])
    except ValueError as error:
        raise Mistake.at(
            line, index, str(error), "An image is written NAME[:TAG] or NAME@sha256:…."
        ) from None
    return found.with_latest if tag else found

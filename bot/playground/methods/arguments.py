"""A call's arguments, wherever they stood: query, form or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.limits import SlackError

# What a form or a query carries as a string of JSON.
STRUCTURED = ("blocks", "attachments", "metadata", "files", "view")


@dataclass(frozen=True)
class Arguments:
    """One call's arguments, merged. Empty strings and nulls count as absent."""

    given: Mapping[str, Any]

    @classmethod
    def merged(cls, *sources: Mapping[str, Any]) -> "Arguments":
        """Later sources win; structured arguments are decoded. Raises `SlackError` for JSON that is none."""
        given: dict[str, Any] = {}
        for source in sources:
            given |= {name: value for name, value in source.items() if value not in (None, "")}
        for name in STRUCTURED:
            if isinstance(given.get(name), str):
                given[name] = _decoded(name, given[name])
        return cls(given)

    def need(self, name: str) -> str:
        """A string that must be there. Raises `SlackError` (missing_argument)."""
        value = self.given.get(name)
        if value is None:
            message = f"[ERROR] missing required field: {name}"
            raise SlackError("missing_argument", response_metadata={"messages": [message]})
        return str(value)

    def text(self, name: str, default: str = "") -> str:
        """A string that may be absent."""
        return str(self.given.get(name, default))

    def flag(self, name: str) -> bool:
        """A boolean, as JSON or a query writes it."""
        return str(self.given.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """A whole number. Raises `SlackError` (invalid_arguments) for anything else."""
        try:
            return int(self.given.get(name, default))
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments") from None


def _decoded(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise SlackError(f"invalid_{name}_format" if name == "blocks" else "invalid_arguments") from None

"""One question to a daemon, as data, and how it is written as an address."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urlencode

Filters = Mapping[str, Sequence[str]]
Lane = Literal["acts", "transfers", "reads"]

_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Call:
    """Method, path and query of a question.

    `path` holds unquoted segments: each is one name, whatever stands in it. An image's reference is split at
    its slashes (`image_path`). What is empty in `query` is left out.
    `lane` chooses the connections: `acts` for what is short and must be honest about what was sent,
    `transfers` for what is long as well, `reads` for what changes nothing.
    """

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    lane: Lane = "acts"

    @property
    def asked(self) -> str:
        """`POST /containers/3e8c17cc79e7/stop`: method and path for people, ids cut to 12 digits."""
        path = _ID.sub(lambda found: found[0][:12], "/" + "/".join(self.path))
        return f"{self.method} " + "".join(
            each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in path
        )

    def target(self, version: str = "") -> str:
        """Path and query as they are sent, under `/v{version}` where given.

        Raises ValueError for a segment that is empty or that an address would swallow (`..`).
        """
        for part in "/".join(self.path).split("/"):
            if part in ("", ".", ".."):
                raise ValueError(f"{part!r} is not a name" if part else "the name is empty")
        path = "/".join(quote(segment, safe=":@") for segment in self.path)
        given = sorted((key, value) for key, value in self.query.items() if value)
        return (f"/v{version}" if version else "") + f"/{path}" + ("?" + urlencode(given) if given else "")


def image_path(reference: str) -> tuple[str, ...]:
    """The segments of an image's reference: the daemon takes its slashes as they are."""
    return tuple(reference.split("/"))


def flag(value: bool) -> str:
    """A switch as the CLI sends it: `1`, or not at all."""
    return "1" if value else ""


def filter_json(filters: Filters | None) -> str:
    """Filters as the CLI sends them: `{"label":{"a=b":true}}`; empty where there are none."""
    if not filters:
        return ""
    body = {key: dict.fromkeys(sorted(values), True) for key, values in sorted(filters.items())}
    return json.dumps(body, separators=(",", ":"))

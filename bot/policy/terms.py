"""What a rule speaks of: people, places, objects, and the acts that fall on them. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["container", "image", "network", "volume"]


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. Identity is the pair of ids, never a display name.

    `groups` holds the Slack user groups the person is in; `member` says whether they are a full member
    of this workspace (not a guest, not another team's user, not deactivated). Either is None where Slack
    could not be asked: unknown never allows, and never escapes a deny.
    """

    team: str
    user: str
    groups: frozenset[str] | None = frozenset()
    member: bool | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request is made (channel id) and on which host it falls (name and tags of hosts.yml)."""

    channel: str
    host: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """An object of a host, as a rule may see it.

    `id` is the full 64-hex id, empty for what does not exist yet. `names` holds every name: a container's
    one name; an image's familiar references, with and without the tag. `image` is the canonical reference of
    the image (of a container: the one it runs), `docker.io/library/tomcat:9.0`.
    """

    kind: Kind
    id: str = ""
    names: tuple[str, ...] = ()
    image: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def project(self) -> str:
        """The compose project the object belongs to, or an empty string."""
        return self.labels.get("com.docker.compose.project", "")


@dataclass(frozen=True, slots=True)
class Act:
    """One question for the policy: may this verb fall on this target?

    `target` None means the host itself (`info`, `events`). `listing` marks a list (`ps`, `images`):
    allowed where some rule could allow the verb here at all; each row is then judged by itself.
    """

    verb: str
    target: Target | None = None
    listing: bool = False

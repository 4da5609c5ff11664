"""Whom and what a rule speaks of: the conditions, compiled.

Two readings of a condition: `surely` for an allow, `possibly` for a deny. They differ where an object has
several names or where something about it is not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.policy.globs import Globs
from bot.policy.references import References, split
from bot.policy.terms import Kind, Person, Place, Target
from bot.policy.verbs import FALLS_ON
from bot.reference import canonical


@dataclass(frozen=True, slots=True)
class Who:
    """People: any of these users, any member of these user groups, or (`team`) all full members.

    `users` holds ids, alone or as TEAM/USER.
    """

    users: frozenset[str] = frozenset()
    usergroups: frozenset[str] = frozenset()
    team: bool = False

    def holds(self, person: Person, *, unknown: bool) -> bool:
        """Whether the person is one of them; `unknown` is the answer where Slack could not say."""
        if person.user in self.users or f"{person.team}/{person.user}" in self.users:
            return True
        if self.team and (unknown if person.member is None else person.member):
            return True
        if not self.usergroups:
            return False
        return unknown if person.groups is None else not self.usergroups.isdisjoint(person.groups)


@dataclass(frozen=True, slots=True)
class On:
    """One resource: every condition that is not None holds. `hosts` and `tags` speak of the host, the rest of
    the target.

    An allow must not be widened by a second name, and a deny not escaped by one:

    - `names`: for an allow every name of the object matches, for a deny any does. What has no name counts as
      having an empty one, which `*` alone matches. Of an image the references with a tag or digest count
      (those without only where it has no others); `tomcat` or `tomcat:*` matches every version of `tomcat`.
    - `images`: of a container, the image it runs; of an image, all its references, canonical, as for `names`.
      An image that is not known (empty, or a bare id) is matched by `*` alone for an allow and by any pattern
      for a deny. Networks and volumes have none, and never match.
    - `labels`, `projects`: any of the list, exactly. Whoever creates an object chooses its labels.
    """

    hosts: Globs | None = None
    tags: frozenset[str] | None = None
    names: Globs | None = None
    references: References | None = None  # the patterns of `names`, as they match an image's references
    projects: frozenset[str] | None = None
    labels: frozenset[tuple[str, str]] | None = None
    images: References | None = None
    kinds: frozenset[Kind] | None = None

    @property
    def bare(self) -> bool:
        """Whether it says nothing of the target."""
        conditions = (self.names, self.projects, self.labels, self.images, self.kinds)
        return all(condition is None for condition in conditions)

    @property
    def empty(self) -> bool:
        """Whether some condition has an empty list, which nothing fits."""
        patterns = [
            each.whole if isinstance(each, References) else each for each in (self.names, self.images)
        ]
        lists = (self.tags, self.projects, self.labels, self.kinds)
        globs = (self.hosts, *patterns)
        return any(each is not None and not each for each in lists) or Globs.of(()) in globs

    def here(self, place: Place) -> bool:
        """Whether the conditions on the host hold."""
        return (self.hosts is None or self.hosts.match(place.host)) and (
            self.tags is None or not self.tags.isdisjoint(place.tags)
        )

    def could(self, verb: str) -> bool:
        """Whether it can match any object the verb falls on."""
        kinds = FALLS_ON.get(verb, ())
        if self.images is not None:
            kinds = tuple(kind for kind in kinds if kind in ("container", "image"))
        return any(self.kinds is None or kind in self.kinds for kind in kinds)

    def surely(self, target: Target) -> bool:
        """Whether the conditions on the target hold, for an allow."""
        if not self._plain(target):
            return False
        if self.names is not None and not self._names_surely(self.names, target):
            return False
        return self.images is None or self._images_surely(self.images, target)

    def possibly(self, target: Target) -> bool:
        """Whether the conditions on the target hold or may hold, for a deny."""
        if not self._plain(target):
            return False
        if self.names is not None and not self._names_possibly(self.names, target):
            return False
        return self.images is None or self._images_possibly(self.images, target)

    def _plain(self, target: Target) -> bool:
        """The conditions that need no two readings."""
        return (
            (self.kinds is None or target.kind in self.kinds)
            and (self.projects is None or (bool(target.project) and target.project in self.projects))
            and (self.labels is None or any(target.labels.get(key) == value for key, value in self.labels))
        )

    def _names_surely(self, names: Globs, target: Target) -> bool:
        if target.kind == "image" and self.references is not None:
            return all(map(self.references.surely, _versioned(target.names)))
        return all(map(names.match, target.names or ("",)))

    def _names_possibly(self, names: Globs, target: Target) -> bool:
        if target.kind == "image" and self.references is not None and target.names:
            return any(map(self.references.possibly, target.names))
        return any(map(names.match, target.names or ("",)))

    def _images_surely(self, images: References, target: Target) -> bool:
        return target.kind in ("container", "image") and all(map(images.surely, _references(target)))

    def _images_possibly(self, images: References, target: Target) -> bool:
        return target.kind in ("container", "image") and any(map(images.possibly, _references(target)))


def _versioned(names: tuple[str, ...]) -> Iterable[str]:
    return [name for name in names if any(split(name)[1:])] or names or ("",)


def _references(target: Target) -> Iterable[str]:
    """Every canonical reference by which the target's image is known; an empty one where none is."""
    if target.kind == "image" and target.names:
        return {*map(canonical, _versioned(target.names)), *filter(None, (target.image,))}
    return (target.image,)

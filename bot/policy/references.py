"""Patterns on image references, `registry.acme.example/*` and `tomcat:*`, and what they match.

A pattern is written as a person writes an image, and read as docker reads it: `tomcat:*` is
`docker.io/library/tomcat:*`. A pattern that begins with `*` is compared with the whole canonical reference.
Without a tag, or with `:*`, it means every tag and digest of the repository.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.policy.globs import Globs
from bot.reference import HUB, HUB_OLD, canonical

_ID = re.compile(r"(docker\.io/library/)?(sha256[:@])?[0-9a-f]{12,64}(:latest)?")


@dataclass(frozen=True, slots=True)
class References:
    """Several patterns on references, of which any may match.

    `whole` is compared with name and version, `repositories` with the name alone; `perhaps` holds the
    repository of each pattern that names a version: a reference that hides its tag may be that version.
    """

    whole: Globs
    repositories: Globs
    perhaps: Globs

    @classmethod
    def of(cls, patterns: Iterable[str], *, familiar: bool = False) -> "References":
        """`familiar` patterns are compared with references as people write them, others with canonical ones.

        Raises ValueError where it can't be told whether the pattern speaks of a registry.
        """
        written = [pattern if familiar else canonical_pattern(pattern) for pattern in patterns]
        plain = [pattern.removesuffix(":*") for pattern in written]
        versioned = [split(pattern)[0] for pattern in plain if any(split(pattern)[1:])]
        return cls(
            whole=Globs.of(plain),
            repositories=Globs.of(pattern for pattern in plain if not any(split(pattern)[1:])),
            perhaps=Globs.of(name for name in versioned if name != "*"),
        )

    def surely(self, reference: str) -> bool:
        """For an allow: the reference is one of these. A digest decides over a tag beside it, as for docker.

        What is no reference, but an image's id, is matched by `*` alone.
        """
        name, tag, digest = split("" if is_id(reference) else reference)
        version = f"@{digest}" if digest else f":{tag}" if tag else ""
        return self.whole.match(name + version) or self.repositories.match(name)

    def possibly(self, reference: str) -> bool:
        """For a deny: the reference is, or may be, one of these.

        A digest may be any tag of its repository, and a repository alone means any of its tags. An id may be
        anything. (`*:latest` speaks of the tag as written, and so of no digest.)
        """
        if not reference or is_id(reference):
            return True
        name, tag, digest = split(reference)
        return (
            self.repositories.match(name)
            or self.whole.match(reference)
            or (bool(tag) and self.whole.match(f"{name}:{tag}"))
            or (bool(digest) and self.whole.match(f"{name}@{digest}"))
            or ((bool(digest) or not tag) and self.perhaps.match(name))
        )


def is_id(reference: str) -> bool:
    """Whether it is an image's id, or as much as twelve digits of one, and no reference."""
    return _ID.fullmatch(reference) is not None


def split(reference: str) -> tuple[str, str, str]:
    """Name, tag and digest, empty where there is none: `localhost:5000/x:1` has the tag `1`."""
    rest, _, digest = reference.partition("@")
    folder, slash, last = rest.rpartition("/")
    last, _, tag = last.partition(":")
    return folder + slash + last, tag, digest


def canonical_pattern(pattern: str) -> str:
    """The pattern as it is compared with canonical references. Raises ValueError for `reg*/x`."""
    if pattern.startswith("*"):
        return pattern
    first, slash, rest = pattern.partition("/")
    if slash and "*" in first and "." not in first and ":" not in first:
        raise ValueError(
            f'"{pattern}" may speak of a registry or of Docker Hub: for the Hub, write "{HUB}/{pattern}"'
        )
    if first in (HUB, HUB_OLD) and rest.startswith("*"):
        return f"{HUB}/{rest}"  # all of the Hub, not its official images alone
    return canonical(pattern)

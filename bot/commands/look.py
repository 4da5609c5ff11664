"""Names to objects: what planning may ask of a host, through one person's eyes.

What the person may not see is not there: it is neither found nor suggested.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.errors import Refused
from bot.engine.reader import Reader
from bot.engine.types import Container, ContainerSummary, Image
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.nearest import nearest
from bot.policy.evaluate import Allowed, Rules
from bot.policy.terms import Act, Target
from bot.reference import Reference

_HEX = re.compile(r"[0-9a-f]{1,64}")


@dataclass(frozen=True)
class Look:
    """One host (`name`), its reader, and the rules of the one who asks."""

    name: str
    reader: Reader
    rules: Rules

    async def container(self, line: Line, index: int) -> Target:
        """The container that the line's argument names: by exact name, full id or unambiguous id prefix.

        A name that looks like an id is compared with all ids, since the engine lets a name hide another
        container's short id. Raises Mistake at the word: not found (with the nearest), or ambiguous (with
        the candidates).
        """
        word = line.args[index].removeprefix("/")
        if _HEX.fullmatch(word):
            return await self._by_listing(line, index, word)
        try:
            found = await self.reader.container(word)
        except Refused as error:
            if error.status not in (400, 404):
                raise
            return await self._by_listing(line, index, word)
        target = of_container(found)
        if word not in target.names or not self._sees("ps", target):
            return await self._by_listing(line, index, word)
        return target

    async def _by_listing(self, line: Line, index: int, word: str) -> Target:
        listed = [of_summary(each) for each in await self.reader.containers(all=True)]
        seen = [target for target in listed if self._sees("ps", target)]
        found = {t.id: t for t in seen if word in t.names or (_HEX.fullmatch(word) and t.id.startswith(word))}
        exact = [t for t in found.values() if t.id == word]
        if len(exact or found) == 1:
            return exact[0] if exact else next(iter(found.values()))
        if found:
            raise _ambiguous(line, index, word, list(found.values()))
        raise _missing(
            line, index, f"no container is called {word} on {self.name}", [n for t in seen for n in t.names]
        )

    async def image(self, line: Line, index: int) -> Target:
        """The image that the argument names, by reference, digest or id. Raises Mistake where there is none."""
        word = line.args[index]
        target = await self.known_image(word)
        if target and self._sees("images", target):
            return target
        listed = [of_tags(each.id, each.repo_tags) for each in await self.reader.images()]
        names = [name for t in listed if self._sees("images", t) for name in t.names]
        raise _missing(line, index, f"no image is called {word} on {self.name}", names)

    async def tags_of(self, line: Line, index: int) -> list[Target]:
        """Every tag of the repository that the argument names. Raises Mistake where there is none."""
        wanted = Reference.parse(line.args[index]).name
        found = [
            Target("image", each.id, (tag,), canonical(tag))
            for each in await self.reader.images()
            for tag in each.repo_tags
            if _repository(tag) == wanted
        ]
        seen = [target for target in found if self._sees("images", target)]
        if not seen:
            raise _missing(line, index, f"no image is called {line.args[index]} on {self.name}", [])
        return seen

    async def known_image(self, word: str) -> Target | None:
        """The image of that name or id if the host has it, whoever asks."""
        try:
            found = await self.reader.image(word)
        except Refused as error:
            if error.status == 404:
                return None
            raise
        return of_image(found)

    def _sees(self, verb: str, target: Target) -> bool:
        return isinstance(self.rules.judge(Act(verb, target)), Allowed)


def _repository(tag: str) -> str:
    """The canonical name of a tag's repository; empty for what is no reference (`<none>:<none>`)."""
    try:
        return Reference.parse(tag).name
    except ValueError:
        return ""


def of_container(found: Container) -> Target:
    """A container as a rule sees it, from its inspection."""
    return _container(found.id, [found.name], found.config.image, found.config.labels)


def of_summary(listed: ContainerSummary) -> Target:
    """A container as a rule sees it, from a list."""
    return _container(listed.id, listed.names, listed.image, listed.labels)


def _container(id_: str, names: Sequence[str], image: str, labels: dict[str, str]) -> Target:
    # A name with a second slash is a link's alias, not the container's own.
    own = tuple(name.removeprefix("/") for name in names if "/" not in name.removeprefix("/"))
    return Target("container", id_, own, canonical(image), labels)


def of_image(found: Image) -> Target:
    """An image as a rule sees it: every tag, or every digest where it has no tag."""
    return of_tags(found.id, found.repo_tags or found.repo_digests)


def of_tags(id_: str, tags: Sequence[str]) -> Target:
    """An image with these tags, as a rule sees it."""
    own = [tag for tag in tags if tag != "<none>:<none>"]
    return Target("image", id_, tuple(own), canonical(own[0]) if own else "")


def of_reference(reference: str) -> Target:
    """An image that need not be there yet, by reference."""
    return Target("image", "", (Reference.parse(reference).familiar,), canonical(reference))


def canonical(reference: str) -> str:
    """The canonical reference, or the word itself where it is none (an image id)."""
    try:
        return Reference.parse(reference).canonical
    except ValueError:
        return reference


def _missing(line: Line, index: int, message: str, names: Sequence[str]) -> Mistake:
    near = nearest(line.args[index], names)
    return Mistake.at(line, index, message, f"Did you mean {near}?" if near else "")


def _ambiguous(line: Line, index: int, word: str, found: Sequence[Target]) -> Mistake:
    candidates = ", ".join(f"{t.names[0] if t.names else '?'} ({t.id[:16]})" for t in found[:5])
    return Mistake.at(line, index, f"{word} may mean {len(found)} containers", f"Name one of: {candidates}")

"""Names to objects: what planning may ask of a host, through one person's eyes.

What the person may not see is not there: it is neither found nor suggested.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from bot.commands.targets import canonical, of_container, of_image, of_summary, of_tags
from bot.engine.errors import Refused
from bot.engine.reader import Reader
from bot.grammar.flags import Flag
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.nearest import nearest
from bot.policy.evaluate import Allowed, Rules
from bot.policy.terms import Act, Target
from bot.reference import Reference

# A mistake at the place of the word that is looked up: from what is wrong, and what to type instead.
At = Callable[[str, str], Mistake]

_HEX = re.compile(r"(?:sha256:)?([0-9a-f]{1,64})")


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
        return await self._container(line.args[index].removeprefix("/"), partial(Mistake.at, line, index))

    async def image(self, line: Line, index: int) -> Target:
        """The image that the argument names, by reference, digest or id. Raises Mistake as above."""
        return await self._image(line.args[index], partial(Mistake.at, line, index))

    async def check_filters(
        self, line: Line, flag: Flag[tuple[str, ...]], kind: Literal["container", "image"]
    ) -> None:
        """Look up what `since=` and `before=` name: the daemon would tell whether a hidden one is there."""
        find = self._container if kind == "container" else self._image
        for each in line[flag]:
            key, _, word = each.partition("=")
            if key in ("since", "before"):
                await find(word, partial(Mistake.at_flag, line, flag))

    async def tags_of(self, line: Line, index: int) -> list[Target]:
        """Every tag of the repository that the argument names, as an image of its own. Raises Mistake."""
        wanted = Reference.parse(line.args[index]).name
        found = [
            Target("image", each.id, (tag,), canonical(tag))
            for each in await self.reader.images()
            for tag in each.repo_tags
            if _repository(tag) == wanted
        ]
        seen = [target for target in found if self._sees("images", target)]
        if not seen:
            raise self._missing("image", line.args[index], [], partial(Mistake.at, line, index))
        return seen

    async def known_image(self, word: str) -> Target | None:
        """The image of that name or id if the host has it, whoever asks."""
        try:
            return of_image(await self.reader.image(word))
        except Refused as error:
            if error.status == 404:
                return None
            raise

    async def _container(self, word: str, at: At) -> Target:
        if not _HEX.fullmatch(word):
            try:
                target = of_container(await self.reader.container(word))
            except Refused as error:
                if error.status not in (400, 404):
                    raise
            else:
                if word in target.names and self._sees("ps", target):
                    return target
        listed = [of_summary(each) for each in await self.reader.containers(all=True)]
        return self._one_of("container", word, [each for each in listed if self._sees("ps", each)], at)

    async def _image(self, word: str, at: At) -> Target:
        target = await self.known_image(word)
        if target and self._sees("images", target):
            return target
        listed = [
            of_tags(each.id, each.repo_tags or each.repo_digests) for each in await self.reader.images()
        ]
        return self._one_of("image", word, [each for each in listed if self._sees("images", each)], at)

    def _one_of(self, kind: str, word: str, seen: Sequence[Target], at: At) -> Target:
        """The one that the word names among those seen, by name, id or id prefix."""
        found = {target.id: target for target in seen if word in target.names or _begins(target.id, word)}
        exact = [target for target in found.values() if _bare(target.id) == _bare(word)]
        if len(exact or found) == 1:
            return exact[0] if exact else next(iter(found.values()))
        if not found:
            raise self._missing(kind, word, [name for target in seen for name in target.names], at)
        candidates = ", ".join(
            f"{target.names[0] if target.names else '?'} ({_bare(target.id)[:16]})"
            for target in list(found.values())[:5]
        )
        raise at(f"{word} may mean {len(found)} {kind}s", f"Name one of: {candidates}")

    def _missing(self, kind: str, word: str, names: Sequence[str], at: At) -> Mistake:
        near = nearest(word, names)
        return at(f"no {kind} is called {word} on {self.name}", f"Did you mean {near}?" if near else "")

    def _sees(self, verb: str, target: Target) -> bool:
        return isinstance(self.rules.judge(Act(verb, target)), Allowed)


def _bare(id_: str) -> str:
    return id_.removeprefix("sha256:")


def _begins(id_: str, word: str) -> bool:
    hexes = _HEX.fullmatch(word)
    return bool(hexes) and _bare(id_).startswith(hexes[1] if hexes else "")


def _repository(tag: str) -> str:
    """The canonical name of a tag's repository; empty for what is no reference (`<none>:<none>`)."""
    try:
        return Reference.parse(tag).name
    except ValueError:
        return ""

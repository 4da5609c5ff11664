"""permissions.yml as data. Extra keys, unknown names and anything unclear are refused, with the place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Tag,
    ValidationError,
)
from pydantic_core import ErrorDetails

from bot.policy.document import DocumentError, Path, place, read
from bot.policy.references import References
from bot.policy.terms import Kind
from bot.policy.verbs import GROUPS, VERBS


class PolicyError(Exception):
    """The file is not taken: `problems` says why, a line each, with the place."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _pairs(value: Any) -> Any:
    """`{tier: front}` is `[tier=front]`."""
    return tuple(f"{key}={each}" for key, each in value.items()) if isinstance(value, dict) else value


def _like(pattern: str, words: str) -> AfterValidator:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(f'"{text}" is not {words}')
        return text

    return AfterValidator(check)


def _image_pattern(text: str) -> str:
    References.of([text])
    return text


def _not_yet(value: Any) -> Any:
    raise ValueError("does not work yet; a file that relies on it is not taken")


Text = Annotated[str, _like(r"[^\x00-\x1f\x7f]+", "text on one line")]
UserId = Annotated[str, _like(r"([TE]\w+/)?[UW]\w+", "a user's id, like U0ALICE (or T0TEAM/U0ALICE)")]
UsergroupId = Annotated[str, _like(r"S\w+", "a user group's id, like S0ONCALL")]
ChannelId = Annotated[str, _like(r"[CDG]\w+", "a channel's id, like C0INC")]
Label = Annotated[str, _like(r"[^=]+=[^\n]*", "a label with its value, like tier=front")]
ImagePattern = Annotated[Text, AfterValidator(_image_pattern)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]
Labels = Annotated[tuple[Label, ...], BeforeValidator(_pairs)]
Later = Annotated[None, BeforeValidator(_not_yet)]
"""A key that has its place but no meaning yet: the file that uses it is refused."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def says(self, key: str) -> bool:
        """Whether the key was written, be it as an empty list."""
        return key in self.model_fields_set


class Subject(_Part):
    """People: any of these users, any member of these user groups, or (`team`) every full member."""

    users: Annotated[tuple[UserId, ...], BeforeValidator(_one_or_many)] = ()
    usergroups: Annotated[tuple[UsergroupId, ...], BeforeValidator(_one_or_many)] = ()
    team: Literal[True] | None = None


class Resource(_Part):
    """Objects: what every written key fits, each by any value of its list. `hosts`, `tags`: of the host."""

    hosts: Texts = ()
    tags: Texts = ()
    names: Texts = ()
    compose_project: Texts = ()
    labels: Labels = ()
    images: Annotated[tuple[ImagePattern, ...], BeforeValidator(_one_or_many)] = ()
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(_one_or_many)] = ()


def _shape(value: Any) -> str:
    return "inline" if isinstance(value, dict | Resource) else "names"


On = Annotated[
    Annotated[Texts, Tag("names")] | Annotated[Resource, Tag("inline")],
    Discriminator(_shape),
]


class Rule(_Part):
    """One rule: allows or denies verbs, to whom, in which channels, on what. What is left out means "any"."""

    id: Annotated[str, _like(r"[\w.-]+", "a rule's id: letters, digits, dots and dashes")]
    allow: Texts = ()
    deny: Texts = ()
    who: Texts = ()
    in_: Texts = ()
    on: On = ()
    require: Later = None
    when: Later = None

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))

    @property
    def allows(self) -> bool:
        """Whether it is an allow rule; otherwise it denies."""
        return self.says("allow")

    @property
    def words(self) -> tuple[str, ...]:
        """Its verbs and groups as written."""
        return self.allow if self.allows else self.deny


class Test(_Part):
    """A question the file answers itself: who runs what where, and whether it is allowed, by which rule."""

    __test__ = False  # not a pytest class

    as_: UserId
    run: Text
    expect: Literal["allow", "deny"]
    groups: Annotated[tuple[UsergroupId, ...], BeforeValidator(_one_or_many)] = ()
    member: bool = True
    in_: ChannelId | Literal[""] = ""
    on: str = ""
    tags: Texts = ()
    by: str = ""
    image: str = ""
    labels: Labels = ()
    project: str = ""

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))


class File(_Part):
    """The whole file."""

    version: Literal["1"]
    rules: tuple[Rule, ...]
    subjects: dict[Text, Subject] = {}
    channels: dict[Text, Annotated[tuple[ChannelId, ...], BeforeValidator(_one_or_many)]] = {}
    resources: dict[Text, Resource] = {}
    tests: tuple[Test, ...] = ()
    admission: Later = None


def parse(text: str) -> File:
    """The file's meaning. Raises PolicyError with everything that is wrong with it."""
    try:
        data, lines = read(text)
    except DocumentError as error:
        raise PolicyError((str(error),)) from error
    try:
        file = File.model_validate(data)
    except ValidationError as error:
        raise PolicyError(tuple(_problem(each, lines) for each in error.errors())) from error
    unclear = (*_empty(file), *_unclear(file))
    problems = tuple(_with_line(path, words, lines) for path, words in unclear)
    if problems:
        raise PolicyError(problems)
    return file


_Problems = Iterator[tuple[Path, str]]


def _empty(file: File) -> _Problems:
    """Entries that say nothing, which could be read as nobody or as everybody."""
    for name, subject in file.subjects.items():
        if not subject.model_fields_set:
            yield ("subjects", name), "names nobody: write users, usergroups or team"
    for name, resource in file.resources.items():
        if not resource.model_fields_set:
            yield ("resources", name), "names nothing; for everything, leave `on` out of the rule"
    for index, rule in enumerate(file.rules):
        if isinstance(rule.on, Resource) and not rule.on.model_fields_set:
            yield ("rules", index, "on"), "names nothing; for everything, leave `on` out"


def _unclear(file: File) -> _Problems:
    """Rules that don't say enough, and names that stand for nothing."""
    for index, rule in enumerate(file.rules):
        path = ("rules", index)
        if rule.says("allow") == rule.says("deny"):
            yield path, "must say either allow or deny"
        if rule.allows and not rule.says("who"):
            yield (*path, "who"), "is missing: an allow rule says whom it allows"
        effect = "allow" if rule.allows else "deny"
        yield from _unknown((*path, effect), rule.words, {**GROUPS, **dict.fromkeys(VERBS)}, "verb or group")
        yield from _unknown((*path, "who"), rule.who, file.subjects, "subject")
        yield from _unknown((*path, "in"), rule.in_, file.channels, "channel")
        if not isinstance(rule.on, Resource):
            yield from _unknown((*path, "on"), rule.on, file.resources, "resource")
    known = {rule.id: rule for rule in file.rules}
    for index, test in enumerate(file.tests):
        yield from _unknown(("tests", index, "by"), (test.by,) if test.by else (), known, "rule")


def _unknown(path: Path, words: Iterable[str], known: Mapping[str, object], what: str) -> _Problems:
    for word in words:
        if word not in known:
            near = get_close_matches(word, known, 1)
            yield path, f'no {what} is called "{word}"' + (f'; did you mean "{near[0]}"?' if near else "")


_PLAIN_WORDS = {
    "missing": "is missing",
    "tuple_type": "must be a list",
    "string_type": "must be text; put it in quotes",
    "bool_type": "must be true or false",
    "dict_type": "must be a mapping, like {name: …}",
    "model_type": "must be a mapping, like {key: value}",
}


def _problem(error: ErrorDetails, lines: Mapping[Path, int]) -> str:
    path = error["loc"]
    if path[:1] == ("rules",) and path[2:3] == ("on",):
        path = (*path[:3], *path[4:])  # pydantic puts there which of the two shapes it read
    words = _PLAIN_WORDS.get(error["type"], error["msg"].removeprefix("Value error, "))
    if error["input"] is None and error["type"] != "missing":
        words = "is empty: write a value, or take the key out"
    if error["type"] == "extra_forbidden":
        words = "there is no such key here"
    return _with_line(path, words, lines)


def _with_line(path: Path, words: str, lines: Mapping[Path, int]) -> str:
    """`rules[2].who: what is wrong (line 14)`; the line of the nearest place that stands in the file."""
    line = next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)
    return f"{place(path)}: {words}" + (f" (line {line})" if line else "")

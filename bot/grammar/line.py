"""A command line that was understood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar, cast

from bot.grammar.flags import BOOL, Flag
from bot.grammar.grammar import Grammar
from bot.grammar.mistakes import Mistake
from bot.grammar.quote import join
from bot.grammar.secrets import MASK, mask_assignment, mask_words
from bot.grammar.words import Typed

T = TypeVar("T")
Span = tuple[int, int]


@dataclass(frozen=True)
class Setting:
    """A flag as it was given: the texts of its values (one, unless it may be repeated) and what they say."""

    flag: Flag[Any]
    texts: tuple[str, ...]
    value: Any
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True)
class Spans:
    """Where the parts stand in the typed text."""

    name: Span = (0, 0)
    args: tuple[Span, ...] = ()
    hosts: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Line:
    """One command with its arguments and flags, the hosts it is for, and whether the answer is private.

    `settings` are the flags that were given, in the order of the grammar. Two lines that ask for the same are
    equal, however they were typed.
    """

    grammar: Grammar
    args: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    private: bool = False
    help: bool = False
    settings: tuple[Setting, ...] = ()
    typed: Typed = field(default=Typed("", ()), compare=False, repr=False)
    spans: Spans = field(default=Spans(), compare=False, repr=False)

    def __getitem__(self, flag: Flag[T]) -> T:
        """What the flag says; its default where it was not given."""
        found = self._given.get(flag.name)
        return cast("T", found.value) if found else flag.default

    def given(self, flag: Flag[Any]) -> bool:
        """Whether the flag was typed at all, be it with its default."""
        return flag.name in self._given

    def for_host(self, hosts: Iterable[str]) -> "Line":
        """The same line for other hosts (none: the channel's default)."""
        return replace(self, hosts=tuple(hosts))

    def require(self, api: tuple[int, int]) -> None:
        """Raise Mistake at a flag that an engine of this API version does not know."""
        for setting in self.settings:
            since = setting.flag.since
            if since and api < tuple(map(int, since.split("."))):
                has = f"this host has {api[0]}.{api[1]}"
                raise Mistake.at_flag(
                    self, setting.flag, f"--{setting.flag.name} needs API {since}, and {has}"
                )

    @cached_property
    def canonical(self) -> str:
        """As one would type it in a shell after `docker `: long flags in the grammar's order, minimal quotes.

        Parsing it (as it is, or as Slack would send it) gives an equal line.
        """
        return join(self._words(mask=False))

    @cached_property
    def shown(self) -> str:
        """The canonical line with the values of secrets as `…`: what is repeated to others."""
        return join(self._words(mask=True))

    def span(self, index: int) -> Span:
        """Where the argument stands in `typed.text`; the command's name where there is none."""
        return self.spans.args[index] if index < len(self.spans.args) else self.spans.name

    def flag_span(self, flag: Flag[Any]) -> Span:
        """Where the flag's (last) value stands; the command's name where it was not given."""
        found = self._given.get(flag.name)
        return found.span if found else self.spans.name

    def host_span(self, word: str) -> Span:
        """Where the host pattern stands; the command's name where it was not typed."""
        return dict(zip(self.hosts, self.spans.hosts, strict=False)).get(word, self.spans.name)

    @cached_property
    def _given(self) -> Mapping[str, Setting]:
        return {setting.flag.name: setting for setting in self.settings}

    def _words(self, *, mask: bool) -> list[str]:
        hosts = map(mask_assignment, self.hosts) if mask else self.hosts
        words = [word for host in hosts for word in ("-H", host)]
        words += self.grammar.name.split()
        words += ["--me"] * self.private + ["--help"] * self.help
        words += [word for setting in self.settings for word in _typed(setting, mask=mask)]
        words += ["--"] * self._needs_dashes
        args = mask_words(self.args) if mask else self.args
        return words + list(args)

    @property
    def _needs_dashes(self) -> bool:
        flaglike = self.args if self.grammar.interspersed else self.args[:1]
        return any(len(each) > 1 and each.startswith("-") for each in flaglike)


def _typed(setting: Setting, *, mask: bool) -> list[str]:
    name = f"--{setting.flag.name}"
    if setting.flag.value is BOOL:
        return [name if setting.value else f"{name}=false"]
    texts = setting.texts
    if mask:
        texts = tuple(MASK if setting.flag.secret else mask_words((text,))[0] for text in texts)
    return [word for text in texts for word in (name, text)]

"""The file's words to compiled rules."""

from collections.abc import Iterable
from functools import cache

from bot.policy.evaluate import Policy
from bot.policy.globs import Globs
from bot.policy.match import On, Who
from bot.policy.model import File, Resource, Subject, parse
from bot.policy.model import Rule as Written
from bot.policy.references import References
from bot.policy.rule import Rule
from bot.policy.verbs import PARTS, expand
from bot.policy.wording import wording


def load(text: str) -> Policy:
    """The policy that the file's text says. Raises PolicyError. Neither lints nor runs the file's tests."""
    return compile_file(parse(text))


def compile_file(file: File) -> Policy:
    """The policy that the file says."""
    groups = {group for subject in file.subjects.values() for group in subject.usergroups}
    shared = _Shared(file)
    return Policy(tuple(_rule(rule, file, shared) for rule in file.rules), frozenset(groups))


class _Shared:
    """Rules of the same subjects or resources share the compiled ones, each matched once a request."""

    def __init__(self, file: File) -> None:
        self.who = cache(lambda names: _who(file.subjects[name] for name in names))
        self.on = cache(lambda names: tuple(_on(file.resources[name]) for name in names))


def _rule(rule: Written, file: File, shared: _Shared) -> Rule:
    on = (_on(rule.on),) if isinstance(rule.on, Resource) else shared.on(rule.on)
    return Rule(
        id=rule.id,
        allows=rule.allows,
        words=rule.words,
        verbs=frozenset(verb for word in rule.words for verb in verbs_of(word, allows=rule.allows)),
        who=shared.who(rule.who) if rule.says("who") else None,
        channels=_channels(rule, file) if rule.says("in_") else None,
        on=on if rule.says("on") else None,
        says=wording(rule, file),
    )


def verbs_of(word: str, *, allows: bool) -> frozenset[str]:
    """What a rule's word stands for. `run` by itself: to allow it is to allow create and start; to deny it
    is to deny create, without which nothing is run (what is there may still be started).
    """
    if word not in PARTS:
        return expand(word)
    return frozenset(PARTS[word] if allows else PARTS[word][:1])


def _who(subjects: Iterable[Subject]) -> Who:
    all_ = tuple(subjects)
    return Who(
        users=frozenset(user for subject in all_ for user in subject.users),
        usergroups=frozenset(group for subject in all_ for group in subject.usergroups),
        team=any(subject.team for subject in all_),
    )


def _channels(rule: Written, file: File) -> frozenset[str]:
    return frozenset(channel for name in rule.in_ for channel in file.channels[name])


def _on(resource: Resource) -> On:
    says = resource.says
    return On(
        hosts=Globs.of(resource.hosts) if says("hosts") else None,
        tags=frozenset(resource.tags) if says("tags") else None,
        names=Globs.of(resource.names) if says("names") else None,
        references=References.of(resource.names, familiar=True) if says("names") else None,
        projects=frozenset(resource.compose_project) if says("compose_project") else None,
        labels=frozenset(_label(each) for each in resource.labels) if says("labels") else None,
        images=References.of(resource.images) if says("images") else None,
        kinds=frozenset(resource.kinds) if says("kinds") else None,
    )


def _label(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    return key, value

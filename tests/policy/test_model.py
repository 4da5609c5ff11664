import pytest

from bot.policy.model import PolicyError, parse
from tests.policy.examples import SHOP, file


def refused(text: str) -> str:
    with pytest.raises(PolicyError) as caught:
        parse(text)
    return str(caught.value)


def test_the_example_is_taken() -> None:
    shop = parse(SHOP)
    assert [rule.id for rule in shop.rules] == ["look", "operate", "careful", "destroy", "never-db"]
    assert shop.rules[1].on == ("production",)  # `on` is a key here, not YAML's "yes"
    assert shop.channels == {"incidents": ("C0INC",)}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param(
            "who: oncall,",
            "who: onkall,",
            'rules[1].who: no subject is called "onkall"; did you mean "oncall"? (line 13)',
            id="unknown subject",
        ),
        pytest.param(
            "in: incidents",
            "in: incident",
            'rules[1].in: no channel is called "incident"; did you mean "incidents"?',
            id="unknown channel",
        ),
        pytest.param(
            "on: production",
            "on: [prodction]",
            'rules[1].on: no resource is called "prodction"; did you mean "production"?',
            id="unknown resource",
        ),
        pytest.param(
            "[operate, logs]",
            "[operate, log]",
            'rules[1].allow: no verb or group is called "log"; did you mean "logs"?',
            id="unknown verb",
        ),
        pytest.param(
            "by: operate", "by: operat", 'tests[0].by: no rule is called "operat"', id="unknown rule"
        ),
        pytest.param(
            "id: look,", "id: look, if: x,", "rules[0].if: there is no such key here", id="extra key"
        ),
        pytest.param(
            "names: [db-*]", "nmes: [db-*]", "rules[4].on.nmes: there is no such key", id="extra inline key"
        ),
        pytest.param(
            "id: look,",
            "id: look, who: leads,",
            'rules[0]: the key "who" stands there twice',
            id="key twice",
        ),
        pytest.param(
            "who: everyone}",
            "who: everyone, require: {confirm: true}}",
            "rules[0].require: does not work yet",
            id="requirements",
        ),
        pytest.param(
            "who: everyone}", "who: everyone, when: night}", "rules[0].when: does not work yet", id="times"
        ),
        pytest.param(
            "tests:", "admission: []\ntests:", "admission: does not work yet", id="what may be created"
        ),
        pytest.param("team: true", "team: false", "subjects.everyone.team: ", id="team false"),
        pytest.param("team: true", "team: yes", "subjects.everyone.team: ", id="yes is not true"),
        pytest.param(
            "U0BOB]",
            "'@bob']",
            'subjects.leads.users[1]: "@bob" is not a user\'s id, like U0ALICE',
            id="a display name",
        ),
        pytest.param("[C0INC]", "['#inc']", "channels.incidents[0]: ", id="a channel's name"),
        pytest.param("{hosts: [prod-*]}", "{}", "resources.production: names nothing", id="empty resource"),
        pytest.param("{team: true}", "{}", "subjects.everyone: names nobody", id="empty subject"),
        pytest.param("on: {names: [db-*]}", "on: {}", "rules[4].on: names nothing", id="empty on"),
        pytest.param("on: {names: [db-*]}", "on: ", "rules[4].on: is empty", id="nothing is not everything"),
        pytest.param("names: [db-*]", "names: ", "rules[4].on.names: is empty", id="nothing in a resource"),
        pytest.param("names: [db-*]", "names: [*-db]", 'in quotes, like "*-db"', id="a star first, unquoted"),
        pytest.param(
            "who: everyone}",
            "in: incidents}",
            "rules[0].who: is missing: an allow rule says whom",
            id="allow nobody",
        ),
        pytest.param("deny:  ", "allow: [rm], deny: ", "rules[4]: must say either", id="allow and deny"),
        pytest.param("version: 1", "version: 2", "version: ", id="another version"),
        pytest.param("version: 1\n", "", "version: is missing", id="no version"),
        pytest.param("[web-*]", "[true]", "resources.front.names[0]: must be text", id="a truth as a name"),
        pytest.param("[web-*]", "!!python/name:os [x]", "tags are not understood", id="a tag"),
        pytest.param("expect: deny", "expect: no", "tests[1].expect: ", id="no is not deny"),
    ],
)
def test_a_file_is_refused_with_the_place(old: str, new: str, words: str) -> None:
    assert old in SHOP
    assert words in refused(SHOP.replace(old, new))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("version: 1\n", "rules: is missing"),
        ("version: 1\nrules:\n", "rules: is empty"),
        ("version: 1\nrules: []\nsubjects: {a: {users: [U0A]}}\nchannels: {c: C0A", "expected"),
        ("version: 1\nrules: []\nchannels:\n  c: C0IN", "looks cut short"),
        ("- a\n", "the file: must be a mapping"),
        ("a: &x [*x]\n", "aliases are not understood"),
        ("a: \x00\n", "control characters"),
        ("version: 1\nrules: []\n---\nversion: 1\n", "several documents"),
        ("[" * 100_000, "nested too deep"),
        ("a: " + "x" * 1_000_000, "longer than"),
        (file("id: a b, allow: [ps], who: all"), 'rules[0].id: "a b" is not a rule\'s id'),
        (file("id: a, allow: [ps], who: all, on: {images: ['reg*/x']}"), "rules[0].on.images[0]: "),
    ],
)
def test_what_is_no_permission_list(text: str, words: str) -> None:
    assert words in refused(text)


def test_all_problems_are_named_at_once() -> None:
    assert refused(SHOP.replace("who: oncall", "who: a").replace("in: incidents", "in: b")).count("\n") == 1

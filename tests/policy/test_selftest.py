import pytest

from bot.policy.model import parse
from bot.policy.selftest import acts, check_tests
from bot.policy.terms import Act, Target
from tests.policy.examples import SHOP, file

ID = "0" * 64


def failures(*tests: str, text: str = SHOP) -> list[str]:
    head = text.partition("tests:")[0]
    return list(
        map(str, check_tests(parse(head + "tests:\n" + "".join(f"  - {{{each}}}\n" for each in tests))))
    )


@pytest.mark.parametrize(
    ("run", "asked"),
    [
        ("restart web-1", [Act("restart", Target("container", ID, ("web-1",)))]),
        ("rm a b", [Act("rm", Target("container", ID, (name,))) for name in "ab"]),
        ("network rm front", [Act("network rm", Target("network", ID, ("front",)))]),
        ("ps", [Act("ps", listing=True)]),
        ("volume ls", [Act("volume ls", listing=True)]),
        ("info", [Act("info")]),
        ("volume prune", [Act("volume prune")]),
        ("run web", [Act("run", Target("container", "", ("web",)))]),
        ("create", [Act("create", Target("container", "", ()))]),
        ("pull tomcat", [Act("pull", Target("image", "", ("tomcat",), "docker.io/library/tomcat:latest"))]),
        ("rmi a.b/x:1", [Act("rmi", Target("image", ID, ("a.b/x:1",), "a.b/x:1"))]),
        (
            "rename old new",
            [Act("rename", Target("container", id_, (name,))) for id_, name in ((ID, "old"), ("", "new"))],
        ),
    ],
)
def test_what_a_test_asks(run: str, asked: list[Act]) -> None:
    test = parse(file() + f"tests: [{{as: U0A, run: {run}, expect: deny}}]\n").tests[0]
    assert list(acts(test)) == asked


def test_what_a_test_says_of_the_object() -> None:
    text = "as: U0A, run: rm x, image: 'nginx:1', labels: {tier: front}, project: shop, expect: deny"
    (act,) = acts(parse(file() + f"tests: [{{{text}}}]\n").tests[0])
    labels = {"tier": "front", "com.docker.compose.project": "shop"}
    assert act.target == Target("container", ID, ("x",), "docker.io/library/nginx:1", labels)


@pytest.mark.parametrize(
    "test",
    [
        "as: U0D, groups: [S0ONCALL], in: C0INC, run: restart web-1, on: prod-1, expect: allow, by: operate",
        "as: U0DAVE, groups: [S0ONCALL], in: C0OTHER, run: restart web-1, on: prod-1, expect: deny",
        "as: U0DAVE, groups: [S0ONCALL], in: C0INC, run: restart web-1, on: lab, expect: deny",
        "as: U0DAVE, in: C0INC, run: restart web-1, on: prod-1, expect: deny",
        "as: U0DAVE, member: false, run: ps, expect: deny",
        "as: U0DAVE, run: ps, expect: allow, by: look",
        "as: U0ALICE, run: rm web-1 web-2, on: prod-1, expect: allow, by: destroy",
        "as: U0ALICE, run: rm web-1 db-1, on: prod-1, expect: deny, by: never-db",
        "as: U0ALICE, run: create web-9, on: prod-1, project: shop, expect: allow, by: careful",
        "as: U0ALICE, run: create web-9, on: prod-1, expect: deny",
        "as: U0ALICE, run: run web-9, on: prod-1, project: shop, expect: deny",
    ],
)
def test_tests_that_pass(test: str) -> None:
    assert failures(test) == []


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (
            "as: U0ERIN, run: restart web-1, on: prod-1, expect: allow",
            'U0ERIN runs "restart web-1": expected allow, but no rule lets you restart web-1 on prod-1 here',
        ),
        (
            "as: U0GUEST, member: false, run: restart web-1, on: prod-1, expect: allow",
            'U0GUEST runs "restart web-1": expected allow, but there is no such container here, '
            "or you may not see it",
        ),
        ("as: U0ERIN, run: ps, expect: deny", 'U0ERIN runs "ps": expected deny, but rule "look" allows it'),
        (
            "as: U0ERIN, run: ps, expect: allow, by: operate",
            'U0ERIN runs "ps": allowed as expected, but by look, not by operate',
        ),
        (
            "as: U0ALICE, run: rm db-1, on: prod-1, expect: deny, by: look",
            'U0ALICE runs "rm db-1": denied as expected, but by never-db, not by look',
        ),
        (
            "as: U0ERIN, run: rm web-1, on: prod-1, expect: deny, by: never-db",
            'U0ERIN runs "rm web-1": denied as expected, but by no rule, not by never-db',
        ),
        ("as: U0ERIN, run: reboot x, expect: deny", 'runs "reboot x": "reboot x" does not begin with a verb'),
        ("as: U0ERIN, run: rm -f x, expect: deny", "a test is a verb and names; it can't say -f"),
        ("as: U0ERIN, run: rm, expect: deny", 'say what is to be tested: "rm NAME"'),
    ],
)
def test_tests_that_fail(test: str, words: str) -> None:
    (failure,) = failures(test)
    assert failure.startswith("tests[0]: ")
    assert words in failure


def test_tags_are_those_of_the_host() -> None:
    text = file("id: a, allow: [info], who: all, on: {tags: [eu]}")
    tests = [
        f"as: U0A, run: info, tags: [{tag}], expect: {answer}"
        for tag, answer in (("eu", "allow"), ("us", "deny"))
    ]
    assert failures(*tests, text=text) == []

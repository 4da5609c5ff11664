import pytest

from bot.policy.verbs import FALLS_ON, GROUPS, VERBS, VISIBILITY, expand


def test_every_verb_is_in_one_group() -> None:
    assert sum(map(len, GROUPS.values())) == len(VERBS) == len(FALLS_ON)


@pytest.mark.parametrize(
    ("group", "verbs"),
    [
        ("read", {"ps", "images", "inspect", "stats", "network ls", "volume inspect", "stack ps", "info"}),
        ("read_sensitive", {"logs", "inspect values", "cp out", "export", "save"}),
        ("operate", {"start", "stop", "restart", "kill", "pause", "unpause", "wait", "service scale"}),
        ("change", {"pull", "create", "run", "exec", "cp in", "network connect", "stack deploy"}),
        ("destroy", {"rm", "rmi", "system prune", "network rm", "node rm"}),
        ("admin", {"freeze", "silence", "swarm init", "policy", "audit"}),
    ],
)
def test_groups(group: str, verbs: set[str]) -> None:
    assert verbs <= expand(group)


def test_what_shows_an_object_is_a_read() -> None:
    assert set(VISIBILITY.values()) <= GROUPS["read"]


def test_a_word_is_a_group_or_a_verb() -> None:
    assert expand("restart") == {"restart"}
    with pytest.raises(KeyError):
        expand("reboot")

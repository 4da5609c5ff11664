import pytest

from bot.policy.references import References, split
from bot.reference import canonical

DIGEST = "sha256:" + "a" * 64
HUB = "docker.io/library"


@pytest.mark.parametrize(
    ("pattern", "reference", "allowed", "denied"),
    [
        ("tomcat:*", f"{HUB}/tomcat:9.0", True, True),
        ("tomcat:*", f"{HUB}/tomcat", True, True),
        ("tomcat:*", f"{HUB}/tomcat@{DIGEST}", True, True),
        ("tomcat", f"{HUB}/tomcat:9.0", True, True),
        ("tomcat", f"{HUB}/tomcat-evil:9.0", False, False),
        ("tomcat", "docker.io/evil/tomcat:9.0", False, False),
        ("tomcat:9.0", f"{HUB}/tomcat:9.0", True, True),
        ("tomcat:9.0", f"{HUB}/tomcat:10", False, False),
        ("docker.io/tomcat:9.0", f"{HUB}/tomcat:9.0", True, True),
        ("index.docker.io/library/tomcat", f"{HUB}/tomcat:9.0", True, True),
        ("acme/shop:*", "docker.io/acme/shop:1", True, True),
        ("registry.acme.example/*", "registry.acme.example/shop/web:1", True, True),
        ("registry.acme.example/*", "registry.acme.example.evil/shop:1", False, False),
        ("registry.acme.example/*", "docker.io/registry.acme.example/x:1", False, False),
        ("registry.acme.example/*:stable", "registry.acme.example/shop:stable", True, True),
        ("registry.acme.example/*:stable", "registry.acme.example/shop:1", False, False),
        ("localhost:5000/*", "localhost:5000/x:1", True, True),
        ("docker.io/*", f"{HUB}/tomcat:9.0", True, True),
        ("*.acme.example/*", "eu.acme.example/x:1", True, True),
        ("*:latest", f"{HUB}/tomcat:latest", True, True),
        ("*:latest", f"{HUB}/tomcat@{DIGEST}", False, False),
        ("*", "anything/at/all", True, True),
    ],
)
def test_patterns_are_read_as_docker_reads_names(
    pattern: str, reference: str, *, allowed: bool, denied: bool
) -> None:
    patterns = References.of([pattern])
    assert (patterns.surely(reference), patterns.possibly(reference)) == (allowed, denied)


@pytest.mark.parametrize(
    ("pattern", "reference"),
    [
        pytest.param("tomcat:9.0", f"{HUB}/tomcat@{DIGEST}", id="a digest may be that tag"),
        pytest.param(
            "tomcat:9.0", f"{HUB}/tomcat:9.0@{DIGEST}", id="beside a digest the tag decides nothing"
        ),
        pytest.param("tomcat:9.0", f"{HUB}/tomcat:10@{DIGEST}", id="nor does another tag"),
        pytest.param("tomcat:9.0", f"{HUB}/tomcat", id="all tags hold that tag"),
        pytest.param("tomcat", DIGEST, id="an id may be any image"),
        pytest.param("docker.io/*", f"{HUB}/sha256:{'a' * 64}", id="an id read as a name"),
        pytest.param("docker.io/*", f"{HUB}/{'a' * 12}:latest", id="a short id read as a name"),
        pytest.param("tomcat", "", id="not known"),
    ],
)
def test_what_is_not_sure_is_not_allowed_but_denied(pattern: str, reference: str) -> None:
    patterns = References.of([pattern])
    assert not patterns.surely(reference)
    assert patterns.possibly(reference)


def test_a_pattern_that_may_be_a_registry_is_refused() -> None:
    with pytest.raises(ValueError, match="for the Hub, write"):
        References.of(["reg*/x"])


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("tomcat", ("tomcat", "", "")),
        ("localhost:5000/x", ("localhost:5000/x", "", "")),
        ("localhost:5000/x:1", ("localhost:5000/x", "1", "")),
        (f"x:1@{DIGEST}", ("x", "1", DIGEST)),
    ],
)
def test_split(reference: str, parts: tuple[str, str, str]) -> None:
    assert split(reference) == parts


def test_canonical_is_stable() -> None:
    for reference in ("tomcat", "acme/x:1", "localhost/x", "localhost:5000/x", "a.b/x", "docker.io/x"):
        assert canonical(canonical(reference)) == canonical(reference)

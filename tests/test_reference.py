"""The grammar of distribution/reference, as a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reference import Reference, canonical, split_domain

HEX = "ee47b8b270484868e9e1fffeddc4beddc62ea5925e961e14ce17eaa2bbf47035"
DIGEST = f"sha256:{HEX}"


@pytest.mark.parametrize(
    ("text", "canonical", "familiar"),
    [
        ("tomcat:9.0", "docker.io/library/tomcat:9.0", "tomcat:9.0"),
        ("tomcat", "docker.io/library/tomcat", "tomcat"),
        ("library/tomcat", "docker.io/library/tomcat", "tomcat"),
        ("docker.io/tomcat", "docker.io/library/tomcat", "tomcat"),
        ("index.docker.io/library/tomcat", "docker.io/library/tomcat", "tomcat"),
        ("index.docker.io/tomcat", "docker.io/library/tomcat", "tomcat"),
        ("bitnami/redis", "docker.io/bitnami/redis", "bitnami/redis"),
        ("library/a/b", "docker.io/library/a/b", "library/a/b"),
        ("localhost/app", "localhost/app", "localhost/app"),
        ("localhost:5000/app:1", "localhost:5000/app:1", "localhost:5000/app:1"),
        ("localhost:5000", "docker.io/library/localhost:5000", "localhost:5000"),
        ("registry.acme.example/a/b:v1", "registry.acme.example/a/b:v1", "registry.acme.example/a/b:v1"),
        ("Registry/app", "Registry/app", "Registry/app"),
        ("[fd00:1:2::3]:5000/app", "[fd00:1:2::3]:5000/app", "[fd00:1:2::3]:5000/app"),
        ("my.index.docker.io/app", "my.index.docker.io/app", "my.index.docker.io/app"),
        ("index.docker.io:443/app", "index.docker.io:443/app", "index.docker.io:443/app"),
        ("DOCKER.IO/tomcat", "DOCKER.IO/tomcat", "DOCKER.IO/tomcat"),
        (f"tomcat@{DIGEST}", f"docker.io/library/tomcat@{DIGEST}", f"tomcat@{DIGEST}"),
        (f"tomcat:9@{DIGEST}", f"docker.io/library/tomcat:9@{DIGEST}", f"tomcat:9@{DIGEST}"),
        ("a__b/c---d.e_f", "docker.io/a__b/c---d.e_f", "a__b/c---d.e_f"),
        ("foo:_tag.With-UPPER", "docker.io/library/foo:_tag.With-UPPER", "foo:_tag.With-UPPER"),
        (HEX[:63], f"docker.io/library/{HEX[:63]}", HEX[:63]),
        ("foo/bar:" + "t" * 128, "docker.io/foo/bar:" + "t" * 128, "foo/bar:" + "t" * 128),
    ],
)
def test_what_it_means(text: str, canonical: str, familiar: str) -> None:
    found = Reference.parse(text)
    assert (found.canonical, found.familiar) == (canonical, familiar)
    assert Reference.parse(found.canonical) == Reference.parse(found.familiar) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "invalid reference format"),
        ("FOO", "invalid reference format: repository name (library/FOO) must be lowercase"),
        ("docker.io/Foo/bar", "invalid reference format: repository name (Foo/bar) must be lowercase"),
        (HEX, f"invalid repository name ({HEX}), cannot specify 64-byte hexadecimal strings"),
        ("-foo", "invalid reference format"),
        ("foo-", "invalid reference format"),
        ("foo..bar", "invalid reference format"),
        ("foo___bar", "invalid reference format"),
        ("a..b/foo", "invalid reference format"),
        ("a-.b/foo", "invalid reference format"),
        ("[]/foo", "invalid reference format"),
        ("::1/foo", "invalid reference format"),
        ("../containers", "invalid reference format"),
        ("foo/../bar", "invalid reference format"),
        ("foo//bar", "invalid reference format"),
        ("/foo", "invalid reference format"),
        ("foo/", "invalid reference format"),
        ("foo:", "invalid reference format"),
        ("foo:-tag", "invalid reference format"),
        ("foo:" + "t" * 129, "invalid reference format"),
        ("foo bar", "invalid reference format"),
        ("foo\n", "invalid reference format"),
        ("https://docker.io/foo", "invalid reference format"),
        ("fоо", "invalid reference format"),  # Cyrillic o
        ("foo:１", "invalid reference format"),  # a full-width digit
        ("ſoo/bar", "invalid reference format"),  # a long s
        ("foo@sha256:abc", "invalid reference format"),
        (f"foo@{DIGEST}00", "invalid checksum digest length"),
        (f"foo@sha256:{HEX.upper()}", "invalid checksum digest format"),
        (f"foo@md5:{HEX[:32]}", "unsupported digest algorithm"),
        ("a" * 256, "repository name must not be more than 255 characters"),
    ],
)
def test_what_is_refused_in_the_clis_words(text: str, words: str) -> None:
    with pytest.raises(ValueError) as caught:
        Reference.parse(text)
    assert str(caught.value) == words


def test_latest_stands_in_for_a_tag_but_not_beside_a_digest() -> None:
    assert Reference.parse("tomcat").with_latest.familiar == "tomcat:latest"
    assert Reference.parse("tomcat:9").with_latest.familiar == "tomcat:9"
    assert Reference.parse(f"tomcat@{DIGEST}").with_latest.tag == ""


def test_the_name_goes_to_the_daemon_and_the_domain_chooses_the_login() -> None:
    found = Reference.parse("tomcat:9.0")
    assert (found.name, found.familiar_name, found.domain, found.tag) == (
        "docker.io/library/tomcat",
        "tomcat",
        "docker.io",
        "9.0",
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("tomcat:*", ("docker.io", "library/tomcat:*")),
        ("acme/*", ("docker.io", "acme/*")),
        ("registry.acme.example/*:stable", ("registry.acme.example", "*:stable")),
        ("*:5000/shop", ("*:5000", "shop")),
        (HEX, ("docker.io", f"library/{HEX}")),
        ("", ("docker.io", "library/")),
    ],
)
def test_the_domain_is_told_apart_in_patterns_and_in_what_is_no_reference(
    text: str, parts: tuple[str, str]
) -> None:
    assert split_domain(text) == parts
    assert canonical(text) == "/".join(parts)


@given(st.text(alphabet="aB0._-/:@[] \n", max_size=30))
def test_whatever_is_read_is_read_the_same_again(text: str) -> None:
    try:
        found = Reference.parse(text)
    except ValueError:
        return
    assert Reference.parse(found.canonical) == found
    assert canonical(text) == found.canonical
    assert found.canonical.isascii()
    assert ".." not in found.path

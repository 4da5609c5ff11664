"""What the `IMAGE` column of `docker ps` makes of the name a container was made from."""

import pytest

from bot.format.image_names import familiar

HEX = "ee47b8b270484868e9e1fffeddc4beddc62ea5925e961e14ce17eaa2bbf47035"


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        ("docker.io/library/tomcat:9.0", "tomcat:9.0"),
        ("index.docker.io/tomcat", "tomcat"),
        ("docker.io/acme/shop", "acme/shop"),
        ("registry.acme.example:5000/shop:1", "registry.acme.example:5000/shop:1"),
        ("my.index.docker.io/shop", "my.index.docker.io/shop"),
        (f"tomcat:9.0@sha256:{HEX}", "tomcat:9.0"),
        (f"tomcat@sha256:{HEX}", "tomcat"),
    ],
)
def test_a_reference_is_short_and_without_its_digest(image: str, shown: str) -> None:
    assert familiar(image) == shown


@pytest.mark.parametrize(
    "image", [HEX, "Tomcat", "docker.io/tomcat:é", "docker.io/tomcat@sha256:" + HEX[:40]]
)
def test_what_is_no_reference_stays_as_it_is(image: str) -> None:
    assert familiar(image) == image

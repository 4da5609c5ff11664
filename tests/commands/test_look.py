"""Names to objects: exact names, ids, unambiguous prefixes; what may not be seen is not there."""

import pytest

from tests.commands.docker import TOMCAT, WEB, Docker
from tests.commands.stage import Stage

OTHER = WEB[:12] + "0" * 52


@pytest.mark.parametrize("word", ["web", "/web", WEB, WEB[:12], WEB[:4]])
async def test_names_ids_and_prefixes(stage: Stage, docker: Docker, word: str) -> None:
    await stage.types(f"stop {word}")
    assert docker.changed == [f"POST /containers/{WEB}/stop"]


async def test_an_ambiguous_prefix_lists_its_candidates(stage: Stage, docker: Docker) -> None:
    docker.containers[OTHER] = ("other", "running")
    heard = await stage.types(f"stop {WEB[:8]}")
    assert heard.private.text == (
        f"{WEB[:8]} may mean 2 containers. Name one of: web ({WEB[:16]}), other ({OTHER[:16]})"
    )
    assert docker.changed == []


async def test_a_name_that_looks_like_anothers_short_id_is_refused(stage: Stage, docker: Docker) -> None:
    """The engine would take the name; whoever typed it read the id off a list."""
    docker.containers["d" * 64] = (WEB[:12], "running")
    heard = await stage.types(f"rm -f {WEB[:12]}")
    assert "may mean 2 containers" in heard.private.text
    assert docker.changed == []


async def test_a_full_id_beats_a_name(stage: Stage, docker: Docker) -> None:
    docker.containers["d" * 64] = (WEB, "running")
    await stage.types(f"stop {WEB}")
    assert docker.changed == [f"POST /containers/{WEB}/stop"]


async def test_hidden_ones_are_no_candidates(stage: Stage, docker: Docker) -> None:
    """Bob sees web alone: for him its prefix means it, and nothing tells him of the other."""
    docker.containers[OTHER] = ("secret-project", "running")
    heard = await stage.types(f"restart {WEB[:8]}", by="U0BOB")
    assert heard.said.text.startswith("restarted web")
    assert "secret-project?" not in (await stage.types("restart secret-projetc", by="U0BOB")).private.text


async def test_an_alias_of_a_link_is_no_name(stage: Stage, docker: Docker) -> None:
    docker.containers = {WEB: ("other/web", "running")}
    assert (await stage.types("stop web")).private.outcome == "failed"
    assert docker.changed == []


@pytest.mark.parametrize("word", ["../../images/json", "web/json?x=1", "web%2f..", "web\\u202e", "*"])
async def test_no_word_reaches_another_part_of_the_api(stage: Stage, docker: Docker, word: str) -> None:
    heard = await stage.types(f"stop '{word}'")
    assert heard.private.outcome == "failed"
    assert docker.changed == []
    assert all(each.startswith("GET /containers/") for each in docker.asked)


@pytest.mark.parametrize("word", ["tomcat:9.0", TOMCAT])
async def test_images_by_name_and_id(stage: Stage, docker: Docker, word: str) -> None:
    heard = await stage.types(f"inspect --type image -f '{{{{.Id}}}}' {word}")
    assert TOMCAT in heard.words

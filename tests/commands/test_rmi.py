"""rmi: a name of an image, as it was judged."""

from tests.commands.docker import BUSYBOX, TOMCAT, Docker, recorded
from tests.commands.stage import Stage
from tests.commands.wire import Answer


async def test_an_image_goes_with_its_last_name(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("rmi --no-prune busybox:1")
    assert docker.changed == ["DELETE /images/busybox:1?noprune=1"]
    assert (heard.said.text, heard.said.outcome) == ("removed busybox:1 on local", "done")
    assert f"Untagged: busybox:1\nDeleted: {BUSYBOX}" in heard.words
    assert heard.facts["objects"] == [BUSYBOX]


async def test_only_the_name_that_was_typed_goes(stage: Stage, docker: Docker) -> None:
    docker.images["mine:1"] = TOMCAT
    heard = await stage.types("rmi mine:1")
    assert docker.changed == ["DELETE /images/mine:1"]
    assert heard.words.splitlines()[1] == "Untagged: mine:1"
    assert docker.images["tomcat:9.0"] == TOMCAT


async def test_one_in_use_stays(stage: Stage) -> None:
    heard = await stage.types("rmi tomcat:9.0 busybox:1")
    assert heard.said.outcome == "partial"
    assert "removed busybox:1 on local; could not remove tomcat:9.0: conflict:" in heard.said.text


async def test_a_name_that_means_another_image_by_then_is_left_alone(stage: Stage, docker: Docker) -> None:
    judged = Answer(200, {**recorded("image").body, "Id": BUSYBOX, "RepoTags": ["busybox:1"]})
    docker.answers["GET /images/busybox:1/json"] = [judged, recorded("image")]
    heard = await stage.types("rmi busybox:1")
    assert heard.said.outcome == "failed"
    assert "it names another image now: look again" in heard.words
    assert docker.changed == []


async def test_a_broken_line_is_unknown(stage: Stage, docker: Docker) -> None:
    docker.answers["DELETE /images/busybox:1"] = [Answer(cut=True)]
    assert (await stage.types("rmi busybox:1")).said.outcome == "unknown"


async def test_one_that_is_not_there(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("rmi tomcta:9.0")
    assert heard.private.text == "no image is called tomcta:9.0 on local. Did you mean tomcat:9.0?"
    assert docker.changed == []

"""tag: another name for an image, judged on both."""

from tests.commands.docker import BUSYBOX, TOMCAT, Docker, recorded
from tests.commands.stage import Stage


async def test_the_image_bears_the_name_afterwards(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("tag busybox:1 registry.acme.example/tools")
    asked = f"POST /images/{BUSYBOX}/tag?repo=registry.acme.example/tools&tag=latest"
    assert docker.changed == [asked]
    assert (
        heard.said.text == f"tagged busybox:1 as registry.acme.example/tools:latest on local: {BUSYBOX[7:19]}"
    )
    assert heard.buttons == [("Push", "-H local push registry.acme.example/tools:latest")]


async def test_another_image_under_the_name_is_a_failure(stage: Stage, docker: Docker) -> None:
    docker.answers["GET /images/mine:1/json"] = [recorded("image")]
    heard = await stage.types("tag busybox:1 mine:1")
    assert heard.said.outcome == "failed"
    assert TOMCAT[7:19] in heard.words


async def test_both_names_are_judged(stage: Stage, docker: Docker) -> None:
    """Who may tag what is called web may not so bring another image under that name, nor the reverse."""
    stage.permissions.write_text(
        "version: 1\nsubjects: {bob: {users: [U0BOB]}}\n"
        "rules: [{id: t, allow: [tag, images], who: bob, on: {images: ['docker.io/library/tomcat:*']}}]\n"
    )
    stage.desk.permissions.refresh()
    assert (await stage.types("tag tomcat:9.0 tomcat:mine", by="U0BOB")).said.outcome == "done"
    changed = len(docker.changed)
    assert (await stage.types("tag tomcat:9.0 evil:1", by="U0BOB")).private.outcome == "denied"
    assert (await stage.types("tag busybox:1 tomcat:new", by="U0BOB")).private.outcome == "failed"
    assert len(docker.changed) == changed


async def test_a_name_that_is_none(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("tag busybox:1 bad/NAME")
    assert heard.words.splitlines()[1:3] == ["tag busybox:1 bad/NAME", "              ^^^^^^^^"]
    assert docker.changed == []

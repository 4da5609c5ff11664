"""whoami: ids, and what one may do here."""

import yaml

from tests.commands.docker import Docker
from tests.commands.stage import Stage


async def test_ids_and_grants(stage: Stage, docker: Docker) -> None:
    heard = await stage.types("whoami", by="U0BOB")
    assert heard.private.text == "you are U0BOB of T0TEAM"
    assert "channel  C0INC" in heard.words and "member   yes" in heard.words
    assert "local: may read, restart on" in heard.words and "(rule front)" in heard.words
    assert docker.asked == []


async def test_the_first_user_is_told_which_lines_to_write(stage: Stage) -> None:
    """Written as told, they let that person do what was not allowed before."""
    heard = await stage.types("whoami", by="U0DAVE")
    assert "Here you may do nothing yet." in heard.words
    lines = heard.words[heard.words.index("version: 1") :]
    assert yaml.safe_load(lines)["rules"]
    assert (await stage.types("ps", by="U0DAVE")).private.outcome == "denied"
    stage.permissions.write_text(lines)
    change = stage.desk.permissions.refresh()
    assert change and change.taken, change
    assert (await stage.types("stop web", by="U0DAVE")).said.outcome == "done"

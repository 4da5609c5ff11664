"""Makes the README's pictures: the demo's own parts, typed into. `make screenshot` runs it.

It needs what the tests need, and for pictures as people see them the fonts of Debian's fonts-lato and
fonts-noto-color-emoji. Every reply is the bot's, about a real and private Docker daemon.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click
from playwright.async_api import Page, async_playwright, expect

from bot.app import serve
from bot.cli.demo import write_config
from bot.cli.playground import surroundings
from bot.playground import docker_images
from bot.playground.docker import Dockerd
from bot.playground.server import Playground
from bot.settings import Settings

IMAGES = Path(__file__).parents[2] / "docs" / "images"
MOST_BYTES = 300_000

# What Alice types, and words of the answer that say it is there.
STEPS = (
    ("/docker pull tomcat:9.0", "pulled tomcat:9.0 on local"),
    ("/docker images", "1 image on local"),
    ("/docker create -p 9090:8080 --name web tomcat:9.0", "created web on local"),
    ("/docker start web", "started web on local"),
    ("/docker ps", "1 container on local"),
    ("/docker logs web", "logs of web on local"),
    ("/docker stop web", "stopped web on local"),
)


def main() -> None:
    """Take both pictures and say how large they are. Exits with 1 where one is too large for a README."""
    IMAGES.mkdir(exist_ok=True)
    with Dockerd() as engine, tempfile.TemporaryDirectory() as folder:
        docker_images.publish(engine)
        asyncio.run(_pictures(engine.url, Path(folder)))
    for picture in sorted(IMAGES.glob("*.png")):
        size = picture.stat().st_size
        click.echo(f"{picture.name}: {size / 1000:.0f} kB")
        if size > MOST_BYTES:
            raise SystemExit(f"{picture.name} is over {MOST_BYTES / 1000:.0f} kB")


async def _pictures(docker: str, folder: Path) -> None:
    async with _demo(docker, folder) as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        wide = await browser.new_page(viewport={"width": 1100, "height": 960}, color_scheme="light")
        await _type(wide, f"{url}/#user=U0ALICE&channel=C0INC")
        await wide.screenshot(path=IMAGES / "demo.png")
        narrow = await browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
        await narrow.goto(f"{url}/#user=U0ALICE&channel=C0INC")
        await expect(narrow.get_by_text(STEPS[-1][1]).last).to_be_visible()
        await narrow.screenshot(path=IMAGES / "phone.png")
        await browser.close()


async def _type(page: Page, url: str) -> None:
    await page.goto(url)
    box = page.get_by_role("textbox", name="Message #incidents")
    for line, answer in STEPS:
        await box.fill(line)
        await box.press("Enter")
        await expect(page.get_by_text(answer).last).to_be_visible(timeout=30_000)
    await page.wait_for_timeout(500)


@asynccontextmanager
async def _demo(docker: str, folder: Path) -> AsyncIterator[str]:
    """The playground with the bot connected, as `dockwarden demo` has them. Gives the page's address."""
    write_config(folder, docker)
    async with Playground(should_escape=False) as slack:
        os.environ.update(surroundings(slack))
        settings = Settings(
            _env_file=None,
            DOCKWARDEN_CONFIG=folder,
            DOCKWARDEN_DATABASE_URL=f"sqlite:///{folder}/dockwarden.db",
            DOCKWARDEN_LISTEN="127.0.0.1:0",
        )
        bot = asyncio.create_task(serve(settings))
        try:
            yield slack.url
        finally:
            bot.cancel()
            await asyncio.gather(bot, return_exceptions=True)


if __name__ == "__main__":
    main()

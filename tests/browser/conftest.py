"""The playground's page in Debian's Chromium, with the real bot and a real daemon behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.bots import Deployment, deployed
from tests.engines import Engine

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
]


@pytest.fixture(scope="module")
def bot(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployed(tmp_path_factory.mktemp("bot"), engine) as running:
        yield running


@pytest.fixture
def page(bot: Deployment, clean: Engine, tmp_path: Path) -> Iterator[Page]:
    """Alice's page in #incidents. Whatever goes wrong in it fails the test."""
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=CHROMIUM,
            args=FLAGS,
            viewport={"width": 1280, "height": 900},
        )
        page = browser.pages[0]
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda told: problems.append(told.text) if told.type == "error" else None)
        page.goto(f"{bot.playground.url}/#user=U0ALICE&channel=C0INC")
        yield page
        browser.close()
    assert problems == []

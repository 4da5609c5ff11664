"""The seed's steps, typed into the page, and what a person sees there."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.bots import Deployment, changes
from tests.engines import Engine

SECONDS = 30_000


def types(page: Page, line: str) -> None:
    """Type into the box, and send."""
    box = page.get_by_role("textbox", name="Message #incidents")
    box.fill(line)
    box.press("Enter")
    expect(box).to_have_value("")


def answer(page: Page, line: str) -> Locator:
    """The last message that ends with who typed that line."""
    asked = page.locator(
        "#messages article", has=page.locator("code", has_text=re.compile(f"^docker {re.escape(line)}$"))
    )
    return asked.last


def test_the_seeds_six_steps(page: Page, engine: Engine) -> None:
    types(page, "/docker images")
    images = answer(page, "images")
    expect(images.locator("pre")).to_contain_text("busybox", timeout=SECONDS)
    expect(images.locator("b", has_text="1 image on local")).to_be_visible()

    types(page, "/docker ps")
    expect(answer(page, "ps")).to_contain_text("0 containers on local", timeout=SECONDS)

    types(page, "/docker pull tomcat:9.0")
    pulled = answer(page, "pull tomcat:9.0")
    expect(pulled).to_contain_text("pulled tomcat:9.0 on local: 6 layers", timeout=SECONDS)
    expect(pulled.locator("pre")).to_contain_text("sha256:")
    expect(pulled.get_by_role("img", name="white_check_mark")).to_be_visible()

    types(page, "/docker create -p 9090:8080 --name web tomcat:9.0")
    created = answer(page, "create --name web --publish 9090:8080 tomcat:9.0")
    expect(created).to_contain_text("created web on local: created", timeout=SECONDS)

    created.get_by_role("button", name="Start").click()
    started = page.locator("#messages article", has_text="docker -H local start ").last
    expect(started).to_contain_text("started web on local: running, 0.0.0.0:9090->8080/tcp", timeout=SECONDS)
    expect(started.locator("[data-mention=U0ALICE]")).to_have_text("@alice")
    assert "It works" in engine.fetch("http://127.0.0.1:9090/")

    types(page, "/docker ps")
    listed = answer(page, "ps")
    expect(listed).to_contain_text("1 container on local", timeout=SECONDS)
    expect(listed.locator("pre")).to_contain_text(re.compile(r"tomcat:9\.0 +Up .* 9090->8080/tcp +web"))

    for line, words in (
        ("stop web", "stopped web on local: exited (0)"),
        ("restart web", "restarted web on local: running"),
        ("kill web", "killed web on local: exited (137)"),
        ("rm web", "removed web on local"),
    ):
        types(page, f"/docker {line}")
        expect(answer(page, line)).to_contain_text(words, timeout=SECONDS)
    assert engine.cli("ps", "--all", "--quiet") == ""
    engine.cli("rmi", "tomcat:9.0")


def test_show_all_opens_as_a_file(page: Page, engine: Engine) -> None:
    engine.cli("run", "--name", "web", "busybox:1", "seq", "1000")
    types(page, "/docker logs web")
    said = answer(page, "logs web")
    expect(said.locator("pre").first).to_contain_text("1000", timeout=SECONDS)
    said.get_by_role("button", name="Show all").click()
    whole = page.locator("#messages article", has_text="docker -H local logs ").last
    whole.get_by_role("button", name=re.compile("1 reply|replies")).click(timeout=SECONDS)
    thread = page.get_by_role("complementary", name="Thread")
    thread.get_by_role("button", name="Open logs of web on local").last.click(timeout=SECONDS)
    file = page.get_by_role("dialog", name="logs of web on local")
    expect(file.locator("pre")).to_have_text(re.compile(r"^1\n2\n[\s\S]*\n999\n1000\n$"))
    file.get_by_role("button", name="Close").click()
    expect(file).to_have_count(0)


def test_dave_is_told_alone(page: Page, bot: Deployment, engine: Engine) -> None:
    engine.cli("run", "--detach", "--name", "web", "busybox:1", "sleep", "600")
    page.get_by_label("You are").select_option("U0DAVE")
    expect(page).to_have_url(re.compile("user=U0DAVE"))
    with changes(engine) as done:
        types(page, "/docker stop web")
        denied = page.locator("#messages article.ephemeral").last
        expect(denied).to_contain_text("not allowed: no rule lets you stop on local here.", timeout=SECONDS)
        expect(denied).to_contain_text("Only visible to you")
    assert done == []
    page.get_by_label("You are").select_option("U0ALICE")
    expect(page).to_have_url(re.compile("user=U0ALICE"))
    expect(page.locator("#messages article.ephemeral", has_text="not allowed")).to_have_count(0)


def test_progress_is_seen_and_then_the_end(page: Page, engine: Engine) -> None:
    """One message, which changes without the page being loaded again."""
    stubborn = ("busybox:1", "sh", "-c", "trap '' TERM; while :; do sleep 1; done")
    engine.cli("run", "--detach", "--name", "slow", *stubborn)
    types(page, "/docker stop -t 3 slow")
    said = answer(page, "stop --timeout 3 slow")
    expect(said).to_contain_text("stop on local is running…", timeout=SECONDS)
    stamp = said.get_attribute("data-ts")
    expect(said).to_contain_text("stopped slow on local: exited (137)", timeout=SECONDS)
    expect(said).to_contain_text("(edited)")
    assert said.get_attribute("data-ts") == stamp


def test_a_phone_shows_it_without_sideways_scrolling(page: Page, engine: Engine) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    name = "a-rather-long-name-for-a-container-that-nobody-would-want-to-type"
    engine.cli("create", "--name", name, "--publish", "8000-8020:8000-8020", "busybox:1", "sleep", "600")
    for line, words in (
        ("ps -a", "1 container on local"),
        ("images --digests", "1 image on local"),
        (f"start {name}", f"started {name} on local: running"),
        (f"inspect {name}", f"{name} on local"),
        ("logs nope", "no container is called nope on local"),
        ("help", "as you would type it in a shell"),
    ):
        types(page, f"/docker {line}")
        expect(page.locator("#messages article").last).to_contain_text(words, timeout=SECONDS)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{line} is {wide} pixels wide"
        inside = page.evaluate("document.getElementById('messages').scrollWidth")
        assert inside <= 360, f"{line} makes the messages {inside} pixels wide"
    page.get_by_role("button", name="Channels").click()
    expect(page.get_by_label("You are")).to_be_visible()

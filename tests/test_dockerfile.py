"""The image: what is in it, who runs it, and that its lists have not gone stale."""

import re
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def _locked() -> set[str]:
    """What the lock file installs here: some of it is for other systems."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pins = map(Requirement, re.findall(r"^([\w.-]+==.*?) *\\?$", text, re.MULTILINE))
    return {canonicalize_name(pin.name) for pin in pins if pin.marker is None or pin.marker.evaluate()}


def _instructions() -> list[tuple[str, str]]:
    """Keyword and rest of each instruction, comments left out and continued lines joined."""
    lines = [line for line in DOCKERFILE.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [
        (word, " ".join(rest.split())) for word, _, rest in (s.partition(" ") for s in joined.split("\n"))
    ]


def _all(word: str) -> list[str]:
    return [rest for keyword, rest in _instructions() if keyword == word]


def _last_stage() -> list[tuple[str, str]]:
    found = _instructions()
    start = max(index for index, (word, _) in enumerate(found) if word == "FROM")
    return found[start:]


def _needed(name: str) -> set[str]:
    """The distribution and all that it needs at run time, here."""
    found: set[str] = set()
    waiting = [(canonicalize_name(name), frozenset[str]())]
    while waiting:
        each, extras = waiting.pop()
        if each in found and not extras:
            continue
        found.add(each)
        for text in distribution(each).requires or ():
            need = Requirement(text)
            environments = [{"extra": extra} for extra in extras or {""}]
            if need.marker is None or any(need.marker.evaluate(env) for env in environments):
                waiting.append((canonicalize_name(need.name), frozenset(need.extras)))
    return found


def test_every_stage_starts_from_a_base_with_a_version() -> None:
    bases = [rest.split()[0] for rest in _all("FROM")]
    assert bases
    assert all(re.fullmatch(r"[\w./-]+:\d[\w.-]*", base) for base in bases)
    assert len(set(bases)) == 1, "an environment made for one Python does not run on another"


def test_only_locked_dependencies_are_installed() -> None:
    installs = [part for run in _all("RUN") for part in run.split("&&") if " install " in f"{part} "]
    pip = [part for part in installs if "pip " in part]
    assert len(pip) == 2
    assert "--require-hashes -r requirements.lock" in pip[0]
    assert "--no-deps --no-build-isolation ." in pip[1]
    assert not re.search(r"https?://|--index-url|--trusted-host|apt-get|curl", " ".join(_all("RUN")))


def test_what_only_builds_is_removed() -> None:
    (removed,) = [names for run in _all("RUN") for names in re.findall(r"uninstall --yes ([\w .-]+)", run)]
    assert set(removed.split()) == {name for name in _locked() if name not in _needed("dockwarden")}


def test_the_last_stage_builds_nothing() -> None:
    assert not [rest for word, rest in _last_stage() if word == "RUN" and re.search(r"\bpip\b|apt", rest)]
    copied = [rest for word, rest in _last_stage() if word in ("COPY", "ADD")]
    assert copied == ["--from=build /opt/dockwarden /opt/dockwarden", "config /config"]


def test_it_runs_as_nobody_in_particular_by_number() -> None:
    (user,) = _all("USER")
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    order = [word for word, _ in _last_stage()]
    assert order.index("USER") > max(index for index, word in enumerate(order) if word in ("RUN", "COPY"))


def test_it_asks_its_own_health_page_without_a_shell_or_curl() -> None:
    (check,) = _all("HEALTHCHECK")
    assert 'CMD ["python", "-c",' in check
    assert "/healthz" in check
    assert "ProxyHandler({})" in check


def test_it_serves_on_every_address_inside_and_keeps_its_record_in_the_volume() -> None:
    (given,) = [rest for word, rest in _last_stage() if word == "ENV"]
    values = dict(re.findall(r"(\w+)=(\S+)", given))
    read = Settings(
        _env_file=None, **{name: values[name] for name in values if name.startswith("DOCKWARDEN_")}
    )
    assert read.address == ("0.0.0.0", 3000)
    assert read.database_url == "sqlite:////data/dockwarden.db"
    assert read.config == Path("/config")
    assert _all("VOLUME") == ["/data"]
    assert _all("ENTRYPOINT") == ['["dockwarden"]']
    assert _all("CMD") == ['["serve"]']


def test_the_build_sees_only_what_it_copies() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in lines
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    sources = {
        source.rstrip("/")
        for rest in _all("COPY")
        if not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    assert allowed == sources
    assert all((ROOT / source).exists() for source in sources)

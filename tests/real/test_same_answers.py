"""The same daemon, asked by the docker CLI and shown by us: byte for byte the same."""

import time
from collections.abc import Callable, Iterator

import httpx
import msgspec
import pytest

from bot.engine.types import ContainerSummary, ImageSummary
from bot.format.containers import container_format, container_list, wants_size
from bot.format.images import image_format, image_list
from bot.format.info import info_text
from bot.format.inspect import inspect_text
from bot.format.table import Table, cli_text
from bot.format.version import version_text
from tests.engines import Engine

Made = Callable[[], Table | str]


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[httpx.Client]:
    """The daemon with containers in several states."""
    engine.clean()
    engine.cli("tag", "busybox:1", "localhost:5000/team/tool:2")
    web = ["--name", "web", "-p", "127.0.0.1:8081:80", "-p", "9000-9002:9000-9002", "--expose", "70/udp"]
    engine.cli(
        "run",
        "-d",
        *web,
        "--label",
        "com.example.tier=front",
        "-v",
        "data:/data",
        "busybox:1",
        "sleep",
        "600",
    )
    engine.cli("run", "-d", "--name", "linked", "--link", "web:backend", "busybox:1", "sleep", "600")
    engine.cli(
        "create", "--name", "made", "busybox:1", "sh", "-c", "echo 'a long, quoted \"command\"'; sleep 9"
    )
    engine.cli("run", "--name", "done", "busybox:1", "true")
    engine.cli("pause", "linked")
    with httpx.Client(
        transport=httpx.HTTPTransport(uds=str(engine.socket)), base_url="http://docker"
    ) as http:
        yield http
    engine.clean()
    engine.cli("rmi", "localhost:5000/team/tool:2")


def agree(engine: Engine, args: list[str], make: Made, *, part: str = "") -> None:
    """Both are asked again: a second may go by between them, and the CLI leaves some orders to chance."""
    for _ in range(5):
        wanted, made = engine.cli(*args), make()
        wanted = wanted[wanted.index(part) :]
        ours = cli_text(made) if isinstance(made, Table) else made
        if ours == wanted:
            return
    assert ours == wanted


PS = [
    "",
    "json",
    "raw",
    "table",
    "{{json .}}",
    'table {{.Names}}\\t{{.Image}}\\t{{.Label "com.example.tier"}}',
    "table {{.ID}}\\t{{.Size}}\\t{{.Mounts}}\\t{{.LocalVolumes}}\\t{{.CreatedAt}}\\t{{.Networks}}",
    "{{.Names}}: {{if .Ports}}{{.Ports}}{{else}}-{{end}}",
    '{{range split .Ports ", "}}[{{.}}]{{end}}',
    '{{printf "%-12s|%q" .Names .Command}} {{upper .State}} {{truncate .ID 4}}',
]


@pytest.mark.parametrize("spec", PS)
@pytest.mark.parametrize("flags", [[], ["-q"], ["--no-trunc"], ["-s"]], ids=" ".join)
def test_ps(engine: Engine, client: httpx.Client, spec: str, flags: list[str]) -> None:
    quiet, size = "-q" in flags, "-s" in flags

    def make() -> Table | str:
        asked = client.get("/containers/json", params={"all": 1, "size": int(size or wants_size(spec))})
        containers = msgspec.json.decode(asked.content, type=list[ContainerSummary])
        form = container_format(spec, quiet=quiet, size=size)
        return container_list(containers, form, no_trunc="--no-trunc" in flags, now=time.time())

    agree(engine, ["ps", "-a", *flags, *(["--format", spec] if spec else [])], make)


@pytest.mark.parametrize("spec", ["", "json", "raw", "{{.Repository}}:{{.Tag}} {{.Digest}} {{.UniqueSize}}"])
@pytest.mark.parametrize("flags", [[], ["-q"], ["--no-trunc"], ["--digests"]], ids=" ".join)
def test_images(engine: Engine, client: httpx.Client, spec: str, flags: list[str]) -> None:
    digests = "--digests" in flags

    def make() -> Table | str:
        images = msgspec.json.decode(client.get("/images/json").content, type=list[ImageSummary])
        form = image_format(spec, quiet="-q" in flags, digests=digests)
        return image_list(images, form, no_trunc="--no-trunc" in flags, digests=digests, now=time.time())

    agree(engine, ["images", *flags, *(["--format", spec] if spec else [])], make)


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "json",
        "{{.State.Status}} {{.State.ExitCode}} {{if .State.Health}}{{.State.Health.Status}}{{end}}",
        "{{range $port, $at := .NetworkSettings.Ports}}{{$port}}={{range $at}}{{.HostPort}}{{end}} {{end}}",
        "{{.Config.Cmd}} {{json .Config.Entrypoint}} {{.HostConfig.RestartPolicy}} {{.HostConfig.Binds}}",
        "{{json .Mounts}} {{.Mounts}} {{.Config.Labels}}",
        '{{index .Config.Labels "com.example.tier"}} {{.Config.Labels.missing}}',
        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
    ],
)
@pytest.mark.parametrize("name", ["web", "linked", "made", "done"])
def test_inspect(engine: Engine, client: httpx.Client, spec: str, name: str) -> None:
    def make() -> str:
        return inspect_text([client.get(f"/containers/{name}/json").json()], spec)

    agree(engine, ["inspect", *(["-f", spec] if spec else []), name], make)


def test_version(engine: Engine, client: httpx.Client) -> None:
    agree(engine, ["version"], lambda: version_text(client.get("/version").json()), part="Server:")


def test_info(engine: Engine, client: httpx.Client) -> None:
    def steady(text: str) -> str:
        """The CLI leaves the order of runtimes to chance."""
        lines = text[text.index("Server:") :].splitlines()
        return "\n".join(" ".join(sorted(line.split())) if "Runtimes:" in line else line for line in lines)

    assert steady(info_text(client.get("/info").json())) == steady(engine.cli("info"))

"""`docker ps`: one row a container (docker/cli formatter/container.go)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.engine.types import ContainerSummary
from bot.format.image_names import familiar
from bot.format.listing import Defaults, Format, format_of, listed
from bot.format.ports import displayed_ports
from bot.format.table import Table
from bot.format.template import Method, Struct, TemplateError, template_of
from bot.format.text import ellipsis, quote
from bot.format.units import human_size, since, timestamp, truncate_id

COLUMNS = ("ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names")
HEADINGS = {
    "ID": "CONTAINER ID", "Names": "NAMES", "Image": "IMAGE", "Command": "COMMAND", "CreatedAt": "CREATED AT",
    "RunningFor": "CREATED", "Ports": "PORTS", "State": "STATE", "Status": "STATUS", "Size": "SIZE",
    "Labels": "LABELS", "Mounts": "MOUNTS", "LocalVolumes": "LOCAL VOLUMES", "Networks": "NETWORKS",
    "Platform": "PLATFORM",
}  # fmt: skip
TYPE = "*formatter.ContainerContext"
RAW = (
    "container_id: {{.ID}}\\nimage: {{.Image}}\\ncommand: {{.Command}}\\ncreated_at: {{.CreatedAt}}\\n"
    "state: {{- pad .State 1 0}}\\nstatus: {{- pad .Status 1 0}}\\nnames: {{.Names}}\\n"
    "labels: {{- pad .Labels 1 0}}\\nports: {{- pad .Ports 1 0}}\\n"
)
WHOLE = re.compile(r"json\s+[.$](?!\w)|[.$]\s*\|\s*json")  # the JSON of a whole row has its size
EMPTY = ContainerSummary(id="")


def container_format(spec: str = "", *, quiet: bool = False, size: bool = False) -> Format:
    """The format of `docker ps --format spec`; `quiet` is `-q` and beats a template, `size` is `-s`.

    Raises:
        TemplateError: `failed to parse template: …` or `failed to execute template: …`.
    """
    if spec not in ("", "table", "raw", "json"):
        _tried(spec)
    raw = RAW + ("size: {{.Size}}\\n" if size else "")
    chosen = "" if quiet and spec != "raw" else spec
    return format_of(chosen, Defaults(_usual(size=size), raw, "container_id: {{.ID}}"), quiet=quiet)


def _tried(spec: str) -> None:
    """Run a template on an empty container, as the CLI does before it asks the daemon."""
    try:
        template = template_of(spec)
    except TemplateError as wrong:
        raise TemplateError(f"failed to parse template: {wrong}") from None
    try:
        template.render(_row(EMPTY, no_trunc=True, now=0))
    except TemplateError as wrong:
        raise TemplateError(f"failed to execute template: {wrong}") from None


def wants_size(spec: str) -> bool:
    """Whether a format shows `.Size`, so that the daemon must be asked for sizes."""
    return ".Size" in spec or bool(WHOLE.search(spec))


def container_list(
    containers: Iterable[ContainerSummary], form: Format, *, no_trunc: bool = False, now: float
) -> Table | str:
    """What `docker ps` prints: a table, or text that ends in a newline. `now` is UTC epoch seconds.

    Raises:
        TemplateError: the format fails on a container.
    """
    if form.text in (_usual(size=False), _usual(size=True)):
        return container_table(containers, no_trunc=no_trunc, size=form.text == _usual(size=True), now=now)
    rows = [_row(container, no_trunc=no_trunc, now=now) for container in containers]
    return listed(form, rows, HEADINGS)


def _usual(*, size: bool) -> str:
    """The template of `docker ps` without `--format`."""
    columns = (*COLUMNS, "Size") if size else COLUMNS
    return "table " + "\\t".join("{{." + name + "}}" for name in columns)


def container_table(
    containers: Iterable[ContainerSummary], *, no_trunc: bool = False, size: bool = False, now: float
) -> Table:
    """The table of `docker ps`, with a size column for `-s`; made without running a template."""
    columns = (*COLUMNS, "Size") if size else COLUMNS
    view = _View(no_trunc, now)
    return Table(
        tuple(HEADINGS[name] for name in columns),
        tuple(tuple(str(FIELDS[name](c, view)) for name in columns) for c in containers),
    )


def _row(container: ContainerSummary, *, no_trunc: bool, now: float) -> Struct:
    return Struct(TYPE, container_fields(container, no_trunc=no_trunc, now=now), row=True)


def container_fields(c: ContainerSummary, *, no_trunc: bool = False, now: float) -> dict[str, object]:
    """The CLI's placeholders of a container: texts, and the method `Label`."""
    view = _View(no_trunc, now)
    return {name: make(c, view) for name, make in FIELDS.items()}


@dataclass(frozen=True)
class _View:
    """Whether cells are shown in full, and the time in UTC epoch seconds."""

    no_trunc: bool
    now: float


def _names(c: ContainerSummary, view: _View) -> str:
    """The container's own name; all of them, links too, untruncated."""
    names = [name.removeprefix("/") for name in c.names]
    return ",".join(names) if view.no_trunc else next((name for name in names if "/" not in name), "")


def _image(c: ContainerSummary, view: _View) -> str:
    """The image as it was asked for; its short id where the name points elsewhere now."""
    if not c.image:
        return "<no image>"
    if view.no_trunc:
        return c.image
    short = truncate_id(c.image_id)
    return short if short == truncate_id(c.image) else familiar(c.image)


def _size(c: ContainerSummary, _: _View) -> str:
    written = human_size(c.size_rw or 0, 3)
    return f"{written} (virtual {human_size(c.size_root_fs, 3)})" if c.size_root_fs else written


def _mounts(c: ContainerSummary, view: _View) -> str:
    names = [mount.name or mount.source for mount in c.mounts]
    return ",".join(names if view.no_trunc else [ellipsis(name, 15) for name in names])


FIELDS: Mapping[str, Callable[[ContainerSummary, _View], object]] = {
    "ID": lambda c, view: c.id if view.no_trunc else truncate_id(c.id),
    "Names": _names,
    "Image": _image,
    "Command": lambda c, view: quote(c.command if view.no_trunc else ellipsis(c.command, 20)),
    "CreatedAt": lambda c, _: timestamp(c.created),
    "RunningFor": lambda c, view: since(c.created, view.now),
    "Ports": lambda c, _: displayed_ports(c.ports),
    "State": lambda c, _: c.state,
    "Status": lambda c, _: c.status,
    "Size": _size,
    "Labels": lambda c, _: ",".join(sorted(f"{name}={value}" for name, value in c.labels.items())),
    "Label": lambda c, _: Method(lambda name: c.labels.get(name, "")),
    "Mounts": _mounts,
    "LocalVolumes": lambda c, _: str(sum(mount.driver == "local" for mount in c.mounts)),
    "Networks": lambda c, _: ",".join(c.networks),
    "Platform": lambda *_: None,
}

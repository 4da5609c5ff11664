"""`docker images`: one row a tag (docker/cli formatter/image.go)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.engine.types import ImageSummary
from bot.format.image_names import image_name
from bot.format.listing import Defaults, Format, format_of, listed
from bot.format.table import Table
from bot.format.template import Struct
from bot.format.units import human_size, since, timestamp, truncate_id

HEADINGS = {
    "ID": "IMAGE ID", "Repository": "REPOSITORY", "Tag": "TAG", "Digest": "DIGEST", "CreatedSince": "CREATED",
    "CreatedAt": "CREATED AT", "Size": "SIZE", "Containers": "CONTAINERS", "VirtualSize": "SIZE",
    "SharedSize": "SHARED SIZE", "UniqueSize": "UNIQUE SIZE",
}  # fmt: skip
TYPE = "*formatter.imageContext"
NONE = "<none>"
CREATED = "{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}"


@dataclass(frozen=True)
class ImageRow:
    """A line of the list: an image under one of its names."""

    image: ImageSummary
    repository: str = NONE
    tag: str = NONE
    digest: str = NONE


def image_format(spec: str = "", *, quiet: bool = False, digests: bool = False) -> Format:
    """The format of `docker images --format spec`; `quiet` is `-q`, `digests` is `--digests`.

    Raises:
        TemplateError: `template parsing error: …`.
    """
    columns = [
        "{{.Repository}}",
        "{{.Tag}}",
        *(["{{.Digest}}"] if digests else []),
        "{{.ID}}",
        CREATED,
        "{{.Size}}",
    ]
    raw = (
        "repository: {{ .Repository }}\\ntag: {{.Tag}}\\n"
        + ("digest: {{.Digest}}\\n" if digests else "")
        + "image_id: {{.ID}}\\ncreated_at: {{.CreatedAt}}\\nvirtual_size: {{.Size}}\\n"
    )
    if spec.startswith("table") and spec != "table" and digests and "{{.Digest}}" not in spec:
        spec += "\t{{.Digest}}"
    return format_of(spec, Defaults("table " + "\t".join(columns), raw, "image_id: {{.ID}}"), quiet=quiet)


def image_list(
    images: Iterable[ImageSummary], form: Format, *, no_trunc: bool = False, digests: bool = False, now: float
) -> Table | str:
    """What `docker images` prints: a table, or text that ends in a newline. `now` is UTC epoch seconds.

    Raises:
        TemplateError: the format fails on an image.
    """
    shows_digest = digests or "{{.Digest}}" in form.text
    rows = [row for image in images for row in image_rows(image, digests=digests, every_digest=shows_digest)]
    structs = [Struct(TYPE, image_fields(row, no_trunc=no_trunc, now=now), row=True) for row in rows]
    return listed(form, structs, HEADINGS)


def image_table(
    images: Iterable[ImageSummary], *, no_trunc: bool = False, digests: bool = False, now: float
) -> Table:
    """The table of `docker images`, with a digest column for `--digests`."""
    table = image_list(images, image_format(digests=digests), no_trunc=no_trunc, digests=digests, now=now)
    assert isinstance(table, Table)  # noqa: S101  # the format above is one
    return table


def image_rows(
    image: ImageSummary, *, digests: bool = False, every_digest: bool = False
) -> Iterator[ImageRow]:
    """The rows of an image: one a tag (and digest, where `every_digest`), then names that have only a digest.

    Repositories come in the daemon's order; the CLI leaves theirs to chance.
    """
    if _dangling(image):
        yield ImageRow(image)
        return
    tags, known = _grouped(image.repo_tags, "tag"), _grouped(image.repo_digests, "digest")
    for repository, own in tags.items():
        shown = known.pop(repository, []) if every_digest else []
        known.pop(repository, None)
        for tag in own:
            yield from (ImageRow(image, repository, tag, digest) for digest in shown or [NONE])
    for repository, rest in known.items():
        yield from (ImageRow(image, repository, NONE, digest) for digest in (rest if digests else [""]))


def _dangling(image: ImageSummary) -> bool:
    tags, digests = list(image.repo_tags or ()), list(image.repo_digests or ())
    return (tags, digests) in (([], []), (["<none>:<none>"], ["<none>@<none>"]))


def _grouped(references: Iterable[str] | None, part: str) -> dict[str, list[str]]:
    """Tags or digests by repository."""
    found: dict[str, list[str]] = {}
    for reference in references or ():
        name = image_name(reference)
        value = name and (name.tag if part == "tag" else name.digest)
        if name and value:
            found.setdefault(name.familiar_name, []).append(value)
    return found


def image_fields(row: ImageRow, *, no_trunc: bool = False, now: float) -> dict[str, object]:
    """The CLI's placeholders of an image's row."""
    image = row.image
    shared = image.shared_size
    return {
        "ID": image.id if no_trunc else truncate_id(image.id),
        "Repository": row.repository,
        "Tag": row.tag,
        "Digest": row.digest,
        "CreatedSince": since(image.created, now),
        "CreatedAt": timestamp(image.created),
        "Size": human_size(image.size, 3),
        "Containers": "N/A" if image.containers == -1 else str(image.containers),
        "VirtualSize": human_size(image.size),
        "SharedSize": "N/A" if shared == -1 else human_size(shared),
        "UniqueSize": "N/A" if -1 in (image.size, shared) else human_size(image.size - shared),
    }

"""`docker inspect`: JSON, or a template run on each object (docker/cli command/inspect)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.format.template import TemplateError, template_of
from bot.format.typed import typed


def inspect_text(objects: Sequence[Mapping[str, Any]], spec: str = "") -> str:
    """What `docker inspect -f spec` prints of the daemon's answers; an empty `spec` is indented JSON.

    Raises:
        TemplateError: `template parsing error: template: :1:2: executing "" at <.X>: map has no entry …`.
    """
    if spec == "":
        return json.dumps(objects, indent=4, ensure_ascii=False) + "\n"
    if spec == "json":
        return json.dumps(objects, separators=(",", ":"), ensure_ascii=False) + "\n"
    try:
        return "".join(_rendered(spec, item) + "\n" for item in objects)
    except TemplateError as wrong:
        raise TemplateError(f"template parsing error: {wrong}") from None


def _rendered(spec: str, item: Mapping[str, Any]) -> str:
    """On the CLI's own types first; where that fails, on the plain JSON, a missing key being an error."""
    template = template_of(spec)
    if "Mountpoint" in item:  # of a volume the CLI keeps no JSON to fall back on
        return template.render(typed(dict(item), type_name="volume.Volume"))
    kind = "container" if "State" in item else "image" if "RootFS" in item else ""
    try:
        return template.render(typed(dict(item), kind))
    except TemplateError:
        return template.render(dict(item), strict=True)

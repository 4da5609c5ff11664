"""`docker version`: the part about the server (docker/cli command/system/version.go)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.format.table import aligned
from bot.format.template import Struct, TemplateError, template_of
from bot.format.typed import typed

ENGINE_LINES = (
    ("Go version", "GoVersion"), ("Git commit", "GitCommit"), ("Built", "BuildTime"),
)  # fmt: skip


def version_text(server: Mapping[str, Any], spec: str = "") -> str:
    """What `docker version` prints from `Server:` on, of the daemon's `/version`; or `-f spec` on `.Server`.

    Raises:
        TemplateError: in the CLI's words, where the template is called `version`.
    """
    complete = _with_engine(server)
    if not spec:
        return aligned([line.split("\t") for line in _lines(complete)], minimum=20, padding=1)
    try:
        template = template_of("{{json .}}" if spec == "json" else spec)
    except TemplateError as wrong:
        raise TemplateError(f"template parsing error: {_named(wrong)}") from None
    try:
        return (
            template.render(
                Struct(
                    "system.versionInfo", {"Server": typed(complete, "Server", type_name="*types.Version")}
                )
            )
            + "\n"
        )
    except TemplateError as wrong:
        raise TemplateError(_named(wrong)) from None


def _named(wrong: TemplateError) -> str:
    return (
        str(wrong)
        .replace("template: :", "template: version:", 1)
        .replace('executing ""', 'executing "version"', 1)
    )


def _with_engine(server: Mapping[str, Any]) -> dict[str, Any]:
    """The answer with an Engine among its components (old daemons have none) and its build date in words."""
    components = [dict(component) for component in server.get("Components") or ()]
    if not any(component.get("Name") == "Engine" for component in components):
        keys = ("ApiVersion", "MinAPIVersion", "GitCommit", "GoVersion", "Os", "Arch", "BuildTime")
        details = {key: str(server.get(key, "")) for key in keys}
        details["Experimental"] = "true" if server.get("Experimental") else "false"
        components.append({"Name": "Engine", "Version": server.get("Version", ""), "Details": details})
    for component in components:
        details = dict(component.get("Details") or {})
        if component.get("Name") == "Engine" and "BuildTime" in details:
            details["BuildTime"] = _ansi_c(details["BuildTime"])
        component["Details"] = details
    return {**server, "Components": components}


def _ansi_c(moment: str) -> str:
    """An RFC 3339 time in C's form, `Fri May 30 12:07:14 2025`; anything else as it is."""
    try:
        built = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{built:%a %b} {built.day:2d} {built:%H:%M:%S %Y}"


def _lines(server: Mapping[str, Any]) -> Iterator[str]:
    platform = (server.get("Platform") or {}).get("Name", "")
    yield f"Server: {platform}" if platform else "Server:"
    for component in server["Components"]:
        details = component["Details"]
        yield f" {component['Name']}:"
        yield f"  Version:\t{component.get('Version', '')}"
        if component["Name"] != "Engine":
            yield from (f"  {key}:\t{details[key]}" for key in sorted(details))
            continue
        minimum = details.get("MinAPIVersion", "")
        yield f"  API version:\t{details.get('ApiVersion', '')} (minimum version {minimum})"
        yield from (f"  {label}:\t{details.get(key, '')}" for label, key in ENGINE_LINES)
        yield f"  OS/Arch:\t{details.get('Os', '')}/{details.get('Arch', '')}"
        yield f"  Experimental:\t{details.get('Experimental', '')}"

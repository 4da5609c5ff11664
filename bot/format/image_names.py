"""Image names as the CLI shows them: `docker.io/library/` left out (distribution/reference)."""

import re
from dataclasses import dataclass

COMPONENT = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
DOMAIN = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[a-fA-F0-9:]+\])(?::[0-9]+)?"
NAME = re.compile(
    rf"(?:(?P<domain>{DOMAIN})/)?(?P<path>{COMPONENT}(?:/{COMPONENT})*)"
    r"(?::(?P<tag>\w[\w.-]{0,127}))?(?:@(?P<digest>[A-Za-z][\w+.-]*:[0-9a-fA-F]{32,}))?"
)


@dataclass(frozen=True)
class ImageName:
    """A name in its short form, with tag and digest where it has them, else ``."""

    repository: str
    tag: str = ""
    digest: str = ""


def image_name(text: str) -> ImageName | None:
    """The parts of a reference; None where it is none (an id of 64 digits, an uppercase repository)."""
    if re.fullmatch(r"[a-f0-9]{64}", text):
        return None
    first, slash, _ = text.partition("/")
    has_domain = slash and (first == "localhost" or re.search(r"[.:A-Z]", first))
    found = NAME.fullmatch(text if has_domain else f"docker.io/{text}")
    if not found or not found["domain"]:
        return None
    domain, path = found["domain"].replace("index.docker.io", "docker.io"), found["path"]
    if domain == "docker.io":
        path = path.removeprefix("library/") if path.count("/") == 1 else path
        return ImageName(path, found["tag"] or "", found["digest"] or "")
    return ImageName(f"{domain}/{path}", found["tag"] or "", found["digest"] or "")


def familiar(text: str) -> str:
    """A reference in its short form without its digest, the tag kept; anything else as it is."""
    name = image_name(text)
    if name is None:
        return text
    return f"{name.repository}:{name.tag}" if name.tag else name.repository

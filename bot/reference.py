"""Image references, as distribution/reference reads them: `[DOMAIN/]PATH[:TAG][@DIGEST]`.

Everything that reads one asks here, so that what is judged, sent and shown is the same image.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

HUB = "docker.io"
HUB_OLD = "index.docker.io"
OFFICIAL = "library/"
LONGEST_PATH = 255
HEX_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}

_ALNUM = r"[a-z0-9]+"
_COMPONENT = rf"{_ALNUM}(?:(?:[._]|__|-+){_ALNUM})*"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_DOMAIN = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?"
_ALGORITHM = r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*"
_WHOLE = re.compile(
    rf"(?P<domain>{_DOMAIN})/(?P<path>{_COMPONENT}(?:/{_COMPONENT})*)"
    rf"(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}}))?"
    rf"(?:@(?P<digest>{_ALGORITHM}:[0-9a-fA-F]{{32,}}))?"
)
_ID = re.compile(r"[a-f0-9]{64}")


@dataclass(frozen=True)
class Reference:
    """A reference with nothing left to guess but the tag. `tag` and `digest` are empty where not given."""

    domain: str
    path: str
    tag: str = ""
    digest: str = ""

    @classmethod
    @lru_cache(maxsize=4096)  # the same few come again and again, with every container of a list
    def parse(cls, text: str) -> "Reference":
        """Read what a person wrote. Raises ValueError in the CLI's words."""
        if _ID.fullmatch(text):
            raise ValueError(f"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings")
        domain, rest = split_domain(text)
        remote = rest.partition(":")[0]
        if remote.lower() != remote:
            raise ValueError(f"invalid reference format: repository name ({remote}) must be lowercase")
        match = _WHOLE.fullmatch(f"{domain}/{rest}")
        if not match:
            raise ValueError("invalid reference format")
        if len(match["path"]) > LONGEST_PATH:
            raise ValueError(f"repository name must not be more than {LONGEST_PATH} characters")
        if match["digest"]:
            _check_digest(match["digest"])
        return cls(match["domain"], match["path"], match["tag"] or "", match["digest"] or "")

    @property
    def name(self) -> str:
        """Domain and path: `docker.io/library/tomcat`. What the CLI sends as `fromImage` and `repo`."""
        return f"{self.domain}/{self.path}"

    @property
    def familiar_name(self) -> str:
        """The name as people write it: `tomcat`."""
        if self.domain != HUB:
            return self.name
        short = self.path.removeprefix(OFFICIAL)
        return self.path if "/" in short else short

    @property
    def canonical(self) -> str:
        """`docker.io/library/tomcat:9.0`"""
        return self.name + self._suffix

    @property
    def familiar(self) -> str:
        """`tomcat:9.0`"""
        return self.familiar_name + self._suffix

    @property
    def with_latest(self) -> "Reference":
        """With the tag `latest` where neither a tag nor a digest is given."""
        return self if self.tag or self.digest else replace(self, tag="latest")

    @property
    def _suffix(self) -> str:
        return (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")


def split_domain(text: str) -> tuple[str, str]:
    """The domain, Docker Hub's where the first part can't be one, and the rest: `docker.io`, `library/tomcat:9.0`.

    Nothing is checked: the text may be a pattern, or no reference at all.
    """
    first, slash, rest = text.partition("/")
    is_domain = slash and ("." in first or ":" in first or first == "localhost" or first.lower() != first)
    domain, rest = (first, rest) if is_domain else (HUB, text)
    if domain == HUB_OLD:
        domain = HUB
    return domain, OFFICIAL + rest if domain == HUB and "/" not in rest else rest


def canonical(text: str) -> str:
    """With its domain: `tomcat:9.0` → `docker.io/library/tomcat:9.0`. Unchecked, as `split_domain` is."""
    return "/".join(split_domain(text))


def _check_digest(digest: str) -> None:
    algorithm, _, digits = digest.partition(":")
    if algorithm not in HEX_LENGTHS:
        raise ValueError("unsupported digest algorithm")
    if len(digits) != HEX_LENGTHS[algorithm]:
        raise ValueError("invalid checksum digest length")
    if digits.lower() != digits:
        raise ValueError("invalid checksum digest format")

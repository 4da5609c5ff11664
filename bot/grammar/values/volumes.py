"""`-v`: a bind mount, a named volume or an anonymous one, as docker/cli's loader.ParseVolume reads it."""

from dataclasses import dataclass

from bot.grammar.values.invalid import InvalidValue

RELATIVE = "Say the whole path on the Docker host, such as /srv/data. The bot does not know your folders."


@dataclass(frozen=True)
class Volume:
    """`spec` as it is sent; `bind` where it has a source (a path of the host or a volume's name)."""

    spec: str
    bind: bool


def volume(typed: str) -> Volume:
    """`/host:/in:ro`, `name:/in`, `/in`. A path relative to the caller's folder is refused."""
    if not typed:
        raise InvalidValue("a volume needs a path", "Write it SOURCE:/PATH or /PATH.")
    if len(typed.encode()) <= 2:
        return Volume(typed, bind=False)
    sections = _sections(typed)
    if not all(sections):
        raise InvalidValue(f"{typed} has an empty part between its colons", "Write it SOURCE:/PATH:OPTIONS.")
    if len(sections) > 3:
        raise InvalidValue(f"{typed} has too many colons", "Write it SOURCE:/PATH:OPTIONS.")
    if len(sections) > 1 and sections[0].startswith((".", "~")):
        raise InvalidValue(f"{sections[0]} is a path of your own machine, not of the Docker host", RELATIVE)
    return Volume(typed, bind=len(sections) > 1)


def _sections(typed: str) -> list[str]:
    """The parts between colons; the colon of a Windows drive (`C:\\`) parts nothing."""
    found = [""]
    for character in typed:
        drive = len(found[-1]) == 1 and found[-1].isalpha()
        if character == ":" and not drive:
            found.append("")
        else:
            found[-1] += character
    return found

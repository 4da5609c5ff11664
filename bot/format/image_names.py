"""Image names as the CLI shows them: `docker.io/library/` left out."""

from bot.reference import Reference


def image_name(text: str) -> Reference | None:
    """The reference; None where it is none (an id of 64 digits, an uppercase repository)."""
    try:
        return Reference.parse(text)
    except ValueError:
        return None


def familiar(text: str) -> str:
    """A reference in its short form without its digest, the tag kept; anything else as it is."""
    name = image_name(text)
    if name is None:
        return text
    return f"{name.familiar_name}:{name.tag}" if name.tag else name.familiar_name

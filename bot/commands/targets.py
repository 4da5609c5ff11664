"""What the daemon shows, as a rule sees it."""

from collections.abc import Sequence

from bot.engine.types import Container, ContainerSummary, Image
from bot.policy.terms import Target
from bot.reference import Reference


def of_container(found: Container) -> Target:
    """A container as a rule sees it, from its inspection."""
    return _container(found.id, [found.name], found.config.image, found.config.labels)


def of_summary(listed: ContainerSummary) -> Target:
    """A container as a rule sees it, from a list."""
    return _container(listed.id, listed.names, listed.image, listed.labels)


def _container(id_: str, names: Sequence[str], image: str, labels: dict[str, str]) -> Target:
    # A name with a second slash is a link's alias, not the container's own.
    own = tuple(name.removeprefix("/") for name in names if "/" not in name.removeprefix("/"))
    return Target("container", id_, own, canonical(image), labels)


def of_image(found: Image) -> Target:
    """An image as a rule sees it: every tag, or every digest where it has no tag."""
    return of_tags(found.id, found.repo_tags or found.repo_digests)


def of_tags(id_: str, tags: Sequence[str]) -> Target:
    """An image with these tags, as a rule sees it."""
    own = [tag for tag in tags if tag != "<none>:<none>"]
    return Target("image", id_, tuple(own), canonical(own[0]) if own else "")


def of_reference(reference: str) -> Target:
    """An image that need not be there yet, by reference."""
    return Target("image", "", (Reference.parse(reference).familiar,), canonical(reference))


def canonical(reference: str) -> str:
    """The canonical reference, or the word itself where it is none (an image id)."""
    try:
        return Reference.parse(reference).canonical
    except ValueError:
        return reference

"""What planning may ask of a host: nothing here changes anything or reads secrets."""

from typing import TypeVar

import msgspec

from bot.engine.call import Call, Filters, filter_json, flag, image_path
from bot.engine.connection import Answered, Connection
from bot.engine.errors import Unknown
from bot.engine.types import Container, ContainerSummary, Image, ImageSummary, Info, Version

T = TypeVar("T")

_CONTAINERS = msgspec.json.Decoder(list[ContainerSummary])
_CONTAINER = msgspec.json.Decoder(Container)
_IMAGES = msgspec.json.Decoder(list[ImageSummary] | None)
_IMAGE = msgspec.json.Decoder(Image)
_VERSION = msgspec.json.Decoder(Version)
_INFO = msgspec.json.Decoder(Info)


class Reader:
    """Questions to one daemon. Every method raises NotSent, Refused or Unknown within its deadline."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def host(self) -> str:
        """The host's name in hosts.yml."""
        return self._connection.name

    async def aclose(self) -> None:
        """Close the host's connections."""
        await self._connection.aclose()

    async def api_version(self) -> str:
        """The version of the API that both sides speak: `1.41`."""
        return await self._connection.api_version()

    async def ping(self) -> None:
        """Nothing, where the daemon answers."""
        await self._ask(Call("GET", ("_ping",), lane="reads"))

    async def version(self) -> Version:
        """What `docker version` says of the engine."""
        return await self._get(Call("GET", ("version",), lane="reads"), _VERSION)

    async def info(self) -> Info:
        """What `docker info` says of the host."""
        return await self._get(Call("GET", ("info",), lane="reads"), _INFO)

    async def containers(
        self,
        *,
        all: bool = False,  # noqa: A002  # Docker's word
        limit: int = 0,
        size: bool = False,
        filters: Filters | None = None,
    ) -> list[ContainerSummary]:
        """The running containers, or `all`; the `limit` newest. `size` makes the daemon count, slowly."""
        query = {
            "all": flag(all),
            "limit": str(limit) if limit > 0 else "",
            "size": flag(size),
            "filters": filter_json(filters),
        }
        return await self._get(Call("GET", ("containers", "json"), query, lane="reads"), _CONTAINERS)

    async def container(self, ref: str, *, size: bool = False) -> Container:
        """A container by id, unambiguous id prefix, or name: a name beats a prefix."""
        path = ("containers", ref.removeprefix("/"), "json")
        call = Call("GET", path, {"size": flag(size)}, lane="reads")
        return await self._get(call, _CONTAINER)

    async def images(
        self,
        *,
        all: bool = False,  # noqa: A002  # Docker's word
        filters: Filters | None = None,
    ) -> list[ImageSummary]:
        """The images with a name, or `all`: the layers between them too."""
        query = {"all": flag(all), "filters": filter_json(filters)}
        return await self._get(Call("GET", ("images", "json"), query, lane="reads"), _IMAGES) or []

    async def image(self, ref: str) -> Image:
        """An image by reference, id or unambiguous id prefix."""
        return await self._get(Call("GET", ("images", *image_path(ref), "json"), lane="reads"), _IMAGE)

    async def _ask(self, call: Call) -> Answered:
        return await self._connection.ask(call, deadline=self._connection.read)

    async def _get(self, call: Call, decoder: "msgspec.json.Decoder[T]") -> T:
        return self._decoded(call, await self._ask(call), decoder)

    def _decoded(self, call: Call, answered: Answered, decoder: "msgspec.json.Decoder[T]") -> T:
        """The answer's JSON as what was asked for. Raises Unknown where it is not."""
        try:
            return decoder.decode(answered.content)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unknown(self.host, call.asked, f"its answer makes no sense: {error}") from error

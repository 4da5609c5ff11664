"""What only the gate hands out: every question that changes something or reads secrets."""

import base64
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any, Literal

import msgspec

from bot.engine.call import Call, Filters, filter_json, flag, image_path
from bot.engine.errors import Refused, Unknown
from bot.engine.frames import LogChunk
from bot.engine.reader import Reader
from bot.engine.streams import events_of, log_chunks, progress_of
from bot.engine.types import Created, Event, Progress, RemovedImage, WaitResult

SLACK_SECONDS = 30.0  # beyond what was asked for: to kill, to unmount, to start again
UNSAID_SECONDS = 120.0  # the default is 10, but a container may have been made with a longer one
ACT_SECONDS = 60.0  # create, start, remove: the disk's time
TRANSFER_SECONDS = 300.0  # the longest silence of a pull or push: a slow registry, a large layer unpacked

Kind = Literal["container", "image", "version", "info"]
Condition = Literal["not-running", "next-exit", "removed"]

NO_AUTH = base64.urlsafe_b64encode(b"{}").decode()
JSON = {"Content-Type": "application/json"}

_ANY: "msgspec.json.Decoder[Any]" = msgspec.json.Decoder()
_CREATED = msgspec.json.Decoder(Created)
_REMOVED = msgspec.json.Decoder(list[RemovedImage] | None)
_WAIT = msgspec.json.Decoder(WaitResult)


class Daemon(Reader):
    """Acts on one daemon. Every method raises NotSent (nothing was done), Refused, or Unknown: look again."""

    async def create(self, body: Mapping[str, Any], *, name: str = "", platform: str = "") -> Created:
        """Make a container of a body as the API wants it. Refused with 404 where the image is missing."""
        query = {"name": name, "platform": platform}
        call = Call("POST", ("containers", "create"), query, msgspec.json.encode(body), JSON)
        created = self._decoded(call, await self._connection.ask(call, deadline=ACT_SECONDS), _CREATED)
        if not created.id:
            raise Unknown(self.host, call.asked, "its answer names no container")
        return created

    async def start(self, ref: str) -> bool:
        """Start a container. False where it runs already."""
        return await self._act(Call("POST", ("containers", ref, "start")))

    async def stop(
        self,
        ref: str,
        *,
        timeout: int | None = None,  # noqa: ASYNC109  # the daemon's, for the container
        signal: str = "",
    ) -> bool:
        """Stop a container, kill it after `timeout` seconds (negative: never). False where it is stopped."""
        return await self._act(
            Call("POST", ("containers", ref, "stop"), _stop(timeout, signal)), _end(timeout)
        )

    async def restart(
        self,
        ref: str,
        *,
        timeout: int | None = None,  # noqa: ASYNC109  # the daemon's, for the container
        signal: str = "",
    ) -> None:
        """Stop as `stop` does, and start again."""
        await self._act(Call("POST", ("containers", ref, "restart"), _stop(timeout, signal)), _end(timeout))

    async def kill(self, ref: str, *, signal: str = "") -> None:
        """Send a signal, KILL where none is given. Refused with 409 where it does not run."""
        await self._act(Call("POST", ("containers", ref, "kill"), {"signal": signal}))

    async def remove(
        self, ref: str, *, force: bool = False, volumes: bool = False, link: bool = False
    ) -> None:
        """Remove a container; `volumes` takes its anonymous ones with it."""
        query = {"force": flag(force), "v": flag(volumes), "link": flag(link)}
        await self._act(Call("DELETE", ("containers", ref), query))

    async def tag_image(self, ref: str, *, repo: str, tag: str) -> None:
        """Give an image another name."""
        await self._act(Call("POST", ("images", *image_path(ref), "tag"), {"repo": repo, "tag": tag}))

    async def remove_image(
        self, ref: str, *, force: bool = False, noprune: bool = False
    ) -> list[RemovedImage]:
        """Take a name off an image, and remove the image with its last name."""
        call = Call("DELETE", ("images", *image_path(ref)), {"force": flag(force), "noprune": flag(noprune)})
        return self._decoded(call, await self._connection.ask(call, deadline=ACT_SECONDS), _REMOVED) or []

    async def inspect(self, kind: Kind, ref: str = "", *, size: bool = False) -> Any:
        """The daemon's JSON as it came, environment and all. `version` and `info` take no `ref`."""
        path: tuple[str, ...] = (kind,)
        if kind == "container":
            path = ("containers", ref.removeprefix("/"), "json")
        elif kind == "image":
            path = ("images", *image_path(ref), "json")
        return await self._get(Call("GET", path, {"size": flag(size)}, lane="reads"), _ANY)

    async def wait(self, ref: str, condition: Condition = "not-running") -> int:
        """The exit code of a container, once it has ended."""
        async with self.waited(ref, condition) as end:
            return await end()

    @asynccontextmanager
    async def waited(
        self, ref: str, condition: Condition = "not-running"
    ) -> AsyncGenerator[Callable[[], Awaitable[int]]]:
        """Ask for the end before what leads to it: within the context the daemon is waiting already.

        Gives a function that waits for the exit code.
        """
        call = Call("POST", ("containers", ref, "wait"), {"condition": condition}, lane="transfers")
        async with self._connection.stream(call, begin=self._connection.read, idle=None) as chunks:

            async def end() -> int:
                return self._exit_code(call, b"".join([chunk async for chunk in chunks]))

            yield end

    async def logs(
        self,
        ref: str,
        *,
        stdout: bool = True,
        stderr: bool = True,
        since: str = "",
        until: str = "",
        timestamps: bool = False,
        tail: str = "all",
        follow: bool = False,
        tty: bool = False,
    ) -> AsyncGenerator[LogChunk]:
        """What a container wrote, as it comes; close it (`contextlib.aclosing`) when done early.

        `since` and `until` are UTC epoch seconds, with `.nanoseconds` where wanted. `tty` as in its
        configuration: then all of it is standard output. With `follow` it ends when the container does, or
        when the daemon does.
        """
        query = {
            "stdout": flag(stdout),
            "stderr": flag(stderr),
            "since": since,
            "until": until,
            "timestamps": flag(timestamps),
            "tail": tail,
            "follow": flag(follow),
        }
        call = Call("GET", ("containers", ref, "logs"), query, lane="reads")
        read = self._connection.read
        async with (
            self._connection.stream(call, begin=read, idle=None if follow else read) as chunks,
            aclosing(log_chunks(self.host, call, chunks, tty=tty)) as written,
        ):
            async for chunk in written:
                yield chunk

    @asynccontextmanager
    async def attached(self, ref: str, *, tty: bool = False) -> AsyncGenerator[AsyncIterator[LogChunk]]:
        """What a container writes from now on, until it ends. Ask before the start to miss nothing."""
        query = {"stdout": "1", "stderr": "1", "stream": "1"}
        call = Call("POST", ("containers", ref, "attach"), query, lane="transfers")
        async with (
            self._connection.stream(call, begin=self._connection.read, idle=None) as chunks,
            aclosing(log_chunks(self.host, call, chunks, tty=tty)) as written,
        ):
            yield written

    def pull(
        self, repository: str, *, tag: str, platform: str = "", auth: str = ""
    ) -> AsyncGenerator[Progress]:
        """Fetch an image; an empty `tag` fetches every tag, a digest goes in it. Done when the stream ends.

        `repository` is a reference's name, `auth` what `Hosts.registry_auth` gives for its domain.
        """
        query = {"fromImage": repository, "tag": tag, "platform": platform}
        headers = {"X-Registry-Auth": auth} if auth else {}
        return self._transfer(Call("POST", ("images", "create"), query, b"", headers, "transfers"))

    def push(self, repository: str, *, tag: str, auth: str) -> AsyncGenerator[Progress]:
        """Send an image to its registry; an empty `tag` sends every tag. Done when the stream ends."""
        path = ("images", *image_path(repository), "push")
        headers = {"X-Registry-Auth": auth or NO_AUTH}  # the daemon refuses a push without the header
        return self._transfer(Call("POST", path, {"tag": tag}, b"", headers, "transfers"))

    async def events(
        self, *, since: str = "", until: str = "", filters: Filters | None = None
    ) -> AsyncGenerator[Event]:
        """What happens on the host, from `since` (as for `logs`; empty: now). A broken line is Unknown."""
        query = {"since": since, "until": until, "filters": filter_json(filters)}
        call = Call("GET", ("events",), query, lane="reads")
        async with (
            self._connection.stream(call, begin=self._connection.read, idle=None) as chunks,
            aclosing(events_of(self.host, call, chunks)) as events,
        ):
            async for event in events:
                yield event

    async def _act(self, call: Call, deadline: float | None = ACT_SECONDS) -> bool:
        """An act whose success has no words. False where it was so already."""
        answered = await self._connection.ask(call, deadline=deadline)
        if answered.content.strip():
            raise Unknown(
                self.host, call.asked, f"it answered {answered.status} with words that mean nothing"
            )
        return answered.status != 304

    async def _transfer(self, call: Call) -> AsyncGenerator[Progress]:
        async with (
            self._connection.stream(call, begin=TRANSFER_SECONDS, idle=TRANSFER_SECONDS) as chunks,
            aclosing(progress_of(self.host, call, chunks)) as messages,
        ):
            async for message in messages:
                yield message

    def _exit_code(self, call: Call, content: bytes) -> int:
        try:
            result = _WAIT.decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unknown(self.host, call.asked, "the daemon ended before the container did") from error
        if result.error and result.error.message:
            raise Refused(self.host, call.asked, result.error.message, 200)
        return result.status_code


def _stop(timeout: int | None, signal: str) -> dict[str, str]:
    return {"t": "" if timeout is None else str(timeout), "signal": signal}


def _end(timeout: int | None) -> float | None:
    """Seconds for a stop: None where the container may take as long as it likes."""
    if timeout is None:
        return UNSAID_SECONDS
    return None if timeout < 0 else timeout + SLACK_SECONDS

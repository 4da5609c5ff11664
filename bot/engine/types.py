"""The daemon's answers with the fields that are used. Unknown ones are passed over; a null is an empty value.

Ids are full. Sizes are bytes. `created` of a list is UTC epoch seconds, of an inspection RFC 3339.
"""

from typing import Any

from msgspec import Raw, Struct, field

from bot.engine.answer import Answer, Nullable, Part

Bindings = dict[str, list[dict[str, str]] | None]


class Port(Part):
    """A port in a list of containers. Only exposed: no `ip`, and `public_port` is 0."""

    ip: str = ""
    private_port: int = 0
    public_port: int = 0
    type: str = "tcp"


class Mount(Part):
    """`type` is bind, volume or tmpfs; `name` and `driver` are a volume's."""

    type: str = ""
    name: str = ""
    source: str = ""
    destination: str = ""
    driver: str = ""
    mode: str = ""
    rw: bool = False


class Network(Answer):
    """A container's place in a network. The address is empty while it does not run."""

    network_id: str = ""
    ip_address: str = ""
    aliases: Nullable[list[str]] = field(default_factory=list)


class NetworkSettings(Answer):
    """Networks by name; ports as `{"8080/tcp": [{"HostIp": …, "HostPort": …}]}`, null where only exposed."""

    networks: Nullable[dict[str, Network]] = field(default_factory=dict)
    ports: Nullable[Bindings] = field(default_factory=dict)


class NetworkNames(Answer):
    """Networks by name, the rest left as it came: a list of containers is read often."""

    networks: Nullable[dict[str, Raw]] = field(default_factory=dict)


class ContainerSummary(Answer):
    """A row of `GET /containers/json`. Sizes are 0 unless asked for."""

    id: str = ""
    names: Nullable[list[str]] = field(default_factory=list)
    image: str = ""
    image_id: str = ""
    command: str = ""
    created: int = 0
    ports: Nullable[list[Port]] = field(default_factory=list)
    labels: Nullable[dict[str, str]] = field(default_factory=dict)
    state: str = ""
    status: str = ""
    size_rw: int = 0
    size_root_fs: int = 0
    mounts: Nullable[list[Mount]] = field(default_factory=list)
    network_settings: Nullable[NetworkNames] = field(default_factory=NetworkNames)

    @property
    def networks(self) -> list[str]:
        """Names of the networks it is in."""
        return sorted(self.network_settings.networks)


class Health(Answer):
    """`status` is starting, healthy or unhealthy (`none` where the check is switched off)."""

    status: str = ""
    failing_streak: int = 0


class State(Answer):
    """`status` is created, running, paused, restarting, removing, exited or dead. Times are RFC 3339."""

    status: str = ""
    running: bool = False
    paused: bool = False
    restarting: bool = False
    oom_killed: bool = False
    dead: bool = False
    pid: int = 0
    exit_code: int = 0
    error: str = ""
    started_at: str = ""
    finished_at: str = ""
    health: Health | None = None


class Config(Answer):
    """What a container or image was made with. The environment is left out: it holds secrets."""

    image: str = ""
    user: str = ""
    tty: bool = False
    cmd: Nullable[list[str]] = field(default_factory=list)
    entrypoint: Nullable[list[str]] = field(default_factory=list)
    working_dir: str = ""
    labels: Nullable[dict[str, str]] = field(default_factory=dict)
    stop_signal: str = ""
    stop_timeout: int | None = None


class RestartPolicy(Answer):
    """`name` is no, always, unless-stopped or on-failure; empty is no."""

    name: str = ""
    maximum_retry_count: int = 0


class HostConfig(Answer):
    """What the host gives a container. `memory` 0 and `nano_cpus` 0 are no limit."""

    restart_policy: Nullable[RestartPolicy] = field(default_factory=RestartPolicy)
    memory: int = 0
    nano_cpus: int = 0
    auto_remove: bool = False
    privileged: bool = False
    network_mode: str = ""
    port_bindings: Nullable[Bindings] = field(default_factory=dict)


class Container(Answer):
    """`GET /containers/{id}/json`. `name` has a slash before it, `image` is an id; sizes may be None."""

    id: str = ""
    name: str = ""
    created: str = ""
    image: str = ""
    state: Nullable[State] = field(default_factory=State)
    restart_count: int = 0
    config: Nullable[Config] = field(default_factory=Config)
    host_config: Nullable[HostConfig] = field(default_factory=HostConfig)
    network_settings: Nullable[NetworkSettings] = field(default_factory=NetworkSettings)
    mounts: Nullable[list[Mount]] = field(default_factory=list)
    size_rw: int | None = None
    size_root_fs: int | None = None


class ImageSummary(Answer):
    """A row of `GET /images/json`. `containers` and `shared_size` are -1 where not counted."""

    id: str = ""
    parent_id: str = ""
    repo_tags: Nullable[list[str]] = field(default_factory=list)
    repo_digests: Nullable[list[str]] = field(default_factory=list)
    created: int = 0
    size: int = 0
    shared_size: int = -1
    containers: int = -1
    labels: Nullable[dict[str, str]] = field(default_factory=dict)


class Image(Answer):
    """`GET /images/{name}/json`."""

    id: str = ""
    repo_tags: Nullable[list[str]] = field(default_factory=list)
    repo_digests: Nullable[list[str]] = field(default_factory=list)
    created: str | None = None
    size: int = 0
    architecture: str = ""
    os: str = ""
    config: Nullable[Config] = field(default_factory=Config)


class Version(Answer):
    """`GET /version`: the engine's own."""

    version: str = ""
    api_version: str = ""
    min_api_version: str = ""
    git_commit: str = ""
    go_version: str = ""
    os: str = ""
    arch: str = ""
    kernel_version: str = ""


class Info(Answer):
    """`GET /info`: what a reader of a host wants to know at a glance."""

    id: str = field(default="", name="ID")
    name: str = ""
    server_version: str = ""
    operating_system: str = ""
    kernel_version: str = ""
    architecture: str = ""
    driver: str = ""
    ncpu: int = field(default=0, name="NCPU")
    mem_total: int = 0
    containers: int = 0
    containers_running: int = 0
    containers_paused: int = 0
    containers_stopped: int = 0
    images: int = 0
    warnings: Nullable[list[str]] = field(default_factory=list)


class Created(Answer):
    """What `POST /containers/create` made."""

    id: str = ""
    warnings: Nullable[list[str]] = field(default_factory=list)


class WaitError(Answer):
    """Why the end of a container could not be told."""

    message: str = ""


class WaitResult(Answer):
    """The end of a container."""

    status_code: int
    error: WaitError | None = None


class RemovedImage(Answer):
    """A line of `docker rmi`: a name taken off, or the id of what is gone. One of them is empty."""

    untagged: str = ""
    deleted: str = ""


class Actor(Answer):
    """What an event is about."""

    id: str = field(default="", name="ID")
    attributes: Nullable[dict[str, str]] = field(default_factory=dict)


class Event(Answer):
    """A line of `GET /events`. `time` is UTC epoch seconds, `time_nano` nanoseconds."""

    type: str = ""
    action: str = ""
    actor: Nullable[Actor] = field(default_factory=Actor)
    scope: str = field(default="", name="scope")
    time: int = field(default=0, name="time")
    time_nano: int = field(default=0, name="timeNano")


class Progress(Struct, frozen=True, kw_only=True):
    """A message of a pull or push.

    `id` is a layer's short id. `current` and `total` are bytes, 0 until known.
    `aux` holds the digest at the end of a push: `{"Tag", "Digest", "Size"}`.
    """

    status: str = ""
    id: str = ""
    current: int = 0
    total: int = 0
    aux: dict[str, Any] | None = None

"""`docker info`: the part about the server (docker/cli command/system/info.go)."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from bot.format.swarm import swarm_lines
from bot.format.template import Struct, TemplateError, template_of
from bot.format.typed import typed
from bot.format.units import bytes_size

Answer = Mapping[str, Any]
DEBUG = (
    ("File Descriptors", "NFd"), ("Goroutines", "NGoroutines"), ("System Time", "SystemTime"),
    ("EventsListeners", "NEventsListener"),
)  # fmt: skip


def info_text(info: Answer, spec: str = "") -> str:
    """What `docker info` prints from `Server:` on, of the daemon's `/info`; or `-f spec` on it.

    Warnings are not in it: the CLI prints `info["Warnings"]` to its error output.

    Raises:
        TemplateError: in the CLI's words.
    """
    if not spec:
        return "\n".join(["Server:", *_lines(info), "", ""])
    try:
        template = template_of("{{json .}}" if spec == "json" else spec)
    except TemplateError as wrong:
        raise TemplateError(f"template parsing error: {wrong}") from None
    fields = typed(dict(info), type_name="system.dockerInfo")
    assert isinstance(fields, Struct)  # noqa: S101  # a dict becomes one
    return template.render(fields) + "\n"


def _lines(info: Answer) -> Iterator[str]:
    yield from _counts(info)
    yield from _drivers(info)
    yield f" Swarm: {(info.get('Swarm') or {}).get('LocalNodeState', '')}"
    yield from swarm_lines(info.get("Swarm") or {})
    yield from _runtimes(info)
    yield from _machine(info)
    yield from _settings(info)


def _given(label: str, value: object) -> Iterator[str]:
    """A line, unless its value is empty."""
    if value:
        yield f" {label}: {value}"


def _yes(value: object) -> str:
    return "true" if value else "false"


def _block(label: str, lines: Iterator[str]) -> Iterator[str]:
    """A heading and its lines, nothing where there are none."""
    found = list(lines)
    if found:
        yield f" {label}:"
        yield from (f"  {line}" for line in found)


def _counts(info: Answer) -> Iterator[str]:
    yield f" Containers: {info.get('Containers', 0)}"
    for state in ("Running", "Paused", "Stopped"):
        yield f"  {state}: {info.get('Containers' + state, 0)}"
    yield f" Images: {info.get('Images', 0)}"
    yield from _given("Server Version", info.get("ServerVersion"))


def _drivers(info: Answer) -> Iterator[str]:
    yield from _given("Storage Driver", info.get("Driver"))
    yield from (f"  {key}: {value}" for key, value in info.get("DriverStatus") or ())
    yield from _given("Logging Driver", info.get("LoggingDriver"))
    yield from _given("Cgroup Driver", info.get("CgroupDriver"))
    yield from _given("Cgroup Version", info.get("CgroupVersion"))
    plugins = info.get("Plugins") or {}
    yield " Plugins:"
    for kind in ("Volume", "Network", "Authorization", "Log"):
        names = plugins.get(kind) or ()
        if names or kind != "Authorization":
            yield f"  {kind}: {' '.join(names)}"
    yield from _block("CDI spec directories", iter(info.get("CDISpecDirs") or ()))


def _runtimes(info: Answer) -> Iterator[str]:
    """The runtimes by name; the CLI leaves their order to chance."""
    if info.get("Runtimes"):
        yield f" Runtimes: {' '.join(sorted(info['Runtimes']))}"
        yield f" Default Runtime: {info.get('DefaultRuntime', '')}"
    if info.get("OSType") == "windows":
        yield f" Default Isolation: {info.get('Isolation', '')}"
    if info.get("OSType") != "linux":
        return
    yield f" Init Binary: {info.get('InitBinary', '')}"
    for label in ("containerd", "runc", "init"):
        yield f" {label} version: {(info.get(label.capitalize() + 'Commit') or {}).get('ID', '')}"
    yield from _block("Security Options", _security(info.get("SecurityOptions") or ()))


def _security(options: "list[str] | tuple[str, ...]") -> Iterator[str]:
    """`name=seccomp,profile=default` is the name, and its profile under it."""
    for option in options:
        pairs = [part.partition("=") for part in option.split(",")]
        yield from (value for key, _, value in pairs if key == "name")
        yield from (f" Profile: {value}" for key, _, value in pairs if key == "profile")


def _machine(info: Answer) -> Iterator[str]:
    for label, key in (("Kernel Version", "KernelVersion"), ("Operating System", "OperatingSystem"),
                       ("OSType", "OSType"), ("Architecture", "Architecture")):  # fmt: skip
        yield from _given(label, info.get(key))
    yield f" CPUs: {info.get('NCPU', 0)}"
    yield f" Total Memory: {bytes_size(info.get('MemTotal', 0))}"
    yield from _given("Name", info.get("Name"))
    yield from _given("ID", info.get("ID"))
    yield f" Docker Root Dir: {info.get('DockerRootDir', '')}"
    yield f" Debug Mode: {_yes(info.get('Debug'))}"
    if info.get("Debug"):
        yield from (f"  {label}: {info.get(key, 0)}" for label, key in DEBUG)


def _settings(info: Answer) -> Iterator[str]:
    for label, key in (("HTTP Proxy", "HttpProxy"), ("HTTPS Proxy", "HttpsProxy"), ("No Proxy", "NoProxy")):
        yield from _given(label, info.get(key))
    yield from _block("Labels", iter(info.get("Labels") or ()))
    yield f" Experimental: {_yes(info.get('ExperimentalBuild'))}"
    registry = info.get("RegistryConfig") or {}
    insecure = registry.get("InsecureRegistryCIDRs") or ()
    if insecure or registry.get("IndexConfigs"):
        yield " Insecure Registries:"
        known = registry.get("IndexConfigs") or {}
        yield from (f"  {entry['Name']}" for _, entry in sorted(known.items()) if not entry.get("Secure"))
        yield from (f"  {ip_network(cidr, strict=False)}" for cidr in insecure)
    yield from _block("Registry Mirrors", iter(registry.get("Mirrors") or ()))
    yield f" Live Restore Enabled: {_yes(info.get('LiveRestoreEnabled'))}"
    yield from _given("Product License", info.get("ProductLicense"))
    pools = info.get("DefaultAddressPools") or ()
    yield from _block(
        "Default Address Pools", (f" Base: {pool['Base']}, Size: {pool['Size']}" for pool in pools)
    )

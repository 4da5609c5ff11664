"""The daemon's JSON as the CLI's Go structs see it, as far as a template can tell.

The CLI runs a template on its own types first: a missing field is an error there, a missing entry of a map
is not, null is a nil pointer or an empty list, and some fields have other names than in JSON. The tables
below hold what differs from plain JSON.
"""

from collections.abc import Mapping

from bot.format.template.values import Map, NilList, NilMap, Struct

# Objects whose keys are data: the type of the keys, and what a missing entry is.
MAPS: Mapping[str, tuple[str, object]] = {
    **dict.fromkeys(("Annotations", "Data", "Details", "DriverOpts", "Labels", "Options"), ("string", "")),
    **dict.fromkeys(("StorageOpt", "Sysctls", "Tmpfs", "AuxiliaryAddresses"), ("string", "")),
    **dict.fromkeys(("ExposedPorts", "PortBindings", "Ports"), ("nat.Port", NilList())),
    **dict.fromkeys(("Containers", "Networks", "Runtimes", "Volumes"), ("string", None)),
}
# Where null is a nil pointer; elsewhere it is an empty list.
POINTERS = frozenset((
    "Health", "Healthcheck", "IPAMConfig", "Init", "MemorySwappiness", "OomKillDisable", "PidsLimit",
    "StopTimeout", "RegistryConfig", "Cluster", "ImageManifestDescriptor", "Descriptor",
))  # fmt: skip
GO_NAMES = {
    "Id": "ID", "ApiVersion": "APIVersion", "HttpProxy": "HTTPProxy", "HttpsProxy": "HTTPSProxy",
    "NanoCpus": "NanoCPUs", "CpuShares": "CPUShares", "CpuPeriod": "CPUPeriod", "CpuQuota": "CPUQuota",
    "CpuRealtimePeriod": "CPURealtimePeriod", "CpuRealtimeRuntime": "CPURealtimeRuntime",
    "CpuCount": "CPUCount", "CpuPercent": "CPUPercent", "CpuCfsPeriod": "CPUCfsPeriod",
    "CpuCfsQuota": "CPUCfsQuota", "Dns": "DNS", "DnsOptions": "DNSOptions", "DnsSearch": "DNSSearch",
    "AuxiliaryAddresses": "AuxAddress",
}  # fmt: skip
# Fields that JSON leaves out where they are empty, with their place among the others where that is known.
SHAPES: Mapping[str, Mapping[str, object]] = {
    "State": {"Health": None},
    "Config": {
        "Healthcheck": None, "StopSignal": "", "StopTimeout": None, "Shell": NilList(),
        "ExposedPorts": NilMap(),
    },
    "HostConfig": {
        "Mounts": NilList(), "Init": None, "Tmpfs": NilMap(), "Sysctls": NilMap(), "StorageOpt": NilMap(),
        "Annotations": NilMap(),
    },
    "Mounts": {
        "Type": "", "Name": "", "Source": "", "Destination": "", "Driver": "", "Mode": "", "RW": False,
        "Propagation": "",
    },
    "Server": {
        "Platform": None, "Components": NilList(), "Version": "", "ApiVersion": "", "MinAPIVersion": "",
        "GitCommit": "", "GoVersion": "", "Os": "", "Arch": "", "KernelVersion": "", "Experimental": False,
        "BuildTime": "",
    },
    "Platform": {"Name": ""},
    "IPAM.Config": {"Subnet": "", "IPRange": "", "Gateway": "", "AuxiliaryAddresses": NilMap()},
    "container": {"SizeRw": None, "SizeRootFs": None},
    "image": {"Variant": "", "OsVersion": ""},
}  # fmt: skip


def typed(value: object, name: str = "", parent: str = "", *, type_name: str = "") -> object:
    """A JSON value as the Go value of the field `name`; errors call the outermost struct `type_name`."""
    if isinstance(value, dict):
        key_type, zero = (
            ("string", "") if (name, parent) == ("Config", "LogConfig") else MAPS.get(name, ("", None))
        )
        if key_type:
            return Map({key: typed(item, f"{name}[]", name) for key, item in value.items()}, key_type, zero)
        return _struct(value, name, parent, type_name)
    if isinstance(value, list):
        return [typed(item, name, parent) for item in value]
    if value is None:
        return NilMap(*MAPS[name]) if name in MAPS else None if name in POINTERS else NilList()
    return value


def _struct(value: Mapping[str, object], name: str, parent: str, type_name: str) -> Struct:
    shape = SHAPES.get(f"{parent}.{name}") or SHAPES.get(name, {})
    known = shape if set(value) <= set(shape) else {}  # its order is the struct's only where it is whole
    keys = list(dict.fromkeys([*known, *value, *shape]))
    fields = {
        GO_NAMES.get(key, key): typed(value[key], key, name) if key in value else shape[key] for key in keys
    }
    return Struct(
        type_name or name,
        fields,
        json_names={GO_NAMES[key]: key for key in keys if key in GO_NAMES},
        omitted=frozenset(GO_NAMES.get(key, key) for key in keys if key not in value),
    )

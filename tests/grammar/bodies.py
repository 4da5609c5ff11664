"""Bodies of POST /containers/create, made comparable: what says the same to the engine is the same."""

from typing import Any

# Objects whose keys are not fields of the API but what people typed: an empty value still says something.
MAPS = {
    "ExposedPorts", "Volumes", "Labels", "Tmpfs", "Sysctls", "StorageOpt", "Annotations", "Config", "Options",
    "DriverOpts", "EndpointsConfig", "PortBindings",
}  # fmt: skip
DEFAULTS: dict[str, Any] = {
    "ConsoleSize": [0, 0], "MemorySwappiness": -1, "NetworkMode": "default", "RestartPolicy": {"Name": "no"},
}  # fmt: skip
POINTERS = {"Init", "StopTimeout"}  # false and 0 say something here
RANDOM = {"Env", "Binds"}  # the CLI sends them in no fixed order


def comparable(body: Any, name: str = "") -> Any:
    """The body without empty and default fields, and without an order that means nothing."""
    if isinstance(body, list):
        kept = [comparable(each) for each in body]
        return sorted(kept) if name in RANDOM else kept
    if not isinstance(body, dict):
        return body
    if name in MAPS:
        found = {key: comparable(value) for key, value in body.items()}
        return {} if name == "EndpointsConfig" and list(found.values()) == [{}] else found
    if "HostPort" in body:
        return body
    found = {key: comparable(value, key) for key, value in body.items()}
    return {key: value for key, value in found.items() if not _empty(key, value)}


def _empty(name: str, value: Any) -> bool:
    if name in DEFAULTS and value == DEFAULTS[name]:
        return True
    return (
        value is None
        if name in POINTERS
        else not value and not (isinstance(value, list) and name.endswith("Paths"))
    )

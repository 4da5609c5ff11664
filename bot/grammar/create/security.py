"""Flags of create and run about power and isolation, and about the driver of the logs."""

from collections.abc import Iterable
from typing import Any

from bot.grammar.flags import Value, many, switch, text
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.values.env import mapping
from bot.grammar.values.policies import cgroup_mode, host_mode, pid_mode, security_option

ANNOTATION = many(
    "annotation",
    value=Value("map", str),
    help="Add an annotation to the container (passed through to the OCI runtime)",
    since="1.43",
)
CAP_ADD = many("cap-add", help="Add Linux capabilities")
CAP_DROP = many("cap-drop", help="Drop Linux capabilities")
CGROUPNS = text("cgroupns", value=Value("string", cgroup_mode), help="Cgroup namespace to use (host|private)")
DISABLE_CONTENT_TRUST = switch(
    "disable-content-trust",
    default=True,
    help="Skip image verification",
    refused="Content trust is not used here. Name the image by its digest: NAME@sha256:….",
)
GROUP_ADD = many("group-add", help="Add additional groups to join")
IPC = text("ipc", help="IPC mode to use")
ISOLATION = text("isolation", help="Container isolation technology")
LOG_DRIVER = text("log-driver", help="Logging driver for the container")
LOG_OPT = many("log-opt", help="Log driver options")
PID = text("pid", value=Value("string", pid_mode), help="PID namespace to use")
PRIVILEGED = switch("privileged", help="Give extended privileges to this container")
RUNTIME = text("runtime", help="Runtime to use for this container")
SECURITY_OPT = many("security-opt", value=Value("list", security_option), help="Security Options")
USE_API_SOCKET = switch(
    "use-api-socket",
    help="Bind mount Docker API socket and required auth",
    refused="It would hand the container your own machine's Docker credentials, which the bot has not.",
)
USERNS = text("userns", value=Value("string", host_mode), help="User namespace to use")
UTS = text("uts", value=Value("string", host_mode), help="UTS namespace to use")

FLAGS = (
    ANNOTATION, CAP_ADD, CAP_DROP, CGROUPNS, DISABLE_CONTENT_TRUST, GROUP_ADD, IPC, ISOLATION, LOG_DRIVER,
    LOG_OPT, PID, PRIVILEGED, RUNTIME, SECURITY_OPT, USE_API_SOCKET, USERNS, UTS,
)  # fmt: skip
_OPEN = "systempaths=unconfined"


def host_config(line: Line) -> dict[str, Any]:
    """The parts of HostConfig. Raises Mistake."""
    if line[LOG_DRIVER] == "none" and line[LOG_OPT]:
        raise Mistake.at_flag(line, LOG_OPT, "the log driver none takes no options", "Leave --log-opt out.")
    opened = _OPEN in line[SECURITY_OPT]
    return {
        "Annotations": mapping(line[ANNOTATION]),
        "CapAdd": capabilities(line[CAP_ADD]),
        "CapDrop": capabilities(line[CAP_DROP]),
        "CgroupnsMode": line[CGROUPNS],
        "GroupAdd": list(line[GROUP_ADD]),
        "IpcMode": line[IPC],
        "Isolation": line[ISOLATION],
        "LogConfig": {"Type": line[LOG_DRIVER], "Config": mapping(line[LOG_OPT])},
        "PidMode": line[PID],
        "Privileged": line[PRIVILEGED],
        "Runtime": line[RUNTIME],
        "SecurityOpt": [each for each in line[SECURITY_OPT] if each != _OPEN],
        "MaskedPaths": [] if opened else None,
        "ReadonlyPaths": [] if opened else None,
        "UTSMode": line[UTS],
        "UsernsMode": line[USERNS],
    }


def capabilities(typed: Iterable[str]) -> list[str]:
    """`net_admin` as `CAP_NET_ADMIN`, each once, sorted; `ALL` stays (docker/docker client's rule)."""
    upper = (each.strip().upper() for each in typed)
    return sorted({each if each == "ALL" or each.startswith("CAP_") else f"CAP_{each}" for each in upper})

"""Flags of create and run about the program: what runs, as whom, and how it is watched and ended."""

from typing import Any

from bot.grammar.flags import DURATION, Flag, Value, each, integer, many, maybe_integer, switch, text, valued
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.values.env import label, mapping, variable
from bot.grammar.values.policies import platform, pull_policy, restart_policy, stream

_NO_FILE = (
    "It is a file of your own machine, which the bot can't read. Say --{} NAME=value, as often as needed."
)

ATTACH = each("attach", "a", value=Value("list", stream), help="Attach to STDIN, STDOUT or STDERR")
CIDFILE = text(
    "cidfile",
    help="Write the container ID to the file",
    refused="It writes a file on your own machine. The reply shows the container's ID.",
)
DOMAINNAME = text("domainname", help="Container NIS domain name")
ENTRYPOINT = text("entrypoint", help="Overwrite the default ENTRYPOINT of the image")
ENV = many("env", "e", value=Value("list", variable), help="Set environment variables")
ENV_FILE = many("env-file", help="Read in a file of environment variables", refused=_NO_FILE.format("env"))
HEALTH_CMD = text("health-cmd", help="Command to run to check health")
HEALTH_INTERVAL = valued(
    "health-interval", value=DURATION, default=0, help="Time between running the check (ms|s|m|h)"
)
HEALTH_RETRIES = integer("health-retries", help="Consecutive failures needed to report unhealthy")
HEALTH_START_INTERVAL = valued(
    "health-start-interval",
    value=DURATION,
    default=0,
    help="Time between running the check during the start period (ms|s|m|h)",
    since="1.44",
)
HEALTH_START_PERIOD = valued(
    "health-start-period",
    value=DURATION,
    default=0,
    help="Start period for the container to initialize before starting health-retries countdown (ms|s|m|h)",
)
HEALTH_TIMEOUT = valued(
    "health-timeout", value=DURATION, default=0, help="Maximum time to allow one check to run (ms|s|m|h)"
)
HOSTNAME = text("hostname", "h", help="Container host name")
INIT = switch("init", help="Run an init inside the container that forwards signals and reaps processes")
INTERACTIVE = switch("interactive", "i", help="Keep STDIN open even if not attached")
LABEL = many("label", "l", value=Value("list", label), help="Set meta data on a container")
LABEL_FILE = many(
    "label-file", help="Read in a line delimited file of labels", refused=_NO_FILE.format("label")
)
NAME = text("name", help="Assign a name to the container")
NO_HEALTHCHECK = switch("no-healthcheck", help="Disable any container-specified HEALTHCHECK")
PLATFORM = text(
    "platform", value=Value("string", platform), help="Set platform if server is multi-platform capable"
)
PULL = text(
    "pull",
    value=Value("string", pull_policy),
    default="missing",
    help="Pull image before creating: always, missing, never",
)
RESTART: Flag[dict[str, str | int]] = valued(
    "restart",
    value=Value("string", restart_policy),
    default={"Name": "no", "MaximumRetryCount": 0},
    help="Restart policy to apply when a container exits",
)
RM = switch("rm", help="Automatically remove the container and its anonymous volumes when it exits")
STOP_SIGNAL = text("stop-signal", help="Signal to stop the container")
STOP_TIMEOUT = maybe_integer("stop-timeout", help="Timeout (in seconds) to stop a container")
TTY = switch("tty", "t", help="Allocate a pseudo-TTY")
USER = text("user", "u", help="Username or UID (format: <name|uid>[:<group|gid>])")
WORKDIR = text("workdir", "w", help="Working directory inside the container")

FLAGS = (
    ATTACH, CIDFILE, DOMAINNAME, ENTRYPOINT, ENV, ENV_FILE, HEALTH_CMD, HEALTH_INTERVAL, HEALTH_RETRIES,
    HEALTH_START_INTERVAL, HEALTH_START_PERIOD, HEALTH_TIMEOUT, HOSTNAME, INIT, INTERACTIVE, LABEL,
    LABEL_FILE, NAME, NO_HEALTHCHECK, PLATFORM, PULL, RESTART, RM, STOP_SIGNAL, STOP_TIMEOUT, TTY, USER,
    WORKDIR,
)  # fmt: skip
_CHECKS: tuple[Flag[str | int], ...] = (
    HEALTH_CMD,
    HEALTH_INTERVAL,
    HEALTH_TIMEOUT,
    HEALTH_START_PERIOD,
    HEALTH_START_INTERVAL,
    HEALTH_RETRIES,
)


def config(line: Line, *, detached: bool) -> dict[str, Any]:
    """The parts of the body beside HostConfig. Raises Mistake."""
    streams = set() if detached else _streams(line)
    return {
        "Hostname": line[HOSTNAME],
        "Domainname": line[DOMAINNAME],
        "User": line[USER],
        "AttachStdin": "stdin" in streams,
        "AttachStdout": "stdout" in streams,
        "AttachStderr": "stderr" in streams,
        "Tty": line[TTY],
        "OpenStdin": line[INTERACTIVE],
        "StdinOnce": line[INTERACTIVE] and not detached,
        "Env": [f"{name}={value}" for name, value in mapping(line[ENV]).items()],
        "Cmd": list(line.args[1:]),
        "Healthcheck": health(line),
        "Image": line.args[0],
        "WorkingDir": line[WORKDIR],
        "Entrypoint": [line[ENTRYPOINT]] if line.given(ENTRYPOINT) else [],
        "Labels": mapping(line[LABEL]),
        "StopSignal": line[STOP_SIGNAL],
        "StopTimeout": line[STOP_TIMEOUT],
    }


def host_config(line: Line) -> dict[str, Any]:
    """The parts of HostConfig. Raises Mistake."""
    restart = line[RESTART]
    if line[RM] and restart.get("Name") not in (None, "no"):
        raise Mistake.at_flag(
            line, RESTART, "--restart and --rm do not go together", "Leave one of them out."
        )
    return {
        "RestartPolicy": restart,
        "AutoRemove": line[RM],
        "Init": line[INIT] if line.given(INIT) else None,
    }


def health(line: Line) -> dict[str, Any] | None:
    """The health check as the API takes it: times in nanoseconds. None where nothing was asked."""
    asked = [flag for flag in _CHECKS if line[flag]]
    if line[NO_HEALTHCHECK]:
        if asked:
            raise Mistake.at_flag(
                line, asked[0], f"--no-healthcheck and --{asked[0].name} do not go together"
            )
        return {"Test": ["NONE"]}
    for flag in _CHECKS[1:]:
        if int(line[flag]) < 0:
            raise Mistake.at_flag(line, flag, f"--{flag.name} can't be negative")
    if not asked:
        return None
    found = {
        "Test": ["CMD-SHELL", line[HEALTH_CMD]] if line[HEALTH_CMD] else [],
        "Interval": line[HEALTH_INTERVAL],
        "Timeout": line[HEALTH_TIMEOUT],
        "StartPeriod": line[HEALTH_START_PERIOD],
        "StartInterval": line[HEALTH_START_INTERVAL],
        "Retries": line[HEALTH_RETRIES],
    }
    return {key: value for key, value in found.items() if value}


def _streams(line: Line) -> set[str]:
    return (set(line[ATTACH]) or {"stdout", "stderr"}) | ({"stdin"} if line[INTERACTIVE] else set())

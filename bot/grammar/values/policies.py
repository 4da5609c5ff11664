"""Restart policies, pull policies, namespaces, streams and security options."""

import re

from bot.grammar.values.invalid import InvalidValue
from bot.grammar.values.numbers import decimal

SECCOMP = "The profile is a file of your own machine. Say seccomp=unconfined or seccomp=builtin."


def restart_policy(typed: str) -> dict[str, str | int]:
    """`no`, `always`, `unless-stopped`, `on-failure:5`; the engine judges the name."""
    name, colon, count = typed.partition(":")
    if colon and not name:
        raise InvalidValue(f"{typed} names no policy", "Say no, always, unless-stopped or on-failure:5.")
    if not typed:
        return {}
    return {"Name": name, "MaximumRetryCount": decimal(count) if count else 0}


def pull_policy(typed: str) -> str:
    """`always`, `missing`, `never`."""
    if typed not in ("always", "missing", "never", ""):
        raise InvalidValue(f"{typed} is not a way to pull", "Say always, missing or never.")
    return typed


def stream(typed: str) -> str:
    """`stdin`, `stdout`, `stderr`, in any case."""
    if typed.lower() not in ("stdin", "stdout", "stderr"):
        raise InvalidValue(f"{typed or 'nothing'} is not a stream", "Say stdin, stdout or stderr.")
    return typed.lower()


def pid_mode(typed: str) -> str:
    """`host` or `container:NAME`."""
    if typed not in ("", "host") and not re.fullmatch("container:.+", typed, re.DOTALL):
        raise InvalidValue(f"{typed} is not a PID mode", "Say host or container:NAME.")
    return typed


def host_mode(typed: str) -> str:
    """`host`, for the host's own namespace."""
    if typed not in ("", "host"):
        raise InvalidValue(f"{typed} is not a namespace", "Say host, or leave it out.")
    return typed


def cgroup_mode(typed: str) -> str:
    """`host` or `private`."""
    if typed not in ("", "host", "private"):
        raise InvalidValue(f"{typed} is not a cgroup mode", "Say host or private.")
    return typed


def security_option(typed: str) -> str:
    """`no-new-privileges`, `label=disable`, `apparmor=PROFILE`, `seccomp=unconfined`; not a file."""
    if typed.partition("=")[0].partition(":")[0] == "no-new-privileges":
        return typed
    match = re.fullmatch("([^=]*)=(.+)|([^=:]*):([^=]+)", typed, re.DOTALL)
    if match is None:
        raise InvalidValue(f"{typed or 'nothing'} is not a security option", "Write it KEY=value.")
    key, value = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
    if key == "seccomp" and value not in ("unconfined", "builtin"):
        raise InvalidValue("the bot can't read a seccomp profile", SECCOMP)
    return typed


def platform(typed: str) -> str:
    """`linux/arm64`, `linux/arm/v7`. One word would be completed by the caller's machine: refused."""
    if typed and not re.fullmatch(r"[a-z0-9_.()-]+(?:/[a-z0-9_.-]+){1,2}", typed, re.ASCII | re.IGNORECASE):
        raise InvalidValue(f"{typed} is not a platform", "Write it OS/ARCH, such as linux/amd64.")
    return typed

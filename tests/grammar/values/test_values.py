"""Each kind of value as docker CLI reads it. Whole bodies are compared in test_create_recorded."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.grammar.values.addresses import extra_host, ip, mac, search_domain
from bot.grammar.values.csv import fields
from bot.grammar.values.devices import Device, device, gpus
from bot.grammar.values.env import mapping, variable
from bot.grammar.values.filters import filter_value, filters
from bot.grammar.values.images import image
from bot.grammar.values.invalid import InvalidValue
from bot.grammar.values.mounts import mount
from bot.grammar.values.networks import Attachment, network
from bot.grammar.values.numbers import boolean, decimal, unsigned, whole_number
from bot.grammar.values.policies import platform, restart_policy, security_option
from bot.grammar.values.ports import Published, bindings, expose, publish
from bot.grammar.values.sizes import nano_cpus, size, size_or_unlimited
from bot.grammar.values.times import duration, point_in_time, timestamp
from bot.grammar.values.ulimits import Ulimit, ulimit
from bot.grammar.values.volumes import Volume, volume

NOW = 1_767_323_045.75  # 2026-01-02T03:04:05.75Z
SECOND = 10**9
DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("read", "typed", "value"),
    [
        (boolean, "T", True),
        (boolean, "0", False),
        (whole_number, "10", 10),
        (whole_number, "-0x1F", -31),
        (whole_number, "0b101", 5),
        (whole_number, "0o17", 15),
        (whole_number, "017", 15),
        (whole_number, "1_000", 1000),
        (whole_number, "+7", 7),
        (decimal, "010", 10),
        (lambda typed: unsigned(16, typed), "65535", 65535),
        (size, "512m", 512 * 1024**2),
        (size, "1.5GB", 3 * 1024**3 // 2),
        (size, "64KiB", 65536),
        (size, "7b", 7),
        (size, "0", 0),
        (size_or_unlimited, "-1", -1),
        (nano_cpus, "1.5", 1_500_000_000),
        (nano_cpus, "0.000000001", 1),
        (nano_cpus, "1/4", 250_000_000),
        (duration, "1h30m", 5400 * SECOND),
        (duration, "1.5s", 3 * SECOND // 2),
        (duration, "-2ms", -2_000_000),
        (duration, "100us", 100_000),
        (duration, "1h0.5m", 3630 * SECOND),
        (duration, "0", 0),
        (variable, "A=b=c", "A=b=c"),
        (variable, "A=", "A="),
        (ip, " ::1 ", "::1"),
        (mac, "02:42:ac:11:00:09", "02:42:ac:11:00:09"),
        (mac, "", ""),
        (extra_host, "db=[fd00::1]", "db:fd00::1"),
        (search_domain, ".", "."),
        (fields, 'a,"b,c",,"d""e"', ["a", "b,c", "", 'd"e']),
        (publish, "9090:8080", (Published("8080/tcp", "", "9090"),)),
        (publish, "[::1]:1:2/udp", (Published("2/udp", "::1", "1"),)),
        (publish, "80-81:90-91", (Published("90/tcp", "", "80"), Published("91/tcp", "", "81"))),
        (publish, "9000-9002:8080", (Published("8080/tcp", "", "9000-9002"),)),
        (expose, "80-81/udp", ("80/udp", "81/udp")),
        (volume, "/srv:/data:ro", Volume("/srv:/data:ro", bind=True)),
        (volume, "/data", Volume("/data", bind=False)),
        (volume, "C:\\data:D:\\x", Volume("C:\\data:D:\\x", bind=True)),
        (
            mount,
            "type=tmpfs,dst=/t,tmpfs-size=1m",
            {"Type": "tmpfs", "Target": "/t", "TmpfsOptions": {"SizeBytes": 1048576}},
        ),
        (mount, "source=v,target=/t,ro", {"Type": "volume", "Source": "v", "Target": "/t", "ReadOnly": True}),
        (network, "web", Attachment("web")),
        (network, "name=web,alias=A,ip=10.0.0.5", Attachment("web", ("a",), "10.0.0.5")),
        (device, "/dev/a", Device("/dev/a", "/dev/a", "rwm")),
        (device, "/dev/a:r", Device("/dev/a", "/dev/a", "r")),
        (device, "vendor.com/class=x", Device(cdi="vendor.com/class=x")),
        (lambda typed: gpus(typed)["Count"], "all", -1),
        (lambda typed: gpus(typed)["DeviceIDs"], '"device=0,2"', ["0", "2"]),
        (ulimit, "nofile=1024:2048", Ulimit("nofile", 1024, 2048)),
        (ulimit, "core=5:-1", Ulimit("core", 5, -1)),
        (restart_policy, "on-failure:5", {"Name": "on-failure", "MaximumRetryCount": 5}),
        (security_option, "no-new-privileges", "no-new-privileges"),
        (platform, "linux/arm/v7", "linux/arm/v7"),
        (filter_value, " Status = exited ", "status=exited"),
        (image, "tomcat:9.0", "tomcat:9.0"),
        (image, f"reg.example:5000/a/b@{DIGEST}", f"reg.example:5000/a/b@{DIGEST}"),
        (image, "a" * 64, "a" * 64),
        (point_in_time, "10m", "10m"),
        (point_in_time, "", ""),
    ],
)
def test_values(read: Callable[[str], Any], typed: str, value: Any) -> None:
    assert read(typed) == value


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (boolean, "maybe"), (boolean, ""), (whole_number, "1.5"), (whole_number, "08"), (whole_number, "1__0"),
        (whole_number, "9223372036854775808"), (whole_number, "٣"), (whole_number, ""), (decimal, "0x10"),
        (lambda typed: unsigned(16, typed), "65536"), (lambda typed: unsigned(16, typed), "-1"),
        (size, "-1"), (size, "1x"), (size, ""), (size, "1ki"), (size, "9999999p"), (size, "1 m b"),
        (size_or_unlimited, "-2"),
        (nano_cpus, "1e999999999"), (nano_cpus, "1/0"), (nano_cpus, "0.0000000001"), (nano_cpus, "two"),
        (duration, "5"), (duration, ""), (duration, "1d"), (duration, "-"), (duration, "9999999999h"),
        (duration, "s"),
        (variable, "TERM"), (variable, "=x"), (ip, "1.2.3"), (ip, "fe80::1%eth0"), (mac, "zz"), (extra_host, "db"),
        (search_domain, "a_b"), (fields, ""), (fields, 'a"b'), (fields, '"a'), (publish, "70000"),
        (publish, "1-65535"),
        (publish, "80:81-82"), (publish, "x:80"), (expose, "80:81"), (volume, "./a:/b"), (volume, "~/a:/b"),
        (volume, "/a:"),
        (mount, "type=bind"), (mount, "type=bind,source=./a,target=/b"), (mount, "x"), (network, ""),
        (network, "alias=x"),
        (device, "nodev"), (device, "/dev/a:/b:x"), (gpus, "some"), (ulimit, "nofile=2:1"), (ulimit, "bogus=1"),
        (restart_policy, "on-failure:x"), (restart_policy, ":1"), (security_option, "seccomp=x.json"),
        (security_option, "x"),
        (platform, "linux"), (filter_value, "status"), (image, "Busybox"), (image, "a@sha256:abc"), (image, ""),
        (image, "a//b"), (image, "a" * 256), (point_in_time, "yesterday"),
    ],
)  # fmt: skip
def test_wrong_values(read: Callable[[str], Any], typed: str) -> None:
    with pytest.raises(InvalidValue):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("10m", "1767322445"),
        ("1.5s", "1767323044"),
        ("-1h", "1767326645"),
        ("0", "0"),
        ("1700000000", "1700000000"),
        ("1700000000.5", "1700000000.5"),
        ("2026-01-02", "1767312000.000000000"),
        ("2026-01-02T03", "1767322800.000000000"),
        ("2026-01-02T03:04", "1767323040.000000000"),
        ("2026-01-02T03:04:05", "1767323045.000000000"),
        ("2026-01-02T03:04:05Z", "1767323045.000000000"),
        ("2026-01-02T03:04:05.123456789Z", "1767323045.123456789"),
        ("2026-01-02T03:04:05.5+01:00", "1767319445.500000000"),
        ("2026-01-02Z", "1767312000.000000000"),
        ("1969-12-31T23:59:59Z", "-1.000000000"),
    ],
)
def test_a_point_in_time_as_the_cli_sends_it(typed: str, sent: str) -> None:
    assert timestamp(typed, NOW) == sent


@pytest.mark.parametrize(
    "typed", ["", "x", "2026-13-01", "2026-02-30T00:00:00", "2026-01-02T03:04:05+99:99", "10 m", "-"]
)
def test_what_is_no_point_in_time(typed: str) -> None:
    with pytest.raises(InvalidValue):
        timestamp(typed, NOW)


def test_filters_are_gathered_by_key() -> None:
    assert filters(["status=exited", "name=a", "NAME=b", "name=a", ""]) == {
        "status": ["exited"],
        "name": ["a", "b"],
    }


def test_of_a_key_the_last_value_wins() -> None:
    assert mapping(["a=1", "b", "a=2=3"]) == {"a": "2=3", "b": ""}


def test_a_port_may_be_bound_more_than_once() -> None:
    published = [*publish("1:80"), *publish("127.0.0.1:2:80")]
    assert bindings(published) == {
        "80/tcp": [{"HostIp": "", "HostPort": "1"}, {"HostIp": "127.0.0.1", "HostPort": "2"}]
    }

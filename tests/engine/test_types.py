"""Answers as daemons of several ages send them: unknown fields, nulls, fields left out."""

from typing import get_args, get_type_hints

import msgspec
import pytest
from msgspec.structs import fields

from bot.engine import types
from bot.engine.answer import Answer, docker_name
from bot.engine.types import Container, ContainerSummary, Event, Image, ImageSummary

ANSWERS = [kind for kind in vars(types).values() if isinstance(kind, type) and issubclass(kind, Answer)]


KEEP_THEIR_NULL = {"health", "size_rw", "size_root_fs", "stop_timeout", "created", "error"}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_null_becomes_an_empty_value(kind: type[Answer]) -> None:
    for name, hint in get_type_hints(kind).items():
        if type(None) in get_args(hint) and name not in KEEP_THEIR_NULL:
            key = next(each.encode_name for each in fields(kind) if each.name == name)
            found = msgspec.json.decode(f'{{"{key}":null,"StatusCode":0}}', type=kind)
            assert getattr(found, name) == getattr(kind(), name) is not None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("restart_count", "RestartCount"),
        ("image_id", "ImageID"),
        ("oom_killed", "OOMKilled"),
        ("rw", "RW"),
        ("ip", "IP"),
    ],
)
def test_dockers_keys(name: str, key: str) -> None:
    assert docker_name(name) == key


def test_a_row_of_nulls() -> None:
    nulls = (
        b'[{"Id":"a","Names":null,"Ports":null,"Labels":null,"Mounts":null,"NetworkSettings":null,"New":{}}]'
    )
    [row] = msgspec.json.decode(nulls, type=list[ContainerSummary])
    assert row == ContainerSummary(id="a")
    assert (row.names, row.ports, row.labels, row.networks) == ([], [], {}, [])


def test_a_container_without_what_newer_engines_left_out() -> None:
    body = b"""{"Id":"a","Name":"/web","Image":"sha256:b","State":{"Status":"running","Running":true,"Health":null},
        "Config":{"Image":"tomcat:9.0","Tty":true,"Env":["PASSWORD=x"],"Cmd":null,"Entrypoint":null,"Labels":null},
        "HostConfig":{"RestartPolicy":{"Name":"always","MaximumRetryCount":0},"NanoCpus":500000000,"PortBindings":null},
        "NetworkSettings":{"Ports":{"8080/tcp":[{"HostIp":"0.0.0.0","HostPort":"9090"}],"80/tcp":null},"Networks":null}}"""
    found = msgspec.json.decode(body, type=Container)
    assert (found.state.running, found.state.health, found.config.cmd, found.config.labels) == (
        True,
        None,
        [],
        {},
    )
    assert found.host_config.restart_policy.name == "always"
    assert found.network_settings.ports["80/tcp"] is None
    assert "PASSWORD" not in repr(found)


def test_images_of_podman_and_of_the_containerd_store() -> None:
    [row] = msgspec.json.decode(b'[{"Id":"sha256:a","RepoTags":null,"Labels":null}]', type=list[ImageSummary])
    assert (row.repo_tags, row.shared_size, row.containers) == ([], -1, -1)
    found = msgspec.json.decode(b'{"Id":"sha256:a","Created":null,"Config":null}', type=Image)
    assert (found.created, found.config.cmd) == (None, [])


def test_an_event_of_a_newer_engine() -> None:
    line = b'{"Type":"container","Action":"oom","Actor":{"ID":"a","Attributes":{"name":"web"}},"time":5,"timeNano":6}'
    event = msgspec.json.decode(line, type=Event)
    assert (event.action, event.actor.attributes["name"], event.time, event.time_nano) == ("oom", "web", 5, 6)

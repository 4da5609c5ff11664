"""What an inspection shows of environment, health checks, commands and labels."""

from typing import Any

import pytest

from bot.commands.hide import hide

DIGEST = "sha256:3e8c17cc79e7409c22b90a4cd6c240c4e14041d375c35d8344aff4d1ad1b62a0"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ({"Env": ["PGPASS=hunter2", "MODE=prod"]}, {"Env": ["PGPASS=…", "MODE=prod"]}),
        (
            {"Env": ["REDIS_ARGS=--requirepass hunter2 --port 6380"]},
            {"Env": ["REDIS_ARGS=--requirepass … --port 6380"]},
        ),
        ({"Env": ["REDIS_ARGS=--requirepass=hunter2"]}, {"Env": ["REDIS_ARGS=--requirepass=…"]}),
        ({"Env": ["JAVA_OPTS=-Xmx512m -Dport=80"]}, {"Env": ["JAVA_OPTS=-Xmx512m -Dport=80"]}),
        (
            {"Healthcheck": {"Test": ["CMD-SHELL", "mysqladmin ping -phunter2 || exit 1"], "Retries": 3}},
            {"Healthcheck": {"Test": ["CMD-SHELL", "mysqladmin ping -p… || exit 1"], "Retries": 3}},
        ),
        (
            {"Healthcheck": {"Test": ["CMD", "mysqladmin", "ping", "-phunter2"]}},
            {"Healthcheck": {"Test": ["CMD", "mysqladmin", "ping", "-p…"]}},
        ),
        ({"Cmd": ["redis-server", "--requirepass", "x y"]}, {"Cmd": ["redis-server", "--requirepass", "…"]}),
        ({"Cmd": ["nginx", "-g", "daemon off;"]}, {"Cmd": ["nginx", "-g", "daemon off;"]}),
        ({"Image": DIGEST, "Id": DIGEST[7:]}, {"Image": DIGEST, "Id": DIGEST[7:]}),
        ({"Labels": {"token": "abc", "mode": "prod"}}, {"Labels": {"token": "…", "mode": "prod"}}),
        ({"SandboxKey": "/var/run/docker/netns/1"}, {"SandboxKey": "/var/run/docker/netns/1"}),
        ({"Cmd": None, "Test": None, "Env": []}, {"Cmd": None, "Test": None, "Env": []}),
    ],
)  # fmt: skip
def test_secrets_are_hidden_and_the_rest_is_kept(found: Any, shown: Any) -> None:
    assert hide(found) == shown

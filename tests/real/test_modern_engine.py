"""The newer daemon really is another one, and as usable."""

from tests.engines import Engine


def test_two_engines_of_different_versions(engine: Engine, modern_engine: Engine) -> None:
    version = ("version", "--format", "{{.Server.APIVersion}}")
    old, new = (tuple(map(int, each.cli(*version).split("."))) for each in (engine, modern_engine))
    assert old < (1, 44) <= new


def test_each_runs_a_container(each_engine: Engine) -> None:
    each_engine.cli("run", "--detach", "--name", "web", "--publish", "9090:80", "busybox:1", "httpd", "-f")
    assert "404 Not Found" in each_engine.cli("exec", "web", "wget", "-S", "-O-", "localhost", check=False)

"""A real Docker daemon as tests and the benchmark see it: the private one, with the docker CLI beside it."""

import subprocess

from bot.playground.docker import Dockerd


class Engine(Dockerd):
    """The private daemon in a network of its own, and the docker CLI that is on PATH speaking to it."""

    def cli(self, *args: str, check: bool = True, text: str | None = None) -> str:
        """What ``docker ARGS`` prints on standard output; ``text`` is its standard input.

        With ``check``, raises AssertionError with the CLI's own words when it fails. Without, standard error
        is added to what is returned.
        """
        done = subprocess.run(
            ["docker", "--host", self.url, *args],
            capture_output=True,
            text=True,
            input=text,
            timeout=120,
            check=False,
        )
        if not check:
            return done.stdout + done.stderr
        assert done.returncode == 0, f"docker {' '.join(args)}: {done.stderr}"
        return done.stdout

    def clean(self) -> None:
        """Remove every container, made network and volume; keep the images."""
        if containers := self.cli("ps", "--all", "--quiet", "--no-trunc").split():
            self.cli("rm", "--force", "--volumes", *containers)
        if networks := self.cli("network", "ls", "--quiet", "--filter", "type=custom").split():
            self.cli("network", "rm", *networks)
        if volumes := self.cli("volume", "ls", "--quiet").split():
            self.cli("volume", "rm", *volumes)

"""A real Docker daemon as tests and the benchmark see it: the private one, with the docker CLI beside it."""

import os
import subprocess
from pathlib import Path

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


MODERN = Path(__file__).parents[1] / ".build" / "engine-trixie"


def modern_root() -> Path:
    """The root of a Debian with a newer Docker, which needs a newer libc than this machine may have.

    Made once and kept, 350 MB: from the archive that this machine installs from, within five minutes.
    """
    if MODERN.exists():
        return MODERN
    making = MODERN.with_suffix(f".{os.getpid()}")
    making.parent.mkdir(exist_ok=True)
    # Its mounts are in a namespace that ends with it: nothing is ever deleted through them.
    make = ["unshare", "--mount", "mmdebstrap", "--variant=apt", "--include=docker.io,iptables", "trixie"]
    keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
    source = f"deb [signed-by={keys}] {_archive()} trixie main"
    made = subprocess.run([*make, making, source], capture_output=True, text=True, timeout=300, check=False)
    if made.returncode:
        subprocess.run(["rm", "-rf", "--one-file-system", making], check=True)
    assert made.returncode == 0, made.stderr[-2000:]
    making.rename(MODERN)
    return MODERN


def _archive() -> str:
    """The address of the Debian archive in this machine's own apt sources."""
    ask = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    return subprocess.run(ask, capture_output=True, text=True, check=True).stdout.split()[0]

"""Small stand-ins for images of Docker Hub, made from Debian's static busybox, for where it can't be reached.

The private daemon builds them, pushes them to the registry that it uses as a mirror, and removes them again,
so that ``docker pull tomcat:9.0`` is a real pull with layers and bytes to watch.
"""

import io
import json
import random
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path

import httpx

from bot.playground.docker import Dockerd, DockerdError

MEGABYTE = 1_000_000
ANONYMOUS = {"X-Registry-Auth": "e30="}  # {} in base64: the daemon wants the header even where nobody logs in

BASE = """\
FROM scratch
COPY base /
RUN ["/bin/busybox", "--install", "-s", "/bin"]
ENV PATH=/usr/local/tomcat/bin:/usr/sbin:/usr/bin:/sbin:/bin
"""
DOCKERFILES = {
    "busybox:1": BASE + 'CMD ["sh"]\n',
    "nginx:1.27": BASE
    + """\
ENV NGINX_VERSION=1.27
COPY nginx /
EXPOSE 80
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
""",
    "tomcat:9.0": BASE
    + """\
ENV CATALINA_HOME=/usr/local/tomcat TOMCAT_VERSION=9.0
WORKDIR /usr/local/tomcat
COPY java /opt/java
COPY lib lib
COPY tomcat /
EXPOSE 8080
CMD ["catalina.sh", "run"]
""",
}
NAMES = tuple(DOCKERFILES)

PAGE = """\
<!doctype html><meta charset="utf-8"><title>{name}</title>
<h1>It works</h1>
<p>This page comes from dockwarden's stand-in for <code>{name}</code>: a small web server in a real container,
made on this machine because Docker Hub could not be reached. It is not {product}.
"""
# A shell that is a container's first process hears only the signals that it asks for.
SERVE = """\
#!/bin/sh
trap 'echo "$0: stopping"; exit 0' TERM INT QUIT
echo "$0: dockwarden's stand-in for {name} listens on port {port}"
httpd -f -vv -p {port} -h {pages} &
wait
"""


def publish(engine: Dockerd) -> None:
    """Make the stand-ins and push them to the engine's registry; then ``pull tomcat:9.0`` finds them there.

    Takes some seconds. Raises DockerdError with the daemon's own words.
    """
    names = [f"{engine.registry}/library/{name}" for name in NAMES]
    context = _context()
    with engine.client() as client:
        for name, dockerfile in zip(names, DOCKERFILES.values(), strict=True):
            _build(client, name, dockerfile, context)
            repository, _, tag = name.rpartition(":")
            _stream(client.post(f"/images/{repository}/push", params={"tag": tag}, headers=ANONYMOUS))
        for name in names:
            client.delete(f"/images/{name}").raise_for_status()


def load(engine: Dockerd, name: str) -> None:
    """Make one stand-in in the daemon itself, under its own name, past the registry."""
    with engine.client() as client:
        _build(client, name, DOCKERFILES[name], _context())


def _build(client: httpx.Client, name: str, dockerfile: str, context: Mapping[str, bytes]) -> None:
    archive = _tar({**context, "Dockerfile": dockerfile.encode()})
    headers = {"Content-Type": "application/x-tar"}
    _stream(client.post("/build", params={"t": name}, content=archive, headers=headers))


def _stream(answer: httpx.Response) -> None:
    """Raise for a refusal, or for a failure in the lines of JSON that follow the daemon's 200."""
    if answer.is_error:
        raise DockerdError(f"{answer.url.path}: {answer.json()['message']}")
    for line in answer.text.splitlines():
        if error := json.loads(line).get("error"):
            raise DockerdError(f"{answer.url.path}: {error}")


def _context() -> dict[str, bytes]:
    """Every file of every stand-in by its path, as the Dockerfiles copy them."""
    busybox = shutil.which("busybox")
    if not busybox:
        raise DockerdError("busybox is not installed (Debian's package busybox-static)")
    return {
        "base/bin/busybox": Path(busybox).read_bytes(),
        "base/etc/passwd": b"root:x:0:0:root:/root:/bin/sh\n",
        "java/modules": _filler(16),
        "lib/catalina.jar": _filler(9),
        **_server(
            "tomcat:9.0",
            "Tomcat",
            8080,
            "tomcat/usr/local/tomcat/bin/catalina.sh",
            "/usr/local/tomcat/webapps",
        ),
        **_server("nginx:1.27", "nginx", 80, "nginx/usr/sbin/nginx", "/usr/share/nginx/html"),
    }


def _server(name: str, product: str, port: int, script: str, pages: str) -> dict[str, bytes]:
    folder = script.partition("/")[0]
    return {
        script: SERVE.format(name=name, port=port, pages=pages).encode(),
        f"{folder}{pages}/index.html": PAGE.format(name=name, product=product).encode(),
    }


def _filler(megabytes: int) -> bytes:
    """Bytes that don't compress, so that a pull has something to show; the same ones each time."""
    return random.Random(megabytes).randbytes(megabytes * MEGABYTE)  # noqa: S311  not a secret


def _tar(files: Mapping[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for path, content in files.items():
            member = tarfile.TarInfo(path)
            member.mode = 0o755
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return archive.getvalue()

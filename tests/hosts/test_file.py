"""hosts.yml: what is taken, and what is said of what is not."""

import subprocess
from pathlib import Path

import pytest

from bot.hosts.file import HostsFileError, load
from bot.hosts.hosts import Hosts

SOCKET = 'local: {url: "unix:///var/run/docker.sock"}'
SHIPPED = Path(__file__).parents[2] / "config"


def write(folder: Path, text: str) -> Path:
    (folder / "hosts.yml").write_text(text)
    return folder


def test_the_shipped_file_names_the_local_socket_and_nothing_else() -> None:
    file = load(SHIPPED)
    assert {name: host.url for name, host in file.hosts.items()} == {"local": "unix:///var/run/docker.sock"}
    assert (file.fallback, file.channels, file.registries) == ("local", {}, {})


def test_the_examples_in_the_shipped_file_are_right(tmp_path: Path) -> None:
    text = (SHIPPED / "hosts.yml").read_text()
    keys = ("lab:", "prod-1:", "channels:", "registries:", "registry.")
    lines = [
        line.replace("# ", "", 1) if any(key in line for key in keys) else line for line in text.split("\n")
    ]
    file = load(write(tmp_path, "\n".join(lines)))
    assert set(file.hosts) == {"local", "prod-1", "lab"}
    assert file.channels == {"C0INC": "prod-1"}
    assert file.registries["registry.acme.example"].password_env == "ACME_REGISTRY_PASSWORD"


def test_a_single_host_needs_no_default(tmp_path: Path) -> None:
    assert load(write(tmp_path, f"hosts: {{{SOCKET}}}")).fallback == "local"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.9.9.9"])
def test_plain_tcp_on_loopback_is_taken(tmp_path: Path, host: str) -> None:
    assert load(write(tmp_path, f'hosts: {{a: {{url: "tcp://{host}:2375"}}}}')).hosts["a"].insecure is False


@pytest.mark.parametrize("host", ["10.0.0.99", "docker", "localhost.evil.example", "[fd00::1]", "0.0.0.0"])
def test_plain_tcp_off_loopback_is_taken_only_with_the_word(tmp_path: Path, host: str) -> None:
    with pytest.raises(
        HostsFileError, match=r"hosts\.a: plain TCP gives .* root .*: add tls: .* insecure: true"
    ):
        load(write(tmp_path, f'hosts: {{a: {{url: "tcp://{host}:2375"}}}}'))
    load(write(tmp_path, f'hosts: {{a: {{url: "tcp://{host}:2375", insecure: true}}}}'))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it must begin with"),
        ("- a", "it must begin with"),
        ("default: local", "hosts: is missing"),
        ("hosts: {}", "hosts: name at least one"),
        ("hosts: {a: [", "line 1: "),
        ('hosts: {a: {url: "unix:///x"}, a: {url: "unix:///y"}}', "line 1: a comes twice"),
        ('hosts: {a: {url: "unix:///x", colour: red}}', "hosts.a.colour: is not known here"),
        (f"hosts: {{{SOCKET}}}\nhots: {{}}", "hots: is not known here"),
        ("hosts: {a: {}}", "hosts.a.url: is missing"),
        ('hosts: {a: {url: "unix://relative"}}', "hosts.a: a socket is written with its whole path"),
        ('hosts: {a: {url: "http://x"}}', "hosts.a: http:// is not understood; write unix:// or tcp://"),
        ('hosts: {a: {url: "10.0.0.1:2375"}}', "hosts.a: it must begin with unix:// or tcp://"),
        (
            'hosts: {a: {url: "ssh://deploy@edge-7:22", identity: keys/edge}}',
            "hosts.a: ssh:// is not yet understood",
        ),
        ('hosts: {a: {url: "tcp://127.0.0.1:99999"}}', "hosts.a: the port is a number"),
        ('hosts: {a: {url: "tcp://127.0.0.1:2375/x"}}', "hosts.a: write tcp://HOST:PORT"),
        ('hosts: {a: {url: "unix:///x", insecure: true}}', "hosts.a: a unix socket takes neither"),
        (
            'hosts: {a: {url: "tcp://127.0.0.1", identity: x}}',
            "hosts.a: identity and known_hosts are for ssh://",
        ),
        (
            'hosts: {a: {url: "tcp://1.1.1.1", insecure: true, tls: {ca: x}}}',
            "hosts.a: write either tls or insecure",
        ),
        (
            'hosts: {a: {url: "tcp://1.1.1.1", tls: {ca: x, cert: y}}}',
            "hosts.a.tls: cert and key come together",
        ),
        ('hosts: {all: {url: "unix:///x"}}', "hosts.all: `all` means every host"),
        ('hosts: {"a*": {url: "unix:///x"}}', "'a*' is no name"),
        (
            'hosts: {a: {url: "unix:///x", tags: [b]}, b: {url: "unix:///y"}}',
            "b is the name of a host and a tag",
        ),
        (f"default: other\nhosts: {{{SOCKET}}}", "default: other is not among the hosts: local"),
        (f"hosts: {{{SOCKET}}}\nchannels: {{C0: other}}", "channels.C0: other is not among the hosts"),
        (f'hosts: {{{SOCKET}, b: {{url: "unix:///y"}}}}', "default: say which host is meant"),
        (f"hosts: {{{SOCKET}}}\nregistries: {{r: {{username: x}}}}", "registries.r: write password_env"),
        (
            f"hosts: {{{SOCKET}}}\nregistries: {{docker.io: {{username: x, password_env: P}}, "
            "index.docker.io: {username: x, password_env: P}}",
            "registries: two of them are the same registry",
        ),
    ],
)
def test_what_is_unclear_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(HostsFileError) as caught:
        load(write(tmp_path, text))
    assert str(caught.value).startswith(f"{tmp_path}/hosts.yml: ")
    assert words in str(caught.value)


def test_a_missing_file_says_where_it_should_be(tmp_path: Path) -> None:
    with pytest.raises(HostsFileError, match="DOCKWARDEN_CONFIG"):
        load(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        'hosts: {a: {url: "tcp://bob:hunter2@10.0.0.1:2375"}}',
        f"hosts: {{{SOCKET}}}\nregistries: {{r: {{username: x, password: hunter2}}}}",
        f"hosts: {{{SOCKET}}}\nregistries: {{r: {{username: x, password: hunter2: }}}}",
        f"hosts: {{{SOCKET}}}\nregistries: {{r: {{username: x, password_env: [hunter2]}}}}",
    ],
)
def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(HostsFileError) as caught:
        load(write(tmp_path, text))
    assert "hunter2" not in str(caught.value)


def test_certificates_lie_beside_the_file(tmp_path: Path) -> None:
    text = 'hosts: {a: {url: "tcp://10.0.0.1", tls: {ca: tls/ca.pem, cert: tls/cert.pem, key: tls/key.pem}}}'
    file = load(write(tmp_path, text))
    with pytest.raises(HostsFileError, match=r"hosts\.a\.tls: .*/tls/ca\.pem is not there"):
        Hosts.from_file(file)
    (tmp_path / "tls").mkdir()
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
    subprocess.run(
        [*make, "-keyout", "tls/key.pem", "-out", "tls/cert.pem"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    (tmp_path / "tls/ca.pem").write_bytes((tmp_path / "tls/cert.pem").read_bytes())
    [host] = Hosts.from_file(file)
    assert host.url == "tcp://10.0.0.1:2376"
    (tmp_path / "tls/ca.pem").write_text("no certificate")
    with pytest.raises(HostsFileError, match=r"hosts\.a\.tls: "):
        Hosts.from_file(file)

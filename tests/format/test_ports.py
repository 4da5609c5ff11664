import pytest

from bot.engine.types import Port
from bot.format.ports import displayed_ports, published


def exposed(*numbers: int, kind: str = "tcp") -> list[Port]:
    return [Port(private_port=number, type=kind) for number in numbers]


def bound(ip: str, public: int, private: int, kind: str = "tcp") -> Port:
    return Port(ip=ip, public_port=public, private_port=private, type=kind)


@pytest.mark.parametrize(
    ("ports", "text"),
    [
        ([], ""),
        (exposed(8080), "8080/tcp"),
        (exposed(9002, 9000, 9001), "9000-9002/tcp"),
        (exposed(1, 2, 4, 5), "1-2/tcp, 4-5/tcp"),
        (exposed(53) + exposed(53, kind="udp"), "53/tcp, 53/udp"),
        ([bound("0.0.0.0", 9090, 8080)], "0.0.0.0:9090->8080/tcp"),
        ([bound("0.0.0.0", 80, 80), bound("0.0.0.0", 81, 81)], "0.0.0.0:80-81->80-81/tcp"),
        (
            [bound("::", 9090, 8080), bound("0.0.0.0", 9090, 8080)],
            "0.0.0.0:9090->8080/tcp, [::]:9090->8080/tcp",
        ),
        ([bound("0.0.0.0", 9090, 8080), *exposed(9000, 9001)], "9000-9001/tcp, 0.0.0.0:9090->8080/tcp"),
    ],
)
def test_ports_are_shown_as_ps_does(ports: list[Port], text: str) -> None:
    assert displayed_ports(ports) == text


def test_ports_of_an_inspected_container_are_shown_the_same() -> None:
    bindings = {
        "8080/tcp": [{"HostIp": "0.0.0.0", "HostPort": "9090"}, {"HostIp": "::", "HostPort": "9090"}],
        "53/udp": None,
    }
    assert displayed_ports(published(bindings)) == ("53/udp, 0.0.0.0:9090->8080/tcp, [::]:9090->8080/tcp")

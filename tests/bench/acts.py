"""Making a container and removing it."""

from contextlib import closing

import docker

from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from tests.bench.daemon import IMAGE
from tests.bench.listing import CLIENT
from tests.bench.opponents import CLI, LOW, RAW, RawSocket, run_cli
from tests.bench.report import Report, compared
from tests.bench.timing import Case, awaited, blocking, in_turn
from tests.engines import Engine

NAME = "made"


async def acts(report: Report, engine: Engine, rounds: int) -> None:
    """Compare `docker create` and `docker rm`, both together."""
    connection = Connection("local", engine.url)
    client = Daemon(connection)

    async def ours() -> None:
        made = await client.create({"Image": IMAGE, "Cmd": ["sh"]}, name=NAME)
        await client.remove(made.id)

    with closing(docker.DockerClient(engine.url)) as library, closing(RawSocket(engine.socket)) as socket:

        def raw() -> None:
            made = socket.ask("POST", f"/containers/create?name={NAME}", {"Image": IMAGE, "Cmd": ["sh"]})
            socket.ask("DELETE", f"/containers/{made['Id']}")

        def low() -> None:
            library.api.remove_container(library.api.create_container(IMAGE, "sh", name=NAME))

        def cli() -> None:
            run_cli(engine, "create", "--name", NAME, IMAGE, "sh")
            run_cli(engine, "rm", NAME)

        cases: dict[str, Case] = {
            CLI: blocking(cli),
            CLIENT: awaited(ours),
            LOW: blocking(low),
            RAW: blocking(raw),
        }
        series = await in_turn(cases, rounds)
    await connection.aclose()
    report.table("create and rm", "the CLI", compared(series, CLI, {CLIENT: 0.4}))

"""What can go wrong with a question to a daemon.

EngineError            one question to one host failed
├── NotSent            the daemon never got it: could not connect. Only this may be tried again by itself
├── Refused            the daemon answered, and the answer is no. Nothing was done, or what its words say
└── Unknown            it was sent, then the line broke, the time ran out or the answer made no sense.
                       A change may have happened: look before asking again
"""


class EngineError(Exception):
    """A question to a daemon failed.

    `host` is its name in hosts.yml, `asked` the method and path (`POST /containers/3e8c17cc79e7/stop`),
    `message` the reason alone, in the daemon's own words where it answered. str() is a sentence of all three.
    """

    said = "{host} failed {asked}: {message}"

    def __init__(self, host: str, asked: str, message: str) -> None:
        super().__init__(host, asked, message)
        self.host = host
        self.asked = asked
        self.message = message

    def __str__(self) -> str:
        return self.said.format(host=self.host, asked=self.asked, message=self.message)


class NotSent(EngineError):  # noqa: N818  # the three outcomes, by name
    """The daemon could not be reached; nothing was asked of it."""

    said = "{host} could not be reached for {asked}: {message}"


class Refused(EngineError):  # noqa: N818  # the three outcomes, by name
    """The daemon said no. `status` is its HTTP status: 200 where the error came inside a stream."""

    said = "{host} refused {asked}: {message}"

    def __init__(self, host: str, asked: str, message: str, status: int) -> None:
        super().__init__(host, asked, message)
        self.status = status


class Unknown(EngineError):  # noqa: N818  # the three outcomes, by name
    """The question was sent, but what became of it is not known."""

    said = "{host} was asked {asked}, what became of it is not known: {message}"

"""What a template is made of. `str` of a node is what Go's errors show of it."""

from dataclasses import dataclass
from typing import Literal as OneOf


@dataclass(frozen=True)
class Text:
    """Plain text between actions."""

    text: str


@dataclass(frozen=True)
class Literal:
    """A constant, `text` as it was written."""

    value: str | int | float | bool
    text: str
    at: int

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Dot:
    """The value at hand."""

    at: int

    def __str__(self) -> str:
        return "."


@dataclass(frozen=True)
class Nil:
    """The word `nil`."""

    at: int

    def __str__(self) -> str:
        return "nil"


@dataclass(frozen=True)
class Function:
    """A function's name."""

    name: str
    at: int

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Fields:
    """`.A.B`, or `$x.A.B` with its `variable`."""

    path: tuple[str, ...]
    at: int
    variable: str = ""

    def __str__(self) -> str:
        return self.variable + "".join(f".{name}" for name in self.path)


@dataclass(frozen=True)
class Chain:
    """`(…).A.B`."""

    of: "Pipe"
    path: tuple[str, ...]
    at: int

    def __str__(self) -> str:
        return f"({self.of})" + "".join(f".{name}" for name in self.path)


@dataclass(frozen=True)
class Command:
    """A function or method with its arguments, or one operand."""

    args: "tuple[Operand, ...]"
    at: int

    def __str__(self) -> str:
        return " ".join(f"({arg})" if isinstance(arg, Pipe) else str(arg) for arg in self.args)


@dataclass(frozen=True)
class Pipe:
    """Commands, each given the one before as its last argument; the result goes into the variables."""

    commands: tuple[Command, ...]
    at: int
    variables: tuple[str, ...] = ()
    assigns: bool = False

    def __str__(self) -> str:
        head = ", ".join(self.variables) + (" = " if self.assigns else " := ") if self.variables else ""
        return head + " | ".join(map(str, self.commands))


Operand = Literal | Dot | Nil | Function | Fields | Chain | Pipe


@dataclass(frozen=True)
class Action:
    """A pipeline whose value is printed, unless it declares variables."""

    pipe: Pipe


@dataclass(frozen=True)
class Block:
    """`if`, `with` or `range`, with its `else`."""

    kind: OneOf["if", "with", "range"]
    pipe: Pipe
    body: "tuple[Node, ...]"
    otherwise: "tuple[Node, ...]" = ()


@dataclass(frozen=True)
class Jump:
    """`break` or `continue`."""

    kind: OneOf["break", "continue"]


Node = Text | Action | Block | Jump

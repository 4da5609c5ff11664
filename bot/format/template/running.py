"""Nodes and data into text (Go's text/template/exec.go), bounded in steps and output."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from bot.format.template import nodes
from bot.format.template.budget import Budget
from bot.format.template.functions import LAZY, Builtin, CallError, fits
from bot.format.template.printing import shown
from bot.format.template.scope import Scope
from bot.format.template.values import (
    NO_VALUE,
    Method,
    NoValue,
    Struct,
    TemplateError,
    held_value,
    size_of,
    truth,
    type_name,
)

ABSENT = object()  # no value comes down the pipe


class _JumpError(Exception):
    """`break` or `continue` on its way to the nearest `range`."""


def execute(
    text: str,
    body: Sequence[nodes.Node],
    data: object,
    functions: Mapping[str, Builtin],
    *,
    strict: bool = False,
    budget: Budget | None = None,
) -> tuple[str, TemplateError | None]:
    """What the nodes of the template `text` write for `data`, and the error that ended it, if one did.

    The error is in Go's words, with line, column and node; or says which bound was passed.
    `strict` makes a missing key of a map an error.
    """
    run = _Run(text, data, functions, strict, budget or Budget())
    try:
        run.walk(body, data)
    except TemplateError as wrong:
        return "".join(run.output), wrong
    return "".join(run.output), None


class _Run:
    """One execution: its variables, what it wrote, and how much work it took."""

    def __init__(
        self, text: str, data: object, functions: Mapping[str, Builtin], strict: bool, budget: Budget
    ) -> None:
        self.text = text
        self.functions = functions
        self.strict = strict
        self.variables = Scope(data, budget)
        self.output: list[str] = []
        self.budget = budget

    def fail(self, node: nodes.Operand | nodes.Command, message: str) -> NoReturn:
        before = self.text[: node.at]
        line = 1 + before.count("\n")
        column = len(before[before.rfind("\n") + 1 :].encode())
        raise TemplateError(f'template: :{line}:{column}: executing "" at <{node}>: {message}')

    def spend(self, amount: int) -> None:
        self.budget.spend(amount)

    def write(self, text: str) -> None:
        self.budget.write(len(text))
        self.output.append(text)

    def walk(self, body: Sequence[nodes.Node], dot: object) -> None:
        for node in body:
            self.spend(1)
            if isinstance(node, nodes.Text):
                self.write(node.text)
            elif isinstance(node, nodes.Jump):
                raise _JumpError(node.kind)
            elif isinstance(node, nodes.Action):
                self.act(node.pipe, dot)
            else:
                known = len(self.variables)
                self.range(node, dot) if node.kind == "range" else self.choose(node, dot)
                self.variables.forget(known)

    def act(self, pipe: nodes.Pipe, dot: object) -> None:
        value = self.pipeline(pipe, dot)
        if pipe.variables:
            return
        if isinstance(value, Method):
            self.fail(pipe, f"can't print {pipe} of type {type_name(value)}")
        self.write(self.printed(value))

    def printed(self, value: object) -> str:
        self.spend(size_of(value))
        return shown(value)

    def choose(self, node: nodes.Block, dot: object) -> None:
        value = self.pipeline(node.pipe, dot)
        if truth(value):
            self.walk(node.body, value if node.kind == "with" else dot)
        else:
            self.walk(node.otherwise, dot)

    def range(self, node: nodes.Block, dot: object) -> None:
        value = self.pipeline(node.pipe, dot, bind=False)
        ran = False
        for key, item in self.elements(node.pipe, value):
            ran = True
            self.spend(1)
            known = len(self.variables)
            names = node.pipe.variables
            for name, bound in zip(names, (key, item) if len(names) > 1 else (item,), strict=False):
                self.bind(node.pipe, name, bound)
            try:
                self.walk(node.body, item)
            except _JumpError as jump:
                if str(jump) == "break":
                    break
            finally:
                self.variables.forget(known)
        if not ran:
            self.walk(node.otherwise, dot)

    def elements(self, pipe: nodes.Pipe, value: object) -> Iterator[tuple[object, object]]:
        self.spend(1)
        if isinstance(value, Struct | str | bool | float | Method):
            self.fail(pipe, f"range can't iterate over {shown(value)}")
        if isinstance(value, dict):
            yield from ((key, held_value(value, key)) for key in sorted(value))
        elif isinstance(value, list):
            yield from enumerate(value)
        elif isinstance(value, int):
            yield from ((index, index) for index in range(value))

    def bind(self, pipe: nodes.Pipe, name: str, value: object) -> None:
        if not pipe.assigns:
            self.variables.declare(name, value)
            return
        try:
            self.variables.assign(name, value)
        except KeyError:
            self.fail(pipe.commands[-1].args[-1], f"undefined variable: {name}")

    def pipeline(self, pipe: nodes.Pipe, dot: object, *, bind: bool = True) -> object:
        value: object = ABSENT
        for command in pipe.commands:
            value = self.command(command, dot, value)
        if bind:
            for name in pipe.variables:
                self.bind(pipe, name, value)
        return value

    def command(self, command: nodes.Command, dot: object, final: object) -> object:
        self.spend(1)
        first, *rest = command.args
        if isinstance(first, nodes.Function):
            return self.call(command, first, rest, dot, final)
        if isinstance(first, nodes.Fields | nodes.Chain):
            return self.fields(first, rest, dot, final)
        if rest or final is not ABSENT:
            self.fail(first, f"can't give argument to non-function {first}")
        if isinstance(first, nodes.Nil):
            self.fail(first, "nil is not a command")
        return self.value(first, dot)

    def value(self, operand: nodes.Operand, dot: object) -> object:
        """An argument's value."""
        self.spend(1)
        if isinstance(operand, nodes.Literal):
            return operand.value
        if isinstance(operand, nodes.Dot):
            return dot
        if isinstance(operand, nodes.Nil):
            return NO_VALUE
        if isinstance(operand, nodes.Pipe):
            return self.pipeline(operand, dot)
        if isinstance(operand, nodes.Function):
            return self.call(nodes.Command((operand,), operand.at), operand, [], dot, ABSENT)
        return self.fields(operand, [], dot, ABSENT)

    def fields(
        self, node: nodes.Fields | nodes.Chain, args: Sequence[nodes.Operand], dot: object, final: object
    ) -> object:
        if isinstance(node, nodes.Chain):
            held = self.pipeline(node.of, dot)
        else:
            held = self.variable(node) if node.variable else dot
        for name in node.path[:-1]:
            held = self.method(node, held, name, [])
        given = [self.value(arg, dot) for arg in args] + ([] if final is ABSENT else [final])
        if not node.path:
            if given:
                self.fail(node, f"can't give argument to non-function {node}")
            return held
        return self.method(node, held, node.path[-1], given)

    def variable(self, node: nodes.Fields) -> object:
        """The variable's value. One may be declared and have none: in `$x := $x`, or where `and` left it out."""
        try:
            return self.variables.value(node.variable)
        except KeyError:
            self.fail(node, f"undefined variable: {node.variable}")

    def field(self, node: nodes.Fields | nodes.Chain, held: object, name: str) -> object:
        """A struct's field or a map's entry."""
        if isinstance(held, NoValue):
            if self.strict:
                self.fail(node, f'nil data; no entry for key "{name}"')
            return NO_VALUE
        if held is None:
            self.fail(node, f"nil pointer evaluating interface {{}}.{name}")
        if not isinstance(held, dict):
            known = "interface {}" if self.strict else type_name(held)
            self.fail(node, f"can't evaluate field {name} in type {known}")
        if name in held:
            return held_value(held, name)
        if isinstance(held, Struct):
            self.fail(node, f"can't evaluate field {name} in type {held.type_name}")
        if self.strict:
            self.fail(node, f'map has no entry for key "{name}"')
        return NO_VALUE

    def uncallable(self, held: object, name: str, count: int) -> str:
        """The complaint about arguments after a field; what stands in a row is a method without any."""
        if isinstance(held, Struct) and held.row:
            return f"wrong number of args for {name}: want 0 got {count}"
        return f"{name} has arguments but cannot be invoked as function"

    def method(
        self, node: nodes.Fields | nodes.Chain, held: object, name: str, args: Sequence[object]
    ) -> object:
        """A field's value, called where it is a method."""
        value = self.field(node, held, name)
        if not isinstance(value, Method):
            if args:
                self.fail(node, self.uncallable(held, name, len(args)))
            return value
        if len(args) != 1:
            self.fail(node, f"wrong number of args for {name}: want 1 got {len(args)}")
        if not isinstance(args[0], str):
            self.fail(node, f"wrong type for value; expected string; got {type_name(args[0])}")
        return value.call(args[0])

    def call(
        self,
        command: nodes.Command,
        function: nodes.Function,
        args: Sequence[nodes.Operand],
        dot: object,
        final: object,
    ) -> object:
        if function.name in LAZY:
            return self.lazy(function, args, dot, final)
        builtin = self.functions[function.name]
        count = len(args) + (final is not ABSENT)
        takes = len(builtin.takes)
        if count < takes - builtin.repeats or (count > takes and not builtin.repeats):
            wanted = f"at least {takes - 1}" if builtin.repeats else str(takes)
            self.fail(function, f"wrong number of args for {function.name}: want {wanted} got {count}")
        given = [self.argument(arg, builtin.takes[min(at, takes - 1)], dot) for at, arg in enumerate(args)]
        if final is not ABSENT:
            given.append(self.fitting(command, final, builtin.takes[min(count, takes) - 1]))
        self.spend(1 + sum(map(size_of, given)))
        try:
            made: object = builtin.call(*given)
        except CallError as wrong:
            self.fail(command, f"error calling {function.name}: {wrong}")
        self.spend(size_of(made))
        return made

    def argument(self, operand: nodes.Operand, wanted: str, dot: object) -> object:
        if (
            isinstance(operand, nodes.Literal)
            and wanted in ("string", "int")
            and not fits(operand.value, wanted)
        ):
            kind = {"string": "string", "int": "integer"}[wanted]
            self.fail(operand, f"expected {kind}; found {operand}")
        return self.fitting(operand, self.value(operand, dot), wanted)

    def fitting(self, node: nodes.Operand | nodes.Command, value: object, wanted: str) -> object:
        if isinstance(value, NoValue) and wanted == "[]string":
            return []
        if not fits(value, wanted):
            absent = isinstance(value, NoValue)
            got = "invalid value; expected" if absent else "wrong type for value; expected"
            self.fail(node, f"{got} {wanted}" + ("" if absent else f"; got {type_name(value)}"))
        return value

    def lazy(
        self, function: nodes.Function, args: Sequence[nodes.Operand], dot: object, final: object
    ) -> object:
        """`and` gives the first false value, `or` the first true one, else the last: others are skipped."""
        if not args and final is ABSENT:
            self.fail(function, f"wrong number of args for {function.name}: want at least 1 got 0")
        value: object = NO_VALUE
        for arg in args:
            value = self.value(arg, dot)
            if truth(value) == (function.name == "or"):
                return value
        return value if final is ABSENT else final

"""Tokens into nodes (Go's text/template/parse/parse.go). `define`, `template` and `block` are refused."""

from typing import NoReturn

from bot.format.template import nodes
from bot.format.template.constants import constant
from bot.format.template.lexing import Kind, Token, parse_error, tokens
from bot.format.template.values import TemplateError

MAX_LENGTH = 8192  # characters of a template
MAX_DEPTH = 60  # blocks and parentheses inside one another
UNCALLABLE = (nodes.Literal, nodes.Dot, nodes.Nil)


def parse(text: str, functions: frozenset[str]) -> tuple[nodes.Node, ...]:
    """The nodes of a template.

    Raises:
        TemplateError: a mistake, in Go's words with its line.
    """
    if len(text) > MAX_LENGTH:
        raise TemplateError(f"template: :1: longer than {MAX_LENGTH} characters")
    parser = _Parser(text, functions)
    body, end = parser.items()
    if end.kind != "end of file":
        parser.fail(end, f"unexpected {{{{{end.text}}}}}")
    return body


class _Parser:
    def __init__(self, text: str, functions: frozenset[str]) -> None:
        self.text = text
        self.functions = functions
        self.tokens = tokens(text)
        self.ahead: list[Token] = []
        self.variables = ["$"]
        self.depth = 0
        self.loops = 0

    def fail(self, token: Token, message: str) -> NoReturn:
        raise parse_error(self.text, token.at, message)

    def unexpected(self, token: Token, context: str) -> NoReturn:
        self.fail(token, f"unexpected {token} in {context}")

    def next(self) -> Token:
        return self.ahead.pop() if self.ahead else next(self.tokens)

    def peek(self) -> Token:
        token = self.next()
        self.ahead.append(token)
        return token

    def skip_space(self) -> Token:
        """The next token that is no space, not taken yet."""
        while self.peek().kind == "space":
            self.next()
        return self.peek()

    def expect(self, kind: Kind, context: str) -> Token:
        self.skip_space()
        token = self.next()
        if token.kind != kind:
            self.unexpected(token, context)
        return token

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(token, f"nested more than {MAX_DEPTH} deep")

    def items(self) -> tuple[tuple[nodes.Node, ...], Token]:
        """Text and actions up to `end`, `else` or the end of file; that token too, taken."""
        found: list[nodes.Node] = []
        while True:
            token = self.next()
            if token.kind == "end of file":
                return tuple(found), token
            if token.kind == "text":
                found.append(nodes.Text(token.text))
                continue
            if token.kind != "open":
                self.unexpected(token, "input")
            word = self.skip_space()
            if word.kind == "keyword" and word.text in ("end", "else"):
                return tuple(found), self.next()
            found.append(self.action(word))

    def action(self, word: Token) -> nodes.Node:
        if word.kind != "keyword" or word.text == "nil":
            return nodes.Action(self.pipeline("command"))
        self.next()
        if word.text in ("if", "with", "range"):
            return self.block(word)
        if word.text not in ("break", "continue"):
            self.fail(word, f"{{{{{word.text}}}}} is not supported here")
        self.expect("close", "{{" + word.text + "}}")
        if not self.loops:
            self.fail(word, f"{{{{{word.text}}}}} outside {{{{range}}}}")
        return nodes.Jump(word.text)  # type: ignore[arg-type]  # one of the two

    def block(self, word: Token) -> nodes.Block:
        self.deeper(word)
        known = len(self.variables)
        pipe = self.pipeline(word.text)
        self.loops += word.text == "range"
        body, end = self.items()
        self.loops -= word.text == "range"
        otherwise: tuple[nodes.Node, ...] = ()
        if end.text == "else":
            otherwise = self.otherwise(word)
        elif end.kind == "end of file":
            self.fail(end, "unexpected EOF")
        else:
            self.expect("close", "end")
        del self.variables[known:]
        self.depth -= 1
        return nodes.Block(word.text, pipe, body, otherwise)  # type: ignore[arg-type]  # one of the three

    def otherwise(self, opened: Token) -> tuple[nodes.Node, ...]:
        """What stands after `else`, the end taken; `else if` and `else with` share that end."""
        word = self.skip_space()
        if word.kind == "keyword" and word.text == opened.text and word.text in ("if", "with"):
            self.next()
            return (self.block(word),)
        self.expect("close", "else")
        body, end = self.items()
        if end.kind == "end of file":
            self.fail(end, "unexpected EOF")
        if end.text != "end":
            self.fail(end, "expected end; found {{else}}")
        self.expect("close", "end")
        return body

    def pipeline(self, context: str, closing: Kind = "close") -> nodes.Pipe:
        """Declarations and commands up to the closing token, taken."""
        start = self.skip_space()
        variables, assigns = self.declarations(context)
        commands: list[nodes.Command] = []
        while True:
            token = self.skip_space()
            if token.kind == closing:
                self.next()
                break
            if token.kind in (
                "close",
                "right",
                "pipe",
                "other",
                "keyword",
                "declare",
                "assign",
                "end of file",
            ) and (token.text != "nil"):
                self.unexpected(token, context)
            commands.append(self.command())
        self.check(commands, token, context)
        return nodes.Pipe(tuple(commands), start.at, variables, assigns)

    def check(self, commands: list[nodes.Command], token: Token, context: str) -> None:
        if not commands:
            self.fail(token, f"missing value for {context}")
        for stage, command in enumerate(commands[1:], 2):
            if isinstance(command.args[0], UNCALLABLE):
                self.fail(token, f"non executable command in pipeline stage {stage}")

    def declarations(self, context: str) -> tuple[tuple[str, ...], bool]:
        """The variables before `:=` or `=`; `range` may have two."""
        found: list[Token] = []
        while self.skip_space().kind == "variable":
            variable = self.next()
            gap = self.next() if self.peek().kind == "space" else None
            sign = self.peek()
            if sign.kind in ("declare", "assign"):
                self.next()
                return self.declared([*found, variable], sign, context)
            if sign.text != ",":
                self.ahead.extend([gap, variable] if gap else [variable])
                return (), False
            self.next()
            found.append(variable)
            if context != "range" or len(found) > 1:
                self.fail(sign, f"too many declarations in {context}")
        if found:
            self.fail(found[0], "range can only initialize variables")
        return (), False

    def declared(self, found: list[Token], sign: Token, context: str) -> tuple[tuple[str, ...], bool]:
        names = tuple(token.text for token in found)
        self.variables.extend(names)  # an assignment to an unknown one fails when it is run, as in Go
        return names, sign.kind == "assign"

    def known(self, variable: Token) -> None:
        if variable.text not in self.variables:
            self.fail(variable, f'undefined variable "{variable.text}"')

    def command(self) -> nodes.Command:
        """Operands parted by spaces, up to a pipe (taken) or what closes the pipeline (left)."""
        args: list[nodes.Operand] = []
        start = self.skip_space()
        while True:
            token = self.skip_space()
            operand = self.operand(token)
            if operand is not None:
                args.append(operand)
            after = self.next()
            if after.kind == "space":
                continue
            if after.kind in ("close", "right"):
                self.ahead.append(after)
            elif after.kind != "pipe":
                self.unexpected(after, "operand")
            break
        if not args:
            self.fail(start, "empty command")
        return nodes.Command(tuple(args), start.at)

    def operand(self, token: Token) -> nodes.Operand | None:
        """A term with the fields after it; nothing is taken where no term stands."""
        term = self.term(token)
        follows = self.peek()
        if term is None or follows.kind != "field":
            return term
        path: list[str] = []
        while self.peek().kind == "field":
            path.append(self.next().text[1:])
        if isinstance(term, nodes.Fields):
            return nodes.Fields((*term.path, *path), follows.at, term.variable)
        if isinstance(term, nodes.Pipe):
            return nodes.Chain(term, tuple(path), follows.at)
        return self.fail(follows, f'unexpected . after term "{term}"')

    def term(self, token: Token) -> nodes.Operand | None:
        if token.kind == "left":
            self.next()
            self.deeper(token)
            pipe = self.pipeline("parenthesized pipeline", "right")
            self.depth -= 1
            return pipe
        made = self.simple(token)
        if made is not None:
            self.next()
        return made

    def simple(self, token: Token) -> nodes.Operand | None:
        at, text = token.at, token.text
        if token.kind == "name":
            if text not in self.functions:
                self.fail(token, f'function "{text}" not defined')
            return nodes.Function(text, at)
        if token.kind == "variable":
            self.known(token)
        if token.kind in ("variable", "field"):
            return nodes.Fields((), at, text) if token.kind == "variable" else nodes.Fields((text[1:],), at)
        if token.kind == "dot":
            return nodes.Dot(at)
        if text == "nil" and token.kind == "keyword":
            return nodes.Nil(at)
        if token.kind in ("string", "raw", "char", "number", "bool"):
            return nodes.Literal(constant(self.text, token), text, at)
        return None

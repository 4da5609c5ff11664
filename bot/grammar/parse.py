"""Text to a line: the command, its flags as pflag reads them, its arguments."""

import re
from collections.abc import Iterable, Mapping

from bot.grammar.commands import Found, find
from bot.grammar.given import GLOBAL, HELP, HOST, ME, Given, read_flags
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line, Setting, Spans
from bot.grammar.mistakes import Mistake
from bot.grammar.words import Typed, Word, read

MAX_NAMED = 200  # objects that one line may name; what stands after the image of `run` is not counted
_SHELL = re.compile(r"\|\|?|;|&&?|<|\d?>>?(?:&\d|[/.\w-]+)?")


def parse(text: str, grammars: Mapping[str, Grammar]) -> Line:
    """What a person typed after `/docker`, as Slack sends it, as a line of one of the grammars.

    Nothing typed asks for `help`, where there is such a grammar. Raises Mistake.
    """
    typed = read(text)
    if typed.fault:
        raise Mistake.within(typed, typed.fault.start, typed.fault.end, typed.fault.message, typed.fault.hint)
    _refuse_shell(typed)
    before, rest = read_flags(typed, typed.words, GLOBAL, interspersed=False)
    found = find(typed, rest, grammars)
    given, args = read_flags(
        typed,
        found.rest,
        (*found.grammar.flags, *GLOBAL),
        interspersed=found.grammar.interspersed,
        usage=found.grammar,
    )
    line = _line(typed, found, (*before, *given), args)
    _check(line, typed, args)
    return line


def _refuse_shell(typed: Typed) -> None:
    for word in typed.words:
        if not word.quoted and (_SHELL.fullmatch(word.text) or word.text.endswith(";")):
            hint = f"To pass it on as it is, quote it: '{word.text}'. For a script say sh -c '…'."
            raise Mistake.within(
                typed, word.start, word.end, f"this is not a shell: {word.text} does nothing", hint
            )


def _line(typed: Typed, found: Found, given: Iterable[Given], args: tuple[Word, ...]) -> Line:
    given = tuple(given)
    hosts = [each for each in given if each.flag is HOST]
    return Line(
        grammar=found.grammar,
        args=tuple(word.text for word in args),
        hosts=tuple(each.text for each in hosts),
        private=_switched(given, ME),
        help=_switched(given, HELP),
        settings=_settings(found.grammar, given),
        typed=typed,
        spans=Spans(
            found.span, tuple((word.start, word.end) for word in args), tuple(each.span for each in hosts)
        ),
    )


def _switched(given: tuple[Given, ...], flag: object) -> bool:
    return next((bool(each.value) for each in reversed(given) if each.flag is flag), False)


def _settings(grammar: Grammar, given: tuple[Given, ...]) -> tuple[Setting, ...]:
    settings = []
    for flag in grammar.flags:
        mine = [each for each in given if each.flag is flag]
        if not mine:
            continue
        kept = mine if flag.many else mine[-1:]
        value = tuple(item for each in kept for item in each.value) if flag.many else kept[0].value
        texts = tuple("" if flag.value.alone else each.text for each in kept)
        settings.append(Setting(flag, texts, value, kept[-1].span))
    return tuple(settings)


def _check(line: Line, typed: Typed, args: tuple[Word, ...]) -> None:
    """Refuse a wrong number of arguments, and acts that nobody else would see. Help is always given."""
    if line.help:
        return
    grammar = line.grammar
    if line.private and grammar.changes:
        hint = "Leave --me out; it is for reads."
        raise Mistake.within(
            typed, *line.spans.name, f"{grammar.name} changes something, so all may see it", hint
        )
    usage = f"Usage: {grammar.usage}"
    if len(args) < grammar.least:
        end = len(typed.text)
        raise Mistake.within(typed, end, end + 1, f"{grammar.name} needs {_counted(grammar)}", usage)
    if grammar.most is None and grammar.interspersed and len(args) > MAX_NAMED:
        first = args[MAX_NAMED]
        message = f"{grammar.name} takes at most {MAX_NAMED} arguments at once, and there are {len(args)}"
        raise Mistake.within(typed, first.start, first.end, message, "Say it in several lines.")
    if grammar.most is not None and len(args) > grammar.most:
        first = args[grammar.most]
        message = f"{grammar.name} takes {_counted(grammar)}"
        raise Mistake.within(typed, first.start, first.end, message, usage)


def _counted(grammar: Grammar) -> str:
    """`at least 1 argument`, `no arguments`, `1 to 2 arguments`."""
    least, most = grammar.least, grammar.most
    if most == 0:
        return "no arguments"
    if most is None:
        return f"at least {least} argument{'s' * (least != 1)}"
    exact = f"{least}" if least == most else f"{least} to {most}" if least else f"at most {most}"
    return f"{exact} argument{'s' * (most != 1)}"

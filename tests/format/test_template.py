"""Go templates: what they print, how they fail, and that they can do no harm."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.format.template import Method, Struct, TemplateError, template_of

DATA: dict[str, Any] = {
    "Name": "web",
    "Names": ["web", "api"],
    "Size": 3,
    "Ratio": 0.5,
    "Up": True,
    "None": None,
    "Empty": "",
    "Labels": {"b": "2", "a": "1"},
    "State": Struct("State", {"Status": "running", "Health": None}),
    "Label": Method(lambda name: f"<{name}>"),
}


def rendered(text: str) -> str:
    return template_of(text).render(DATA)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("plain", "plain"),
        ("{{.Name}} {{.Size}} {{.Ratio}} {{.Up}}", "web 3 0.5 true"),
        ("{{.Missing}} {{.Missing.Deeper}} {{.None}}", "<no value> <no value> <no value>"),
        ("{{.Names}} {{.Labels}} {{.State}}", "[web api] map[a:1 b:2] {running <nil>}"),
        ('{{.Label "x"}} {{"y" | .Label}}', "<x> <y>"),
        ("{{json .State}}", '{"Status":"running","Health":null}'),
        ("{{json .Labels}} {{json .Names}} {{json .None}}", '{"a":"1","b":"2"} ["web","api"] null'),
        ('{{join .Names ", "}} {{upper .Name}} {{title .Name}} {{lower "WEB"}}', "web, api WEB Web web"),
        ('{{split "a:b" ":"}} {{len .Names}} {{index .Names 1}} {{slice .Name 1 2}}', "[a b] 2 api e"),
        ('[{{pad .Name 1 2}}] {{truncate .Name 2}} {{printf "%-5s|%03d" .Name 7}}', "[ web  ] we web  |007"),
        ('{{html "<a&b>"}} {{urlquery "a b&c"}} {{js "a\'b"}}', "&lt;a&amp;b&gt; a+b%26c a\\'b"),
        ("{{if .Up}}yes{{else}}no{{end}} {{if .Empty}}yes{{else if .Size}}size{{end}}", "yes size"),
        (
            "{{range .Names}}[{{.}}]{{else}}none{{end}} {{range .Nothing}}x{{else}}none{{end}}",
            "[web][api] none",
        ),
        (
            "{{range $i, $n := .Names}}{{$i}}={{$n}} {{end}}{{range $k, $v := .Labels}}{{$k}}{{$v}}{{end}}",
            "0=web 1=api a1b2",
        ),
        ("{{range .Names}}{{if eq . `web`}}{{continue}}{{end}}{{.}}{{break}}{{end}}", "api"),
        ("{{with .State}}{{.Status}}{{end}}{{with .Empty}}x{{else}}-{{end}}", "running-"),
        ("{{$n := .Name}}{{range .Names}}{{$n = .}}{{end}}{{$n}}", "api"),
        ("{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "21"),
        (
            '{{eq .Name "x" "web"}} {{ne 1 2}} {{lt 1 2}} {{ge "b" "a"}} {{le 2 2}} {{gt 1 2}}',
            "true true true true true false",
        ),
        (
            '{{and .Up .Name}} {{or .Empty "else"}} {{not .Up}} {{and .Empty (index .Names 9)}}|',
            "web else false |",
        ),
        ("a  {{- .Name -}}  b {{/* said to nobody */}}c{{- /* nor this */ -}} d", "awebb cd"),
        ("{{(index .Names 0) | upper}} {{(.State).Status}} {{$.Name}}", "WEB running web"),
        ('{{print 1 2 "a" 3}} {{println .Name}}', "1 2a3 web\n"),
        ('{{printf "%q %v %d%% %x %T" .Name .Names 5 "hi" .Size}}', '"web" [web api] 5% 6869 int'),
        ('{{printf "%d %s %" "x"}}', "%!d(string=x) %!s(MISSING) %!(NOVERB)"),
        ("{{'a'}} {{0x10}} {{1e3}} {{\"\\u00e9\\n\"}}{{`raw\\n`}}", "97 16 1000 é\nraw\\n"),
    ],
)
def test_it_prints(text: str, out: str) -> None:
    assert rendered(text) == out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{.Name", ":1: unclosed action"),
        ("x\n{{foo}}", ':2: function "foo" not defined'),
        ("{{if .Up}}", ":1: unexpected EOF"),
        ("{{end}}", ":1: unexpected {{end}}"),
        ("{{$x}}", ':1: undefined variable "$x"'),
        ("{{$x = $x}}", ':1:7: executing "" at <$x>: undefined variable: $x'),
        ("{{$x := $x.Name}}", ':1:10: executing "" at <$x.Name>: undefined variable: $x'),
        ("{{$x = 1}}", ':1:7: executing "" at <1>: undefined variable: $x'),
        ("{{and .Empty ($x := 1)}}{{$x}}", ':1:26: executing "" at <$x>: undefined variable: $x'),
        ("{{}}", ":1: missing value for command"),
        ('{{"abc}}', ":1: unterminated quoted string"),
        ("{{.Name%}}", ":1: bad character U+0025 '%'"),
        ('{{define "x"}}{{end}}', ":1: {{define}} is not supported here"),
        ("{{.State.Foo}}", ':1:8: executing "" at <.State.Foo>: can\'t evaluate field Foo in type State'),
        ("{{.Name.Foo}}", ':1:7: executing "" at <.Name.Foo>: can\'t evaluate field Foo in type string'),
        (
            "\n {{index .Names 9}}",
            ':2:3: executing "" at <index .Names 9>: error calling index: index out of range: 9',
        ),
        ("{{upper 3}}", ':1:8: executing "" at <3>: expected string; found 3'),
        ("{{upper .Size}}", ':1:8: executing "" at <.Size>: wrong type for value; expected string; got int'),
        ("{{join .Names}}", ':1:2: executing "" at <join>: wrong number of args for join: want 2 got 1'),
        (
            "{{eq 1 `a`}}",
            ':1:2: executing "" at <eq 1 `a`>: error calling eq: incompatible types for comparison',
        ),
    ],
)
def test_it_fails_in_gos_words(text: str, words: str) -> None:
    with pytest.raises(TemplateError) as wrong:
        rendered(text)
    assert str(wrong.value) == f"template: {words}"


@pytest.mark.parametrize(
    "text",
    [
        "{{.__class__}}",
        "{{.Name.__class__}}",
        "{{.Names.append}}",
        "{{.Label.call}}",
        "{{.State.type_name}}",
        "{{.Labels.keys}}",
        '{{index .Names "__class__"}}',
        "{{call .Label}}",
        '{{printf "%(Name)s" .}}',
        "{{.State.json_fields}}",
        '{{(index .Labels "x").__init__}}',
    ],
)
def test_python_is_out_of_reach(text: str) -> None:
    try:
        out = rendered(text)
    except TemplateError:
        return
    assert out in ("<no value>", "") or out.startswith("%!(")


@pytest.mark.parametrize(
    "text",
    [
        "{{range $i := 1000000}}{{range $j := 1000000}}{{end}}{{end}}",
        '{{$x := "ab"}}{{range $i := 60}}{{$x = print $x $x}}{{end}}{{$x}}',
        "{{pad .Name 999999999 0}}",
        "{{range $i := 1000000}}{{if and " + "1 " * 1500 + "}}{{end}}{{end}}",
        "".join(f"{{{{$a{i} := 1}}}}" for i in range(500)) + "{{range $i := 1000000}}{{if $}}{{end}}{{end}}",
        '{{$x := "ab"}}{{range $i := 60}}{{$x = html $x "<<<<"}}{{$x = print $x $x}}{{end}}',
        "{{range $i := 100000}}0123456789abcdef{{end}}",
        "{{" + "(" * 1000 + ".Name" + ")" * 1000 + "}}",
        "{{if .Up}}" * 400 + "{{end}}" * 400,
        "x" * 10_000,
    ],
)
def test_greed_is_refused_soon(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(TemplateError):
        rendered(text)
    assert time.perf_counter() - began < 5


def test_widths_of_printf_are_bounded() -> None:
    assert rendered('{{printf "%99999d" 1}}') == "%!(BADWIDTH)"


WORDS = """{{ }} {{- -}} . .Name .Names .Labels .State.Status .None .Label $ $x $y $x.y := = | ( ) , "a" `b` 'c'
1 0 -1 2.5 9e99 9e999 true nil if else end range with break continue and or not eq lt index slice len print
printf println html js urlquery json split join title lower upper pad truncate "%d" "%s%v" "%5.2f" "%"
text \\ " ` { } /* */ é 漢 0x 08 1_0"""
PIECES = st.sampled_from(WORDS.split())
PRINTS = ["{{.}}", "{{println .}}", '{{printf "%v %s %d %q %x" . . . . .}}', "{{html .}}", "{{js .}}"]


@settings(max_examples=400)
@given(st.one_of(st.lists(PIECES, max_size=14).map(" ".join), st.text(max_size=60)), st.booleans())
def test_nothing_but_its_own_error_is_raised(text: str, wrapped: bool) -> None:
    try:
        out = template_of("{{" + text + "}}" if wrapped else text).render(DATA)
    except TemplateError as wrong:
        assert str(wrong).startswith("template: ")
    else:
        assert isinstance(out, str)


NAMES = st.text(st.characters(codec="utf-8"), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
)


@given(VALUES, st.sampled_from(PRINTS))
def test_any_value_prints(value: Any, text: str) -> None:
    template_of(text).render({"": value} if not isinstance(value, dict) else value)


@given(VALUES)
def test_json_reads_back(value: Any) -> None:
    import json

    assert json.loads(template_of("{{json .}}").render(value)) == value

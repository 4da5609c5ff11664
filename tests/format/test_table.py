from hypothesis import given
from hypothesis import strategies as st

from bot.format.phone import phone_text
from bot.format.table import Table, cli_text, table_of

PS = ("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES")


def ps(*rows: tuple[str, ...]) -> Table:
    return Table(PS, rows)


WEB = ("592d70ea1d27", "tomcat:9.0", '"catalina.sh run"', "3 minutes ago", "Up 3 minutes",
       "0.0.0.0:9090->8080/tcp, [::]:9090->8080/tcp", "web")  # fmt: skip


def test_columns_are_ten_wide_and_three_apart() -> None:
    assert cli_text(Table(("ID", "NAME"), (("1", "a"), ("0123456789", "b")))) == (
        "ID           NAME\n1            a\n0123456789   b\n"
    )


def test_a_last_empty_cell_leaves_the_padding_before_it() -> None:
    assert cli_text(Table(("A", "B"), (("x", ""),))) == "A         B\nx         \n"


def test_wide_characters_take_two_columns() -> None:
    assert cli_text(Table(("A", "B"), (("漢字漢字", "x"),))) == "A          B\n漢字漢字   x\n"


def test_rows_of_a_template_may_differ_in_length() -> None:
    assert table_of("A\tB\nlonger than that\nx\ty\n") == Table(
        ("A", "B"), (("longer than that",), ("x", "y"))
    )
    assert cli_text(table_of("A\tB\nlonger than that\nx\ty\n")) == (
        "A         B\nlonger than that\nx         y\n"
    )


def test_a_small_table_is_whole_on_a_phone() -> None:
    cut = phone_text(Table(("REPOSITORY", "TAG"), (("tomcat", "9.0"),)))
    assert cut.text == "REPOSITORY  TAG\ntomcat      9.0"
    assert cut.complete


def test_a_phone_shows_what_runs_where() -> None:
    cut = phone_text(ps(WEB), width=50)
    assert cut.text.splitlines() == [
        "IMAGE       STATUS        PORTS           NAMES",
        "tomcat:9.0  Up 3 minutes  9090->8080/tcp  web",
    ]
    assert not cut.complete
    assert cut.left_out == ("COMMAND", "CONTAINER ID", "CREATED")


def test_names_stay_whole_where_nothing_else_fits() -> None:
    name = "a-name-that-is-longer-than-the-screen-of-any-phone-that-was-ever-made"
    assert name in phone_text(ps((*WEB[:-1], name))).text


def test_only_so_many_rows_are_shown() -> None:
    cut = phone_text(Table(("NAME",), tuple((f"n{number}",) for number in range(9))), rows=3)
    assert (cut.rows, cut.complete) == (3, False)
    assert cut.text == "NAME\nn0\nn1\nn2"


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=40)
ROWS = st.lists(st.tuples(*[CELLS] * len(PS)), max_size=5)


@given(ROWS, st.integers(20, 120))
def test_a_phone_never_loses_a_name_or_says_that_a_cut_is_whole(
    rows: list[tuple[str, ...]], width: int
) -> None:
    cut = phone_text(ps(*rows), width=width)
    assert all(row[-1] in cut.text for row in rows)
    if cut.complete:
        assert all(cell in cut.text for row in rows for cell in row)


@given(ROWS)
def test_the_cli_loses_nothing(rows: list[tuple[str, ...]]) -> None:
    lines = cli_text(ps(*rows)).splitlines()
    assert len(lines) == len(rows) + 1
    assert all(cell in line for row, line in zip(rows, lines[1:], strict=True) for cell in row)

"""A listing's `--format`: table, raw, json or a template, and what it makes of rows (formatter.go)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.format.table import Table, table_of
from bot.format.template import Budget, Method, Struct, Template, TemplateError, template_of
from bot.format.template.functions import HEADINGS

QUIET = "{{.ID}}"


@dataclass(frozen=True)
class Format:
    """A row's template, and whether the rows stand in a table under headings. `text` is as asked for."""

    text: str
    template: Template
    table: bool = False


@dataclass(frozen=True)
class Defaults:
    """What a command prints for `table` and `raw`, and for `raw` with `-q`: templates, tabs as `\\t`."""

    table: str
    raw: str = ""
    quiet_raw: str = ""


def format_of(spec: str, defaults: Defaults, *, quiet: bool = False) -> Format:
    """The format that `--format spec` and `-q` mean; an empty `spec` is `table`.

    Raises:
        TemplateError: `template parsing error: template: :1: …`.
    """
    text = _chosen(spec, defaults, quiet)
    is_table = text.startswith("table")
    final = "{{json .}}" if text == "json" else text.removeprefix("table")
    final = final.strip(" ").replace("\\t", "\t").replace("\\n", "\n")
    try:
        return Format(text, template_of(final), is_table)
    except TemplateError as wrong:
        raise TemplateError(f"template parsing error: {wrong}") from None


def _chosen(spec: str, defaults: Defaults, quiet: bool) -> str:
    if spec in ("", "table"):
        return QUIET if quiet else defaults.table
    if spec == "raw":
        return defaults.quiet_raw if quiet else defaults.raw
    return spec


def listed(form: Format, rows: Sequence[Struct], headings: Mapping[str, str]) -> Table | str:
    """A table, or the text of the rows, as the CLI prints it.

    Raises:
        TemplateError: `template parsing error: template: :1:2: executing "" at <.X>: …`.
    """
    budget = Budget.for_rows(len(rows))
    try:
        lines = "".join(form.template.render(row, budget=budget) + "\n" for row in rows)
    except TemplateError as wrong:
        raise TemplateError(f"template parsing error: {wrong}") from None
    if not form.table:
        return lines
    head: dict[str, object] = {**headings, "Label": Method(_label_heading)}
    return table_of(form.template.render_until_error(head, HEADINGS) + "\n" + lines)


def _label_heading(label: str) -> str:
    """A label's last part: `com.example.my-app` is headed `my app`."""
    return label.rpartition(".")[2].replace("-", " ").replace("_", " ")

"""Rows of the grid with several figures per line: estimates around the effect, costs by kind, and funding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.enums import COST_FIGURES, CellFigure
from budget.models import Funding
from budget.queries.grid_figures import Figures, net_sum
from budget.queries.tables import BudgetTable, TableLine
from budget.views.grid import (
    CellErrors,
    GridGroup,
    Notes,
    form_id_of,
    ids_of,
    line_url,
    note_lines,
    sums_markup,
)
from budget.views.sums import group_cell
from budget.words.groups import responsible
from web.formats import format_date, format_number
from web.forms import ErrorLink
from web.grid import OTHER, cell_error_link, cell_html, cell_key, escape, grid_cell, safe_cell
from web.late import LateMarkup

FIGURE_LABELS: Mapping[CellFigure, Promise] = {
    CellFigure.EFFECT: gettext_lazy("effekt"),
    CellFigure.LOW: gettext_lazy("lavt anslag"),
    CellFigure.HIGH: gettext_lazy("høyt anslag"),
    CellFigure.INVESTMENT: gettext_lazy("investering"),
    CellFigure.OPERATION: gettext_lazy("drift"),
    CellFigure.SAVING: gettext_lazy("innsparing"),
}
# The word of each figure in addresses and names of inputs.
FIGURE_WORDS: Mapping[CellFigure, str] = {
    CellFigure.LOW: "lavt",
    CellFigure.HIGH: "hoyt",
    CellFigure.INVESTMENT: "investering",
    CellFigure.OPERATION: "drift",
    CellFigure.SAVING: "innsparing",
}
FIGURES_BY_WORD = {word: figure for figure, word in FIGURE_WORDS.items()}

# The effect stands between its estimates, to be read.
RANGE_ROWS = (CellFigure.LOW, CellFigure.EFFECT, CellFigure.HIGH)


@dataclass(frozen=True, slots=True)
class FigureRows:
    """Writes the rows of lines with a row for each figure. `errors` are cells of a form that was refused."""

    rows: Sequence[CellFigure]
    stored: Figures
    years: Sequence[int]
    editable: bool
    errors: CellErrors = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)
    # Looked up once: there are thousands of cells, and a translation costs more than the cell.
    labels: Mapping[CellFigure, str] = field(
        default_factory=lambda: {figure: escape(str(label)) for figure, label in FIGURE_LABELS.items()}
    )
    line_url: str = field(default_factory=line_url)

    def group(self, title: str, lines: Iterable[TableLine]) -> GridGroup:
        """A group of lines; costs have sums, estimates do not add up to an estimate of the sum."""
        own, form_id = list(lines), form_id_of(title)
        sums = []
        if self.rows == COST_FIGURES:
            ids = [line.pk for line in own]
            sums = [group_cell(form_id, year, net_sum(self.stored, ids, year)) for year in self.years]
        markup = "".join(self._line(line, form_id) for line in own)
        return GridGroup(title, form_id, LateMarkup(markup), sums_markup(sums), ids_of(own))

    def _line(self, line: TableLine, form_id: str) -> str:
        span, title = f' rowspan="{len(self.rows)}"', escape(line.title)
        head = (
            f'<th scope="row"{span}><a href="{self.line_url}{line.pk}/">{title}</a>'
            f"{note_lines([responsible(line), self.notes.get(line.pk, '')])}</th>"
        )
        rows = []
        for figure in self.rows:
            cells = "".join([self._cell(line, year, figure, form_id, title) for year in self.years])
            label = self.labels[figure]
            rows.append(f'<tr>{head}<th scope="row" class="kp-kind">{label}</th>{cells}</tr>\n')
            head = ""
        return "".join(rows)

    def _cell(self, line: TableLine, year: int, figure: CellFigure, form_id: str, title: str) -> str:
        if figure == CellFigure.EFFECT:
            raw = line.raw.get(year)
            return f'<td class="num sum">{_shown(raw.tonnes if raw else None)}</td>'
        stored = self.stored.get((line.pk, year, figure))
        if not self.editable:
            return f'<td class="num sum">{_shown(stored.amount if stored else None)}</td>'
        return f'<td class="num">{self._input(line, year, figure, form_id, title)}</td>'

    def _input(self, line: TableLine, year: int, figure: CellFigure, form_id: str, title: str) -> str:
        """One cell. `title` is the line's, with its signs escaped."""
        stored = self.stored.get((line.pk, year, figure))
        value, version = (format_number(stored.amount), stored.version) if stored else ("", 0)
        word = FIGURE_WORDS[figure]
        if self.errors and (error := self.errors.get((line.pk, year, figure))):
            cell = grid_cell(
                line.pk,
                year,
                figure=word,
                form_id=form_id,
                value=error.typed,
                version=error.version,
                label=cell_label(line.title, year, figure),
                error=error.message,
                saved=value,
            )
            return cell_html(cell)
        label = f"{title}, {year}, {self.labels[figure]}"
        return safe_cell(cell_key(line.pk, year, word), form_id, value, version, label, name=OTHER)


def cell_label(title: str, year: int, figure: CellFigure) -> str:
    """«Bilpool, 2030, lavt anslag»; the effect alone is what a cell is about when nothing else is said."""
    if figure == CellFigure.EFFECT:
        return f"{title}, {year}"
    return f"{title}, {year}, {FIGURE_LABELS[figure]}"


def wrong_cells(table: BudgetTable, errors: CellErrors, *, editable: bool) -> list[ErrorLink]:
    """What was wrong with each cell that was refused, with a link to it; nothing for those only kept.

    Not `editable`, the budget has moved on, and there are no cells to lead to: each reason is said once.
    """
    if not editable:
        said = (error.message for error in errors.values())
        return [ErrorLink(message, "") for message in dict.fromkeys(said) if message]
    if not errors:
        return []  # as on every page that is only read
    titles = {line.pk: line.title for line in (*table.lines, *table.outside)}
    return [
        cell_error_link(
            cell_key(line, year, FIGURE_WORDS.get(figure, "")),
            cell_label(titles[line], year, figure),
            error.message,
        )
        for (line, year, figure), error in errors.items()
        if error.message
    ]


def _shown(amount: Decimal | None) -> str:
    return format_number(amount, 0)


def funding_group(
    title: str, lines: Iterable[TableLine], fundings: Mapping[int, list[Funding]], *, editable: bool
) -> GridGroup:
    """Lines with the schemes they have applied to for money, and a link to where they are changed."""
    own = list(lines)
    markup = "".join(_funding_rows(line, fundings.get(line.pk, []), editable=editable) for line in own)
    return GridGroup(title, form_id_of(title), LateMarkup(markup), sums_markup([]), "")


def _funding_rows(line: TableLine, schemes: Sequence[Funding], *, editable: bool) -> str:
    span = f' rowspan="{len(schemes)}"' if len(schemes) > 1 else ""
    head = (
        f'<th scope="row"{span}><a href="{line_url()}{line.pk}/">{escape(line.title)}</a>'
        f"{_add_funding(line) if editable else ''}</th>"
        f'<td class="kp-meta"{span}>{escape(responsible(line))}</td>'
    )
    if not schemes:
        return f'<tr>{head}<td class="kp-meta" colspan="5">{escape(_("Ingen søknader"))}</td></tr>\n'
    rows = []
    for scheme in schemes:
        cells = (
            f"<td>{_scheme(scheme, editable=editable)}</td>"
            f'<td class="num">{format_number(scheme.applied_nok, 0)}</td>'
            f'<td class="num">{format_number(scheme.granted_nok, 0)}</td>'
            f"<td>{escape(format_date(scheme.deadline))}</td><td>{escape(format_date(scheme.report_due))}</td>"
        )
        rows.append(f"<tr>{head}{cells}</tr>\n")
        head = ""
    return "".join(rows)


def _add_funding(line: TableLine) -> str:
    url = reverse("budget:add_funding", args=[line.pk])
    label = escape(_("Legg til finansiering, {title}").format(title=line.title))
    text = escape(_("Legg til finansiering"))
    return f'<br><a class="kp-meta kp-under" href="{url}" aria-label="{label}">{text}</a>'


def _scheme(scheme: Funding, *, editable: bool) -> str:
    """The scheme's name, which leads whoever may edit to where it is changed."""
    name = escape(scheme.scheme)
    url = reverse("budget:edit_funding", args=[scheme.pk])
    return f'<a href="{url}">{name}</a>' if editable else name

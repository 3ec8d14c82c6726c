"""The lines of a budget as a grid: text for readers, cells for those who may edit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from budget.calculations import Key
from budget.enums import CellFigure
from budget.models import ClimateBudget
from budget.queries.tables import BudgetTable, TableLine
from budget.views.sums import SumCell, group_cell
from budget.words.figures import tonnes
from budget.words.groups import known_sum, responsible
from budget.words.problems import above_reference_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_SLUGS
from web.formats import format_number
from web.grid import cell_html, escape, grid_cell, note_html, safe_cell
from web.grid_cells import CellError
from web.late import LateMarkup

_FORM_ID = re.compile(r"group-[0-9a-f]{10}")

# One string instead of a template, as for the cells in it: a budget may have hundreds of lines.
_ROW = (
    '<tr><th scope="row"><a href="{url}">{title}</a>{note}</th>'
    '<td class="kp-meta">{responsible}</td>{cells}</tr>\n'
)
_NEXT_CELL = '</td><td class="num">'

# Line, year and which of its figures.
Place = tuple[int, int, CellFigure]
CellErrors = Mapping[Place, CellError]
Notes = Mapping[int, str]
Remarks = Mapping[tuple[Key, int], tuple[Decimal, ...]]


@dataclass(frozen=True, slots=True)
class GridGroup:
    """Lines that stand together, with rows and sums as markup; no sums where the figures do not add up.

    Without JavaScript its form posts all its cells at once. `line_ids`: what a saved cell's sum is made of.
    """

    title: str
    form_id: str
    rows: LateMarkup
    sums: SafeString
    line_ids: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The group a cell stands in on a page: the id of its form, and the lines it shows."""

    form_id: str
    lines: tuple[int, ...]


def save_group_url(budget: ClimateBudget) -> str:
    return reverse("budget:save_group", args=_revision(budget))


def undo_url(budget: ClimateBudget) -> str:
    return reverse("budget:undo", args=_revision(budget))


def _revision(budget: ClimateBudget) -> list[object]:
    return [budget.year, SCOPE_SLUGS[Scope(budget.scope)], budget.revision]


def cell_url() -> str:
    """What the address of every cell begins with."""
    return reverse("budget:save_cell", args=[0, 0]).removesuffix("0/0/")


def line_url() -> str:
    """What the address of every line begins with."""
    return reverse("budget:line", args=[0]).removesuffix("0/")


def ids_of(lines: Iterable[TableLine]) -> str:
    return ",".join(str(line.pk) for line in lines)


def sums_markup(cells: Iterable[SumCell]) -> SafeString:
    return SafeString("".join(cell.markup() for cell in cells))


def note_lines(notes: Iterable[str]) -> str:
    """Remarks under a line's title, each on its own line."""
    return "".join(f'<br><span class="kp-meta">{escape(note)}</span>' for note in notes if note)


def form_id_of(title: str) -> str:
    """The form of a group, the same on every page whatever other groups there are."""
    return f"group-{hashlib.sha256(title.encode()).hexdigest()[:10]}"


def posted_form_id(text: str) -> str:
    """The form a cell says it belongs to, empty for anything no grid has written."""
    return text if _FORM_ID.fullmatch(text) else ""


def outside_title() -> str:
    return _("Virkning utenfor systemgrensen")


def effect_groups(
    table: BudgetTable,
    groups: Mapping[str, Iterable[TableLine]],
    *,
    editable: bool,
    errors: CellErrors,
    notes: Notes,
) -> list[GridGroup]:
    """The quantified lines in scope, group by group, each with its sums."""
    writer = _RowWriter(table, table.above_reference if editable else {}, errors, notes)
    return [writer.group(title, lines, editable=editable) for title, lines in groups.items()]


def outside_group(
    table: BudgetTable, lines: Iterable[TableLine], *, editable: bool, errors: CellErrors
) -> GridGroup:
    """The lines that act beyond the boundary. What acts there is not added up."""
    writer = _RowWriter(table, {}, errors, {})
    return writer.group(outside_title(), lines, editable=editable, adds_up=False)


class _RowWriter:
    """Writes thousands of cells without asking the URL resolver or the template engine for each."""

    def __init__(self, table: BudgetTable, remarks: Remarks, errors: CellErrors, notes: Notes) -> None:
        self._years = table.horizon
        self._scope = table.budget.scope
        self._remarks = remarks
        self._errors = errors
        self._notes = notes
        self._line_url = line_url()

    def group(
        self, title: str, lines: Iterable[TableLine], *, editable: bool, adds_up: bool = True
    ) -> GridGroup:
        form_id, own = form_id_of(title), list(lines)
        rows = "".join([self._line_row(line, form_id, editable=editable) for line in own])
        sums = [group_cell(form_id, year, known_sum(own, year)) for year in self._years] if adds_up else []
        return GridGroup(title, form_id, LateMarkup(rows), sums_markup(sums), ids_of(own))

    def _line_row(self, line: TableLine, form_id: str, *, editable: bool) -> str:
        notes = [self._notes.get(line.pk, ""), _already_counted(line) if editable else ""]
        return _ROW.format(
            url=f"{self._line_url}{line.pk}/",
            title=escape(line.title),
            note=note_lines(notes),
            responsible=escape(responsible(line)),
            cells=self._inputs(line, form_id) if editable else self._figures(line),
        )

    def _inputs(self, line: TableLine, form_id: str) -> str:
        title = escape(line.title)
        cells = [self._input(line, year, title, form_id) for year in self._years]
        return f'<td class="num">{_NEXT_CELL.join(cells)}</td>'

    def _input(self, line: TableLine, year: int, title: str, form_id: str) -> str:
        """One cell. All but the title are figures, or texts without a sign to escape."""
        raw = line.raw.get(year)
        value, version = (format_number(raw.tonnes), raw.version) if raw else ("", 0)
        if self._errors and (error := self._errors.get((line.pk, year, CellFigure.EFFECT))):
            cell = grid_cell(
                line.pk,
                year,
                form_id=form_id,
                value=error.typed,
                version=error.version,
                label=f"{line.title}, {year}",
                error=error.message,
                saved=value,
            )
            return cell_html(cell)
        above = self._remarks.get((line.pk, year))
        note = note_html(" ".join(map(above_reference_sentence, above))) if above else ""
        return safe_cell(f"{line.pk}-{year}", form_id, value, version, f"{title}, {year}", message=note)

    def _figures(self, line: TableLine) -> str:
        figures = displayed_effects(line, self._years, counts=line.scope == self._scope)
        return "".join(f'<td class="num sum">{tonnes(figure)}</td>' for figure in figures)


def displayed_effects(line: TableLine, years: Iterable[int], *, counts: bool) -> list[Decimal | None]:
    """What readers see: what counts in the sums, or what was typed where nothing counts; tCO2e."""
    if counts:
        return [line.effects[year] for year in years]
    return [line.raw[year].tonnes if year in line.raw else None for year in years]


def _already_counted(line: TableLine) -> str:
    if not line.already_counted:
        return ""
    text = _("{tonnes} tonn er allerede med i regnskapet og trekkes fra i summene.")
    return text.format(tonnes=format_number(line.already_counted))

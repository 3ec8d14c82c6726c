"""The spreadsheet to fill in: the lines as they stand, with lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from budget.actions.lines import LONGEST_LIFETIME
from budget.queries.line_states import LineBook, LineState
from budget.words.line_columns import (
    ALREADY,
    ASSUMPTIONS,
    DETAILS,
    LEAST_PAIRS,
    MEASURE,
    MOST_PAIRS,
    REASON,
    RESPONSIBLE,
    SCOPE,
    SHARE,
    SHEET,
    SOURCE,
    TITLE,
    Figure,
    figure_headers,
    line_columns,
    pair,
)
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from web.register.columns import sheet_column
from web.register.template import FillIn, Limits, template_workbook
from web.sheets.writing import Sheet

# Rows with drop-downs below the lines that are there.
EMPTY_ROWS = 200
DECISION = DETAILS["decision_id"]


def line_template(book: LineBook, name: str, responsible: Mapping[int, str]) -> bytes:
    """An .xlsx of the lines. responsible: the unit that answers for each measure, by the measure's id."""
    title = [
        name,
        _("Effekt i tonn CO₂e mot referansebanen, som positive tall. Kostnader i kroner."),
        _("Velg utslippskilder og skriv andeler som er 100 prosent til sammen. En kilde alene kan stå uten."),
    ]
    figures = figure_headers(book.years)
    most = max([LEAST_PAIRS, *(len(state.sources) for state in book.lines.values())])
    columns = list(map(sheet_column, line_columns(book.years, min(most, MOST_PAIRS))))
    headers = [column.header for column in columns]
    rows = [
        _line_row(book, headers, figures, measure, state, responsible.get(measure, ""))
        for measure, state in book.lines.items()
    ]
    table = FillIn(
        Sheet(SHEET, columns, rows, title),
        len(rows) + EMPTY_ROWS,
        lists={
            **{one: one for one in (MEASURE, SCOPE, REASON, DECISION)},
            **{header: SOURCE for header in headers if header.startswith(f"{SOURCE} ")},
        },
        # Another text may stand beside those the lines have already.
        suggested=frozenset({REASON}),
        limits=_limits(headers, figures),
    )
    return template_workbook([table], _lists(book))


def _limits(headers: Sequence[str], figures: Mapping[str, Figure]) -> dict[str, Limits]:
    shares = [header for header in headers if header.startswith(f"{SHARE} ")]
    return {
        **dict.fromkeys([*figures, ALREADY], Limits("decimal", 0)),
        **dict.fromkeys([*shares, DETAILS["discount_percent"]], Limits("decimal", 0, 100)),
        DETAILS["lifetime_years"]: Limits("whole", 0, LONGEST_LIFETIME),
        DETAILS["extra_cost_nok"]: Limits("decimal", -(10**12), 10**12),
        DETAILS["calculated_on"]: Limits("date", 1),
    }


def _lists(book: LineBook) -> dict[str, Sequence[str]]:
    """What can be chosen, by the heading of its column."""
    return {
        MEASURE: sorted(name.code for name in book.measures.values()),
        SCOPE: [str(label) for label in SCOPE_LABELS.values()],
        SOURCE: list(book.sources.values()),
        REASON: list(book.reasons),
        DECISION: list(book.decisions.values()),
    }


def _line_row(
    book: LineBook,
    headers: Sequence[str],
    figures: Mapping[str, Figure],
    measure: int,
    state: LineState,
    responsible: str,
) -> list[object]:
    words: dict[str, object] = {
        MEASURE: book.measures[measure].code,
        TITLE: book.measures[measure].title,
        RESPONSIBLE: responsible,
        SCOPE: str(SCOPE_LABELS[Scope(state.scope)]),
        ALREADY: state.already or None,
        REASON: state.reason,
        ASSUMPTIONS: state.assumptions,
    }
    for number, (source, share) in enumerate(state.sources.items(), start=1):
        words |= dict(zip(pair(number), (book.sources.get(source, ""), share), strict=True))
    for name, header in DETAILS.items():
        words[header] = getattr(state.details, name)
    if state.details.decision_id is not None:
        words[DETAILS["decision_id"]] = book.decisions[state.details.decision_id]
    return [_figure(state, figures[header]) if header in figures else words.get(header) for header in headers]


def _figure(state: LineState, figure: Figure) -> object:
    effect = state.effects.get(figure.year)
    if hasattr(effect, figure.kind):
        return getattr(effect, figure.kind)
    return state.costs.get((figure.kind, figure.year))

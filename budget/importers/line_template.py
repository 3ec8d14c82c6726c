"""The spreadsheet to fill in: the lines as they stand, with lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from budget.importers.columns import (
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
    TONNES,
    Figure,
    figure_headers,
    pair,
)
from budget.importers.line_details import LONGEST_LIFETIME
from budget.queries.line_states import LineBook, LineState
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from web.formats import format_number
from web.sheets.writing import Column, Kind, Sheet, write_xlsx

LISTS = "Lister"
# Rows with drop-downs below the lines that are there.
EMPTY_ROWS = 200
# Columns of the sheet of lists, in its order.
CHOICES = (MEASURE, SCOPE, SOURCE, REASON, DETAILS["decision_id"])
# A list to choose from that another text may stand beside.
SUGGESTED = frozenset({REASON})


def line_template(book: LineBook, name: str, responsible: Mapping[int, str]) -> bytes:
    """An .xlsx of the lines. responsible: the unit that answers for each measure, by the measure's id."""
    title = [
        name,
        _("Effekt i tonn CO₂e mot referansebanen, som positive tall. Kostnader i kroner."),
        _("Velg utslippskilder og skriv andeler som er 100 prosent til sammen. En kilde alene kan stå uten."),
    ]
    figures = figure_headers(book.years)
    most = max([LEAST_PAIRS, *(len(state.sources) for state in book.lines.values())])
    pairs = [pair(number) for number in range(1, min(most, MOST_PAIRS) + 1)]
    columns = [
        *map(Column, (MEASURE, TITLE, RESPONSIBLE, SCOPE)),
        *(Column(header, "number") for header, figure in figures.items() if figure.kind == TONNES),
        Column(ALREADY, "number"),
        *(column for source, share in pairs for column in (Column(source), Column(share, "number"))),
        *map(Column, (REASON, ASSUMPTIONS)),
        *(Column(header, "number") for header, figure in figures.items() if figure.kind != TONNES),
        *(Column(header, _KINDS.get(name, "text")) for name, header in DETAILS.items()),
    ]
    rows = [
        _line_row(book, columns, figures, measure, state, responsible.get(measure, ""))
        for measure, state in book.lines.items()
    ]
    content = write_xlsx([Sheet(SHEET, columns, rows, title), _lists(book)])
    first = len(title) + 3
    return _with_checks(content, [column.header for column in columns], figures, first, first + len(rows) - 1)


_KINDS: Mapping[str, Kind] = {
    "calculated_on": "date",
    "extra_cost_nok": "number",
    "lifetime_years": "integer",
    "discount_percent": "number",
}


def shares_text(sources: Mapping[int, object], names: Mapping[int, str]) -> str:
    """«Veitrafikk: Personbiler = 60 %; Veitrafikk: Varebiler = 40 %»"""
    return "; ".join(
        f"{names.get(source, source)} = {format_number(share)} %"  # type: ignore[arg-type]
        for source, share in sources.items()
    )


def _line_row(
    book: LineBook,
    columns: Sequence[Column],
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
    return [
        _figure(state, figures[column.header]) if column.header in figures else words.get(column.header)
        for column in columns
    ]


def _figure(state: LineState, figure: Figure) -> object:
    effect = state.effects.get(figure.year)
    if hasattr(effect, figure.kind):
        return getattr(effect, figure.kind)
    return state.costs.get((figure.kind, figure.year))


def _lists(book: LineBook) -> Sheet:
    """What can be chosen, a column for each."""
    lists = (
        sorted(name.code for name in book.measures.values()),
        [str(label) for label in SCOPE_LABELS.values()],
        list(book.sources.values()),
        list(book.reasons),
        list(book.decisions.values()),
    )
    length = max(map(len, lists))
    padded = [[*values, *[None] * (length - len(values))] for values in lists]
    return Sheet(LISTS, [*map(Column, CHOICES)], list(zip(*padded, strict=True)))


def _with_checks(
    content: bytes, headers: Sequence[str], figures: Mapping[str, Figure], first: int, last: int
) -> bytes:
    """Lists to choose from, and cells that take nothing but what their column holds."""
    book = load_workbook(io.BytesIO(content))
    page, lists = book[SHEET], book[LISTS]
    known = {
        header: sum(1 for cell in lists[get_column_letter(place)] if cell.value is not None) - 1
        for place, header in enumerate(CHOICES, start=1)
    }
    for check, own in _checks(headers, figures, known):
        check.error = _("Velg fra listen.") if check.type == "list" else _("Skriv et tall eller en dato.")
        for header in own:
            letter = get_column_letter(headers.index(header) + 1)
            check.add(f"{letter}{first}:{letter}{last + EMPTY_ROWS}")
        page.add_data_validation(check)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _checks(
    headers: Sequence[str], figures: Mapping[str, Figure], known: Mapping[str, int]
) -> Iterator[tuple[DataValidation, list[str]]]:
    """(what is allowed, the columns it is allowed in)"""
    for letter, header in zip("ABCDE", CHOICES, strict=True):
        own = [
            name for name in headers if name == header or (header == SOURCE and name.startswith(f"{SOURCE} "))
        ]
        if known[header] and own:
            choice = DataValidation(
                type="list", formula1=f"={LISTS}!${letter}$2:${letter}${known[header] + 1}"
            )
            choice.showErrorMessage = header not in SUGGESTED
            yield choice, own
    not_negative = [name for name in headers if name in figures or name == ALREADY]
    yield _from_zero("decimal", None), not_negative
    shares = [name for name in headers if name.startswith(f"{SHARE} ")]
    yield _from_zero("decimal", 100), [*shares, DETAILS["discount_percent"]]
    yield _from_zero("whole", LONGEST_LIFETIME), [DETAILS["lifetime_years"]]
    yield (
        DataValidation(type="decimal", operator="between", formula1="-1E12", formula2="1E12"),
        [DETAILS["extra_cost_nok"]],
    )
    yield DataValidation(type="date", operator="greaterThan", formula1="1"), [DETAILS["calculated_on"]]


def _from_zero(kind: str, most: int | None) -> DataValidation:
    if most is None:
        return DataValidation(type=kind, operator="greaterThanOrEqual", formula1="0")
    return DataValidation(type=kind, operator="between", formula1="0", formula2=str(most))

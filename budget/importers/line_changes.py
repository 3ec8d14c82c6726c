"""What a spreadsheet of lines would change, line by line, before it is written; and writing just that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.actions.editing import refuse_closed
from budget.actions.line_import import LineRow, import_lines
from budget.actions.lines import check_not_in_reference
from budget.calculations import Key
from budget.importers.lines import LinesFile, ReadLine, WrongRow, read_lines
from budget.models import ClimateBudget
from budget.queries.line_states import LineBook, LineState, line_book
from budget.queries.line_trial import Trial, try_out
from budget.queries.problems import source_names
from budget.words.line_columns import (
    ALREADY,
    ASSUMPTIONS,
    COST_WORDS,
    DETAILS,
    ESTIMATE_WORDS,
    MEASURE,
    REASON,
    SCOPE,
    SOURCES,
)
from budget.words.problems import above_reference_sentence, problem_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from strategy.models import Measure
from web.actors import Actor
from web.formats import format_date, format_number
from web.refusals import Refused
from web.register.plan import Plan, PlannedRow
from web.sheets.errors import UnreadableFile

Change = tuple[str, str, str]


@dataclass(slots=True, kw_only=True)
class PlannedLine(PlannedRow):
    """One row of the file; `line` is what it would write, when it changes something."""

    line: LineRow | None = None

    @property
    def outcome_word(self) -> str:
        return _("nytt") if self.is_new else ""


@dataclass(slots=True, kw_only=True)
class LinesPlan(Plan):
    """`headers` are those the file has."""

    rows: Sequence[PlannedLine]
    headers: frozenset[str]

    @property
    def changed(self) -> dict[int, PlannedLine]:
        """The rows that write something, by their measure's id."""
        return {row.line.measure: row for row in self.rows if row.line is not None}


def plan_lines(budget: ClimateBudget, content: bytes, file_name: str) -> LinesPlan:
    """What the file would change of the budget's lines. Nothing is written. Raises UnreadableFile, Closed."""
    refuse_closed(budget)
    book = line_book(budget)
    read = read_lines(content, file_name, book)
    plan = LinesPlan(rows=_rows(read, book), headers=read.headers)
    if plan.changed and not plan.count("error"):
        _refuse_policies(budget, plan)
        _try(budget, plan, book)
    return plan


def write_lines(*, by: Actor, budget: ClimateBudget, plan: LinesPlan) -> int:
    """Writes what was previewed, and says how many lines. Raises as `import_lines` does."""
    rows = [row.line for row in plan.changed.values() if row.line is not None]
    return import_lines(by=by, budget=budget, rows=rows)


def _rows(read: LinesFile, book: LineBook) -> list[PlannedLine]:
    rows = [_planned(line, book) for line in read.lines]
    rows += [_wrong(problem) for problem in read.errors]
    return sorted(rows, key=lambda row: row.number)


def _wrong(problem: WrongRow) -> PlannedLine:
    of_headers = problem.cells is None
    return PlannedLine(
        number=problem.row,
        title=_("Overskriftene") if of_headers else str((problem.cells or {}).get(MEASURE) or ""),
        errors=[(problem.column, problem.sentence)],
        source=problem.cells or {},
    )


def _planned(line: ReadLine, book: LineBook) -> PlannedLine:
    name, before = book.measures[line.measure], book.lines.get(line.measure)
    row = PlannedLine(
        number=line.row,
        title=f"{name.code} {name.title}",
        is_new=before is None,
        source=line.cells,
    )
    if before is None or before.packed() != line.state.packed():
        row.line = LineRow(line.measure, before.fingerprint if before else "", line.state)
        row.mark = (line.measure, row.line.seen)
        row.changes = list(_changes(before, line.state, book))
    return row


def _refuse_policies(budget: ClimateBudget, plan: LinesPlan) -> None:
    new = {pk: row for pk, row in plan.changed.items() if row.is_new}
    for measure in Measure.objects.filter(pk__in=new, reference_policies__budget=budget).distinct():
        try:
            check_not_in_reference(budget, measure)
        except Refused as refused:
            new[measure.pk].errors.append((MEASURE, str(refused)))


def _try(budget: ClimateBudget, plan: LinesPlan, book: LineBook) -> None:
    """What the arithmetic would refuse, at the row it is about, and what is odd. Raises UnreadableFile for
    what no row of the file is about.
    """
    changed = plan.changed
    trial = try_out(budget, {pk: row.line.state for pk, row in changed.items() if row.line is not None})
    _say_what_is_refused(trial, changed, book)
    plan.remarks = [
        _("Rad {row}, kolonne {column}: {sentence}").format(
            row=changed[measure].number, column=year, sentence=above_reference_sentence(reference)
        )
        for (measure, year), reference in trial.above.items()
    ]


def _say_what_is_refused(trial: Trial, changed: dict[int, PlannedLine], book: LineBook) -> None:
    sources = source_names(trial.refused)
    names: dict[Key, str] = {key: changed[measure].title for key, measure in trial.tried.items()}
    others = []
    for problem in trial.refused:
        sentence = problem_sentence(problem, names, sources).text
        measure = None if problem.line is None else trial.tried.get(problem.line)
        if measure is not None:
            column = str(problem.year) if problem.year in book.years else ""
            changed[measure].errors.append((column, sentence))
        else:
            others.append(sentence)
    if others:
        raise UnreadableFile("does_not_add_up", " ".join(dict.fromkeys(others)))


def _changes(before: LineState | None, after: LineState, book: LineBook) -> Iterator[Change]:
    if before is None:
        yield SCOPE, "", str(SCOPE_LABELS[Scope(after.scope)])
        before = LineState(after.scope)
    yield from _changed_figures(before, after, book)
    yield from _changed(SOURCES, _shares_text(before, book), _shares_text(after, book))
    yield from _changed(REASON, before.reason, after.reason)
    yield from _changed(ASSUMPTIONS, before.assumptions, after.assumptions)
    for name, label in DETAILS.items():
        yield from _changed(
            label, *(_detail(getattr(state.details, name), name, book) for state in (before, after))
        )
    for kind, word in COST_WORDS.items():
        for year in book.years:
            place = (kind.value, year)
            yield from _changed(
                f"{word} {year}", _number(before.costs.get(place)), _number(after.costs.get(place))
            )


def _changed_figures(before: LineState, after: LineState, book: LineBook) -> Iterator[Change]:
    for year in book.years:
        old, new = before.effects.get(year), after.effects.get(year)
        for kind, label in {"tonnes": str(year), **_estimates(year)}.items():
            yield from _changed(label, _number(getattr(old, kind, None)), _number(getattr(new, kind, None)))
    yield from _changed(ALREADY, _number(before.already), _number(after.already))


def _estimates(year: int) -> dict[str, str]:
    return {kind: f"{year} {word}" for kind, word in ESTIMATE_WORDS.items()}


def _changed(label: str, old: str, new: str) -> Iterator[Change]:
    if old != new:
        yield label, old, new


def _number(value: Decimal | None) -> str:
    return "" if value is None else format_number(value)


def _shares_text(state: LineState, book: LineBook) -> str:
    """«Veitrafikk: Personbiler = 60 %; Veitrafikk: Varebiler = 40 %»"""
    return "; ".join(
        f"{book.sources.get(source, source)} = {format_number(share)} %"
        for source, share in state.sources.items()
    )


def _detail(value: object, name: str, book: LineBook) -> str:
    """What a line says beside its figures, as people read it; empty for nothing."""
    if value is None:
        return ""
    if name == "decision_id":
        return book.decisions.get(int(str(value)), "")
    if isinstance(value, Decimal | int):
        return format_number(value)
    return format_date(value) if isinstance(value, date) else str(value)

"""Lines from a spreadsheet: all of them at once, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _

from budget.actions.editing import editing
from budget.actions.effects import never_again
from budget.actions.lines import checked_details
from budget.calculations import BudgetProblem, above_reference, problems
from budget.models import ClimateBudget, Cost, Effect, Line, LineSource
from budget.queries.assembling import budget_inputs, budget_table
from budget.queries.line_states import EffectFigures, LineState, line_states
from budget.queries.problems import source_names
from budget.queries.tables import BudgetTable
from budget.words.problems import above_reference_sentence, names_in, problem_sentence
from organisation.models import User
from web.actors import Actor
from web.concurrency import save_versioned
from web.once import claim_submission, finish_submission
from web.refusals import Refused


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line to write. seen: the fingerprint of the line as it was previewed, empty for a new line."""

    row: int
    measure: int
    seen: str
    state: LineState


class StaleLines(Exception):
    """Some lines are no longer as they were previewed: `measures` are the ids of theirs."""

    def __init__(self, measures: Sequence[int]) -> None:
        super().__init__(f"{len(measures)} lines were changed by somebody else")
        self.measures = tuple(measures)


class _TriedOut(Exception):
    """Takes back what was written to see how it goes."""

    def __init__(self, remarks: Sequence[str]) -> None:
        self.remarks = tuple(remarks)


def import_lines(*, by: Actor, budget: ClimateBudget, rows: Sequence[LineRow], token: str = "") -> int:
    """Write the lines of a file, tonnes of CO2e and NOK: every one of them or none.

    Returns how many were written; the same form sent again writes nothing and returns 0. Raises StaleLines,
    Refused (each sentence with its row), Closed and PermissionDenied.
    """
    with editing(by, budget, _("Import av tiltak fra regneark")):
        claim = claim_submission(token, by) if isinstance(by, User) else None
        if isinstance(by, User) and claim is None:
            return 0
        _write(budget, rows)
        if claim is not None:
            finish_submission(claim, budget.get_absolute_url())
    return len(rows)


def try_lines(*, by: Actor, budget: ClimateBudget, rows: Sequence[LineRow]) -> tuple[str, ...]:
    """Write the lines and take it back: what is odd about them, in sentences. Raises as `import_lines`."""
    try:
        with editing(by, budget, _("Prøve av regneark")):
            raise _TriedOut(_write(budget, rows))
    except _TriedOut as tried:
        return tried.remarks


def _write(budget: ClimateBudget, rows: Sequence[LineRow]) -> list[str]:
    lines = _locked(budget, [row.measure for row in rows])
    states = line_states(budget)
    if stale := [row.measure for row in rows if _fingerprint(states, row.measure) != row.seen]:
        raise StaleLines(stale)
    before = set(problems(budget_inputs(budget)))
    order = Line.objects.filter(budget=budget).aggregate(last=Max("order"))["last"] or 0
    for row in rows:
        line = lines.get(row.measure)
        if line is None:
            order += 1
            line = lines[row.measure] = _new_line(budget, row, order)
            _write_line(line, LineState(row.state.scope), row.state)
        else:
            _write_line(line, states[row.measure], row.state)
    return _checked(budget, before, {lines[row.measure].pk: row.row for row in rows})


def _locked(budget: ClimateBudget, measures: Sequence[int]) -> dict[int, Line]:
    """By measure, locked in the order of id after the budget. Whoever saves a figure of one of them in the
    grid comes before or after, never between.
    """
    stored = Line.objects.select_for_update(no_key=True).filter(budget=budget, measure__in=measures)
    return {line.measure_id: line for line in stored.order_by("pk")}


def _fingerprint(states: Mapping[int, LineState], measure: int) -> str:
    return states[measure].fingerprint if measure in states else ""


def _new_line(budget: ClimateBudget, row: LineRow, order: int) -> Line:
    return Line.objects.create(budget=budget, measure_id=row.measure, scope=row.state.scope, order=order)


def _write_line(line: Line, before: LineState, after: LineState) -> None:
    own = ("reason", "already", "assumptions", "details")
    if any(getattr(before, name) != getattr(after, name) for name in own):
        fields = {
            "not_quantified_reason": after.reason,
            "already_counted": after.already,
            "assumptions": after.assumptions,
            **checked_details(after.details, line),
        }
        save_versioned(line, expected=line.version, fields=fields)
    if before.sources != after.sources:
        line.sources.all().delete()
        LineSource.objects.bulk_create(
            LineSource(line=line, source_id=source, share=share) for source, share in after.sources.items()
        )
    if before.effects != after.effects:
        _write_effects(line, after.effects)
    if before.costs != after.costs:
        _write_costs(line, before.costs, after.costs)


def _write_effects(line: Line, wanted: Mapping[int, EffectFigures]) -> None:
    for effect in line.effects.order_by("year"):
        figures = wanted.get(effect.year)
        if figures is None:
            # As in the grid: a figure put there later never gets a version this one has had.
            never_again(line, effect.version, effect.low_version, effect.high_version)
            effect.delete()
        elif figures != (effect.tonnes, effect.low, effect.high):
            save_versioned(effect, expected=effect.version, fields=_with_versions(effect, figures))
    line.refresh_from_db(fields=["version"])
    there = set(line.effects.values_list("year", flat=True))
    Effect.objects.bulk_create(
        Effect(
            line=line,
            year=year,
            version=line.version,
            low_version=line.version,
            high_version=line.version,
            **figures._asdict(),
        )
        for year, figures in sorted(wanted.items())
        if year not in there
    )


def _with_versions(effect: Effect, figures: EffectFigures) -> dict[str, Decimal | int | None]:
    """What to write, with the versions of the estimates that change."""
    fields: dict[str, Decimal | int | None] = figures._asdict()
    if figures.low != effect.low:
        fields["low_version"] = effect.low_version + 1
    if figures.high != effect.high:
        fields["high_version"] = effect.high_version + 1
    return fields


def _write_costs(
    line: Line, before: Mapping[tuple[str, int], Decimal], after: Mapping[tuple[str, int], Decimal]
) -> None:
    stored = {(cost.kind, cost.year): cost for cost in line.costs.all()}
    for place in sorted(before.keys() - after.keys()):
        stored[place].delete()
        never_again(line, stored[place].version)
    line.refresh_from_db(fields=["version"])
    for (kind, year), nok in sorted(after.items()):
        if before.get((kind, year)) == nok:
            continue
        if cost := stored.get((kind, year)):
            save_versioned(cost, expected=cost.version, fields={"nok": nok})
        else:
            Cost.objects.create(line=line, kind=kind, year=year, nok=nok, version=line.version)


def _with_rows(table: BudgetTable, row_of: Mapping[int, int]) -> Iterator[str]:
    names, sources = names_in(table), source_names(table.problems)
    for problem in table.problems:
        sentence = problem_sentence(problem, names, sources).text
        row = row_of.get(problem.line) if isinstance(problem.line, int) else None
        yield _("Rad {row}: {sentence}").format(row=row, sentence=sentence) if row else sentence


def _checked(budget: ClimateBudget, before: set[BudgetProblem], row_of: Mapping[int, int]) -> list[str]:
    """What is odd, by row. Raises Refused when the budget can no longer be computed."""
    inputs = budget_inputs(budget)
    if set(problems(inputs)) - before:
        table = budget_table(budget)
        raise Refused(*dict.fromkeys(_with_rows(table, row_of)))
    return [
        _("Rad {row}, kolonne {column}: {sentence}").format(
            row=row_of[int(str(line))], column=year, sentence=above_reference_sentence(min(references))
        )
        for (line, year), references in above_reference(inputs).items()
        if line in row_of
    ]

"""Lines from a spreadsheet: all of them at once, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _

from budget.actions.editing import editing, problems_of
from budget.actions.effects import never_again
from budget.actions.lines import check_not_in_reference, checked_details
from budget.models import ClimateBudget, Cost, Effect, Line, LineSource
from budget.queries.assembling import budget_table
from budget.queries.line_states import EffectFigures, LineState, line_states
from budget.queries.problems import source_names
from budget.words.problems import problem_sentences
from strategy.models import Measure
from web.actors import Actor
from web.concurrency import StaleObject, save_versioned
from web.refusals import Refused


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line to write. seen: the fingerprint of the line as it was previewed, empty for a new line."""

    measure: int
    seen: str
    state: LineState


class StaleLines(StaleObject):
    """Some lines are no longer as they were previewed: `measures` are the ids of theirs."""

    def __init__(self, measures: Sequence[int]) -> None:
        self.measures = tuple(measures)
        super().__init__(self.measures)


def import_lines(*, by: Actor, budget: ClimateBudget, rows: Sequence[LineRow]) -> int:
    """Write the lines of a file, tonnes of CO2e and NOK: every one of them or none.

    Returns how many were written. Raises StaleLines, Refused, Closed and PermissionDenied.
    """
    with editing(by, budget, _("Import av tiltak fra regneark")):
        _write(budget, rows)
    return len(rows)


def _write(budget: ClimateBudget, rows: Sequence[LineRow]) -> None:
    lines = _locked(budget, [row.measure for row in rows])
    states = line_states(budget)
    if stale := [row.measure for row in rows if _fingerprint(states, row.measure) != row.seen]:
        raise StaleLines(stale)
    before = set(problems_of(budget))
    order = Line.objects.filter(budget=budget).aggregate(last=Max("order"))["last"] or 0
    for row in rows:
        line = lines.get(row.measure)
        if line is None:
            order += 1
            line = lines[row.measure] = _new_line(budget, row, order)
            _write_line(line, LineState(row.state.scope), row.state)
        else:
            _write_line(line, states[row.measure], row.state)
    if set(problems_of(budget)) - before:
        table = budget_table(budget)
        raise Refused(*(one.text for one in problem_sentences(table, source_names(table.problems))))


def _locked(budget: ClimateBudget, measures: Sequence[int]) -> dict[int, Line]:
    """By measure, locked in the order of id after the budget. Whoever saves a figure of one of them in the
    grid comes before or after, never between.
    """
    stored = Line.objects.select_for_update(no_key=True).filter(budget=budget, measure__in=measures)
    return {line.measure_id: line for line in stored.order_by("pk")}


def _fingerprint(states: Mapping[int, LineState], measure: int) -> str:
    return states[measure].fingerprint if measure in states else ""


def _new_line(budget: ClimateBudget, row: LineRow, order: int) -> Line:
    check_not_in_reference(budget, Measure.objects.get(pk=row.measure))
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

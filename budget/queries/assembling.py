"""From a budget's rows to the input of the arithmetic, and from its result to the one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budget.calculations import (
    BudgetError,
    BudgetInput,
    BudgetProblem,
    BudgetResult,
    Effect,
    Key,
    LineInput,
    OverlapInput,
    YearRow,
    above_reference,
    compute,
    problems,
)
from budget.enums import OPEN_STATES, CostKind, OverlapMethod
from budget.models import ClimateBudget
from budget.queries.details import read_details
from budget.queries.editions import history_of_edition
from budget.queries.rows import (
    LineRow,
    OverlapRow,
    TargetRow,
    horizon,
    read_ceilings,
    read_costs,
    read_effects,
    read_lines,
    read_overlaps,
    read_reference,
    read_shares,
    target_row,
)
from budget.queries.tables import (
    NO_DETAILS,
    BudgetHead,
    BudgetTable,
    EditionHead,
    LineDetails,
    RawEffect,
    TableLine,
    TableYear,
    TargetHead,
)

ZERO = Decimal(0)


def budget_inputs(budget: ClimateBudget, *, frozen: bool | None = None) -> BudgetInput:
    """The budget as the arithmetic takes it: tonnes per source, line and year, in a fixed number of queries.

    `frozen` reads the copies made at adoption instead of the other rooms; default for budgets that are
    adopted or superseded.
    """
    return read_rows(budget, frozen=_frozen(budget, frozen)).input


def budget_table(
    budget: ClimateBudget,
    *,
    frozen: bool | None = None,
    with_costs: bool = True,
    with_details: bool = True,
) -> BudgetTable:
    """The whole budget as one table. What page, PDF, XLSX, CSV and JSON show comes from here.

    A line or an overlap that cannot be computed stays out of the sums and is named in `problems`; an
    adopted budget has none. `frozen` as in `budget_inputs`. `with_costs=False` leaves costs unread, for
    pages that show tonnes only, and `with_details=False` what only documents and files tell of a line.
    """
    rows = read_rows(budget, frozen=_frozen(budget, frozen))
    result, found = compute_what_can_be(rows.input)
    costs = read_costs(budget) if with_costs else {}
    details = read_details(budget) if with_details else {}
    lines = [
        _line(row, rows, result, costs.get(row.pk, {}), details.get(row.pk, NO_DETAILS)) for row in rows.lines
    ]
    in_scope = tuple(line for line in lines if line.scope == budget.scope or not line.quantified)
    return BudgetTable(
        budget=_budget_head(budget),
        edition=_edition_head(budget, rows.last_year),
        target=TargetHead(
            rows.target.title, rows.target.base_year, rows.target.target_year, rows.target.percent
        ),
        years=_years(result, in_scope, none_recorded=budget.recorded_afterwards and not lines),
        lines=in_scope,
        outside=tuple(line for line in lines if line.scope != budget.scope and line.quantified),
        history=rows.history,
        problems=found,
        above_reference=above_reference(rows.input),
    )


def _years(result: BudgetResult, lines: Sequence[TableLine], *, none_recorded: bool) -> tuple[TableYear, ...]:
    """`none_recorded`: there were measures, and nobody has put them in. What they cut is unknown, and so
    is their path.
    """
    if none_recorded:
        rows = map(table_year, result.years.values())
        return tuple(replace(row, path=None, gap=None, band=None, known=False) for row in rows)
    figures = {year for line in lines if line.quantified for year in line.raw}
    first = min(figures, default=None)
    return tuple(
        replace(table_year(row), known=is_known(row.year, first, year_has_figures=row.year in figures))
        for row in result.years.values()
    )


def is_known(year: int, first: int | None, *, year_has_figures: bool) -> bool:
    """Whether the sums of a year say something: not when figures began earlier and there is none in it."""
    return year_has_figures or first is None or year < first


def compute_what_can_be(whole: BudgetInput) -> tuple[BudgetResult, tuple[BudgetProblem, ...]]:
    """The result, without the lines and overlaps the arithmetic refuses, and why it refuses them."""
    try:
        return compute(whole), ()
    except BudgetError:
        part, found = computable_part(whole)
        return compute(part), found


def computable_part(whole: BudgetInput) -> tuple[BudgetInput, tuple[BudgetProblem, ...]]:
    """The input without the lines and overlaps the arithmetic refuses, and why it refuses them."""
    found: list[BudgetProblem] = []
    part = whole
    while current := problems(part):
        found += current
        lines = {problem.line for problem in current if problem.overlap is None} - {None}
        overlaps = {problem.overlap for problem in current} - {None}
        if not lines and not overlaps:
            break  # the reference path itself, which the database keeps in order
        part = replace(
            part,
            lines=tuple(
                replace(line, quantified=False) if line.key in lines else line for line in part.lines
            ),
            overlaps=tuple(record for record in part.overlaps if record.key not in overlaps),
        )
    return part, tuple(found)


def table_year(row: YearRow) -> TableYear:
    """One year of the table."""
    return TableYear(
        year=row.year,
        reference=row.reference,
        gross=row.gross,
        overlap=row.overlap,
        net=row.net,
        by_level=row.by_level,
        path=row.path,
        ceiling=row.ceiling,
        gap=row.gap,
        band=row.band,
    )


@dataclass(frozen=True, slots=True)
class BudgetRows:
    """Everything read for one budget."""

    input: BudgetInput
    target: TargetRow
    lines: Sequence[LineRow]
    raw: Mapping[int, Mapping[int, RawEffect]]
    history: Mapping[int, Decimal | None]
    last_year: int


def is_frozen(budget: ClimateBudget) -> bool:
    """Whether the budget reads the copies made at adoption, rather than the other rooms."""
    return budget.state not in OPEN_STATES


def _frozen(budget: ClimateBudget, asked: bool | None) -> bool:
    return is_frozen(budget) if asked is None else asked


def read_rows(budget: ClimateBudget, *, frozen: bool) -> BudgetRows:
    """The budget's rows for its whole horizon, and the edition's history."""
    target = target_row(budget, frozen=frozen)
    history = history_of_edition(budget.edition_id, budget.inventory_until)
    last_year = max(history, default=budget.year - 1)
    years = horizon(budget, last_year, target.target_year)
    lines = read_lines(budget, frozen=frozen)
    shares = read_shares(budget)
    effects: dict[int, dict[int, Effect | None]] = defaultdict(dict)
    raw: dict[int, dict[int, RawEffect]] = defaultdict(dict)
    for line, year, tonnes, low, high, version in read_effects(budget, years):
        effects[line][year] = Effect(tonnes, low, high)
        raw[line][year] = RawEffect(tonnes, version, low, high)
    reference = read_reference(budget, years)
    inputs = BudgetInput(
        years=years,
        sources=_sources(budget, reference, lines, shares),
        reference={(source, year): tonnes for source, year, tonnes, _low, _high in reference},
        reference_range={
            (source, year): (low, high) for source, year, _tonnes, low, high in reference if low is not None
        },
        lines=tuple(_line_input(row, budget, shares, effects) for row in lines),
        overlaps=tuple(overlap_input(row) for row in read_overlaps(budget, years)),
        ceilings=read_ceilings(budget, target, years, frozen=frozen),
    )
    return BudgetRows(inputs, target, lines, raw, history, last_year)


def _sources(
    budget: ClimateBudget,
    reference: Iterable[tuple[int, ...]],
    lines: Iterable[LineRow],
    shares: Mapping[int, Mapping[Key, Decimal]],
) -> tuple[Key, ...]:
    """Every source with a reference, and those only a line knows: their reference is then unknown."""
    found: set[Key] = {row[0] for row in reference}
    for line in lines:
        if line.quantified and line.scope == budget.scope:
            found.update(shares.get(line.pk, ()))
    return tuple(sorted(found, key=int))


def _line_input(
    row: LineRow,
    budget: ClimateBudget,
    shares: Mapping[int, Mapping[Key, Decimal]],
    effects: Mapping[int, Mapping[int, Effect | None]],
) -> LineInput:
    return LineInput(
        key=row.pk,
        level=row.level,
        shares=shares.get(row.pk, {}),
        effects=effects.get(row.pk, {}),
        already_counted=row.already_counted,
        scope_counts=row.scope == budget.scope,
        quantified=row.quantified,
    )


def overlap_input(row: OverlapRow) -> OverlapInput:
    is_product = row.method == OverlapMethod.PRODUCT
    return OverlapInput(
        key=f"overlap-{row.pk}",
        source=row.source_id,
        method=row.method,
        members=row.members,
        basis=row.years if is_product else {},
        stated={} if is_product else row.years,
    )


def _line(
    row: LineRow,
    rows: BudgetRows,
    result: BudgetResult,
    costs: Mapping[CostKind, Mapping[int, Decimal]],
    details: LineDetails,
) -> TableLine:
    counted = result.lines.get(row.pk)
    return TableLine(
        pk=row.pk,
        measure_id=row.measure_id,
        code=row.code,
        title=row.title,
        unit_id=row.unit_id,
        unit=row.unit,
        external_actor=row.external_actor,
        focus_area=row.focus_area,
        level=row.level,
        scope=row.scope,
        quantified=row.quantified,
        reason=row.reason,
        already_counted=row.already_counted,
        effects=dict(counted.effects) if counted else dict.fromkeys(rows.input.years),
        raw=rows.raw.get(row.pk, {}),
        costs={year: net_cost(costs, year) if costs else None for year in rows.input.years},
        costs_by_kind=costs,
        price_inputs=row.price_inputs,
        details=details,
    )


def net_cost(costs: Mapping[CostKind, Mapping[int, Decimal]], year: int) -> Decimal | None:
    """NOK of one year, investment and operation less saving; None when no cost is given."""
    net: Decimal | None = None
    for kind, by_year in costs.items():
        nok = by_year.get(year)
        if nok is not None:
            net = (net or ZERO) + (-nok if kind == CostKind.SAVING else nok)
    return net


def _budget_head(budget: ClimateBudget) -> BudgetHead:
    return BudgetHead(
        pk=budget.pk,
        year=budget.year,
        last_plan_year=budget.last_plan_year,
        scope=budget.scope,
        revision=budget.revision,
        state=budget.state,
        case_number=budget.case_number,
        adopted_on=budget.adopted_on,
        is_example=budget.is_example,
        recorded_afterwards=budget.recorded_afterwards,
    )


def _edition_head(budget: ClimateBudget, last_year: int) -> EditionHead:
    edition = budget.edition
    return EditionHead(
        published=edition.published,
        municipality=edition.municipality.name,
        publisher=edition.publisher,
        last_year=last_year,
        is_example=edition.is_example,
    )

"""Properties of the budget arithmetic that hold for every budget: architecture §4, on generated budgets."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.calculations import (
    BudgetError,
    BudgetInput,
    Delay,
    Effect,
    LineInput,
    OverlapInput,
    by_sector,
    compute,
    delayed,
)
from budget.enums import BudgetProblemCode, OverlapMethod
from strategy.calculations import ceilings, sector_ceilings
from strategy.enums import Level

D = Decimal
SOURCES = ("road", "heat", "sea")
SECTORS = {"road": "transport", "sea": "transport", "heat": "heating"}
YEARS = (2027, 2030)
micro = st.integers(0, 3_000_000_000)


def _tonnes(number):
    return D(number).scaleb(-6)


@st.composite
def budgets(draw):
    """Valid budgets with every kind of line; effects of up to three times a source, overlaps of any basis."""
    reference = {(source, year): draw(micro) for source in SOURCES for year in YEARS}
    lines = {key: draw(_lines(key)) for key in range(draw(st.integers(0, 6)))}
    overlaps = []
    for source in SOURCES:
        group = draw(st.permutations(sorted(lines)))
        middle = draw(st.integers(0, len(group)))
        for members in (group[:middle], group[middle:]):
            if draw(st.booleans()):
                overlaps.append(draw(_records(len(overlaps), source, tuple(members), lines, reference)))
    return BudgetInput(
        years=YEARS,
        sources=SOURCES,
        reference={place: _tonnes(number) for place, number in reference.items()},
        lines=tuple(lines.values()),
        overlaps=tuple(overlaps),
        ceilings={year: _tonnes(draw(micro)) for year in YEARS},
        reference_range={
            (source, year): (_tonnes(number // 2), _tonnes(2 * number))
            for (source, year), number in reference.items()
            if draw(st.booleans())
        },
    )


@st.composite
def _lines(draw, key):
    first = draw(st.integers(0, 10_000))
    second = draw(st.integers(0, 10_000 - first))
    shares = zip(SOURCES, (first, second, 10_000 - first - second), strict=True)
    effects = {}
    for year in YEARS:
        low, central, high = sorted(draw(st.tuples(micro, micro, micro)))
        effects[year] = draw(
            st.sampled_from([None, Effect(_tonnes(low)), Effect(*map(_tonnes, (central, low, high)))])
        )
    return LineInput(
        key,
        draw(st.sampled_from(list(Level))),
        shares={source: D(share).scaleb(-2) for source, share in shares},
        effects=effects,
        already_counted=_tonnes(draw(st.sampled_from([0, 0, 1, 400_000_000]))),
        scope_counts=draw(st.sampled_from([True, True, False])),
    )


@st.composite
def _records(draw, key, source, members, lines, reference):
    """A basis of at most the reference; members with an effect above it are left out."""
    if draw(st.booleans()):
        stated = {year: _tonnes(draw(micro)) for year in YEARS}
        return OverlapInput(key, source, OverlapMethod.FIXED, members, stated=stated)
    basis = {year: _tonnes(draw(st.integers(0, reference[source, year]))) for year in YEARS}
    fitting = tuple(
        member
        for member in members
        if all(
            effect is None
            or (effect.high or effect.central) * lines[member].shares[source] / 100 <= basis[year]
            for year, effect in lines[member].effects.items()
        )
    )
    return OverlapInput(key, source, OverlapMethod.PRODUCT, fitting, basis=basis)


@given(budgets())
def test_net_is_between_zero_and_gross_and_path_between_zero_and_reference(given_budget):
    result = compute(given_budget)
    for cell in result.cells.values():
        assert 0 <= cell.net <= cell.gross
        assert 0 <= cell.path <= cell.reference
        assert 0 <= cell.excess <= cell.overlap
    for row in result.years.values():
        assert 0 <= row.net <= row.gross
        assert row.gross - row.overlap == row.net
        assert 0 <= row.path <= row.reference
        assert row.path == row.reference - row.net
        assert row.gap == row.path - row.ceiling


@given(budgets())
def test_levels_lines_and_sources_add_up(given_budget):
    result = compute(given_budget)
    for year, row in result.years.items():
        counted = [found for found in result.lines.values() if found.net[year] is not None]
        assert sum(row.net_by_level.values()) == row.net
        assert sum(found.net[year] for found in counted) == row.net
        assert sum(found.effects[year] for found in counted) == row.gross
        assert sum(found.overlap[year] for found in counted) == row.overlap
        assert all(0 <= found.net[year] <= found.effects[year] for found in counted)
        assert sum(result.cells[source, year].net for source in SOURCES) == row.net


@given(budgets(), st.randoms(use_true_random=False))
def test_order_is_irrelevant(given_budget, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    overlaps = [replace(record, members=shuffled(record.members)) for record in given_budget.overlaps]
    other = replace(given_budget, lines=shuffled(given_budget.lines), overlaps=shuffled(overlaps))
    other = replace(other, sources=shuffled(other.sources))
    first, second = compute(given_budget), compute(other)
    assert first.lines == second.lines
    assert first.cells == second.cells
    for year in YEARS:
        one, two = first.years[year], second.years[year]
        assert set(one.unknown_lines) == set(two.unknown_lines)
        assert replace(one, unknown_lines=()) == replace(two, unknown_lines=())


@given(budgets(), st.data())
def test_more_effect_never_widens_a_gap(given_budget, data):
    """Shown by taking effect away, which keeps every budget valid: no gap or band may then get smaller."""
    if not given_budget.lines:
        return
    chosen = data.draw(st.sampled_from(given_budget.lines))
    kept = data.draw(st.integers(0, 1000)) / D(1000)
    effects = {
        year: effect
        and Effect(
            effect.central * kept,
            effect.low if effect.low is None else effect.low * kept,
            effect.high if effect.high is None else effect.high * kept,
        )
        for year, effect in chosen.effects.items()
    }
    weaker = replace(
        given_budget,
        lines=tuple(
            replace(found, effects=effects) if found is chosen else found for found in given_budget.lines
        ),
    )
    for strong, weak in zip(
        compute(given_budget).years.values(), compute(weaker).years.values(), strict=True
    ):
        assert weak.gap >= strong.gap
        assert weak.gross <= strong.gross
        if strong.band is not None:
            assert weak.band.path_low >= strong.band.path_low
            assert weak.band.path_high >= strong.band.path_high


@given(budgets())
def test_a_line_more_never_widens_a_gap(given_budget):
    fewer = given_budget.lines[1:]
    keys = {found.key for found in fewer}
    overlaps = tuple(
        replace(record, members=tuple(member for member in record.members if member in keys))
        for record in given_budget.overlaps
    )
    without = compute(replace(given_budget, lines=fewer, overlaps=overlaps))
    for year, row in compute(given_budget).years.items():
        assert row.gap <= without.years[year].gap


@given(budgets())
def test_sector_gaps_add_up_to_the_gap(given_budget):
    target = {"base_year": 2009, "target_year": 2030, "percent": D(55)}
    bases = {"transport": D("1234.567891"), "heating": D("777.7"), "fluor": D("0.000001")}
    given_budget = replace(given_budget, ceilings=ceilings(sum(bases.values()), YEARS, **target))
    result = compute(given_budget)
    rows = by_sector(result, SECTORS, sector_ceilings(bases, YEARS, **target))
    for year, row in result.years.items():
        parts = [found for (_, at), found in rows.items() if at == year]
        for field in ("reference", "gross", "overlap", "net", "path", "ceiling", "gap"):
            assert sum(getattr(part, field) for part in parts) == getattr(row, field)


@given(budgets())
def test_band_holds_the_central_path(given_budget):
    for row in compute(given_budget).years.values():
        if row.band is not None:
            assert 0 <= row.band.path_low <= row.path <= row.band.path_high
            assert row.band.gap_low <= row.gap <= row.band.gap_high


@given(budgets())
def test_known_zero_and_unknown_give_the_same_tonnes_and_different_answers(given_budget):
    zero, unknown = (
        replace(
            given_budget,
            lines=(*given_budget.lines, LineInput("new", Level.MUNICIPAL, {"road": D(100)}, effects)),
        )
        for effects in ({year: Effect(D(0)) for year in YEARS}, {})
    )
    for year in YEARS:
        known, missing = compute(zero).years[year], compute(unknown).years[year]
        assert (known.gross, known.gap) == (missing.gross, missing.gap)
        assert "new" in missing.unknown_lines
        assert "new" not in known.unknown_lines


def test_tiny_effects_never_widen_a_gap_through_cut_divisions():
    """Divisions are cut at 12 decimals; effects below that are where a careless cut would show."""
    random = Random(4)

    def gap(*effects):
        lines = [
            LineInput(key, Level.MUNICIPAL, {"road": D(100)}, {2030: Effect(effect)})
            for key, effect in enumerate(effects)
        ]
        overlap = OverlapInput(
            "o", "road", OverlapMethod.PRODUCT, tuple(range(len(lines))), basis={2030: basis}
        )
        reference = {("road", 2030): D(2000)}
        budget = BudgetInput((2030,), ("road",), reference, tuple(lines), (overlap,), {2030: D(0)})
        return compute(budget).years[2030].gap

    for _ in range(300):
        basis = _tonnes(random.randrange(1, 2_000_000_000))
        one, two, more = (
            basis * random.randrange(1, 10**6) / D(10) ** random.randrange(6, 16) for _ in range(3)
        )
        assert gap(one, min(basis, two + more)) <= gap(one, two) <= gap(one)


@given(budgets(), st.sampled_from(SOURCES), st.sampled_from(YEARS))
def test_an_unknown_reference_is_not_zero(given_budget, source, year):
    """It takes the path and gap of its own year with it, and nothing else."""
    place = (source, year)
    without = replace(
        given_budget,
        reference={key: value for key, value in given_budget.reference.items() if key != place},
        reference_range={key: value for key, value in given_budget.reference_range.items() if key != place},
        overlaps=tuple(record for record in given_budget.overlaps if record.source != source),
    )
    known = replace(given_budget, overlaps=without.overlaps)
    rows, others = compute(without).years, compute(known).years
    assert (rows[year].reference, rows[year].path, rows[year].gap, rows[year].band) == (None,) * 4
    assert rows[year].unknown_reference == (source,)
    assert rows[year].gross == others[year].gross
    for other in YEARS:
        assert other == year or rows[other] == others[other]


@given(budgets(), st.data())
def test_a_line_in_two_overlaps_of_a_source_and_year_is_always_refused(given_budget, data):
    shared = [record for record in given_budget.overlaps if record.members]
    if not shared:
        return
    record = data.draw(st.sampled_from(shared))
    stated = {year: D(1) for year in YEARS}
    twice = OverlapInput("twice", record.source, OverlapMethod.FIXED, record.members[:1], stated=stated)
    with pytest.raises(BudgetError) as refused:
        compute(replace(given_budget, overlaps=(*given_budget.overlaps, twice)))
    assert {problem.code for problem in refused.value.problems} == {BudgetProblemCode.LINE_IN_TWO_OVERLAPS}


@given(budgets(), st.data())
def test_an_effect_above_its_basis_is_always_refused(given_budget, data):
    shared = [
        record
        for record in given_budget.overlaps
        if record.method == OverlapMethod.PRODUCT and record.members and min(record.basis.values()) > 0
    ]
    if not shared:
        return
    record = data.draw(st.sampled_from(shared))
    more = data.draw(micro.map(_tonnes)) + D("0.000001")
    line = LineInput(
        "large",
        Level.MUNICIPAL,
        {record.source: D(100)},
        {year: Effect(record.basis[year] + more) for year in YEARS},
    )
    larger = replace(
        given_budget,
        lines=(*given_budget.lines, line),
        overlaps=tuple(
            replace(one, members=(*one.members, "large")) if one is record else one
            for one in given_budget.overlaps
        ),
    )
    with pytest.raises(BudgetError) as refused:
        compute(larger)
    assert {problem.code for problem in refused.value.problems} == {BudgetProblemCode.EFFECT_ABOVE_BASIS}


@given(budgets(), st.data())
def test_a_delay_never_narrows_a_gap(given_budget, data):
    delays = {
        line.key: Delay(D(data.draw(st.integers(0, 100))), date(2026, data.draw(st.integers(1, 12)), 1))
        for line in given_budget.lines
        if data.draw(st.booleans())
    }
    before, after = compute(given_budget), compute(delayed(given_budget, delays))
    trace = D("0.000000001")  # divisions are cut at 12 decimals
    for year in YEARS:
        assert after.years[year].gap >= before.years[year].gap - trace
        assert after.years[year].gross <= before.years[year].gross

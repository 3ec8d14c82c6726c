"""Which lines need a decision about overlap, and what counts as one."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget.calculations import BudgetInput, Effect, LineInput, OverlapInput
from budget.calculations.undecided import NoOverlap, Undecided, undecided
from budget.enums import OverlapMethod
from strategy.enums import Level

YEARS = (2027, 2028)
CARS, VANS = "biler", "varebiler"


def line(key: str, *sources: str, years: tuple[int, ...] = YEARS, **more: object) -> LineInput:
    return LineInput(
        key=key,
        level=Level.MUNICIPAL,
        shares={source: Decimal(100) / len(sources) for source in sources},
        effects={year: Effect(Decimal(10)) for year in years},
        **more,  # type: ignore[arg-type]
    )


def budget(*lines: LineInput, overlaps: tuple[OverlapInput, ...] = ()) -> BudgetInput:
    return BudgetInput(
        years=YEARS,
        sources=(CARS, VANS),
        reference={(source, year): Decimal(100) for source in (CARS, VANS) for year in YEARS},
        lines=lines,
        overlaps=overlaps,
    )


def shared(*members: str, years: tuple[int, ...] = YEARS) -> OverlapInput:
    return OverlapInput("o", CARS, OverlapMethod.PRODUCT, members, dict.fromkeys(years, Decimal(50)))


def test_lines_on_one_source_need_a_decision() -> None:
    found = undecided(budget(line("a", CARS), line("b", CARS, VANS), line("c", VANS)), ())
    assert found == (Undecided(CARS, ("a", "b"), YEARS), Undecided(VANS, ("b", "c"), YEARS))


def test_an_overlap_decides_for_its_years_only() -> None:
    two = (line("a", CARS), line("b", CARS))
    assert undecided(budget(*two, overlaps=(shared("a", "b"),)), ()) == ()
    part = budget(*two, overlaps=(shared("a", "b", years=(2028,)),))
    assert undecided(part, ()) == (Undecided(CARS, ("a", "b"), (2027,)),)


def test_no_overlap_is_a_decision_on_its_own_source() -> None:
    two = budget(line("a", CARS), line("b", CARS))
    assert undecided(two, [NoOverlap(CARS, frozenset("ab"))]) == ()
    assert undecided(two, [NoOverlap(VANS, frozenset("ab"))]) != ()


def test_a_line_that_comes_later_is_named_with_those_it_shares_with() -> None:
    three = budget(line("a", CARS), line("b", CARS), line("c", CARS), overlaps=(shared("a", "b"),))
    assert undecided(three, ())[0].lines == ("a", "c", "b")
    assert undecided(three, [NoOverlap(CARS, frozenset("abc"))]) == ()


def test_what_cuts_nothing_there_needs_none() -> None:
    a = line("a", CARS)
    others = (
        line("b", CARS, scope_counts=False),
        line("c", CARS, quantified=False),
        line("d", CARS, already_counted=Decimal(10)),
        line("e", CARS, years=()),
    )
    assert undecided(budget(a, *others), ()) == ()
    apart = budget(line("a", CARS, years=(2027,)), line("b", CARS, years=(2028,)))
    assert undecided(apart, ()) == ()


@given(st.permutations(["a", "b", "c", "d"]), st.sets(st.sampled_from("abcd"), min_size=2))
def test_the_order_is_irrelevant_and_a_decision_never_opens_anything(
    order: list[str], members: set[str]
) -> None:
    decision = NoOverlap(CARS, frozenset(members))

    def named(keys: list[str], *decisions: NoOverlap) -> set[object]:
        found = undecided(budget(*(line(key, CARS) for key in keys)), decisions)
        return {key for one in found for key in one.lines}

    assert named(order) == named(sorted(order)) == set("abcd")
    assert named(order, decision) == named(sorted(order), decision) <= named(order)

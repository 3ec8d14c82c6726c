"""Small climate budgets for tests, made through the same actions as everything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from budget.actions.creating import create_budget
from budget.actions.effects import set_effect
from budget.actions.lines import add_line
from budget.actions.overlaps import add_overlap
from budget.actions.transitions import hand_over, propose, register_adoption
from budget.enums import OverlapMethod, ReferenceRule
from budget.models import ClimateBudget, Line
from budget.queries.overlaps import overlap_page
from emissions.enums import Scope
from emissions.models import Edition, Figure, Municipality, Sector, Source
from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.enums import Level, MeasureKind, StrategyState, TargetKind
from strategy.models import FocusArea, Measure, Placement, Responsibility, Strategy, Target
from web.actors import DEMO

LAST_YEAR = 2024
YEAR = 2027
HORIZON = tuple(range(2025, 2031))


def make_source(sector: str = "Veitrafikk", name: str = "Personbiler") -> Source:
    return Source.objects.get_or_create(sector=Sector.objects.get_or_create(name=sector)[0], name=name)[0]


def make_edition(
    figures: Mapping[tuple[Source, int], int] | None = None,
    scope: str = Scope.COMMUNITY_DIRECT,
    **fields: Any,
) -> Edition:
    """An edition with 1 100 tonnes in 2009 and 1 000 in 2024 unless told otherwise."""
    source = make_source()
    figures = figures or {(source, 2009): 1100, (source, 2023): 1010, (source, LAST_YEAR): 1000}
    number = Edition.objects.count() + 1
    with transaction.atomic():
        edition = Edition.objects.create(
            municipality=Municipality.objects.get_or_create(name="Drammen")[0],
            scope=scope,
            **{
                "publisher": "Miljødirektoratet",
                "published": date(2025, 12, number),
                "file_name": "utslipp.csv",
                "file_sha256": f"{number:064x}",
                "shape": "long",
                "rows_read": len(figures),
                "rows_used": len(figures),
                "imported_by_system": DEMO.code,
                **fields,
            },
        )
        Figure.objects.bulk_create(
            Figure(edition=edition, source=source, year=year, tonnes=tonnes)
            for (source, year), tonnes in figures.items()
        )
    return edition


def make_target(scope: str = Scope.COMMUNITY_DIRECT, **fields: Any) -> Target:
    strategy = Strategy.objects.get_or_create(
        slug="strategi", defaults={"title": "Klimastrategi", "covers": "kommunen"}
    )[0]
    return Target.objects.create(
        strategy=strategy,
        **{
            "title": "Kutte 55 prosent",
            "kind": TargetKind.EMISSION,
            "scope": scope,
            "base_year": 2009,
            "target_year": 2030,
            "percent": Decimal(55),
            **fields,
        },
    )


def make_budget(year: int = YEAR, **fields: Any) -> ClimateBudget:
    """An empty draft on a flat reference path of 1 000 tonnes a year."""
    scope = fields.pop("scope", Scope.COMMUNITY_DIRECT)
    return create_budget(
        by=DEMO,
        year=year,
        scope=scope,
        **{
            "target": fields.pop("target", None) or make_target(scope),
            "edition": fields.pop("edition", None) or make_edition(scope=scope),
            "reference_rule": ReferenceRule.FLAT,
            "reference": None,
            **fields,
        },
    )


def make_unit(name: str = "Samferdsel") -> Unit:
    return Unit.objects.get_or_create(name=name, defaults={"kind": UnitKind.UNIT})[0]


def make_measure(
    code: str, *, level: Level = Level.MUNICIPAL, area: str = "Mobilitet", unit: str | None = "Samferdsel"
) -> Measure:
    """A measure placed in the factory's strategy, with a responsible unit unless `unit` is None."""
    measure = Measure.objects.create(code=code, title=f"Tiltak {code}", kind=MeasureKind.TILTAK, level=level)
    strategy = Strategy.objects.get_or_create(
        slug="strategi", defaults={"title": "Klimastrategi", "covers": "kommunen"}
    )[0]
    if strategy.state == StrategyState.ADOPTED:  # nothing is placed in it any longer
        strategy = Strategy.objects.get_or_create(
            slug="neste", defaults={"title": "Neste klimastrategi", "covers": "kommunen"}
        )[0]
    focus_area = FocusArea.objects.get_or_create(strategy=strategy, title=area)[0]
    Placement.objects.create(measure=measure, strategy=strategy, focus_area=focus_area)
    if unit is not None:
        Responsibility.objects.create(measure=measure, unit=make_unit(unit))
    return measure


def make_line(
    budget: ClimateBudget,
    code: str,
    effects: Mapping[int, int | str] | None = None,
    *,
    sources: Mapping[Source, int] | None = None,
    reason: str = "",
    scope: str | None = None,
    already_counted: int = 0,
    **measure: Any,
) -> Line:
    """A line with effects per year; 100 percent on the factory's source unless told otherwise."""
    scope = scope or budget.scope
    if sources is None:
        sources = {make_source(): 100} if scope == budget.scope and not reason else {}
    line = add_line(
        by=DEMO,
        budget=budget,
        measure=make_measure(code, **measure),
        scope=scope,
        order=budget.lines.count() + 1,
        sources={source.pk: Decimal(share) for source, share in sources.items()},
        not_quantified_reason=reason,
        already_counted=Decimal(already_counted),
    )
    for year, tonnes in (effects or {}).items():
        set_effect(by=DEMO, line=line, year=year, tonnes=Decimal(tonnes), version=0)
    return line


def worked_example(**fields: Any) -> ClimateBudget:
    """Architecture §4: R = 1000, lines 300 and 200 in one product overlap, basis 1000; base 1100, 55 %."""
    budget = make_budget(**fields)
    first = make_line(budget, "T1", dict.fromkeys(HORIZON, 300))
    second = make_line(
        budget, "S1", dict.fromkeys(HORIZON, 200), level=Level.NATIONAL, unit="Klimaavdelingen"
    )
    add_overlap(
        by=DEMO,
        budget=budget,
        source=make_source(),
        method=OverlapMethod.PRODUCT,
        lines=[first, second],
        years={year: Decimal(1000) for year in HORIZON},
        reason="Samme biler",
        decided_by="Klima",
    )
    return budget


def decide_overlaps(budget: ClimateBudget) -> None:
    """Say of every source that several lines act on that they do not overlap beyond what is recorded."""
    for shared in overlap_page(budget).sources:
        if shared.open:
            add_overlap(
                by=DEMO,
                budget=budget,
                source=shared.source,
                method=OverlapMethod.NONE,
                lines=budget.lines.filter(pk__in=shared.open.lines),
                years={},
                reason="Ulike kjøretøy",
                decided_by="Klima",
            )


def adopt(budget: ClimateBudget, case_number: str = "25/101") -> ClimateBudget:
    """Through all three hands to adopted, with the overlaps decided and a decision of its own."""
    decide_overlaps(budget)
    budget = hand_over(by=DEMO, budget=budget, version=budget.version)
    budget = propose(by=DEMO, budget=budget, version=budget.version)
    return register_adoption(
        by=DEMO,
        budget=budget,
        version=budget.version,
        adopted_on=date(2025, 12, 9),
        case_number=case_number,
        another_in_case=True,
    )

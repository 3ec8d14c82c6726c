"""What the demo's budgets say beside their figures: overlaps decided, policies, methods and uncertainty.

Everything here is example data.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from budget.actions.figures import RangeChange, set_ranges
from budget.actions.lines import LineDetails, update_line
from budget.actions.overlaps import add_overlap
from budget.actions.reference import add_policy
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Line
from climate_portal.demo_data.budget_lines import BUSES, CARS, SITES, VANS
from emissions.models import Source
from strategy.actions.decisions import DecisionData, record_decision
from strategy.enums import DecisionBody, Level
from strategy.models import Decision, Measure
from web.actors import DEMO

DECIDED_BY = "Virksomhet Klima (eksempeldata)"
# Only the adopted one: in the draft people try out figures that a range would stop.
BAND_IN = 2026
BUSES_IN_COMMON = Decimal(4000)

# Source, measures, and why they do not act on the same emissions.
NO_OVERLAP: tuple[tuple[tuple[str, str], tuple[str, ...], str], ...] = (
    (
        CARS, ("T2", "T3", "T5", "T6", "T7", "T8", "S1"),
        "Eksempeldata: tiltakene gjelder ulike biler og ulike reiser. Biodrivstoff er regnet av det som er "
        "igjen når de andre tiltakene er gjennomført.",
    ),
    (
        VANS, ("T2", "T8", "T20", "S1"),
        "Eksempeldata: kommunens egne varebiler, andres varebiler og vareleveringene er holdt fra hverandre.",
    ),
    (
        SITES, ("T1", "T10", "T11"),
        "Eksempeldata: kommunale anlegg, grøntdrift og private byggeplasser er ulike maskiner.",
    ),
)  # fmt: skip

POLICIES: tuple[tuple[str, Level], ...] = (
    ("Elektrifisering av nye personbiler, slik den er vedtatt nasjonalt", Level.NATIONAL),
    ("Forbudet mot mineralolje til oppvarming", Level.NATIONAL),
)


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures of one measure were made. band: low and high as percent of the effect."""

    assumptions: str
    band: tuple[int, int]
    details: LineDetails


METHODS: dict[str, Method] = {
    "T1": Method(
        "Eksempeldata. Liter anleggsdiesel per prosjekt i fjor, ganget med andelen av anleggene som blir "
        "utslippsfrie.",
        (70, 115),
        LineDetails(
            calculated_by="Virksomhet Klima (eksempel)",
            calculated_on=date(2025, 9, 15),
            plan_reference="Eksempelrad 11-204",
            extra_cost_nok=Decimal(14_000_000),
            lifetime_years=10,
            discount_percent=Decimal(4),
        ),
    ),
    "T2": Method(
        "Eksempeldata. Kjørelengde per bil ganget med forskjellen i utslipp per kilometer.",
        (80, 110),
        LineDetails(
            calculated_by="Virksomhet Klima (eksempel)",
            calculated_on=date(2025, 9, 12),
            plan_reference="Eksempelrad 11-207",
            decision_reference="Eksempelsak 25/91, anskaffelsesstrategien",
            extra_cost_nok=Decimal(6_400_000),
            lifetime_years=8,
            discount_percent=Decimal(4),
        ),
    ),
    "T9": Method(
        "Eksempeldata. Levert gass og olje de tre siste årene, ganget med utslippsfaktorene.",
        (90, 105),
        LineDetails(
            calculated_by="Drammen Eiendom KF (eksempel)",
            calculated_on=date(2025, 8, 28),
            plan_reference="Eksempelrad 31-015",
            extra_cost_nok=Decimal(12_500_000),
            lifetime_years=20,
            discount_percent=Decimal(4),
        ),
    ),
}


# In the register, and what its measure refers to.
DECIDED, DECIDED_CASE = "T1", "Eksempel 25/88"


def record_example() -> None:
    """The decision that a line of both budgets points at."""
    data = DecisionData(
        body=DecisionBody.COUNCIL,
        title="Utslippsfrie anleggsplasser er hovedregelen",
        text="Anleggsplasser kommunen bestiller selv, skal være utslippsfrie der det finnes maskiner.",
        case_number=DECIDED_CASE,
        decided_on=date(2025, 6, 17),
        no_unit="Følges opp av virksomhetene som svarer for tiltakene.",
        source="Eksempel, ikke et virkelig vedtak.",
        is_example=True,
    )
    record_decision(by=DEMO, data=data, measures=list(Measure.objects.filter(code=DECIDED)))


def decide(budget: ClimateBudget, lines: dict[str, Line], source: dict[tuple[str, str], Source]) -> None:
    """Overlaps, policies, methods and low and high estimates of a demo budget."""
    add_overlap(
        by=DEMO,
        budget=budget,
        source=source[BUSES],
        method=OverlapMethod.PRODUCT,
        lines=[lines["T4"], lines["S2"]],
        years=dict.fromkeys(sorted(_years(budget)), BUSES_IN_COMMON),
        reason="Begge tiltakene bytter ut de samme bussene. Felles grunnlag er rutebussene.",
        decided_by=DECIDED_BY,
    )
    for place, codes, reason in NO_OVERLAP:
        add_overlap(
            by=DEMO,
            budget=budget,
            source=source[place],
            method=OverlapMethod.NONE,
            lines=[lines[code] for code in codes],
            years={},
            reason=reason,
            decided_by=DECIDED_BY,
        )
    for title, level in POLICIES:
        add_policy(by=DEMO, budget=budget, title=title, level=level)
    registered = {DECIDED: Decision.objects.get(case_number=DECIDED_CASE).pk}
    for code, method in METHODS.items():
        details = replace(method.details, decision_id=registered.get(code))
        _explain(lines[code], replace(method, details=details))


def _years(budget: ClimateBudget) -> set[int]:
    return set(budget.reference_path.values_list("year", flat=True))


def _explain(line: Line, method: Method) -> None:
    line.refresh_from_db()
    update_line(
        by=DEMO,
        line=line,
        version=line.version,
        not_quantified_reason=line.not_quantified_reason,
        already_counted=line.already_counted,
        assumptions=method.assumptions,
        details=method.details,
    )
    if line.budget.year != BAND_IN:
        return
    low, high = (Decimal(percent) / 100 for percent in method.band)
    set_ranges(
        by=DEMO,
        line=line,
        changes=[
            RangeChange(
                effect.year,
                (effect.tonnes * low).quantize(Decimal(1)),
                (effect.tonnes * high).quantize(Decimal(1)),
                effect.range_version,
            )
            for effect in line.effects.order_by("year")
            if effect.tonnes
        ],
    )

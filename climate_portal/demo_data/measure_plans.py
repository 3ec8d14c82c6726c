"""What makes the example measures worth looking at: periods, gains, dependencies, states and stamps.

All of it is example data, on measures that are marked so. Written through the actions, as people would.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from strategy.actions.measure_plan import TargetValue, edit_indicator
from strategy.actions.measure_states import assure_plan, move_measure
from strategy.actions.measures import MeasureHead, create_measure, edit_measure, head_of
from strategy.enums import CoBenefit, MeasureKind, MeasureState
from strategy.models import Indicator, Measure
from strategy.queries.measure_table import measure_records
from web.actors import DEMO

B = CoBenefit
# Code → first year, last year, gains.
PERIODS: dict[str, tuple[int, int, tuple[CoBenefit, ...]]] = {
    "T1": (2025, 2030, (B.AIR_QUALITY, B.NOISE)),
    "T2": (2026, 2029, (B.AIR_QUALITY, B.NOISE)),
    "T3": (2026, 2030, (B.HEALTH, B.TRAFFIC_SAFETY)),
    "T4": (2025, 2028, (B.NOISE, B.AIR_QUALITY)),
    "T8": (2025, 2027, ()),
}
# Cars need somewhere to charge.
NEEDS = (("T2", "T8"),)


def load_measure_plans() -> None:
    """After the strategies: the example measures get what their pages can show."""
    measures = {one.code: one for one in Measure.objects.filter(code__in=PERIODS)}
    for code, measure in measures.items():
        start, end, gains = PERIODS[code]
        record = measure_records([measure])[0]
        needs = frozenset(measures[need].pk for one, need in NEEDS if one == code)
        head = head_of(measure, {"contributing": record.contributing, "sources": record.sources})
        changed = replace(head, start_year=start, end_year=end, co_benefits=tuple(sorted(gains)), needs=needs)
        edit_measure(by=DEMO, measure=measure, version=measure.version, head=changed)
    _tertial_targets()
    for code in ("T1", "T3"):
        measure = Measure.objects.get(code=code)
        assure_plan(by=DEMO, measure=measure, version=measure.version)
    _postponed()


def _tertial_targets() -> None:
    """The first indicator also has a target for the tertials of its last year."""
    indicator = Indicator.objects.filter(measure__code="T1").order_by("pk").first()
    last = indicator.targets.last() if indicator else None
    if indicator is None or last is None:
        return
    targets = [TargetValue(one.year, one.tertial, one.value) for one in indicator.targets.all()]
    third = (last.value / 3).quantize(Decimal(1))
    targets += [TargetValue(last.year, tertial, third * tertial) for tertial in (1, 2)]
    edit_indicator(
        by=DEMO,
        indicator=indicator,
        version=indicator.version,
        name=indicator.name,
        unit_label=indicator.unit_label,
        direction=indicator.direction,
        targets=targets,
    )


def _postponed() -> None:
    """A measure outside the budget that was proposed, and then had to wait."""
    head = MeasureHead(
        code="E1",
        title="Felles bildeling for ansatte i sentrum",
        kind=MeasureKind.TILTAK,
        level="municipal",
        description="Ansatte deler elbiler i stedet for å bruke egen bil i tjenesten.",
    )
    measure = create_measure(by=DEMO, head=head, state=MeasureState.PROPOSED, unit=None, is_example=True)
    if measure:
        move_measure(
            by=DEMO,
            measure=measure,
            version=measure.version,
            state=MeasureState.POSTPONED,
            reason="Venter på ny avtale om tjenestebiler.",
        )

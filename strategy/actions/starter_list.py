"""Measures most municipalities have, added several at once to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from organisation.models import Unit
from organisation.rules import Permission, require
from strategy.actions.measure_plan import add_indicator
from strategy.actions.measures import MeasureHead, create_measure
from strategy.actions.structure import place_measure, save_focus_area
from strategy.enums import Level, MeasureState
from strategy.models import FocusArea, Measure, Strategy
from strategy.words.starter_list import StarterMeasure
from web.actors import Actor, acting
from web.refusals import Refusal, Refused


def add_starter_measures(
    *,
    by: Actor,
    chosen: Sequence[StarterMeasure],
    unit: Unit | None,
    start_year: int | None = None,
    strategy: Strategy | None = None,
) -> list[Measure]:
    """Makes the measures with their indicators, and places them in the strategy under areas of their names.

    All or nothing. Raises Refused when none is chosen, a code is taken, the unit cannot answer for them or
    the strategy is closed; StaleObject; PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    if not chosen:
        raise Refused(Refusal(_("Velg minst ett tiltak."), field="chosen"))
    with acting(by, _("Tiltak fra startlisten")):
        made = []
        for starter in chosen:
            measure = create_measure(
                by=by,
                head=MeasureHead(
                    code=starter.code,
                    title=str(starter.title),
                    kind=starter.kind,
                    level=Level.MUNICIPAL,
                    description=starter.description,
                    start_year=start_year,
                ),
                state=MeasureState.PROPOSED,
                unit=unit,
            )
            add_indicator(
                by=by,
                measure=measure,
                name=str(starter.indicator),
                unit_label=str(starter.unit_label),
                direction=starter.direction,
            )
            if strategy is not None:
                _place(by, strategy, measure, str(starter.area))
            made.append(measure)
        return made


def _place(by: Actor, strategy: Strategy, measure: Measure, title: str) -> None:
    """Under the focus area of that name, which is made where there is none."""
    area: FocusArea | None = strategy.focus_areas.filter(title__iexact=title).first()
    if area is None:
        area = save_focus_area(by=by, strategy=strategy, version=_version(strategy), title=title)
    place_measure(by=by, strategy=strategy, version=_version(strategy), measure=measure, area=area)


def _version(strategy: Strategy) -> int:
    return Strategy.objects.values_list("version", flat=True).get(pk=strategy.pk)

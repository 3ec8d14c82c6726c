"""Where units report, and who approves: the municipality's choice, and single units' own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from organisation.enums import UnitKind
from organisation.models import Unit
from organisation.queries.units import responsible_choices
from organisation.rules import read_tree
from reporting.enums import EDITABLE_STATES, Place, ReportState
from reporting.models import Period, ReportingSettings, UnitReport, UnitReportingSetting
from web.sorting import NorskSort


def reporting_settings() -> ReportingSettings:
    """The municipality's settings; the defaults, version 0, while nobody has changed anything."""
    return ReportingSettings.objects.filter(pk=1).first() or ReportingSettings(pk=1, version=0)


@dataclass(frozen=True, slots=True)
class SetUp:
    """How a unit's report is set up when a period opens: where it is answered, whether the area approves."""

    place: Place
    needs_area: bool


def set_up_of(unit_ids: Iterable[int]) -> dict[int, SetUp]:
    """The set-up by unit, as the settings say now; four queries.

    Without an area above none approves, and none approves for a KF, which answers to its own board.
    """
    settings = reporting_settings()
    own = dict(UnitReportingSetting.objects.values_list("unit_id", "place"))
    tree = read_tree()
    areas = Unit.objects.filter(kind=UnitKind.AREA).values_list("pk", flat=True)
    in_areas = tree.below(areas, outside_enterprises=True)
    return {
        unit: SetUp(
            Place(own.get(unit, settings.place)),
            settings.area_approves and unit in in_areas,
        )
        for unit in unit_ids
    }


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit on the settings page. `place` is empty where it follows the municipality."""

    unit: Unit
    place: str


def unit_places() -> list[UnitPlace]:
    """All units that can report, in alphabetical order, with their own choice; two queries."""
    own = dict(UnitReportingSetting.objects.values_list("unit_id", "place"))
    return [UnitPlace(unit, own.get(unit.pk, "")) for unit in responsible_choices()]


@dataclass(frozen=True, slots=True)
class SetUpChange:
    """A report whose set-up is not what the settings say now. None: that part stays."""

    report: UnitReport
    place: Place | None
    needs_area: bool | None


def set_up_changes(period: Period) -> list[SetUpChange]:
    """What using the settings in an open period would change, in alphabetical order.

    A report that is sent keeps where it was answered, and one that is assured keeps everything.
    """
    reports = list(
        UnitReport.objects.filter(period=period, handed_over_to__isnull=True)
        .exclude(state=ReportState.ASSURED)
        .select_related("unit", "period")
        .order_by(NorskSort("unit__name"), "pk")
    )
    wanted = set_up_of(report.unit_id for report in reports)
    found = []
    for report in reports:
        want = wanted[report.unit_id]
        editable = report.state in EDITABLE_STATES
        place = want.place if editable and want.place != report.place else None
        needs_area = want.needs_area if want.needs_area != report.needs_area else None
        if place is not None or needs_area is not None:
            found.append(SetUpChange(report, place, needs_area))
    return found

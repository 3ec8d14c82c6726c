"""Opening a reporting period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.enums import BudgetState
from budget.models import ClimateBudget, Line
from climate_portal.web.actors import Actor, acting
from climate_portal.web.sorting import NorskSort
from organisation.rules import Permission, require
from reporting.actions import messages
from reporting.enums import PeriodKind
from reporting.models import PERIOD_KIND_LABELS, MeasureStatus, Period, UnitReport
from reporting.rules.reports import ReportingRefused
from strategy.enums import MeasureKind, MeasureState
from strategy.models import Measure, Responsibility

# A measure with its line in the budget, if it has one.
_Asked = tuple[Measure, Line | None]


def open_period(
    *,
    by: Actor,
    year: int,
    kind: PeriodKind,
    budget: ClimateBudget,
    opens_at: datetime,
    contact_deadline: datetime,
    leader_deadline: datetime,
    closes_at: datetime,
) -> Period:
    """Opens a period against an adopted budget, with one report per unit that has something to report on.

    A unit reports on the budget's lines it answers for today (the unit at adoption where nobody does) and on
    its ongoing virkemidler. Raises PermissionDenied, and ReportingRefused when the budget is not adopted,
    the period exists, or the deadlines are out of order.
    """
    require(by, Permission.ASSURE_REPORT)
    if not opens_at < contact_deadline <= leader_deadline <= closes_at:
        raise ReportingRefused(
            _("Fristene må komme i rekkefølge: åpning, kontaktpersoner, ledere og lukking.")
        )
    with acting(by, _("Åpnet rapporteringen")):
        # Locked, so that the budget is not replaced by a revision in the same moment.
        budget = ClimateBudget.objects.select_for_update(no_key=True).get(pk=budget.pk)
        if budget.state != BudgetState.ADOPTED:
            raise ReportingRefused(_("Velg et klimabudsjett som er vedtatt. Dette er ikke det."))
        period = _create(
            year=year,
            kind=PeriodKind(kind),
            budget=budget,
            opens_at=opens_at,
            contact_deadline=contact_deadline,
            leader_deadline=leader_deadline,
            closes_at=closes_at,
        )
        _create_reports(period, _asked_by_unit(budget, timezone.localdate()))
        messages.tell_opened(period)
    return period


def _create(**fields: object) -> Period:
    try:
        with transaction.atomic():
            return Period.objects.create(**fields)
    except IntegrityError as error:
        if "period_once" not in str(error):
            raise
        name = PERIOD_KIND_LABELS[PeriodKind(str(fields["kind"]))]
        raise ReportingRefused(
            _("{kind} {year} er allerede åpnet.").format(kind=name, year=fields["year"])
        ) from error


def _asked_by_unit(budget: ClimateBudget, day: date) -> dict[int, list[_Asked]]:
    """What each unit is asked about, in the order of its report."""
    lines = list(budget.lines.select_related("measure").order_by("order", "pk"))
    answers_for = dict(Responsibility.objects.valid_on(day).values_list("measure_id", "unit_id"))
    asked: dict[int, list[_Asked]] = defaultdict(list)
    for line in lines:
        unit = answers_for.get(line.measure_id, line.adopted_unit_id)
        if unit is not None:
            asked[unit].append((line.measure, line))
    # KL2 before KL10.
    ongoing = Measure.objects.filter(
        kind=MeasureKind.VIRKEMIDDEL, state=MeasureState.ONGOING, pk__in=answers_for
    ).exclude(pk__in=[line.measure_id for line in lines])
    for measure in ongoing.order_by(NorskSort("code"), "pk"):
        asked[answers_for[measure.pk]].append((measure, None))
    return asked


def _create_reports(period: Period, asked: dict[int, list[_Asked]]) -> None:
    reports = UnitReport.objects.bulk_create(
        [UnitReport(period=period, unit_id=unit_id) for unit_id in sorted(asked)]
    )
    MeasureStatus.objects.bulk_create(
        [status for report in reports for status in _statuses(report, asked[report.unit_id])]
    )


def _statuses(report: UnitReport, asked: Iterable[_Asked]) -> Iterable[MeasureStatus]:
    for order, (measure, line) in enumerate(asked, start=1):
        yield MeasureStatus(report=report, measure=measure, line=line, order=order)

"""Opening a reporting period, moving its deadlines, and closing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.enums import BudgetState
from budget.models import ClimateBudget
from organisation.actions.year import unfit_deadlines
from organisation.rules import Permission, hold_units, require
from reporting.actions import messages
from reporting.actions.chain import locked_period, refuse_without
from reporting.enums import PeriodKind
from reporting.models import PERIOD_KIND_LABELS, MeasureStatus, Period, UnitReport
from reporting.queries.opening import Asked, asked_by_unit
from reporting.queries.settings import set_up_of
from reporting.rules.deadlines import NAMES, why_not_in_order
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.formats import format_datetime
from web.refusals import Closed, Refusal, Refused, refuse

CLOSE_JOB = "reporting.close_periods"


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
    case_number: str = "",
    at: datetime | None = None,
) -> Period:
    """Opens a period against an adopted budget, with one report per unit that has something to report on.

    A unit reports on the budget's lines it answers for today (the unit at adoption where nobody does) and on
    its ongoing virkemidler, where the settings say. `at` is when they are told, None now. Raises
    PermissionDenied, and Refused when the budget is not adopted, the period exists, or the deadlines
    are out of order, on quiet days or on holidays.
    """
    require(by, Permission.ASSURE_REPORT)
    if sentence := why_not_in_order(opens_at, contact_deadline, leader_deadline, closes_at):
        raise Refused(sentence)
    ends = {"contact_deadline": contact_deadline, "leader_deadline": leader_deadline, "closes_at": closes_at}
    refuse(*_on_days_off(by, ends))
    with acting(by, _("Åpnet rapporteringen")):
        hold_units()
        # Locked, so that the budget is not replaced by a revision in the same moment.
        budget = ClimateBudget.objects.select_for_update(no_key=True).get(pk=budget.pk)
        if budget.state != BudgetState.ADOPTED:
            raise Refused(
                Refusal(_("Velg et klimabudsjett som er vedtatt. Dette er ikke det."), field="budget")
            )
        period = _create(
            year=year,
            kind=PeriodKind(kind),
            budget=budget,
            opens_at=opens_at,
            contact_deadline=contact_deadline,
            leader_deadline=leader_deadline,
            closes_at=closes_at,
            case_number=case_number.strip(),
        )
        _create_reports(period, asked_by_unit(budget, timezone.localdate()))
        messages.tell_opened(period, at)
    return period


def _on_days_off(by: Actor, ends: Mapping[str, datetime]) -> list[Refusal]:
    """Why nobody can have these deadlines, each at the field of its day."""
    return unfit_deadlines(by, {f"{name}_day": moment for name, moment in ends.items()})


def _create(**fields: object) -> Period:
    try:
        with transaction.atomic():
            return Period.objects.create(**fields)
    except IntegrityError as error:
        if "period_once" not in str(error):
            raise
        name = PERIOD_KIND_LABELS[PeriodKind(str(fields["kind"]))]
        sentence = _("{kind} {year} er allerede åpnet.").format(kind=name, year=fields["year"])
        raise Refused(Refusal(sentence, field="kind")) from error


def _create_reports(period: Period, asked: Mapping[int, Iterable[Asked]]) -> None:
    set_up = set_up_of(asked)
    reports = UnitReport.objects.bulk_create(
        [
            UnitReport(
                period=period,
                unit_id=unit_id,
                place=set_up[unit_id].place,
                needs_area=set_up[unit_id].needs_area,
            )
            for unit_id in sorted(asked)
        ]
    )
    MeasureStatus.objects.bulk_create(
        [status for report in reports for status in _statuses(report, asked[report.unit_id])]
    )


def _statuses(report: UnitReport, asked: Iterable[Asked]) -> Iterable[MeasureStatus]:
    for order, (measure, line) in enumerate(asked, start=1):
        yield MeasureStatus(report=report, measure=measure, line=line, order=order)


def change_deadlines(
    *,
    by: Actor,
    period: Period,
    version: int,
    reason: str,
    opens_at: datetime,
    contact_deadline: datetime,
    leader_deadline: datetime,
    closes_at: datetime,
    case_number: str = "",
) -> Period:
    """New deadlines for everybody in a period that is not closed; the reason stands in its history.

    A unit's own later deadline stays. Raises PermissionDenied, StaleObject, and Refused when the
    period is closed, the deadlines are out of order or moved into the past, to a quiet day or a holiday, it
    has opened and the opening is moved, a unit's own deadline would come after the close, or without a
    reason.
    """
    require(by, Permission.ASSURE_REPORT)
    reason = refuse_without(reason, _("Skriv hvorfor fristene endres."))
    wanted = dict(zip(NAMES, (opens_at, contact_deadline, leader_deadline, closes_at), strict=True))
    with acting(by, _("Endret frister: {reason}").format(reason=reason)):
        fresh = locked_period(period.pk)
        if fresh.closed_at is not None:
            raise Closed(_("Perioden er lukket, og fristene ligger fast."))
        if sentence := _why_not_moved(fresh, wanted, timezone.now()):
            raise Refused(sentence)
        ends = {name: wanted[name] for name in NAMES[1:] if wanted[name] != getattr(fresh, name)}
        refuse(*_on_days_off(by, ends))
        fields = {**wanted, "case_number": case_number.strip()}
        save_versioned(fresh, expected=version, fields=fields)
        return fresh


def _why_not_moved(period: Period, wanted: Mapping[str, datetime], now: datetime) -> str:
    moved = [name for name in NAMES if wanted[name] != getattr(period, name)]
    if period.opens_at <= now and "opens_at" in moved:
        return _("Perioden er åpnet, så åpningen kan ikke flyttes.")
    if any(wanted[name] <= now for name in moved):
        return _("En frist kan ikke flyttes til et tidspunkt som er passert.")
    if sentence := why_not_in_order(**wanted):
        return sentence
    beyond = (
        period.reports.filter(leader_deadline__gt=wanted["closes_at"])
        .select_related("unit", "period")
        .first()
    )
    if beyond is None:
        return ""
    return _("{unit} har utsatt frist til {when}. Perioden kan ikke lukkes før det.").format(
        unit=beyond.unit, when=format_datetime(beyond.leader_deadline)
    )


def close_period(
    *, by: Actor, period: Period, version: int | None = None, at: datetime | None = None
) -> Period:
    """Closes a period: from now on nothing in it changes but by a correction.

    Waits for every step under way in it. Closing what is closed changes nothing. `at` is when, None now.
    Raises PermissionDenied, Refused before it has opened, and StaleObject when `version` is given
    and it has moved on.
    """
    require(by, Permission.ASSURE_REPORT)
    with acting(by, _("Lukket rapporteringen")):
        fresh = locked_period(period.pk, closing=True)
        if fresh.closed_at is not None:
            return fresh
        now = at or timezone.now()
        if now < fresh.opens_at:
            raise Closed(_("Perioden er ikke åpnet ennå, og kan ikke lukkes."))
        expected = fresh.version if version is None else version
        save_versioned(fresh, expected=expected, fields={"closed_at": now})
        return fresh


def close_due_periods(*, by: Actor) -> int:
    """Closes every period whose time has come; how many. Run twice it closes nothing the second time."""
    due = list(Period.objects.filter(closed_at__isnull=True, closes_at__lte=timezone.now()))
    return sum(_close_if_due(by, period) for period in due)


def _close_if_due(by: Actor, period: Period) -> bool:
    """Whether it was closed: the close may have been moved since it was found."""
    with acting(by, _("Lukket rapporteringen da tiden var ute")):
        fresh = locked_period(period.pk, closing=True)
        if fresh.closed_at is not None or timezone.now() < fresh.closes_at:
            return False
        close_period(by=by, period=fresh)
        return True

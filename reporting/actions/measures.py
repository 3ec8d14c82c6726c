"""Which measures are in whose report, and who answers, once a period is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.appointments import appoint_contact
from organisation.enums import UnitKind
from organisation.models import Unit, User
from organisation.rules import Permission, held_unit
from organisation.rules import require as require_permission
from reporting.actions.chain import (
    locked_period,
    locked_report,
    move_report,
    refuse_closed,
    refuse_without,
    write_log,
)
from reporting.enums import (
    EDITABLE_STATES,
    DeviationState,
    LogKind,
    Place,
    ProposalKind,
    ProposalState,
    ReportState,
)
from reporting.models import Deviation, MeasureProposal, MeasureStatus, Period, UnitReport
from reporting.queries.settings import set_up_of
from reporting.rules.reports import past_close, why_not_nameable
from strategy.models import Measure
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Closed, Refusal, Refused

_REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move left: the report the measures are in now."""

    report: UnitReport
    measures: int


def add_measure(*, by: Actor, period: Period, unit: Unit, measure: Measure, reason: str) -> MeasureStatus:
    """Puts a measure in a unit's report after the period opened; the report is made if it has none.

    Raises PermissionDenied, and Refused without a reason, when the period is closed, the measure is
    in a report already, the unit is an area or closed, or its report is sent.
    """
    require_permission(by, Permission.ASSURE_REPORT)
    reason = refuse_without(reason, _("Skriv hvorfor tiltaket legges til nå."))
    with acting(by, _("La til et tiltak i rapporteringen")):
        unit = held_unit(unit)
        period = locked_period(period.pk)
        _refuse_closed(period)
        there = MeasureStatus.objects.filter(report__period=period, measure=measure)
        if (first := there.select_related("report__unit").first()) is not None:
            text = _("{measure} er allerede med, i rapporten til {unit}. Flytt det hvis en annen skal svare.")
            sentence = text.format(measure=measure.code, unit=first.report.unit)
            raise Refused(Refusal(sentence, field="measure"))
        report = _report_for(period, unit)
        status = MeasureStatus.objects.create(
            report=report,
            measure=measure,
            line=period.budget.lines.filter(measure=measure).first(),
            order=_next_order(report),
            added_reason=reason[:_REASON_LENGTH],
        )
        _changed(report)
        write_log(report, by, LogKind.MEASURE_ADDED, what=str(measure), reason=reason)
        return status


def move_measure(*, by: Actor, status: MeasureStatus, version: int, to_unit: Unit, reason: str) -> Moved:
    """Lets another unit answer for one measure; what is answered goes along, and both logs tell.

    Whoever answers next must confirm it again. Raises PermissionDenied, StaleObject when the answer was
    changed meanwhile, and Refused without a reason, when the period is closed, when one of the
    reports is sent, or to a unit that cannot answer.
    """
    require_permission(by, Permission.ASSURE_REPORT)
    reason = refuse_without(reason, _("Skriv hvorfor tiltaket flyttes."))
    with acting(by, _("Flyttet et tiltak til en annen rapport")):
        to_unit = held_unit(to_unit)
        # The period first: two moves between the same reports would otherwise lock them crosswise. The report
        # the status stands in is read after that, since the move before this one may have moved it.
        period = locked_period(status.report.period_id)
        _refuse_closed(period)
        source = locked_report(MeasureStatus.objects.values_list("report_id", flat=True).get(pk=status.pk))
        if source.unit_id == to_unit.pk:
            sentence = _("{unit} har allerede tiltaket i sin rapport.").format(unit=to_unit)
            raise Refused(Refusal(sentence, field="unit"))
        refuse_closed(_why_sent(source))
        target = _report_for(period, to_unit)
        _move(status, version, source, target, reason)
        for report, kind, other in (
            (source, LogKind.MOVED_OUT, to_unit),
            (target, LogKind.MOVED_IN, source.unit),
        ):
            _changed(report)
            words = _("{measure}, til {unit}") if kind == LogKind.MOVED_OUT else _("{measure}, fra {unit}")
            what = words.format(measure=status.measure, unit=other)
            write_log(report, by, kind, what=what, reason=reason)
        return Moved(target, 1)


def hand_over_report(*, by: Actor, report: UnitReport, version: int, to_unit: Unit, reason: str) -> Moved:
    """A unit that is closed down: its successor answers for all its measures, with what is answered.

    A report that is sent but not approved is returned on the way. The old one stays, empty, with its log
    and its versions. Raises PermissionDenied, StaleObject, and Refused without a reason, for a
    unit that is not closed, when its report is approved, and as `move_measure`.
    """
    require_permission(by, Permission.ASSURE_REPORT)
    reason = refuse_without(reason, _("Skriv hvorfor rapporten overføres."))
    with acting(by, _("Overførte rapporten til en annen virksomhet")):
        to_unit = held_unit(to_unit)
        period = locked_period(report.period_id)
        _refuse_closed(period)
        source = locked_report(report.pk)
        refuse_closed(_why_not_handed_over(source))
        if source.unit_id == to_unit.pk:
            raise Refused(Refusal(_("Velg en annen virksomhet enn den som er lagt ned."), field="unit"))
        return _take_over(by, period, source, version, to_unit, reason)


def give_report(*, by: Actor, report_id: int, to_unit: Unit, reason: str) -> Moved:
    """`hand_over_report` for a unit whose everything is given to another, closed or not.

    For whoever has been asked whether she may reorganise. Raises Refused when the period is closed, when the
    report is approved or handed over since, and when the other unit's own is sent.
    """
    with acting(by, _("Overførte rapporten til en annen virksomhet")):
        found = UnitReport.objects.values_list("period_id", flat=True).get(pk=report_id)
        period = locked_period(found)
        _refuse_closed(period)
        source = locked_report(report_id)
        refuse_closed(_why_not_given(source))
        return _take_over(by, period, source, source.version, to_unit, reason)


def _take_over(
    by: Actor, period: Period, source: UnitReport, version: int, to_unit: Unit, reason: str
) -> Moved:
    """All of the report, sent back first, in the other unit's; the old one stays empty, with its log."""
    if source.state == ReportState.SUBMITTED:
        now = timezone.now()
        move_report(source, by, version, ReportState.RETURNED, now, reason, return_comment=reason)
        version = source.version
    target = _report_for(period, to_unit)
    measures = [
        status.measure for status in source.statuses.select_related("measure").order_by("order", "pk")
    ]
    _move_all(source, target, [measure.pk for measure in measures], reason)
    save_versioned(source, expected=version, fields={"handed_over_to": to_unit})
    _changed(target)
    codes = ", ".join(measure.code for measure in measures)
    write_log(source, by, LogKind.HANDED_OVER, what=f"{to_unit}: {codes}", reason=reason)
    write_log(target, by, LogKind.MOVED_IN, what=f"{source.unit}: {codes}", reason=reason)
    return Moved(target, len(measures))


def name_reporter(*, by: Actor, report: UnitReport, user: User, reason: str) -> None:
    """Names somebody to report for a unit that has nobody: she becomes its contact from today.

    Raises PermissionDenied, Closed for a KF, and Refused without a reason and for one who cannot be contact.
    """
    require_permission(by, Permission.NAME_CONTACT)
    reason = refuse_without(reason, _("Skriv hvorfor du peker ut noen."))
    with acting(by, _("Pekte ut hvem som rapporterer: {reason}").format(reason=reason)):
        refuse_closed(why_not_nameable(report.unit))
        try:
            appoint_contact(by=by, unit=report.unit, user=user)
        except Refused as refused:
            raise Refused(Refusal(str(refused), field="user")) from refused
        fresh = locked_report(report.pk)
        write_log(fresh, by, LogKind.REPORTER_NAMED, person=user, reason=reason)


def _refuse_closed(period: Period) -> None:
    if past_close(period, timezone.now()):
        raise Closed(_("Perioden er lukket. Rapportene kan bare endres ved retting."))


def _why_sent(report: UnitReport) -> str:
    if report.state in EDITABLE_STATES:
        return ""
    return _("Rapporten til {unit} er sendt inn. Den må returneres før tiltakene i den endres.").format(
        unit=report.unit
    )


def _why_not_handed_over(report: UnitReport) -> str:
    if report.handed_over_to_id is None and report.unit.valid_to is None:
        return _("{unit} er ikke lagt ned. Flytt tiltakene ett for ett.").format(unit=report.unit)
    return _why_not_given(report)


def _why_not_given(report: UnitReport) -> str:
    if report.handed_over_to_id is not None:
        return _("Rapporten er allerede overført.")
    if report.state not in EDITABLE_STATES and report.state != ReportState.SUBMITTED:
        return _("Rapporten er godkjent, og trenger ikke overføres.")
    return ""


def _report_for(period: Period, unit: Unit) -> UnitReport:
    """The unit's report in the period, locked and open for changes; made if there is none."""
    if sentence := _why_not_asked(unit):
        raise Refused(Refusal(sentence, field="unit"))
    found = UnitReport.objects.filter(period=period, unit=unit).values_list("pk", flat=True).first()
    if found is None:
        set_up = set_up_of([unit.pk])[unit.pk]
        made = UnitReport.objects.create(
            period=period, unit=unit, place=set_up.place, needs_area=set_up.needs_area
        )
        found = made.pk
    report = locked_report(found)
    if sentence := _why_not_taken_in(report):
        raise Refused(Refusal(sentence, field="unit"))
    return report


def _why_not_asked(unit: Unit) -> str:
    if unit.kind == UnitKind.AREA:
        return _("{unit} er et område. Velg virksomheten, staben eller foretaket som skal svare.").format(
            unit=unit
        )
    if unit.valid_to is not None and unit.valid_to < timezone.localdate():
        return _("{unit} er lagt ned. Velg en virksomhet som er i drift.").format(unit=unit)
    return ""


def _why_not_taken_in(report: UnitReport) -> str:
    if report.handed_over_to_id is not None:
        return _("Rapporten til {unit} er overført til en annen virksomhet.").format(unit=report.unit)
    return _why_sent(report)


def _next_order(report: UnitReport) -> int:
    found: int | None = report.statuses.aggregate(last=Max("order"))["last"]
    return (found or 0) + 1


def _move(status: MeasureStatus, version: int, source: UnitReport, target: UnitReport, reason: str) -> None:
    fields = {**_moved_fields(source, target, reason), "order": _next_order(target)}
    save_versioned(status, expected=version, fields=fields)
    _move_along(source, target, [status.measure_id])


def _move_all(source: UnitReport, target: UnitReport, measures: Sequence[int], reason: str) -> None:
    """The same for all of a report that is held, in its own order; as many queries for one as for many."""
    source.statuses.update(
        **_moved_fields(source, target, reason),
        order=F("order") + _next_order(target),
        version=F("version") + 1,
    )
    _move_along(source, target, measures)


def _moved_fields(source: UnitReport, target: UnitReport, reason: str) -> dict[str, object]:
    added = _("Flyttet fra {unit}: {reason}").format(unit=source.unit, reason=reason)
    # A file speaks only for those who answer elsewhere; what it said becomes the new unit's to confirm.
    here = {"imported_from": None} if target.place == Place.HERE else {}
    return {"report": target, "added_reason": added[:_REASON_LENGTH], "confirmed_at": None, **here}


def _move_along(source: UnitReport, target: UnitReport, measures: Sequence[int]) -> None:
    """What follows a measure to another report: that it has ended, and its deviation."""
    proposed = MeasureProposal.objects.filter(report=source, measure__in=measures)
    proposed.filter(kind=ProposalKind.END, state=ProposalState.OPEN).update(
        report=target, version=F("version") + 1
    )
    Deviation.objects.filter(measure__in=measures, state=DeviationState.OPEN).update(
        unit=target.unit, version=F("version") + 1
    )


def _changed(report: UnitReport) -> None:
    """A form that was open before the measures changed is not sent as it is."""
    save_versioned(report, expected=report.version, fields={})

"""Where units report and who approves: the settings, and using them in a period that is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisation.queries.leading import leading_of
from organisation.rules import Permission, require
from reporting.actions.chain import (
    locked_period,
    locked_report,
    refuse_closed,
    refuse_without,
    write_log,
)
from reporting.enums import EDITABLE_STATES, LogKind, Place, ReportState
from reporting.models import PLACE_LABELS, Period, ReportingSettings, UnitReport, UnitReportingSetting
from reporting.queries.settings import reporting_settings, set_up_changes
from reporting.rules.reports import past_close
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Closed, Refusal, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsAnswers:
    """What the settings page says. Reminders are in days before the deadline."""

    place: Place
    area_approves: bool
    first_reminder_days: int
    second_reminder_days: int


def save_settings(
    *, by: Actor, version: int, answers: SettingsAnswers, places: Mapping[int, Place | None]
) -> ReportingSettings:
    """Saves the municipality's settings and single units' own place (None: as the municipality).

    Reports in open periods stay as they are: see `use_settings`. Raises PermissionDenied, StaleObject, and
    Refused when the second reminder does not come closer to the deadline than the first.
    """
    require(by, Permission.SET_UP_REPORTING)
    if answers.first_reminder_days <= answers.second_reminder_days:
        sentence = _("Den andre påminnelsen må komme nærmere fristen enn den første.")
        raise Refused(Refusal(sentence, field="second_reminder_days"))
    with acting(by, _("Endret innstillinger for rapportering")):
        saved = reporting_settings()
        fields = {
            "place": answers.place,
            "area_approves": answers.area_approves,
            "first_reminder_days": answers.first_reminder_days,
            "second_reminder_days": answers.second_reminder_days,
        }
        if saved.version == 0 and version == 0:
            saved = _first(fields)
        else:
            save_versioned(saved, expected=version, fields=fields)
        for unit_id, place in places.items():
            _save_place(unit_id, place)
        return saved


def _first(fields: Mapping[str, object]) -> ReportingSettings:
    try:
        with transaction.atomic():
            return ReportingSettings.objects.create(pk=1, **fields)
    except IntegrityError as error:
        raise StaleObject(ReportingSettings.objects.filter(pk=1).first()) from error


def _save_place(unit_id: int, place: Place | None) -> None:
    stored = UnitReportingSetting.objects.filter(unit_id=unit_id).first()
    if place is None:
        if stored is not None:
            stored.delete()
    elif stored is None:
        UnitReportingSetting.objects.create(unit_id=unit_id, place=place)
    elif stored.place != place:
        save_versioned(stored, expected=stored.version, fields={"place": place})


def use_settings(*, by: Actor, period: Period, reason: str, expected: int) -> int:
    """Sets the reports of an open period up as the settings say now; how many were changed.

    `expected` is how many the reader was shown. Each change stands in the report's log with the reason.
    Raises PermissionDenied, and Refused without a reason, when the period is closed, and when
    another number of reports would be changed than was shown.
    """
    require(by, Permission.SET_UP_REPORTING)
    reason = refuse_without(reason, _("Skriv hvorfor innstillingene tas i bruk nå."))
    with acting(by, _("Tok innstillingene i bruk: {reason}").format(reason=reason)):
        # The period before its reports (see actions/chain.py): what was counted is what is changed.
        fresh = locked_period(period.pk)
        if past_close(fresh, timezone.now()):
            raise Closed(_("Perioden er lukket."))
        changes = set_up_changes(fresh)
        if len(changes) != expected:
            raise Refused(_("Noe er endret siden du så på listen. Se over den på nytt."))
        for change in changes:
            report = locked_report(change.report.pk)
            _set_up(
                report,
                by,
                place=change.place or Place(report.place),
                needs_area=report.needs_area if change.needs_area is None else change.needs_area,
                version=report.version,
                reason=reason,
            )
        return len(changes)


def set_up_report(
    *, by: Actor, report: UnitReport, version: int, place: Place, needs_area: bool, reason: str
) -> UnitReport:
    """Where one report is answered and whether its area approves, for this period only.

    Raises PermissionDenied, StaleObject, and Refused without a reason, when the period is closed,
    when a report that is sent would get another place, when one that is assured would be changed, and when
    an area would approve for a KF.
    """
    require(by, Permission.ASSURE_REPORT)
    reason = refuse_without(reason, _("Skriv hvorfor dette endres."))
    with acting(by, _("Endret hvordan rapporten er satt opp: {reason}").format(reason=reason)):
        fresh = locked_report(report.pk)
        refuse_closed(_why_not_set_up(fresh))
        if place != fresh.place and fresh.state not in EDITABLE_STATES:
            sentence = _("Rapporten er sendt inn. Returner den før den skal besvares et annet sted.")
            raise Refused(Refusal(sentence, field="place"))
        if needs_area and leading_of(fresh.unit_id).own_only:
            sentence = _("Et foretak svarer til sitt eget styre. Området kan ikke godkjenne rapporten.")
            raise Refused(Refusal(sentence, field="needs_area"))
        _set_up(fresh, by, place=place, needs_area=needs_area, version=version, reason=reason)
        return fresh


def _why_not_set_up(report: UnitReport) -> str:
    if past_close(report.period, timezone.now()):
        return _("Perioden er lukket.")
    if report.state == ReportState.ASSURED:
        return _("Rapporten er kvalitetssikret.")
    return ""


def _set_up(
    report: UnitReport, by: Actor, *, place: Place, needs_area: bool, version: int, reason: str
) -> None:
    said = []
    if place != report.place:
        said.append(_("Rapporteres {where}").format(where=PLACE_LABELS[place]))
    if needs_area != report.needs_area:
        said.append(_("området skal godkjenne") if needs_area else _("området skal ikke godkjenne"))
    fields: dict[str, object] = {"place": place, "needs_area": needs_area}
    if not needs_area:
        fields["area_approved_at"] = None
    save_versioned(report, expected=version, fields=fields)
    if said:
        write_log(report, by, LogKind.SET_UP, what=capfirst("; ".join(said)), reason=reason)

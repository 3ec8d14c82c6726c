"""What happens in a period beside the steps: more time, a late measure, an area's step, a correction.

Invented, as the reports are.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime

from climate_portal.demo_data.dates import DemoDates
from climate_portal.demo_data.organisation import person
from reporting.actions.corrections import open_correction
from reporting.actions.extensions import extend_deadline
from reporting.actions.measures import add_measure
from reporting.actions.reports import StatusAnswers, approve_report, assure_report, save_status, submit_report
from reporting.actions.settings import set_up_report
from reporting.enums import Place
from reporting.models import Period, UnitReport
from strategy.models import Measure

# Not reported yet: more time, and a measure that came late.
GETS_TIME, GETS_MEASURE, ADDED = "Byggesak", "Anskaffelser", "4.1"
# In the area of direktor@.
AREA_APPROVES, ITS_LEADER = "IKT", "leder.ikt"
CORRECTED, CONTACT, LEADER = "Investeringsprosjekter", "kontakt.investering", "leder.investering"


def load_chain(first: Period, second: Period, dates: DemoDates) -> None:
    """One of each, so that each can be seen: in the open period, and in the one that is closed."""
    _more_time(_report(second, GETS_TIME), dates)
    _late_measure(second)
    _area_step(_report(second, AREA_APPROVES), dates)
    _correction(first, dates.last_mail)


def _report(period: Period, unit: str) -> UnitReport:
    return UnitReport.objects.select_related("unit", "period").get(period=period, unit__name=unit)


def _more_time(report: UnitReport, dates: DemoDates) -> None:
    extend_deadline(
        by=person("klima"),
        report=report,
        version=report.version,
        contact_deadline=dates.extended_contact_deadline,
        leader_deadline=dates.extended_leader_deadline,
        reason="Kontaktpersonen er syk, og vara begynner neste uke.",
        at=dates.extended_at,
    )


def _late_measure(period: Period) -> None:
    add_measure(
        by=person("klima"),
        period=period,
        unit=_report(period, GETS_MEASURE).unit,
        measure=Measure.objects.get(code=ADDED),
        reason="Arbeidet kom i gang etter at perioden åpnet.",
    )


def _area_step(report: UnitReport, dates: DemoDates) -> None:
    report = approve_report(
        by=person(ITS_LEADER), report=report, version=report.version, at=dates.second.approved_at
    )
    set_up_report(
        by=person("klima"),
        report=report,
        version=report.version,
        place=Place(report.place),
        needs_area=True,
        reason="Området prøver ut å godkjenne rapporter.",
    )


def _correction(period: Period, at: datetime) -> None:
    """The first status of a closed report said too little; the summary that is published stays as it was."""
    report = _report(period, CORRECTED)
    report = open_correction(
        by=person("klima"),
        report=report,
        version=report.version,
        reason="Det manglet hva som var gjort.",
        at=at,
    )
    status = report.statuses.order_by("order")[0]
    said = StatusAnswers(**{one.name: getattr(status, one.name) for one in fields(StatusAnswers)})
    more = "Vi følger planen. Kontrakten er signert, og oppstart er i august."
    save_status(
        by=person(CONTACT),
        status=status,
        version=status.version,
        answers=replace(said, what_happened=more),
        at=at,
    )
    report.refresh_from_db()
    submit_report(by=person(CONTACT), report=report, version=report.version, at=at)
    report.refresh_from_db()
    approve_report(by=person(LEADER), report=report, version=report.version, at=at)
    report.refresh_from_db()
    assure_report(by=person("klima"), report=report, version=report.version, at=at)

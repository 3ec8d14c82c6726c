"""What waits for a person in reporting, as tasks on Min side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.enums import ReportState
from reporting.models import MeasureProposal, UnitReport
from reporting.queries.waiting import ByPeriod, OwnStep, WaitingReports
from reporting.words.progress import count_word, deviation_sentence, progress_sentence, returned_sentence
from web.contributions import Task

_LISTED = 4


def waiting_tasks(found: WaitingReports) -> Iterator[Task]:
    """To report and approve first, then what is to be approved for an area, then what Klima does."""
    for one in found.own:
        yield _approve_task(one) if one.approves else _report_task(one.report)
    yield from _area_tasks(found.for_area)
    yield from _assure_tasks(found.to_assure)
    yield from _lacking_tasks(found.lacking)
    if found.proposals:
        yield _proposal_task(found.proposals)


def _address(name: str, report: UnitReport) -> str:
    return reverse(f"reporting:{name}", args=[report.period.code, report.unit_id])


def _report_task(report: UnitReport) -> Task:
    returned = report.state == ReportState.RETURNED
    measures, answered = report.measures, report.answered  # type: ignore[attr-defined]
    return Task(
        title=_("Klimarapport for {period}").format(period=report.period),
        detail=returned_sentence(report.return_comment, measures - answered)
        if returned
        else progress_sentence(measures, answered),
        url=_address("report", report),
        button=_("Rett opp") if returned else _("Fortsett") if answered else _("Start"),
        due=None if report.is_corrected else report.contact_due,
        primary=True,
    )


def _approve_task(step: OwnStep) -> Task:
    report = step.report
    sentence = deviation_sentence(report.measures, report.off_plan)  # type: ignore[attr-defined]
    vacant = _("Virksomheten har ingen leder nå.") if step.meanwhile else ""
    return Task(
        title=_("Godkjenn klimarapporten for {period}").format(period=report.period),
        detail=f"{report.unit.name}. {vacant} {sentence}" if vacant else f"{report.unit.name}. {sentence}",
        url=_address("approve", report),
        button=_("Se og godkjenn"),
        due=None if report.is_corrected else report.leader_due,
        primary=True,
    )


def _area_tasks(waiting: ByPeriod) -> Iterator[Task]:
    """One task per period for what the leaders below have approved and the area is to approve."""
    for period, reports in waiting.items():
        yield Task(
            title=_("Godkjenn klimarapporter for området, {period}").format(period=period),
            detail=_("Godkjent av leder: {names}.").format(names=_named(reports)),
            url=_address("area_step", reports[0]),
            button=_("Se og godkjenn"),
            due=None if reports[0].is_corrected else period.closes_at,
        )


def _named(reports: Sequence[UnitReport]) -> str:
    """The units' names, the first few of many."""
    names = ", ".join(report.unit.name for report in reports[:_LISTED])
    more = len(reports) - _LISTED
    if more > 0:
        names = ngettext("{names} og {n} til", "{names} og {n} til", more).format(names=names, n=more)
    return names


def _assure_tasks(waiting: ByPeriod) -> Iterator[Task]:
    for period, reports in waiting.items():
        yield Task(
            title=_("Kvalitetssikre klimarapporter for {period}").format(period=period),
            detail=_("Godkjent av leder: {names}.").format(names=_named(reports)),
            url=_address("assure", reports[0])
            if len(reports) == 1
            else reverse("reporting:desk", args=[period.code]),
            button=_("Kvalitetssikre"),
        )


def _lacking_tasks(lacking: ByPeriod) -> Iterator[Task]:
    """One task per period in which a report waits for a role nobody has."""
    for period, reports in lacking.items():
        yield Task(
            title=_("Noen mangler i {period}").format(period=period),
            detail=_("Ingen kan ta neste steg for {names}.").format(names=_named(reports)),
            url=reverse("publishing:progress", args=[period.code]),
            button=_("Se hvem"),
        )


def _proposal_task(waiting: Sequence[MeasureProposal]) -> Task:
    names = ", ".join(dict.fromkeys(one.report.unit.name for one in waiting[:_LISTED]))
    return Task(
        title=_("Svar på forslag fra virksomhetene"),
        detail=capfirst(_("{count} forslag: {names}.").format(count=count_word(len(waiting)), names=names)),
        url=reverse("reporting:proposals"),
        button=_("Se forslagene"),
    )

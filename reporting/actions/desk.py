"""What Klima does at the review desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.rules import Permission, require
from reporting.actions.reports import assure_report
from reporting.enums import CommentStep, ReportState
from reporting.models import MeasureComment, MeasureStatus, Period, ReportTransition, UnitReport
from reporting.rules.desk import offered_move, why_not_commentable, why_not_movable
from strategy.actions.measure_states import move_measure
from strategy.models import Measure
from web.actor_columns import actor_values, is_actor
from web.actors import Actor, acting
from web.concurrency import StaleObject
from web.refusals import Closed, Refusal, Refused
from web.sorting import NorskSort


@dataclass(frozen=True, slots=True)
class AssureResult:
    """How it went with one report: `sentence` says why nothing was done, or that it was done before."""

    report: UnitReport
    done: bool
    sentence: str = ""


def assure_many(*, by: Actor, period: Period, chosen: Mapping[int, int]) -> list[AssureResult]:
    """Assures the chosen reports, each by itself: what cannot be assured stops no other.

    `chosen` is the version each was read at, by the report's primary key. Raises PermissionDenied.
    """
    require(by, Permission.ASSURE_REPORT)
    reports = UnitReport.objects.filter(period=period, pk__in=chosen).select_related("unit", "period")
    return [
        _assure(by, report, chosen[report.pk]) for report in reports.order_by(NorskSort("unit__name"), "pk")
    ]


def _assure(by: Actor, report: UnitReport, version: int) -> AssureResult:
    try:
        return AssureResult(assure_report(by=by, report=report, version=version), done=True)
    except StaleObject:
        return AssureResult(
            report, done=False, sentence=_("Rapporten er endret siden du åpnet pulten. Les den på nytt.")
        )
    except Refused as refused:
        latest = ReportTransition.objects.filter(report=report).order_by("-pk").first()
        mine = latest is not None and is_actor(latest, by)
        if mine and latest is not None and latest.to_state == ReportState.ASSURED:
            # The second click of a double click.
            return AssureResult(report, done=True, sentence=_("Du har allerede kvalitetssikret den."))
        return AssureResult(report, done=False, sentence=str(refused))


def comment_measure(*, by: Actor, status: MeasureStatus, text: str) -> None:
    """Klima says something about one measure of a report.

    Raises PermissionDenied, and Refused without words or while the unit has the report.
    """
    require(by, Permission.ASSURE_REPORT)
    with acting(by, _("Kommenterte et tiltak i en rapport")):
        report = UnitReport.objects.select_for_update(no_key=True).get(pk=status.report_id)
        if sentence := why_not_commentable(report):
            raise Closed(sentence)
        if not text.strip():
            raise Refused(Refusal(_("Skriv en kommentar."), field="text"))
        MeasureComment.objects.create(
            status=status,
            step=CommentStep.CLIMATE,
            text=text.strip(),
            **actor_values("by", by),
        )


def move_reported_measure(*, by: Actor, status: MeasureStatus, version: int, reason: str = "") -> Measure:
    """Moves the measure where an assured report says that it has come. `version` is the measure's.

    Raises PermissionDenied, StaleObject, and Refused when nothing is offered, or a reason is needed.
    """
    require(by, Permission.ASSURE_REPORT)
    with acting(by, _("Flyttet tiltaket etter kvalitetssikret rapport")):
        report = UnitReport.objects.select_for_update(no_key=True).get(pk=status.report_id)
        if sentence := why_not_movable(report):
            raise Closed(sentence)
        measure = Measure.objects.get(pk=status.measure_id)
        if measure.version != version:
            raise StaleObject(measure)
        state = offered_move(status.status, measure.state)
        if state is None:
            raise Closed(_("Tiltaket står allerede der rapporten sier."))
        try:
            return move_measure(by=by, measure=measure, version=version, state=state, reason=reason)
        except Refused as refused:
            raise Refused(Refusal(str(refused), field="reason")) from refused

"""Comments on the measures of a report, written by the one who approves, assures or returns it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from reporting.enums import CommentStep
from reporting.models import MeasureComment, MeasureStatus, UnitReport
from web.actor_columns import actor_values
from web.actors import Actor


def said_about(report: UnitReport, comments: Mapping[int, str]) -> list[tuple[MeasureStatus, str]]:
    """The comments that say something, in the report's order, each with its answer; others' are left out."""
    said = {pk: text.strip() for pk, text in comments.items() if text.strip()}
    if not said:
        return []
    rows = report.statuses.filter(pk__in=said).select_related("measure", "line").order_by("order", "pk")
    return [(status, said[status.pk]) for status in rows]


def see_comments(said: Iterable[tuple[MeasureStatus, str]]) -> str:
    """What stands for a comment on the whole report when only measures were commented on."""
    codes = ", ".join(status.measure.code for status, _text in said)
    return _("Se kommentaren til {codes}.").format(codes=codes) if codes else ""


def write_comments(
    *,
    by: Actor,
    report: UnitReport,
    step: CommentStep,
    comments: Mapping[int, str],
    at: datetime,
    returned: bool = False,
) -> int:
    """Stores what is said about single measures (by the status' primary key), and gives how many.

    Belongs in the transaction of the step it goes with, which has checked who may take it. With `returned`
    the answers are no longer confirmed: the unit must stand behind each of them again.
    """
    said = said_about(report, comments)
    MeasureComment.objects.bulk_create(
        MeasureComment(
            status=status,
            step=step,
            returned=returned,
            text=text,
            at=at,
            **actor_values("by", by),
        )
        for status, text in said
    )
    if returned:
        MeasureStatus.objects.filter(pk__in=[status.pk for status, _text in said]).update(
            confirmed_at=None, version=F("version") + 1
        )
    return len(said)

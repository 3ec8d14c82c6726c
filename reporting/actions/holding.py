"""Gives what of reporting hangs on one unit or person to another.

For the organisation's own action, which has asked whether the actor may: nothing here does. What is sent,
assured, answered or confirmed is never touched.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit
from reporting.actions.measures import give_report
from reporting.enums import HoldingKind
from reporting.models import Deviation, StrategyFollowUp, UnitReport, UnitReportingSetting
from reporting.queries.holding import open_deviations, unconfirmed_follow_ups
from reporting.queries.questions import waiting_for, waiting_from
from web.actors import Actor, acting
from web.contributions import Move
from web.refusals import Refused


def unit_moves(unit: int) -> dict[HoldingKind, Move]:
    """How each kind of what hangs on the unit is given to another, but for its reports: (by, to, day)."""
    return {
        HoldingKind.PLACE: partial(move_place, unit),
        HoldingKind.DEVIATIONS: partial(move_deviations, unit),
        HoldingKind.QUESTIONS_TO: partial(move_questions_to, unit),
        HoldingKind.QUESTIONS_FROM: partial(move_questions_from, unit),
        HoldingKind.FOLLOW_UPS: partial(move_follow_ups, unit),
    }


def report_move(report: int) -> Move:
    """How one open report is given to another unit."""
    return partial(move_report, report)


def person_moves(person: int) -> dict[HoldingKind, Move]:
    """How what is a person's own is given to another."""
    return {HoldingKind.OWNED_DEVIATIONS: partial(move_owned_deviations, person)}


def move_place(unit: int, by: Actor, to: int, day: date) -> None:
    """Lets a unit that is new report where `unit` did. One that has reported before goes on as it does."""
    with acting(by, _("Hvor det rapporteres, flyttet")):
        setting = UnitReportingSetting.objects.select_for_update().filter(unit=unit)
        known = UnitReport.objects.filter(unit=to).exists()
        if known or UnitReportingSetting.objects.filter(unit=to).exists():
            return
        setting.update(unit=to, version=F("version") + 1)


def move_report(report: int, by: Actor, to: int, day: date) -> None:
    """The measures and what is written of them, in the report of `to`, to be confirmed there.

    Raises Refused when that one is sent, and when this one is approved or its period closed meanwhile.
    """
    before = UnitReport.objects.select_related("unit").get(pk=report).unit
    after = Unit.objects.get(pk=to)
    reason = _("Alt som hørte til {before}, er flyttet til {after}.").format(before=before, after=after)
    try:
        give_report(by=by, report_id=report, to_unit=after, reason=reason)
    except Refused as refused:
        raise Refused(str(refused)) from refused  # there is no field to stand at


def move_deviations(unit: int, by: Actor, to: int, day: date) -> None:
    """Lets `to` follow up the open deviations of `unit`; who sees to each stays."""
    with acting(by, _("Avvikene flyttet")):
        Deviation.objects.filter(pk__in=_held(unit=unit)).update(unit=to, version=F("version") + 1)


def move_owned_deviations(person: int, by: Actor, to: int, day: date) -> None:
    """Lets another person see to the open deviations."""
    with acting(by, _("Ansvaret for avvikene flyttet")):
        Deviation.objects.filter(pk__in=_held(owner=person)).update(owner=to, version=F("version") + 1)


def _held(**of: int) -> list[int]:
    """Open deviations, held in the order everybody takes them in (actions/chain.py)."""
    rows = open_deviations().select_for_update(no_key=True).filter(**of).order_by("measure_id")
    return list(rows.values_list("pk", flat=True))


def move_questions_to(unit: int, by: Actor, to: int, day: date) -> None:
    """Lets `to` answer what `unit` is asked. What it has asked itself is withdrawn: it has the answer now."""
    with acting(by, _("Spørsmålene flyttet")):
        rows = waiting_for([unit]).order_by()
        rows.filter(from_unit=to).update(withdrawn_at=timezone.now(), version=F("version") + 1)
        rows.update(to_unit=to, version=F("version") + 1)


def move_questions_from(unit: int, by: Actor, to: int, day: date) -> None:
    """Lets `to` have the answers `unit` waits for. What was asked of `to` itself is withdrawn."""
    with acting(by, _("Spørsmålene flyttet")):
        rows = waiting_from([unit]).order_by()
        rows.filter(to_unit=to).update(withdrawn_at=timezone.now(), version=F("version") + 1)
        rows.update(from_unit=to, version=F("version") + 1)


def move_follow_ups(unit: int, by: Actor, to: int, day: date) -> None:
    """What nobody stands behind, for the leader of `to` to go on with, but for years it has of its own."""
    with acting(by, _("Strategioppfølgingen flyttet")):
        written = list(StrategyFollowUp.objects.filter(unit=to).values_list("year", flat=True))
        rows = unconfirmed_follow_ups(unit, day).exclude(year__in=written)
        rows.update(unit=to, version=F("version") + 1)

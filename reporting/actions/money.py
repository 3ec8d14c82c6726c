"""Accounting figures, links to the økonomiplan, and the steps of the analysis unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.models import Line
from organisation.models import User
from organisation.rules import Permission, read_duties, require
from reporting.enums import PeriodStepKind
from reporting.models import MoneyImport, Period, PeriodStep, PlanLink, PlanRowMoney
from web.actor_columns import actor_values
from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Closed


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """What one row of the økonomiplan has had and used so far this year, NOK; None is not given."""

    plan_row: str
    budgeted: Decimal | None = None
    spent: Decimal | None = None
    forecast: Decimal | None = None
    comment: str = ""


def import_money(
    *,
    by: Actor,
    period: Period,
    file_name: str,
    sha256: str,
    rows: Sequence[MoneyRow],
    seen: int | None = None,
    is_example: bool = False,
) -> MoneyImport:
    """Stores a whole file; from now on it is the one that counts in the period.

    `seen` is the id of the import the person held it against, None when there was none. Raises StaleObject
    when another has come since, Refused when the period is closed, and PermissionDenied.
    """
    require(by, Permission.ANALYSE_PERIOD)
    with acting(by, _("Importerte regnskapstall")):
        period = Period.objects.select_for_update(no_key=True).get(pk=period.pk)
        if period.closed_at is not None:
            raise Closed(_("Perioden er lukket. Tallene kan ikke endres lenger."))
        newest = period.money_imports.order_by("-at", "-pk").first()
        if (newest.pk if newest else None) != seen:
            raise StaleObject(newest)
        made = MoneyImport.objects.create(
            period=period,
            file_name=file_name,
            sha256=sha256,
            is_example=is_example,
            **actor_values("by", by),
        )
        PlanRowMoney.objects.bulk_create(
            PlanRowMoney(
                source=made,
                plan_row=row.plan_row,
                budgeted=row.budgeted,
                spent=row.spent,
                forecast=row.forecast,
                comment=row.comment,
            )
            for row in rows
        )
        return made


def link_line(*, by: Actor, line: Line, plan_row: str, version: int) -> None:
    """Says which row of the økonomiplan a line gets its money from. An empty one leaves it to the budget.

    `version` is 0 while the line has no link. Raises StaleObject and PermissionDenied.
    """
    require(by, Permission.ANALYSE_PERIOD)
    with acting(by, _("Koblet linjen til økonomiplanen")):
        # Held so that two first links do not cross.
        Line.objects.select_for_update(no_key=True).get(pk=line.pk)
        link = PlanLink.objects.filter(line=line).first()
        row = plan_row.strip()
        if (link.version if link else 0) != version:
            raise StaleObject(link)
        if link is None:
            if row:
                PlanLink.objects.create(line=line, plan_row=row)
        elif row:
            save_versioned(link, expected=version, fields={"plan_row": row})
        else:
            link.delete()


def finish_step(*, by: Actor, period: Period, kind: PeriodStepKind, version: int, comment: str = "") -> None:
    """The analyst has done the step; `comment` is what was found. Done again it stands as it was done.

    Raises StaleObject and PermissionDenied.
    """
    require(by, Permission.ANALYSE_PERIOD)
    with acting(by, _("Fullførte et steg i perioden")):
        step = _step(period, kind)
        if step is not None and step.done_at is not None:
            return
        fields = {
            "done_at": timezone.now(),
            **actor_values("done_by", by),
            "comment": comment.strip(),
        }
        _store(period, kind, step, version, fields)


def undo_step(*, by: Actor, period: Period, kind: PeriodStepKind, version: int) -> None:
    """The step is not done after all. Raises StaleObject and PermissionDenied."""
    require(by, Permission.ANALYSE_PERIOD)
    with acting(by, _("Åpnet et steg i perioden igjen")):
        step = _step(period, kind)
        if step is None or step.done_at is None:
            return
        _store(period, kind, step, version, {"done_at": None, **actor_values("done_by", None)})


def set_step_deadline(
    *, by: Actor, period: Period, kind: PeriodStepKind, version: int, due_at: datetime | None
) -> None:
    """Klima or the analyst says when the step is due; None is the usual deadline.

    Raises StaleObject and PermissionDenied.
    """
    if not isinstance(by, SystemActor):
        wanted = {Permission.ANALYSE_PERIOD, Permission.ASSURE_REPORT}
        if not isinstance(by, User) or not wanted & read_duties(by).permissions:
            raise PermissionDenied
    with acting(by, _("Satte frist for et steg i perioden")):
        _store(period, kind, _step(period, kind), version, {"due_at": due_at})


def _step(period: Period, kind: PeriodStepKind) -> PeriodStep | None:
    """The step if anything is stored about it; the period is held, so that only one makes it."""
    Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    return PeriodStep.objects.filter(period=period, kind=kind).first()


def _store(
    period: Period, kind: PeriodStepKind, step: PeriodStep | None, version: int, fields: dict[str, Any]
) -> None:
    if step is not None:
        save_versioned(step, expected=version, fields=fields)
        return
    if version:
        raise StaleObject(None)
    PeriodStep.objects.create(period=period, kind=kind, **fields)

"""Accounting figures of a period, and the rows of the økonomiplan the lines get theirs from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.models import Line
from organisation.rules import Permission, require
from reporting.models import MoneyImport, Period, PlanLink, PlanRowMoney
from web.actor_columns import actor_values
from web.actors import Actor, acting
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
        PlanRowMoney.objects.bulk_create(PlanRowMoney(source=made, **asdict(row)) for row in rows)
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

"""Costs of a line, one kind and year at a time."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.actions.editing import check_nok, closed_sentence
from budget.actions.effects import lock_line, never_again
from budget.actions.figures_saved import FigureNow, FigureSaved
from budget.enums import BudgetState, CostKind
from budget.models import Cost, Line
from budget.queries.rows import horizon_of
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Closed, Refused

COST_CHANGED = gettext_lazy("Kostnad endret")


def set_cost(
    *, by: Actor, line: Line, year: int, kind: CostKind, nok: Decimal | None, version: int | None = None
) -> FigureSaved:
    """Save the merkostnad of one kind in one year, NOK against the zero alternative; None takes it away.

    `version` is the one the editor saw, 0 for no figure; None, for whoever has seen nothing, writes over
    what is there. The same figure again changes nothing. Raises StaleObject (with a FigureNow),
    Refused, Closed, PermissionDenied.
    """
    if nok is not None:
        check_nok(nok)
    require(by, Permission.EDIT_BUDGET)
    with acting(by, str(COST_CHANGED)):
        lock_line(line)
        if line.budget.state != BudgetState.DRAFT:
            raise Closed(closed_sentence(line.budget.state))
        if year not in horizon_of(line.budget):
            raise Refused(_("{year} er ikke med i budsjettet.").format(year=year))
        current = Cost.objects.filter(line=line, year=year, kind=kind).first()
        now = FigureNow(current.nok, current.version) if current else FigureNow(None, 0)
        if now.amount == nok:
            return FigureSaved(nok, now.version, changed=False)
        if version is not None and now.version != version:
            raise StaleObject(now)
        return _write(line, year, kind, nok, current)


def _write(line: Line, year: int, kind: CostKind, nok: Decimal | None, current: Cost | None) -> FigureSaved:
    if current is None:
        assert nok is not None  # no figure is what stands there
        made = Cost.objects.create(line=line, year=year, kind=kind, nok=nok, version=line.version)
        return FigureSaved(nok, made.version, changed=True)
    if nok is None:
        current.delete()
        never_again(line, current.version)
        return FigureSaved(None, 0, changed=True)
    save_versioned(current, expected=current.version, fields={"nok": nok})
    return FigureSaved(nok, current.version, changed=True)

"""Estimates put into lines, and the emission factors they are made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.actions.editing import editing
from budget.actions.effects import EffectChange, set_effects
from budget.enums import Calculator
from budget.models import Estimate, EstimateFactor, Line
from budget.queries.estimates import Calculation, CannotEstimate, EstimateData, calculate, recalculate
from budget.words.estimates import cannot_estimate_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.models import User
from organisation.rules import Permission, require
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused

MOST_FACTOR = Decimal(10) ** 6
OLDEST_YEAR, LATEST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page showed: the version of the line, and of its effect per year (0 for none)."""

    line: int
    effects: Mapping[int, int]


def save_estimate(
    *, by: Actor, line: Line, data: EstimateData, seen: Seen, move_outside: bool = False
) -> Estimate:
    """Put the result into the line, tonnes of CO2e for every year of the budget, and keep how it came about.

    A result of another scope than the line's is refused, unless `move_outside` moves the line to «Virkning
    utenfor systemgrensen».
    Raises Refused, Closed, StaleObject, StaleFigures and PermissionDenied; nothing is then written.
    """
    with editing(by, line.budget, _("Anslag lagt inn i linjen")):
        line = _locked(line)
        try:
            calculation = calculate(data, line)
        except CannotEstimate as problem:
            raise Refused(cannot_estimate_sentence(problem)) from None
        return _store(by, line, calculation, seen, move_outside=move_outside)


def renew_estimate(*, by: Actor, estimate: Estimate, seen: Seen) -> Estimate:
    """Work out an estimate again with today's factors and put it into its line; as `save_estimate`."""
    with editing(by, estimate.line.budget, _("Anslag regnet på nytt")):
        estimate.line = line = _locked(estimate.line)
        try:
            calculation = recalculate(estimate)
        except CannotEstimate as problem:
            raise Refused(cannot_estimate_sentence(problem)) from None
        return _store(by, line, calculation, seen, move_outside=False)


def _locked(line: Line) -> Line:
    """The line as it is now, which nobody else moves or fills until this is done."""
    rows = Line.objects.select_related("budget__target", "measure")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=line.pk)


def _store(by: Actor, line: Line, calculation: Calculation, seen: Seen, *, move_outside: bool) -> Estimate:
    if calculation.scope != line.scope:
        if not move_outside:
            raise Refused(scope_sentence(calculation.scope, line))
        _move_outside(line, calculation.scope, seen.line)
    changes = [
        EffectChange(line, year, tonnes, seen.effects.get(year, 0))
        for year, tonnes in calculation.tonnes.items()
    ]
    set_effects(by=by, budget=line.budget, changes=changes)
    if isinstance(by, User):
        # The line says who stands behind its figures, and that is now whoever worked them out.
        line.calculated_by, line.calculated_by_user, line.calculated_on = "", by, timezone.localdate()
        line.version += 1
        line.save(update_fields=["calculated_by", "calculated_by_user", "calculated_on", "version"])
    return Estimate.objects.create(
        line=line,
        calculator=calculation.data.calculator,
        scope=calculation.scope,
        inputs=calculation.stored_inputs(),
        factors=calculation.stored_factors(),
        result=calculation.stored_result(),
        note=calculation.data.note.strip(),
        **actor_values("created_by", by),
    )


def scope_sentence(scope: Scope, line: Line) -> str:
    """Why a result does not belong in the line."""
    text = _("Resultatet gjelder «{result}», men linjen regnes i «{line}». De kan ikke blandes.")
    return text.format(result=SCOPE_LABELS[scope], line=SCOPE_LABELS[Scope(line.scope)])


def may_move_outside(line: Line, scope: Scope) -> bool:
    """Whether the line can take a result of this scope by moving out of the budget's own."""
    return scope != line.budget.scope and not line.overlap_memberships.exists()


def _move_outside(line: Line, scope: Scope, version: int) -> None:
    """Raises StaleObject, and Refused for a line that shares emissions with others."""
    if not may_move_outside(line, scope):
        raise Refused(
            _("Linjen kan ikke flyttes: den står i et overlapp, eller resultatet hører til i budsjettet.")
        )
    save_versioned(line, expected=version, fields={"scope": scope})
    # Sources belong to the reference path, which a line outside does not act on. One by one for history.
    for source in line.sources.all():
        source.delete()


def copy_estimates(lines: Mapping[int, Line]) -> None:
    """Give each new line the estimate in force for the old one, by the old line's id."""
    newest: dict[int, Estimate] = {}
    for estimate in Estimate.objects.filter(line__in=lines).order_by("pk"):
        newest[estimate.line_id] = estimate
    for old, estimate in newest.items():
        estimate.pk = None
        estimate.line = lines[old]
    Estimate.objects.bulk_create(newest.values())


def add_factor(
    *,
    by: Actor,
    code: str,
    calculator: Calculator,
    name: str,
    value: Decimal,
    scope: str,
    source: str,
    valid_from: int,
    is_example: bool = False,
) -> EstimateFactor:
    """Add an emission factor, kg CO2e per unit of the calculator, or the next version of one.

    The same again gives the version there is. Raises Refused, PermissionDenied.
    """
    require(by, Permission.EDIT_BUDGET)
    fields = {
        "calculator": calculator,
        "name": name.strip(),
        "value": value,
        "scope": scope,
        "source": source.strip(),
        "valid_from": valid_from,
        "is_example": is_example,
    }
    _check_factor(value, source, valid_from)
    with acting(by, _("Utslippsfaktor lagt inn")):
        same = EstimateFactor.objects.filter(code=code)
        newest = same.order_by("-version").first()
        if newest is not None and newest.calculator != calculator:
            text = _("Faktoren hører til en annen kalkulator. Velg en annen kode.")
            raise Refused(Refusal(text, field="code"))
        if newest is not None and all(getattr(newest, key) == wanted for key, wanted in fields.items()):
            return newest
        version = (same.aggregate(newest=Max("version"))["newest"] or 0) + 1
        try:
            with transaction.atomic():
                return EstimateFactor.objects.create(
                    code=code, version=version, **actor_values("created_by", by), **fields
                )
        except IntegrityError:
            raise Refused(_("Noen andre la inn en ny utgave samtidig. Se over den først.")) from None


def _check_factor(value: Decimal, source: str, valid_from: int) -> None:
    if not value.is_finite() or not 0 <= value < MOST_FACTOR:
        raise Refused(Refusal(_("Skriv faktoren som kg CO₂e, null eller mer."), field="value"))
    if not source.strip():
        raise Refused(Refusal(_("Skriv hvor faktoren er hentet fra."), field="source"))
    if not OLDEST_YEAR <= valid_from <= LATEST_YEAR:
        raise Refused(Refusal(_("Skriv årstallet faktoren gjelder fra."), field="valid_from"))

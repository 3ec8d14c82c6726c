"""Effects of a line, one year at a time: what the grid saves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.actions.editing import check_tonnes, closed_sentence
from budget.enums import BudgetState
from budget.models import ClimateBudget, Effect, Line
from budget.queries.effects import SourceLimit, StoredCell, stored_cell
from budget.queries.rows import horizon_of
from budget.words.problems import above_reference_sentence
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import StaleFigures, StaleObject, save_versioned
from web.formats import format_number
from web.refusals import Closed, Refused

ZERO = Decimal(0)
EFFECT_CHANGED = gettext_lazy("Effekt endret")
EFFECTS_CHANGED = gettext_lazy("Effekter endret")


@dataclass(frozen=True, slots=True)
class EffectSaved:
    """The cell as it now stands. version 0: no figure. `warnings` are sentences; the figure is saved."""

    tonnes: Decimal | None
    version: int
    changed: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EffectChange:
    """A figure to save: tonnes None takes it away. `version` is the one the editor saw, 0 for no figure."""

    line: Line
    year: int
    tonnes: Decimal | None
    version: int


def set_effect(*, by: Actor, line: Line, year: int, tonnes: Decimal | None, version: int) -> EffectSaved:
    """Save the effect of a line in one year, tCO2e; None takes the figure away, which is not zero.

    The same figure again changes nothing, whatever the version: a retry after a lost answer is no conflict.
    Raises StaleObject (with the Effect as it is, or None) when somebody else saved first, Closed when
    the budget is no draft, Refused with a sentence for a figure that cannot stand, PermissionDenied.
    """
    if tonnes is not None:
        check_tonnes(tonnes)
    require(by, Permission.EDIT_BUDGET)
    with acting(by, str(EFFECT_CHANGED)):
        lock_line(line)
        if line.budget.state != BudgetState.DRAFT:
            raise Closed(closed_sentence(line.budget.state))
        cell = stored_cell(line.pk, year)
        current = cell.effect
        if (current.tonnes if current else None) == tonnes:
            return EffectSaved(tonnes, current.version if current else 0, changed=False)
        if (current.version if current else 0) != version:
            raise StaleObject(current)
        if tonnes is None:
            assert current is not None
            _take_away(line, current)
            return EffectSaved(None, 0, changed=True)
        warnings = _check(line, year, tonnes, cell)
        saved = _write(line, year, tonnes, current)
        return EffectSaved(tonnes, saved.version, changed=True, warnings=warnings)


def set_effects(*, by: Actor, budget: ClimateBudget, changes: Iterable[EffectChange]) -> list[EffectSaved]:
    """Save several cells of one budget, all or none; as `set_effect`, but raises StaleFigures."""
    stale: list[tuple[EffectChange, Effect | None]] = []
    saved = []
    with acting(by, str(EFFECTS_CHANGED)):
        for change in changes:
            if change.line.budget_id != budget.pk:
                raise Line.DoesNotExist
            try:
                saved.append(
                    set_effect(
                        by=by,
                        line=change.line,
                        year=change.year,
                        tonnes=change.tonnes,
                        version=change.version,
                    )
                )
            except StaleObject as error:
                stale.append((change, error.obj))
        if stale:
            raise StaleFigures(stale)
    return saved


# The budget first: whoever moves it holds its row while changing the lines, and the other way round would
# leave the two waiting for each other. Editors share the budget, each with a line of her own.
_LOCK = """
    SELECT line.scope, line.not_quantified_reason, line.already_counted, line.version,
           budget.state, budget.target_id, budget.edition_id
    FROM budget_climatebudget AS budget JOIN budget_line AS line ON line.budget_id = budget.id
    WHERE line.id = %s
    FOR SHARE OF budget FOR NO KEY UPDATE OF line"""


def lock_line(line: Line) -> None:
    """Lock the line and its budget, and take over what has changed since the line was read: two editors of
    the same empty cell come one after the other, and nobody moves the budget meanwhile.

    Raises Line.DoesNotExist when it has been taken out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [line.pk])
        row = cursor.fetchone()
    if row is None:
        raise Line.DoesNotExist
    budget = line.budget
    line.scope, line.not_quantified_reason, line.already_counted, line.version = row[:4]
    budget.state, budget.target_id, budget.edition_id = row[4:]


def _take_away(line: Line, effect: Effect) -> None:
    """Delete the figure, and see to it that a later one never gets a version this one has had."""
    effect.delete()
    never_again(line, effect.version, effect.low_version, effect.high_version)


def never_again(line: Line, *versions: int) -> None:
    """Count the line past the versions of figures that were taken away; new ones begin at the line's."""
    Line.objects.filter(pk=line.pk).update(version=Greatest(F("version"), *versions) + 1)


def _write(line: Line, year: int, tonnes: Decimal, current: Effect | None) -> Effect:
    if current is None:
        first = line.version
        return Effect.objects.create(
            line=line, year=year, tonnes=tonnes, version=first, low_version=first, high_version=first
        )
    save_versioned(current, expected=current.version, fields={"tonnes": tonnes})
    return current


def _check(line: Line, year: int, tonnes: Decimal, cell: StoredCell) -> tuple[str, ...]:
    """Raises Refused for what cannot stand; returns sentences about what is only odd."""
    if not line.quantified:
        raise Refused(_("Tiltaket er ikke tallfestet. Fjern begrunnelsen før du legger inn tall."))
    current = cell.effect
    if current and current.low is not None and tonnes < current.low:
        raise Refused(_("Effekten kan ikke være lavere enn det lave anslaget."))
    if current and current.high is not None and tonnes > current.high:
        raise Refused(_("Effekten kan ikke være høyere enn det høye anslaget."))
    if line.scope != line.budget.scope:
        _check_year(line, year)
        return ()
    return check_sources(line, year, max(ZERO, tonnes - line.already_counted), cell.limits)


def _check_year(line: Line, year: int) -> None:
    years = horizon_of(line.budget)
    if year not in years:
        text = _("Budsjettet gjelder {first}–{last}. {year} er ikke med.")
        raise Refused(text.format(first=years[0], last=years[-1], year=year))


def check_sources(line: Line, year: int, counted: Decimal, limits: Sequence[SourceLimit]) -> tuple[str, ...]:
    """Hold an effect, or its high estimate, against the emissions it shares with others and each reference.

    `counted`: tCO2e less what the edition already shows. Above a shared basis it cannot be computed and is
    refused; above the reference it is only odd.
    """
    if not limits or any(limit.reference is None for limit in limits):
        _check_year(line, year)  # the reference path has every year of the budget, and no other
    warnings = []
    for limit in limits:
        acting_here = counted * limit.share / 100
        if limit.basis is not None and acting_here > limit.basis:
            text = _("Effekten er større enn utslippsgrunnlaget tiltaket deler med andre, {basis} tonn.")
            raise Refused(text.format(basis=format_number(limit.basis)))
        if limit.reference is not None and acting_here > limit.reference:
            warnings.append(above_reference_sentence(limit.reference))
    return tuple(warnings)

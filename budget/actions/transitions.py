"""A budget from hand to hand: the climate unit, the chief executive, the council."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.actions.council_decision import council_decision
from budget.enums import BudgetState
from budget.models import AdoptedCeiling, BudgetSnapshot, BudgetTransition, ClimateBudget, Funding, Line
from budget.queries import fingerprint
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import table_sha256
from budget.queries.line_facts import indicator_goals
from budget.queries.readiness import readiness_of
from budget.queries.rows import (
    base_of_target,
    decided_percents,
    horizon_of,
    read_ceilings,
    read_lines,
    target_row,
)
from budget.queries.snapshots import content_sha256, snapshot_content
from budget.rules import BACKWARDS, actor_may_move
from budget.words.lines import indicator_texts
from budget.words.readiness import missing_to_move_on
from strategy.calculations import ceiling_percent
from strategy.models import Decision
from web.actor_columns import actor_values, is_actor
from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject, save_versioned
from web.names import naming
from web.refusals import Refusal, Refused, refuse

S = BudgetState
CASE_NUMBER_LENGTH = 40
# Whether somebody may take a budget from one state to another.
May = Callable[[BudgetState, BudgetState], bool]
# May refuse a move, and gives more fields to save with it.
Check = Callable[[ClimateBudget], Mapping[str, Any] | None]
_ANYBODY = SystemActor("", "")


def hand_over(*, by: Actor, budget: ClimateBudget, version: int, comment: str = "") -> ClimateBudget:
    """The climate unit is done: the budget goes to the chief executive, its figures locked.

    Raises Refused with everything that is missing, StaleObject, PermissionDenied.
    """
    with acting(by, naming(_("Klargjort for {chief}"))):
        return move(by, budget, version, lambda state: S.HANDED_OVER, comment, check=check_complete)


def take_back(*, by: Actor, budget: ClimateBudget, version: int, comment: str = "") -> ClimateBudget:
    """One step back: a proposal to the chief executive's table, or what was handed over to a draft.

    Raises Refused where there is no step back, StaleObject, PermissionDenied.
    """
    with acting(by, _("Sendt tilbake")):
        return move(by, budget, version, lambda state: BACKWARDS.get(state), comment)


def propose(*, by: Actor, budget: ClimateBudget, version: int, comment: str = "") -> ClimateBudget:
    """The chief executive proposes the budget to the council; from now on it can be read by all.

    Raises Refused, StaleObject, PermissionDenied.
    """
    with acting(by, naming(_("Foreslått for {council}"))):
        return move(by, budget, version, lambda state: S.PROPOSED, comment, check=check_complete)


def register_adoption(
    *,
    by: Actor,
    budget: ClimateBudget,
    version: int,
    adopted_on: date,
    case_number: str,
    decision: Decision | None = None,
    another_in_case: bool = False,
) -> ClimateBudget:
    """Kommunestyret has adopted the proposal: copy what it reads from other rooms, hash it, and lock it.

    An adopted budget of the same year and scope is superseded. The decision goes into the register, unless
    `decision` is there already; see `council_decision`. All or nothing.
    Raises Refused (a date to come or long gone, no case number, something missing, lines that share
    a source without a decision, a case that is in the register), StaleObject, PermissionDenied.
    """
    case = case_number.strip()
    refuse(*decision_mistakes(budget.year, adopted_on, case))
    adopt = adoption(
        by=by, adopted_on=adopted_on, case=case, decision=decision, another_in_case=another_in_case
    )
    with acting(by, _("Kommunestyrets vedtak registrert")):
        return move(by, budget, version, lambda state: S.ADOPTED, case, check=adopt)


def adoption(
    *, by: Actor, adopted_on: date, case: str, decision: Decision | None, another_in_case: bool
) -> Check:
    """What happens in the move that adopts: copies, the hash, and the decision in the register."""

    def adopt(fresh: ClimateBudget) -> Mapping[str, Any]:
        check_complete(fresh)
        entry = council_decision(
            by=by, budget=fresh, adopted_on=adopted_on, case=case, chosen=decision, another=another_in_case
        )
        _supersede_earlier(by, fresh)
        _copy_lines(fresh)
        _copy_target(fresh, adopted_on, case)
        form = fingerprint.FORM
        adopted = table_sha256(budget_table(fresh, frozen=True), form)
        return {"table_sha256": adopted, "table_form": form, "decision": entry}

    return adopt


def move(
    by: Actor,
    budget: ClimateBudget,
    version: int,
    goal: Callable[[BudgetState], BudgetState | None],
    comment: str,
    check: Check = lambda fresh: None,
    may: May | None = None,
) -> ClimateBudget:
    """Lock, check and move, and write it in the log. The same click twice moves once.

    For the steps of this module and what is recorded afterwards: no view moves a budget by this. `goal` names
    the next state; `check` may refuse, and gives more fields to save. `may` stands for the table of who takes
    which step (`rules.TRANSITION_PERMISSIONS`); where a budget may go from where it is, it never changes.
    """
    # This budget is locked first, FOR UPDATE: edits hold it FOR SHARE, so what is checked and hashed below
    # is what is kept. An adoption then locks the budget it supersedes. Whoever makes a revision of that one
    # holds it alone, and takes no other budget's lock, so the two never wait for each other.
    rows = ClimateBudget.objects.select_related("target", "edition__municipality")
    fresh = rows.select_for_update(of=("self",)).get(pk=budget.pk)
    if _is_repeated(by, fresh, version, goal):
        return fresh
    origin = S(fresh.state)
    target = goal(origin)
    is_step = target is not None and actor_may_move(_ANYBODY, origin, target)
    allowed = may or partial(actor_may_move, by)
    if is_step and target is not None and not allowed(origin, target):
        raise PermissionDenied
    if fresh.version != version:
        raise StaleObject(fresh)
    if target is None or not is_step:
        raise Refused(_("Budsjettet kan ikke flyttes slik fra der det er nå."))
    fields = check(fresh) or {}
    save_versioned(fresh, expected=version, fields={"state": target, **fields})
    _log(by, fresh, origin, target, comment)
    return fresh


def _is_repeated(
    by: Actor, fresh: ClimateBudget, version: int, goal: Callable[[BudgetState], BudgetState | None]
) -> bool:
    """Whether this very move, by this very actor, is what brought the version past the one posted."""
    if fresh.version != version + 1:
        return False
    last = fresh.transitions.order_by("-pk").first()
    return last is not None and is_actor(last, by) and goal(S(last.from_state)) == fresh.state


def _log(by: Actor, budget: ClimateBudget, origin: str, target: str, comment: str) -> None:
    transition = BudgetTransition.objects.create(
        budget=budget,
        from_state=origin,
        to_state=target,
        **actor_values("by", by),
        comment=comment.strip(),
    )
    content = snapshot_content(budget_table(budget))
    BudgetSnapshot.objects.create(
        budget=budget,
        transition=transition,
        state=target,
        content=content,
        sha256=content_sha256(content),
    )


def check_complete(budget: ClimateBudget) -> None:
    """Before every step forwards, so that nobody comes to the council with what would be refused there."""
    refuse(*missing_to_move_on(readiness_of(budget)))


def decision_mistakes(year: int, adopted_on: date, case: str) -> list[Refusal]:
    """What is wrong with the day and the case of a decision about a year's budget."""
    reasons = []
    if adopted_on.year < year - 2:
        text = _("Vedtaksdatoen er for lenge før budsjettåret {year}. Skriv datoen {council} vedtok det.")
        reasons.append(Refusal(naming(text, year=year), field="adopted_on"))
    if adopted_on > timezone.localdate():
        reasons.append(Refusal(_("Vedtaksdatoen kan ikke være fram i tid."), field="adopted_on"))
    if not case:
        reasons.append(Refusal(_("Skriv saksnummeret til vedtaket."), field="case_number"))
    if len(case) > CASE_NUMBER_LENGTH:
        text = _("Saksnummeret kan ha høyst {most} tegn.").format(most=CASE_NUMBER_LENGTH)
        reasons.append(Refusal(text, field="case_number"))
    return reasons


def _supersede_earlier(by: Actor, budget: ClimateBudget) -> None:
    """The adopted budget this one replaces, if any, with its funding, which follows the budget in force."""
    with suppress(ClimateBudget.DoesNotExist):
        earlier = ClimateBudget.objects.select_for_update().get(
            year=budget.year, scope=budget.scope, state=S.ADOPTED
        )
        save_versioned(earlier, expected=earlier.version, fields={"state": S.SUPERSEDED})
        _log(by, earlier, S.ADOPTED, S.SUPERSEDED, str(budget))
        successors = dict(budget.lines.values_list("measure_id", "pk"))
        for funding in Funding.objects.filter(line__budget=earlier).select_related("line"):
            line_id = successors.get(funding.line.measure_id)
            if line_id is not None:
                save_versioned(funding, expected=funding.version, fields={"line_id": line_id})


def _copy_lines(budget: ClimateBudget) -> None:
    rows = read_lines(budget, frozen=False)
    indicators = indicator_goals([row.measure_id for row in rows])
    copies = [
        Line(
            pk=row.pk,
            adopted_code=row.code,
            adopted_title=row.title,
            adopted_level=row.level,
            adopted_external_actor=row.external_actor,
            adopted_unit_id=row.unit_id,
            adopted_unit_name=row.unit,
            adopted_focus_area=row.focus_area,
            adopted_indicators="\n".join(indicator_texts(indicators.get(row.measure_id, ()))),
        )
        for row in rows
    ]
    fields = [field.name for field in Line._meta.fields if field.name.startswith("adopted_")]
    Line.objects.bulk_update(copies, fields)


def _copy_target(budget: ClimateBudget, adopted_on: date, case: str) -> None:
    """Target and ceilings, to the last decimal; the row itself is locked and still a proposal."""
    target = target_row(budget, frozen=False)
    ceilings = read_ceilings(budget, target, horizon_of(budget), frozen=False) or {}
    # What was adopted in tonnes before the portal is there already, and stands.
    rows = AdoptedCeiling.objects.filter(budget=budget)
    given = set(rows.values_list("year", flat=True)) if budget.recorded_afterwards else set()
    rows.exclude(year__in=given).delete()
    AdoptedCeiling.objects.bulk_create(
        AdoptedCeiling(budget=budget, year=year, percent=percent, tonnes=ceilings[year])
        for year, percent in _percents(budget, list(ceilings)).items()
        if year not in given
    )
    copies = {
        "adopted_on": adopted_on,
        "case_number": case,
        "adopted_base_year": target.base_year,
        "adopted_target_year": target.target_year,
        "adopted_percent": target.percent,
        "adopted_target_title": target.title,
    }
    for name, value in copies.items():
        setattr(budget, name, value)
    ClimateBudget.objects.filter(pk=budget.pk).update(**copies)


def _percents(budget: ClimateBudget, years: list[int]) -> dict[int, Decimal]:
    target = target_row(budget, frozen=False)
    if base_of_target(budget, target) is None:
        return {}
    assert target.base_year is not None
    assert target.percent is not None
    decided = decided_percents(budget)
    return {
        year: ceiling_percent(
            year,
            base_year=target.base_year,
            target_year=target.target_year,
            percent=target.percent,
            adopted=decided,
        )
        for year in years
    }

"""Kommunestyrets vedtak in the decisions register: the one that is there, or a new one."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from budget.models import ClimateBudget
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from strategy.actions.decisions import DecisionData, move_decision, record_decision
from strategy.enums import DecisionBody, DecisionStatus
from strategy.models import Decision
from strategy.queries.decisions import council_decisions_in_case
from web.actors import Actor
from web.formats import format_date
from web.names import naming
from web.refusals import Refusal, Refused, refuse


def council_decision(
    *,
    by: Actor,
    budget: ClimateBudget,
    adopted_on: date,
    case: str,
    chosen: Decision | None,
    another: bool,
) -> Decision:
    """The entry of the register that adopts the budget; inside the transaction that does so.

    `chosen` is one that is there already. `another`: the case has decisions in the register, and this is
    none of them. Raises Refused where neither is said and the case is there, or the chosen one is of
    another case or day; PermissionDenied for whoever may not keep the register.
    """
    if chosen is not None:
        _refuse_other(chosen, adopted_on, case)
        return chosen
    if not another and (there := council_decisions_in_case(case)):
        text = _(
            "Sak {case} står allerede i vedtaksregisteret: {titles}. Velg vedtaket, eller at dette er et "
            "annet vedtak i saken."
        )
        titles = ", ".join(f"«{decision.title}»" for decision in there)
        raise Refused(Refusal(text.format(case=case, titles=titles), field="decision"))
    return _record(by, budget, adopted_on, case)


def _refuse_other(chosen: Decision, adopted_on: date, case: str) -> None:
    reasons = []
    if chosen.body != DecisionBody.COUNCIL:
        text = _("«{title}» er ikke vedtatt av {council}.")
        reasons.append(Refusal(naming(text, title=chosen.title), field="decision"))
    if chosen.case_number.casefold() != case.casefold():
        text = _("«{title}» er sak {number} i vedtaksregisteret. Rett saksnummeret, eller velg et annet.")
        text = text.format(title=chosen.title, number=chosen.case_number or "–")
        reasons.append(Refusal(text, field="case_number"))
    if chosen.decided_on is not None and chosen.decided_on != adopted_on:
        text = _("«{title}» er vedtatt {day} i vedtaksregisteret. Rett vedtaksdatoen, eller velg et annet.")
        text = text.format(title=chosen.title, day=format_date(chosen.decided_on))
        reasons.append(Refusal(text, field="adopted_on"))
    refuse(*reasons)


def _record(by: Actor, budget: ClimateBudget, adopted_on: date, case: str) -> Decision:
    scope = str(SCOPE_LABELS[Scope(budget.scope)])
    made = record_decision(
        by=by,
        data=DecisionData(
            body=DecisionBody.COUNCIL,
            title=_("{budget} er vedtatt").format(budget=budget),
            text=_("Kommunestyret vedtok {budget}: {scope}.").format(
                budget=str(budget).lower(), scope=scope[:1].lower() + scope[1:]
            ),
            case_number=case,
            decided_on=adopted_on,
            no_unit=_("Budsjettet følges opp av virksomhetene som svarer for tiltakene."),
            is_example=budget.is_example,
        ),
    )
    # In force from the day it is made: nobody is to read that it has not begun.
    move_decision(by=by, decision=made, to=DecisionStatus.ONGOING, version=made.version)
    return made

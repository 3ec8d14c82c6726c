"""Climate budgets that were adopted before the portal: head, ceilings and, where known, lines.

They go through every state by the same checks, snapshots, hash and log as others, in one transaction, by
whoever records them (docs/adr/0062-adopted-before-the-portal.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.actions.costs import set_cost
from budget.actions.creating import create_budget
from budget.actions.editing import check_tonnes
from budget.actions.effects import set_effect
from budget.actions.lines import add_line
from budget.actions.transitions import adoption, check_complete, decision_mistakes, move
from budget.enums import BudgetState, CostKind, ReferenceRule
from budget.models import AdoptedCeiling, AdoptedDocument, ClimateBudget
from budget.queries.editions import last_year_of
from budget.queries.rows import base_of_target, horizon_of, read_ceilings, target_row
from budget.rules import TRANSITION_PERMISSIONS
from budget.words.addresses import budget_url
from emissions.models import Edition
from organisation.rules import Permission, require
from strategy.models import Decision, Measure, Target
from web.actors import Actor, acting
from web.concurrency import StaleObject
from web.refusals import Refusal, Refused, refuse
from web.sheets.words import megabytes

S = BudgetState
HUNDRED = Decimal(100)
# So much above the base year is kilos, or a figure too many.
MOST_OF_BASE = 10
PERCENT_DECIMALS = Decimal("1E-15")
FILE_NAME_LENGTH = 200
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class AdoptedLine:
    """A measure as it was adopted: tonnes per year, percent per source id (100 together), and NOK per kind
    and year where known. With a reason it has no tonnes.
    """

    measure: Measure
    effects: Mapping[int, Decimal] = field(default_factory=dict)
    sources: Mapping[int, Decimal] = field(default_factory=dict)
    already_counted: Decimal = Decimal(0)
    costs: Mapping[tuple[CostKind, int], Decimal] = field(default_factory=dict)
    not_quantified_reason: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class AdoptedFile:
    """A document as it was uploaded."""

    name: str
    content: bytes


def record_adopted(
    *,
    by: Actor,
    year: int,
    scope: str,
    target: Target,
    edition: Edition,
    reference_rule: ReferenceRule,
    adopted_on: date,
    case_number: str,
    trend_years: int | None = None,
    ceilings: Mapping[int, Decimal] | None = None,
    lines: Sequence[AdoptedLine] = (),
    document: AdoptedFile | None = None,
    decision: Decision | None = None,
    another_in_case: bool = False,
) -> ClimateBudget:
    """Write a budget that was adopted before the portal, and take it through to adopted. All or nothing.

    `ceilings` are tCO2e per year as adopted; they win over the target's. Without lines the budget has its
    reference path and ceilings only, and what its measures cut is unknown. Decisions as in
    `register_adoption`. Raises Refused with every reason, PermissionDenied.
    """
    with acting(by, _("Vedtatt klimabudsjett ført inn i ettertid")):
        draft = begin_adopted(
            by=by,
            year=year,
            scope=scope,
            target=target,
            edition=edition,
            reference_rule=reference_rule,
            trend_years=trend_years,
        )
        _write_lines(by, draft, lines)
        return record_draft_as_adopted(
            by=by,
            budget=draft,
            version=draft.version,
            adopted_on=adopted_on,
            case_number=case_number,
            ceilings=ceilings,
            document=document,
            decision=decision,
            another_in_case=another_in_case,
        )


def begin_adopted(
    *,
    by: Actor,
    year: int,
    scope: str,
    target: Target,
    edition: Edition,
    reference_rule: ReferenceRule,
    trend_years: int | None = None,
) -> ClimateBudget:
    """A draft of a budget that was adopted before the portal, to be filled in by the ordinary pages.

    It builds on what the edition knows of the years before its own, and has figures from its own year on.
    Raises Refused, PermissionDenied.
    """
    _require(by)
    return create_budget(
        by=by,
        year=year,
        scope=scope,
        target=target,
        edition=edition,
        reference_rule=reference_rule,
        reference=None,
        trend_years=trend_years,
        inventory_until=_inventory_until(edition, year),
    )


def record_draft_as_adopted(
    *,
    by: Actor,
    budget: ClimateBudget,
    version: int,
    adopted_on: date,
    case_number: str,
    ceilings: Mapping[int, Decimal] | None = None,
    document: AdoptedFile | None = None,
    decision: Decision | None = None,
    another_in_case: bool = False,
) -> ClimateBudget:
    """Take a draft through all states at once, as adopted on a day that has been.

    Raises Refused (also where the year has an adopted budget), StaleObject, PermissionDenied.
    """
    _require(by)
    case = case_number.strip()
    refuse(*_mistakes(budget.year, adopted_on, case), *_document_mistakes(document))
    adopt = adoption(
        by=by, adopted_on=adopted_on, case=case, decision=decision, another_in_case=another_in_case
    )

    def begin(fresh: ClimateBudget) -> Mapping[str, Any]:
        _refuse_second(fresh)
        _refuse_without_own_year(fresh)
        fresh.recorded_afterwards = True
        _write_ceilings(fresh, ceilings or {})
        _write_document(fresh, document)
        check_complete(fresh)
        return {"recorded_afterwards": True}

    comment = _("Ført inn i ettertid")
    with acting(by, _("Vedtatt klimabudsjett ført inn i ettertid")):
        _refuse_moved(budget, version)
        for goal, check in ((S.HANDED_OVER, begin), (S.PROPOSED, check_complete), (S.ADOPTED, adopt)):
            budget = move(by, budget, version, lambda _state, to=goal: to, comment, check, _is_a_step)  # type: ignore[misc]
            version = budget.version
    return budget


def _require(by: Actor) -> None:
    """Who makes budgets and registers the council's decisions: what stands between was done by others, before
    the portal. Raises PermissionDenied.
    """
    require(by, Permission.EDIT_BUDGET)
    require(by, Permission.REGISTER_ADOPTION)


def _is_a_step(origin: BudgetState, target: BudgetState) -> bool:
    return (origin, target) in TRANSITION_PERMISSIONS


def _refuse_moved(budget: ClimateBudget, version: int) -> None:
    """Raises StaleObject for a draft somebody has moved on: sent again, nothing is done to it again."""
    rows = ClimateBudget.objects.select_related("target", "edition__municipality")
    fresh = rows.select_for_update(of=("self",)).get(pk=budget.pk)
    if fresh.version != version or fresh.state != S.DRAFT:
        raise StaleObject(fresh)


def _inventory_until(edition: Edition, year: int) -> int | None:
    """The last year the edition knows before the budget's; None where that is its last. Raises Refused."""
    last = last_year_of(edition.pk)
    if last is None or last < year:
        return None
    before = last_year_of(edition.pk, year - 1)
    if before is None:
        text = _("Utgaven har ingen tall fra før {year}. Velg en utgave som har det.")
        raise Refused(Refusal(text.format(year=year), field="edition"))
    return before


def _mistakes(year: int, adopted_on: date, case: str) -> Iterable[Refusal]:
    yield from decision_mistakes(year, adopted_on, case)
    if adopted_on == timezone.localdate():
        text = _("Vedtaksdatoen må være før i dag. Et vedtak fra i dag registreres på budsjettets egen side.")
        yield Refusal(text, field="adopted_on")


def _refuse_second(budget: ClimateBudget) -> None:
    same = ClimateBudget.objects.filter(year=budget.year, scope=budget.scope, state=S.ADOPTED)
    if there := same.first():
        text = _("Det finnes allerede et vedtatt klimabudsjett for {year}. En endring av det er en revisjon.")
        raise Refused(Refusal(text.format(year=budget.year), url=there.get_absolute_url()))


def _refuse_without_own_year(budget: ClimateBudget) -> None:
    """A draft that was begun as an ordinary one, on an edition that knows its year."""
    years = horizon_of(budget)
    if budget.year not in years:
        text = _("Utkastet begynner i {first}, fordi utgaven har tall for {year}. Velg en eldre utgave.")
        text = text.format(first=years[0], year=budget.year)
        raise Refused(Refusal(text, url=budget_url("change_basis", budget)))


def _write_lines(by: Actor, budget: ClimateBudget, lines: Sequence[AdoptedLine]) -> None:
    for order, given in enumerate(lines, start=1):
        line = add_line(
            by=by,
            budget=budget,
            measure=given.measure,
            scope=given.scope or budget.scope,
            order=order,
            sources=given.sources,
            not_quantified_reason=given.not_quantified_reason,
            already_counted=given.already_counted,
        )
        for year, tonnes in sorted(given.effects.items()):
            set_effect(by=by, line=line, year=year, tonnes=tonnes, version=0)
        for (kind, year), nok in sorted(given.costs.items()):
            set_cost(by=by, line=line, year=year, kind=kind, nok=nok)


def _write_ceilings(budget: ClimateBudget, ceilings: Mapping[int, Decimal]) -> None:
    """The tonnes as they were adopted, and the percent they are of the base year, where there is one."""
    years, target = horizon_of(budget), target_row(budget, frozen=False)
    base = base_of_target(budget, target)
    refuse(*_ceiling_mistakes(ceilings, years, base))
    AdoptedCeiling.objects.filter(budget=budget).delete()
    AdoptedCeiling.objects.bulk_create(
        AdoptedCeiling(budget=budget, year=year, tonnes=tonnes, percent=_cut(tonnes, base))
        for year, tonnes in sorted(ceilings.items())
    )
    if not read_ceilings(budget, target, years, frozen=False) and not budget.lines.exists():
        text = _("Målet har ingen utslippsramme i tonn. Skriv rammene slik de ble vedtatt.")
        raise Refused(Refusal(text, field="ceilings"))


def _ceiling_mistakes(
    ceilings: Mapping[int, Decimal], years: Sequence[int], base: Decimal | None
) -> Iterable[Refusal]:
    for year, tonnes in sorted(ceilings.items()):
        if year not in years:
            text = _("Rammen for {year} er utenfor budsjettets år, {first}–{last}.")
            text = text.format(year=year, first=years[0], last=years[-1])
            yield Refusal(text, field="ceilings")
        elif text := _wrong_tonnes(year, tonnes, base):
            yield Refusal(text, field="ceilings")


def _wrong_tonnes(year: int, tonnes: Decimal, base: Decimal | None) -> str:
    if not tonnes.is_finite() or tonnes < 0:
        return _("Rammen for {year} kan ikke være under null.").format(year=year)
    try:
        check_tonnes(tonnes)
    except Refused as refused:
        return f"{year}: {refused}"
    if base and tonnes > base * MOST_OF_BASE:
        text = _("Rammen for {year} er mer enn ti ganger utslippene i basisåret. Skriv tonn CO₂e.")
        return text.format(year=year)
    return ""


def _cut(tonnes: Decimal, base: Decimal | None) -> Decimal | None:
    """Percent below the base year, to fifteen decimals, rounded so that the ceiling by it is never below the
    adopted tonnes: emissions of just so much are not above it.
    """
    if not base:
        return None
    with localcontext(prec=60):
        return (HUNDRED - HUNDRED * tonnes / base).quantize(PERCENT_DECIMALS, ROUND_FLOOR)


def _document_mistakes(document: AdoptedFile | None) -> Iterable[Refusal]:
    if document is None:
        return
    most: int = settings.REGISTER_UPLOAD_MAX_BYTES
    if len(document.content) > most:
        text = _("Filen er på {size}. Den kan være høyst {limit}. Lagre den som en mindre PDF.")
        text = text.format(size=megabytes(len(document.content)), limit=megabytes(most))
        yield Refusal(text, field="document")
    elif not document.content.startswith(_PDF):
        text = _("Filen er ikke en PDF. Lagre dokumentet som PDF, og velg den filen.")
        yield Refusal(text, field="document")


def _write_document(budget: ClimateBudget, document: AdoptedFile | None) -> None:
    if document is None:
        return
    AdoptedDocument.objects.create(
        budget=budget,
        file_name=document.name[-FILE_NAME_LENGTH:],
        content=document.content,
        sha256=hashlib.sha256(document.content).hexdigest(),
    )

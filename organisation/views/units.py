"""Organisasjon: who lacks a person, the tree, a unit's own page, and what happens to units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from organisation.actions.units import cancel_change, create_unit, plan_change
from organisation.enums import LEADING_ROLES, Role, UnitChangeKind, UnitChangeState, UnitKind
from organisation.forms.people import VersionForm
from organisation.forms.units import ChangeForm, CloseForm, HandAllForm, MoveForm, RenameForm, UnitForm
from organisation.models import (
    ROLE_LABELS,
    UNIT_KIND_LABELS,
    Appointment,
    AppointmentProposal,
    Unit,
    UnitChange,
)
from organisation.queries.lacks import Manning, lacks, manning, without_anybody
from organisation.queries.units import Branch, active_units, in_reading_order
from organisation.queries.unowned import units_to_answer_for, units_with, unowned
from organisation.rules import (
    AuthenticatedRequest,
    Duties,
    Permission,
    duties,
    has_permission,
    may_propose,
    roles_to_give,
)
from organisation.views.addresses import handover_url, organisation_crumb
from organisation.views.unowned import unowned_rows
from organisation.words.lacks import (
    coming_note,
    days,
    holder_note,
    lack_text,
    lack_title,
    lead_sentence,
    leads_as,
    unit_sentence,
)
from web.contributions import Holder as HoldingOf
from web.contributions import Holding, HoldingGoes, collect, holding
from web.form_page import FormPage, run_form
from web.http import render_page
from web.names import names

_OPEN = (UnitChangeState.PLANNED, UnitChangeState.STOPPED)
COLUMNS = (Role.LEADER, Role.CONTACT, Role.DEPUTY)


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """What lacks a person first, each with its action; then the tree."""
    manned = manning(timezone.localdate())
    held, missing, empty = duties(request.user), lacks(manned), without_anybody(manned)
    reports = [unit for unit in manned.units if unit.kind != UnitKind.AREA]
    manages = has_permission(request.user, Permission.MANAGE_ORGANISATION)
    context = {
        "page_title": _("Organisasjon"),
        "lead": lead_sentence(len(missing), len(empty), len(reports)),
        "today": manned.day,
        "lacks": [
            {
                "title": lack_title(one),
                "text": lack_text(one),
                "role_url": reverse("organisation:give_role", args=[one.unit.pk]) + f"?rolle={one.role}",
                "invited": one.invited,
                "may_give": one.role in roles_to_give(held, one.unit),
            }
            for one in missing
        ],
        "empty": empty,
        "groups": [_tree_row(manned, branch) for branch in in_reading_order(manned.units)],
        "has_examples": any(unit.is_example for unit in manned.units),
        "manages": manages,
        "reads_log": has_permission(request.user, Permission.READ_LOGIN_LOG),
        "may_name": has_permission(request.user, Permission.NAME_THINGS),
        "stopped": UnitChange.objects.filter(state=UnitChangeState.STOPPED).select_related("unit")
        if manages
        else (),
    }
    return render_page(request, "organisation/index.html", context)


def _tree_row(manned: Manning, branch: Branch) -> dict[str, Any]:
    unit = branch.unit
    below = {one.kind for one in manned.units if one.parent_id == unit.pk}
    return {
        "unit": unit,
        "depth": branch.depth,
        "is_area": unit.kind == UnitKind.AREA,
        "leaders": _cell(manned, unit, Role.LEADER),
        "leads_as": leads_as(names(), branch.depth),
        "of_enterprises": below == {UnitKind.ENTERPRISE},
        "cells": [(capfirst(str(ROLE_LABELS[role])), _cell(manned, unit, role)) for role in COLUMNS],
    }


def _cell(manned: Manning, unit: Unit, role: Role) -> dict[str, Any]:
    roles = LEADING_ROLES if role == Role.LEADER else {role}
    there = manned.with_role(unit.pk, *roles)
    return {
        "people": [(one, holder_note(one, role)) for one in there],
        "coming": [coming_note(one) for one in manned.coming(unit.pk, role)],
        "is_missing": not there and unit.kind != UnitKind.AREA and role in (Role.LEADER, Role.CONTACT),
    }


@require_safe
def detail(request: AuthenticatedRequest, unit: int) -> HttpResponse:
    """A unit: its people with their days, what waits for an answer, and what is planned."""
    found = unit_of(unit)
    today, held = timezone.localdate(), duties(request.user)
    gives = roles_to_give(held, found)
    manages = has_permission(request.user, Permission.MANAGE_ORGANISATION)
    rows = Appointment.objects.filter(unit=found).select_related("user", "handover")
    # Who is shut out has left, though her last day is today.
    left = Q(valid_to__lt=today) | Q(user__is_active=False)
    over = rows.filter(left).order_by("-valid_to", "pk")
    people = list(rows.exclude(left).order_by("valid_from", "pk"))
    context = {
        "page_title": found.name,
        "crumbs": [organisation_crumb(), (found.name, "")],
        "unit": found,
        "kind": capfirst(str(UNIT_KIND_LABELS[UnitKind(found.kind)])),
        "people": [_person_row(row, gives) for row in people],
        "former": [_person_row(row, gives) for row in over],
        "gives": bool(gives),
        "may_propose": may_propose(held, found) and not gives,
        "proposals": AppointmentProposal.objects.filter(unit=found, answered_at=None).select_related("user")
        if gives or may_propose(held, found)
        else (),
        "lead": unit_sentence(
            found, has_leader=any(row.role in LEADING_ROLES and row.valid_from <= today for row in people)
        ),
        "below": active_units().filter(parent=found),
        "unowned": _unowned(found, held),
        "manages": manages,
        "is_open": found.valid_to is None or found.valid_to >= today,
        "changes": _changes(found, manages=manages),
        "change_pages": CHANGES,
        "reads_history": has_permission(request.user, Permission.READ_HISTORY),
    }
    return render_page(request, "organisation/unit.html", context)


def _unowned(unit: Unit, held: Duties) -> list[dict[str, Any]]:
    """What has no owner in the unit and below it, for those who answer for it."""
    mine = units_to_answer_for(held)
    if mine is not None and unit.pk not in mine:
        return []
    return unowned_rows(unowned(units_with(unit.pk), timezone.localdate()), held)


def _changes(unit: Unit, *, manages: bool) -> QuerySet[UnitChange]:
    """What was done with the unit; what is planned is seen by those who draw it."""
    seen = [UnitChangeState.DONE, *(_OPEN if manages else ())]
    return unit.changes.filter(state__in=seen).select_related("parent", "successor").order_by("on", "pk")


def _person_row(row: Appointment, gives: frozenset[Role]) -> dict[str, Any]:
    return {
        "appointment": row,
        "role": ROLE_LABELS[Role(row.role)],
        "days": days(row.valid_from, row.valid_to),
        "handover_url": handover_url(row, may_change=Role(row.role) in gives),
        "is_invited": row.user.last_login is None and row.user.invited_at is not None,
        "may_change": Role(row.role) in gives,
        "has_begun": row.valid_from <= timezone.localdate(),
    }


def unit_of(pk: int) -> Unit:
    return get_object_or_404(Unit.objects.select_related("parent"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedRequest) -> HttpResponse:
    """A new unit from a day."""
    page = FormPage(
        title=_("Ny virksomhet eller nytt foretak"),
        button=_("Opprett"),
        back_url=reverse("organisation:index"),
        done=_("Virksomheten er opprettet. Nå kan du gi noen roller i den."),
        crumbs=[organisation_crumb()],
    )

    def make(data: QueryDict | None) -> UnitForm:
        return UnitForm(data, units=active_units(), initial={"valid_from": timezone.localdate()})

    def work(form: UnitForm) -> str:
        unit = create_unit(by=request.user, **form.cleaned_data)
        return reverse("organisation:unit", args=[unit.pk])

    return run_form(request, page, make, work)


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One kind of change: its word in the address, its form, and what is said on its page."""

    word: str
    kind: UnitChangeKind
    form: type[ChangeForm]
    title: Promise | str
    button: Promise | str
    danger: bool = False
    # Whether what hangs on the unit moves, and so is listed before it is confirmed.
    moves: bool = False


CHANGES = (
    ChangePage(
        "navn",
        UnitChangeKind.RENAME,
        RenameForm,
        gettext_lazy("Nytt navn på {unit}"),
        gettext_lazy("Gi nytt navn"),
    ),
    ChangePage("plass", UnitChangeKind.MOVE, MoveForm, gettext_lazy("Flytt {unit}"), gettext_lazy("Flytt")),
    ChangePage(
        "overta",
        UnitChangeKind.HAND_ALL,
        HandAllForm,
        gettext_lazy("Flytt alt fra {unit}"),
        gettext_lazy("Flytt alt til en annen"),
        danger=True,
        moves=True,
    ),
    ChangePage(
        "legg-ned",
        UnitChangeKind.CLOSE,
        CloseForm,
        gettext_lazy("Legg ned {unit}"),
        gettext_lazy("Legg ned"),
        danger=True,
        moves=True,
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AuthenticatedRequest, unit: int, word: str) -> HttpResponse:
    """What is to happen to a unit from a day, with what hangs on it and where each goes."""
    found, kind = unit_of(unit), next((one for one in CHANGES if one.word == word), None)
    if kind is None:
        raise Http404
    unit_url = reverse("organisation:unit", args=[unit])
    page = FormPage(
        title=str(kind.title).format(unit=found.name),
        button=str(kind.button),
        back_url=unit_url,
        done=_done(found),
        crumbs=[organisation_crumb(), (found.name, unit_url)],
        note=_("Det som er vedtatt, sendt eller publisert, beholder navnet det ble gjort under."),
        danger=kind.danger,
        template="organisation/change.html",
        context={"holdings": _holdings(found, moves=kind.moves), "moves": kind.moves, "unit": found},
    )

    def make(data: QueryDict | None) -> ChangeForm:
        initial = {"on": timezone.localdate(), "name": found.name, "parent": found.parent_id}
        return kind.form(data, units=active_units().exclude(pk=found.pk), initial=initial)

    def work(form: ChangeForm) -> None:
        plan_change(by=request.user, unit=found, kind=kind.kind, **form.cleaned_data)

    return run_form(request, page, make, work)


def _done(unit: Unit) -> Callable[[Any], str]:
    def said(form: ChangeForm) -> str:
        if form.cleaned_data["on"] <= timezone.localdate():
            return _("{unit} er endret.").format(unit=unit.name)
        return _("Endringen er planlagt. Portalen gjør den på dagen.")

    return said


def _holdings(unit: Unit, *, moves: bool) -> list[tuple[Holding, str]]:
    """What hangs on the unit, with where it goes in words."""
    held = collect(holding, HoldingOf(unit=unit.pk), timezone.localdate())
    goes = {
        HoldingGoes.TO_SUCCESSOR: _("til den som overtar") if moves else _("følger virksomheten"),
        HoldingGoes.WITH_UNIT: _("følger virksomheten"),
        HoldingGoes.STAYS: _("blir stående"),
    }
    return [(one, goes[one.goes]) for one in held]


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A planned change that is not to be."""
    found = get_object_or_404(UnitChange.objects.select_related("unit"), pk=pk)
    unit_url = reverse("organisation:unit", args=[found.unit_id])
    page = FormPage(
        title=_("Avlys endringen"),
        button=_("Avlys"),
        back_url=unit_url,
        done=_("Endringen er avlyst."),
        crumbs=[organisation_crumb(), (found.unit.name, unit_url)],
        lead=str(found),
        closed="" if found.state in _OPEN else _("Endringen er gjennomført eller avlyst."),
    )
    return run_form(
        request,
        page,
        lambda data: VersionForm(data, initial={"version": _version_of(UnitChange, pk)}),
        lambda form: cancel_change(by=request.user, change=found, expected=form.cleaned_data["version"]),
    )


def _version_of(model: Any, pk: int) -> int:
    return int(model.objects.values_list("version", flat=True).get(pk=pk))

"""What people do with a deviation: say who sees to it, decide, close, take up again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest
from reporting.actions.deviations import (
    DecisionGiven,
    close_deviation,
    decide_deviation,
    plan_deviation,
    reopen_deviation,
)
from reporting.forms.deviations import CloseForm, DecisionGivenForm, OwnerForm, ReopenForm
from reporting.models import Deviation
from reporting.rules.deviations import level_words, why_not_decidable
from reporting.views.deviations import get_deviation, years_of
from reporting.views.one_form import OneForm, show_one, take_one
from web.formats import format_number
from web.http import see_other

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def owner(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who sees to the deviation, and by when."""
    found = _managed(request, pk)
    page = _page(found, _("Ansvarlig og dato for avviket"), _("Lagre"))
    if request.method != "POST":
        return show_one(request, page, OwnerForm(found))
    form = OwnerForm(found, request.POST)
    return take_one(
        request,
        page,
        form,
        lambda: plan_deviation(
            by=request.user,
            deviation=found,
            version=form.cleaned_data["version"],
            owner=form.cleaned_data["owner"],
            due_on=form.cleaned_data["due_on"],
        ),
        done=_("Ansvarlig og dato er lagret."),
    )


@require_http_methods(FORM_METHODS)
def close(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = _managed(request, pk)
    page = _page(found, _("Lukk avviket"), _("Lukk avviket"))
    if request.method != "POST":
        if not found.is_open:
            return see_other(found.get_absolute_url())
        return show_one(request, page, CloseForm(initial={"version": found.version}))
    form = CloseForm(request.POST)
    return take_one(
        request,
        page,
        form,
        lambda: close_deviation(
            by=request.user,
            deviation=found,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        done=_("Avviket er lukket."),
    )


@require_http_methods(FORM_METHODS)
def reopen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = _managed(request, pk)
    page = _page(found, _("Åpne avviket igjen"), _("Åpne igjen"))
    if request.method != "POST":
        if found.is_open:
            return see_other(found.get_absolute_url())
        return show_one(request, page, ReopenForm(initial={"version": found.version}))
    form = ReopenForm(request.POST)
    return take_one(
        request,
        page,
        form,
        lambda: reopen_deviation(by=request.user, deviation=found, version=form.cleaned_data["version"]),
        done=_("Avviket er åpnet igjen."),
    )


@require_http_methods(FORM_METHODS)
def decide(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The decision that was asked for, entered in the decisions register."""
    found, who = get_deviation(request, pk)
    if not who.decides:
        raise PermissionDenied
    page = OneForm(
        title=_("Før inn beslutningen"),
        button=_("Før inn beslutningen"),
        back_url=found.get_absolute_url(),
        crumbs=_crumbs(found),
        lead=_("{unit} ber {level} avgjøre noe. Beslutningen føres i vedtaksregisteret.").format(
            unit=found.unit.name, level=level_words(found.decision_level)
        ),
        facts=[(_("Hva skal avgjøres"), found.decision_question), *_about(found)],
    )
    if request.method != "POST":
        if why_not_decidable(found):
            return see_other(found.get_absolute_url())
        return show_one(request, page, DecisionGivenForm(found))
    form = DecisionGivenForm(found, request.POST)
    return take_one(
        request,
        page,
        form,
        lambda: decide_deviation(
            by=request.user,
            deviation=found,
            version=form.cleaned_data["version"],
            given=DecisionGiven(
                text=form.cleaned_data["text"],
                decided_on=form.cleaned_data["decided_on"],
                case_number=form.cleaned_data["case_number"],
                deadline=form.cleaned_data["deadline"],
            ),
        ),
        done=_("Beslutningen er ført inn."),
    )


def _managed(request: AuthenticatedRequest, pk: int) -> Deviation:
    found, who = get_deviation(request, pk)
    if not who.manages:
        raise PermissionDenied
    return found


def _page(found: Deviation, title: str, button: str) -> OneForm:
    return OneForm(
        title=title,
        button=button,
        back_url=found.get_absolute_url(),
        crumbs=_crumbs(found),
        lead=str(found.measure),
        facts=_about(found),
    )


def _crumbs(found: Deviation) -> list[tuple[str, str]]:
    return [
        (_("Avvik"), reverse("reporting:deviations")),
        (found.measure.code, found.get_absolute_url()),
    ]


def _about(found: Deviation) -> list[tuple[str, str]]:
    facts = [(_("Årsak"), found.cause), (_("Hva vi gjør"), found.corrective_action)]
    if found.tonnes_at_stake is not None:
        words = _("{tonnes} tonn mindre kutt samlet {years}")
        facts.append(
            (
                _("Tonn på spill"),
                words.format(tonnes=format_number(found.tonnes_at_stake, 0), years=years_of(found)),
            )
        )
    return facts

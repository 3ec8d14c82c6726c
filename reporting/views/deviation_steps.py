"""What people do with a deviation: say who sees to it, decide, close, take up again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
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
from reporting.views.crumbs import start_crumb
from reporting.views.deviations import get_deviation, years_of
from web.form_page import Crumb, FormPage, run_form
from web.formats import format_number
from web.http import see_other

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def owner(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who sees to the deviation, and by when."""
    found = _managed(request, pk)
    page = _page(found, _("Ansvarlig og dato for avviket"), _("Lagre"), _("Ansvarlig og dato er lagret."))

    def make(data: QueryDict | None) -> OwnerForm:
        return OwnerForm(_now(found), data)

    def work(form: OwnerForm) -> None:
        plan_deviation(by=request.user, deviation=found, **form.cleaned_data)

    return run_form(request, page, make, work)


@require_http_methods(FORM_METHODS)
def close(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = _managed(request, pk)
    page = _page(found, _("Lukk avviket"), _("Lukk avviket"), _("Avviket er lukket."))
    if request.method != "POST" and not found.is_open:
        return see_other(found.get_absolute_url())

    def make(data: QueryDict | None) -> CloseForm:
        return CloseForm(data, initial={"version": _now(found).version})

    def work(form: CloseForm) -> None:
        close_deviation(by=request.user, deviation=found, **form.cleaned_data)

    return run_form(request, page, make, work)


@require_http_methods(FORM_METHODS)
def reopen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = _managed(request, pk)
    page = _page(found, _("Åpne avviket igjen"), _("Åpne igjen"), _("Avviket er åpnet igjen."))
    if request.method != "POST" and found.is_open:
        return see_other(found.get_absolute_url())

    def make(data: QueryDict | None) -> ReopenForm:
        return ReopenForm(data, initial={"version": _now(found).version})

    def work(form: ReopenForm) -> None:
        reopen_deviation(by=request.user, deviation=found, version=form.cleaned_data["version"])

    return run_form(request, page, make, work)


@require_http_methods(FORM_METHODS)
def decide(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The decision that was asked for, entered in the decisions register."""
    found, who = get_deviation(request, pk)
    if not who.decides:
        raise PermissionDenied
    page = FormPage(
        title=_("Før inn beslutningen"),
        button=_("Før inn beslutningen"),
        back_url=found.get_absolute_url(),
        done=_("Beslutningen er ført inn."),
        crumbs=_crumbs(found),
        lead=_("{unit} ber {level} avgjøre noe. Beslutningen føres i vedtaksregisteret.").format(
            unit=found.unit.name, level=level_words(found.decision_level)
        ),
        facts=[(_("Hva skal avgjøres"), found.decision_question), *_about(found)],
    )
    if request.method != "POST" and why_not_decidable(found):
        return see_other(found.get_absolute_url())

    def make(data: QueryDict | None) -> DecisionGivenForm:
        return DecisionGivenForm(_now(found), data)

    def work(form: DecisionGivenForm) -> None:
        given = {name: form.cleaned_data[name] for name in ("text", "decided_on", "case_number", "deadline")}
        decide_deviation(
            by=request.user,
            deviation=found,
            version=form.cleaned_data["version"],
            given=DecisionGiven(**given),
        )

    return run_form(request, page, make, work)


def _managed(request: AuthenticatedRequest, pk: int) -> Deviation:
    found, who = get_deviation(request, pk)
    if not who.manages:
        raise PermissionDenied
    return found


def _now(found: Deviation) -> Deviation:
    """The deviation as it is stored, for a form that came too late."""
    return Deviation.objects.select_related("unit").get(pk=found.pk)


def _page(found: Deviation, title: str, button: str, done: str) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back_url=found.get_absolute_url(),
        done=done,
        crumbs=_crumbs(found),
        lead=str(found.measure),
        facts=_about(found),
    )


def _crumbs(found: Deviation) -> list[Crumb]:
    return [
        start_crumb(),
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

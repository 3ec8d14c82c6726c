"""Indicators of targets, and what they showed year by year."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest
from strategy.actions.targets import save_indicator, set_indicator_value
from strategy.enums import Direction
from strategy.forms.targets import IndicatorValueForm, TargetIndicatorForm
from strategy.models import Target, TargetIndicator
from strategy.views.access import readable_target
from strategy.views.crumbs import crumbs_above
from strategy.views.targets import target_crumbs, target_url
from web.form_page import FormPage, run_form

NAMES = ("name", "unit_label", "direction", "goal", "source", "version")


@require_http_methods(["GET", "HEAD", "POST"])
def new_target_indicator(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _indicator(request, readable_target(request, pk), None, _("Ny indikator"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_indicator(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    indicator = _get(request, pk)
    return _indicator(request, indicator.target, indicator, _("Endre indikatoren"))


def _get(request: AuthenticatedRequest, pk: int) -> TargetIndicator:
    indicator = TargetIndicator.objects.select_related("target__strategy").filter(pk=pk).first()
    if indicator is None:
        raise Http404
    readable_target(request, indicator.target_id)
    return indicator


def _page(target: Target, title: str, done: str, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        back_url=target_url(target),
        done=done,
        crumbs=crumbs_above(*target_crumbs(target)),
        lead=lead,
    )


def _indicator(
    request: AuthenticatedRequest, target: Target, indicator: TargetIndicator | None, title: str
) -> HttpResponse:
    def make(data: QueryDict | None) -> TargetIndicatorForm:
        now = _get(request, indicator.pk) if indicator else None
        initial = {name: getattr(now, name) for name in NAMES} if now else {"version": 0}
        return TargetIndicatorForm(data, initial=initial)

    def save(form: TargetIndicatorForm) -> None:
        data = form.cleaned_data
        save_indicator(
            by=request.user,
            target=target,
            indicator=indicator,
            version=data["version"],
            name=data["name"],
            unit_label=data["unit_label"],
            direction=Direction(data["direction"]),
            goal=data["goal"],
            source=data["source"],
        )

    return run_form(request, _page(target, title, _("Indikatoren er lagret.")), make, save)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What an indicator showed one year."""
    indicator = _get(request, pk)
    lead = _("{name}, {unit}.").format(name=indicator.name, unit=indicator.unit_label)

    def make(data: QueryDict | None) -> IndicatorValueForm:
        return IndicatorValueForm(data, initial={"version": _get(request, pk).version})

    def save(form: IndicatorValueForm) -> None:
        set_indicator_value(
            by=request.user,
            indicator=indicator,
            version=form.cleaned_data["version"],
            year=form.cleaned_data["year"],
            value=form.cleaned_data["value"],
        )

    page = _page(indicator.target, _("Skriv inn en verdi"), _("Verdien er lagret."), lead)
    return run_form(request, page, make, save)

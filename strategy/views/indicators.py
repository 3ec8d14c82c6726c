"""Indicators of targets, and what they showed year by year."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest
from strategy.actions.targets import save_indicator, set_indicator_value
from strategy.enums import Direction
from strategy.forms.targets import IndicatorValueForm, TargetIndicatorForm
from strategy.models import Target, TargetIndicator
from strategy.views.access import readable_target
from strategy.views.form_page import FormPage, show_form, take_form
from strategy.views.targets import target_crumbs, target_url

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


def _page(target: Target, title: str, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        button=_("Lagre"),
        back_url=target_url(target),
        crumbs=target_crumbs(target),
        lead=lead,
    )


def _version(indicator: TargetIndicator | None) -> int:
    return TargetIndicator.objects.get(pk=indicator.pk).version if indicator else 0


def _indicator(
    request: AuthenticatedRequest, target: Target, indicator: TargetIndicator | None, title: str
) -> HttpResponse:
    page = _page(target, title)
    if request.method != "POST":
        initial = {name: getattr(indicator, name) for name in NAMES} if indicator else {"version": 0}
        return show_form(request, page, TargetIndicatorForm(initial=initial))
    form = TargetIndicatorForm(request.POST)

    def save() -> str:
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
        return target_url(target)

    return take_form(
        request, page, form, save, done=_("Indikatoren er lagret."), version=lambda: _version(indicator)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What an indicator showed one year."""
    indicator = _get(request, pk)
    lead = _("{name}, {unit}.").format(name=indicator.name, unit=indicator.unit_label)
    page = _page(indicator.target, _("Skriv inn en verdi"), lead)
    if request.method != "POST":
        return show_form(request, page, IndicatorValueForm(initial={"version": indicator.version}))
    form = IndicatorValueForm(request.POST)

    def save() -> str:
        set_indicator_value(
            by=request.user,
            indicator=indicator,
            version=form.cleaned_data["version"],
            year=form.cleaned_data["year"],
            value=form.cleaned_data["value"],
        )
        return target_url(indicator.target)

    return take_form(
        request, page, form, save, done=_("Verdien er lagret."), version=lambda: _version(indicator)
    )

"""Pages of the klimabarometer: all indicators, one indicator, and the forms of both."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy import rules
from strategy.actions.barometer import (
    ValueData,
    add_barometer_indicator,
    change_indicator,
    set_value,
)
from strategy.exports.barometer import barometer_sheet, template_sheet
from strategy.forms.barometer import FIGURE_FIELDS, INDICATOR_FIELDS, BarometerIndicatorForm, ValueForm
from strategy.models import BarometerIndicator, format_period, parse_period
from strategy.queries import barometer as barometer_queries
from strategy.views.barometer_panel import panel
from web.downloads import sheets_download
from web.form_page import Crumb, FormPage, run_form
from web.http import render_page
from web.names import own_municipality


@require_safe
def barometer(request: AuthenticatedRequest) -> HttpResponse:
    edits = rules.may_edit(request.user)
    context = {
        "page_title": _("Klimabarometer"),
        "panels": [panel(standing) for standing in barometer_queries.standings()],
        "inventory": barometer_queries.last_inventory_year(own_municipality()),
        "retired": barometer_queries.retired_indicators() if edits else [],
        "may_edit": edits,
    }
    return render_page(request, "strategy/barometer.html", context)


@require_safe
def barometer_export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """What the page shows, as CSV or XLSX."""
    sheet = barometer_sheet(barometer_queries.standings(), timezone.localdate())
    return sheets_download([sheet], "klimabarometer", file_format)


@require_safe
def barometer_template(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """The file to fill in and import."""
    sheet = template_sheet(barometer_queries.standings(), timezone.localdate())
    return sheets_download([sheet], "klimabarometer-mal", file_format)


@require_safe
def barometer_indicator(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One indicator with every value; those who edit change each of them from here."""
    indicator = get_object_or_404(BarometerIndicator.objects.select_related("sector"), pk=pk)
    context = {
        "page_title": indicator.name,
        "panel": panel(barometer_queries.standing(indicator)),
        "may_edit": rules.may_edit(request.user),
        "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
    }
    return render_page(request, "strategy/barometer_indicator.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_new(request: AuthenticatedRequest) -> HttpResponse:
    def save(form: BarometerIndicatorForm) -> str:
        made = add_barometer_indicator(by=request.user, fields=form.values())
        return reverse("strategy:barometer_indicator", args=[made.pk])

    page = FormPage(
        title=_("Ny indikator i klimabarometeret"),
        back_url=reverse("strategy:barometer"),
        done=_("Indikatoren er lagt til."),
        crumbs=_crumbs(),
    )
    return run_form(request, page, BarometerIndicatorForm, save)


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    def make(data: QueryDict | None) -> BarometerIndicatorForm:
        now = get_object_or_404(BarometerIndicator, pk=pk)
        return BarometerIndicatorForm(
            data, initial={name: getattr(now, name) for name in (*INDICATOR_FIELDS, "version")}
        )

    def save(form: BarometerIndicatorForm) -> None:
        change_indicator(
            by=request.user,
            indicator=indicator,
            fields=form.values(),
            version=form.cleaned_data["version"],
        )

    indicator = get_object_or_404(BarometerIndicator, pk=pk)
    page = FormPage(
        title=_("Endre indikatoren i klimabarometeret"),
        back_url=reverse("strategy:barometer_indicator", args=[pk]),
        done=_("Indikatoren er lagret."),
        crumbs=_crumbs(indicator),
    )
    return run_form(request, page, make, save)


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One period's figure: a new one, or the one `?periode=` names."""
    indicator = get_object_or_404(BarometerIndicator, pk=pk)
    page = FormPage(
        title=_("Legg inn tall"),
        back_url=reverse("strategy:barometer_indicator", args=[pk]),
        done=_("Tallet er lagret."),
        crumbs=_crumbs(indicator),
        lead=indicator.name,
    )
    wanted = request.POST.get("period") or request.GET.get("periode", "")

    def make(data: QueryDict | None) -> ValueForm:
        return ValueForm(data, indicator=indicator, initial=_there(indicator, wanted))

    return run_form(request, page, make, lambda form: _save(request, form))


def _crumbs(indicator: BarometerIndicator | None = None) -> list[Crumb]:
    parts = [
        (_("Strategi"), reverse("strategy:index")),
        (_("Klimabarometer"), reverse("strategy:barometer")),
    ]
    if indicator is not None:
        parts.append((indicator.name, reverse("strategy:barometer_indicator", args=[indicator.pk])))
    return parts


def _there(indicator: BarometerIndicator, wanted: str) -> dict[str, object]:
    """The value of the period asked for, or of the newest that waits for one."""
    standing = barometer_queries.standing(indicator)
    try:
        period = parse_period(indicator.frequency, wanted)
    except ValueError:
        start = standing.awaited
        return {"period": format_period(indicator.frequency, start)} if start else {}
    initial: dict[str, object] = {"period": format_period(indicator.frequency, period)}
    found = next((value for value in standing.values if value.period == period), None)
    if found is not None:
        initial |= {name: getattr(found, name) for name in (*FIGURE_FIELDS, "version")}
    return initial


def _save(request: AuthenticatedRequest, form: ValueForm) -> None:
    given = form.cleaned_data
    set_value(
        by=request.user,
        indicator=form.indicator,
        data=ValueData(**{name: given[name] for name in ("period", *FIGURE_FIELDS, "version")}),
    )

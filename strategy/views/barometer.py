"""Pages of the klimabarometer: all indicators, one indicator, and the forms of both."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy import rules
from strategy.actions.barometer import (
    RefusedBarometer,
    ValueData,
    add_barometer_indicator,
    change_indicator,
    set_value,
)
from strategy.exports.barometer import barometer_sheet, template_sheet
from strategy.forms.barometer import INDICATOR_FIELDS, BarometerIndicatorForm, ValueForm
from strategy.models import BarometerIndicator, BarometerValue, format_period, parse_period
from strategy.queries import barometer as barometer_queries
from strategy.views.barometer_panel import panel
from web.concurrency import StaleObject, conflict_fields
from web.downloads import sheets_download
from web.http import conflict, invalid, render_page, see_other

VALUE_FIELDS = ("value", "missing_reason", "source_note")


@require_safe
def barometer(request: AuthenticatedRequest) -> HttpResponse:
    edits = rules.may_edit(request.user)
    context = {
        "page_title": _("Klimabarometer"),
        "panels": [panel(standing) for standing in barometer_queries.standings()],
        "inventory": barometer_queries.last_inventory_year(settings.MUNICIPALITY),
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


def _form_page(
    request: AuthenticatedRequest, form: BarometerIndicatorForm, indicator: BarometerIndicator | None
) -> HttpResponse:
    answer = invalid if form.is_bound else render_page
    context = {
        "page_title": _("Endre indikatoren i klimabarometeret")
        if indicator
        else _("Ny indikator i klimabarometeret"),
        "indicator": indicator,
        "form": form,
    }
    return answer(request, "strategy/barometer_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_new(request: AuthenticatedRequest) -> HttpResponse:
    form = BarometerIndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_barometer_indicator(
                by=request.user,
                fields=form.values(),
                token=request.POST.get("submission_token", ""),
            )
        except RefusedBarometer as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("{name} er lagt til.").format(name=made.name))
            return see_other(reverse("strategy:barometer_indicator", args=[made.pk]))
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    indicator = get_object_or_404(BarometerIndicator, pk=pk)
    back = reverse("strategy:barometer_indicator", args=[pk])
    if request.method != "POST":
        initial = {name: getattr(indicator, name) for name in (*INDICATOR_FIELDS, "version")}
        return _form_page(request, BarometerIndicatorForm(initial=initial), indicator)
    form = BarometerIndicatorForm(request.POST)
    if form.is_valid():
        try:
            change_indicator(
                by=request.user,
                indicator=indicator,
                fields=form.values(),
                version=form.cleaned_data["version"],
            )
        except RefusedBarometer as refused:
            form.add_error(refused.field, str(refused))
        except StaleObject as stale:
            yours, theirs = conflict_fields(form, stale.obj, INDICATOR_FIELDS)
            return conflict(
                request,
                title=_("Noen andre endret indikatoren mens du arbeidet"),
                yours=yours,
                theirs=theirs,
                action_url=request.path,
                hidden={"version": str(stale.obj.version)},
                back_url=back,
            )
        else:
            messages.success(request, _("Indikatoren er lagret."))
            return see_other(back)
    return _form_page(request, form, indicator)


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One period's figure: a new one, or the one `?periode=` names."""
    indicator = get_object_or_404(BarometerIndicator, pk=pk)
    if request.method != "POST":
        return _value_page(request, ValueForm(indicator=indicator, initial=_there(request, indicator)))
    form = ValueForm(request.POST, indicator=indicator)
    if form.is_valid():
        try:
            _save(request, form)
        except RefusedBarometer as refused:
            form.add_error(refused.field, str(refused))
        except StaleObject as stale:
            return _stale_value(request, form, stale)
        else:
            period = format_period(indicator.frequency, form.cleaned_data["period"])
            messages.success(request, _("Tallet for {period} er lagret.").format(period=period))
            return see_other(reverse("strategy:barometer_indicator", args=[pk]))
    return _value_page(request, form)


def _there(request: AuthenticatedRequest, indicator: BarometerIndicator) -> dict[str, object]:
    """The value the address asks for, or the newest period that waits for one."""
    standing = barometer_queries.standing(indicator)
    wanted = request.GET.get("periode", "")
    try:
        period = parse_period(indicator.frequency, wanted)
    except ValueError:
        start = standing.awaited
        return {"period": format_period(indicator.frequency, start)} if start else {}
    initial: dict[str, object] = {"period": format_period(indicator.frequency, period)}
    found = next((value for value in standing.values if value.period == period), None)
    if found is not None:
        initial |= {name: getattr(found, name) for name in (*VALUE_FIELDS, "version")}
    return initial


def _save(request: AuthenticatedRequest, form: ValueForm) -> None:
    cleaned = form.cleaned_data
    set_value(
        by=request.user,
        indicator=form.indicator,
        data=ValueData(
            period=cleaned["period"],
            value=cleaned["value"],
            missing_reason=cleaned["missing_reason"],
            source_note=cleaned["source_note"],
            version=cleaned["version"],
        ),
    )


def _value_page(request: AuthenticatedRequest, form: ValueForm) -> HttpResponse:
    answer = invalid if form.is_bound else render_page
    context = {"page_title": _("Legg inn tall"), "indicator": form.indicator, "form": form}
    return answer(request, "strategy/barometer_value.html", context)


def _stale_value(request: AuthenticatedRequest, form: ValueForm, stale: StaleObject) -> HttpResponse:
    """Somebody else filled or changed the period first, or it was filled before: yours beside theirs."""
    now: BarometerValue = stale.obj or BarometerValue(indicator=form.indicator)
    yours, theirs = conflict_fields(form, now, VALUE_FIELDS)
    return conflict(
        request,
        title=_("Perioden har allerede et tall"),
        yours=yours,
        theirs=theirs,
        action_url=request.path,
        hidden={"version": str(now.version if stale.obj else 0), "period": str(form["period"].value())},
        back_url=reverse("strategy:barometer_indicator", args=[form.indicator.pk]),
    )

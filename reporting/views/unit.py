"""A unit's own page: its measures, when something last happened, and what they lack to be followed."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, duties
from reporting.actions.checklist import tick_item, untick_item
from reporting.enums import CheckItem
from reporting.forms.checklist import TickForm
from reporting.models import CHECK_ITEM_LABELS
from reporting.queries.checklist import asked_of, followed_measures
from reporting.rules.checklist import may_tick
from reporting.rules.reports import Relation, relation
from reporting.views.crumbs import start_crumb
from reporting.words.freshness import said
from strategy.models import Measure
from strategy.queries.measures import responsible_units
from web.form_page import FormPage, run_form
from web.http import render_page, see_other

# Longer ago than this, the page says so.
OLD = timedelta(days=365)


@require_safe
def unit(request: AuthenticatedRequest, unit: int) -> HttpResponse:
    """To a stranger the page does not exist."""
    found, who = _get_unit(request, unit)
    context = {
        "page_title": _("Oppfølging i {unit}").format(unit=found.name),
        "unit": found,
        "rows": said(followed_measures(found)),
        "old": timezone.now() - OLD,
        "may_tick": may_tick(duties(request.user), found.pk),
        "reads_history": who.reads_history,
    }
    return render_page(request, "reporting/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tick(request: AuthenticatedRequest, unit: int, code: str, item: str) -> HttpResponse:
    """Ticks off a point, with a note."""
    found, measure, point = _get_point(request, unit, code, item)
    back = reverse("reporting:unit", args=[unit])
    page = FormPage(
        title=_("Kryss av punktet"),
        button=_("Kryss av"),
        back_url=f"{back}#tiltak-{measure.pk}",
        done=_("Punktet er krysset av."),
        crumbs=[start_crumb(), (_("Oppfølging i {unit}").format(unit=found.name), back)],
        lead=f"{measure}: {CHECK_ITEM_LABELS[point]}",
    )

    def work(form: TickForm) -> None:
        tick_item(by=request.user, measure=measure, item=point, note=form.cleaned_data["note"])

    return run_form(request, page, TickForm, work)


@require_POST
def untick(request: AuthenticatedRequest, unit: int, code: str, item: str) -> HttpResponse:
    _found, measure, point = _get_point(request, unit, code, item)
    untick_item(by=request.user, measure=measure, item=point)
    messages.success(request, _("Krysset er tatt bort."))
    return see_other(f"{reverse('reporting:unit', args=[unit])}#tiltak-{measure.pk}")


def _get_unit(request: AuthenticatedRequest, pk: int) -> tuple[Unit, Relation]:
    found = Unit.objects.filter(pk=pk).first()
    who = relation(request.user, pk)
    if found is None or not who.reads:
        raise Http404
    return found, who


def _get_point(
    request: AuthenticatedRequest, pk: int, code: str, item: str
) -> tuple[Unit, Measure, CheckItem]:
    """A point of a measure the unit answers for today, for those who may tick it off."""
    found, _who = _get_unit(request, pk)
    measure = Measure.objects.filter(code=code).first()
    if measure is None or item not in list(CheckItem) or CheckItem(item) not in asked_of(measure):
        raise Http404
    responsible = responsible_units([measure.pk]).get(measure.pk)
    if responsible is None or responsible.pk != found.pk:
        raise Http404
    if not may_tick(duties(request.user), found.pk):
        raise PermissionDenied
    return found, measure, CheckItem(item)

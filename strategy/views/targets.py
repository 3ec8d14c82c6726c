"""Pages of the targets: what is promised, the ceiling year by year, and what is decided about it."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy import rules
from strategy.actions import targets as target_actions
from strategy.forms.targets import CeilingForm, NewStartForm, RecordedDecisionForm, TargetForm
from strategy.models import Strategy, Target
from strategy.queries.targets import TargetSheet, target_sheet
from strategy.views.access import readable_strategy, readable_target
from strategy.views.form_page import (
    FormPage,
    crumbs_of,
    posted_version,
    show_form,
    strategy_crumbs,
    take_form,
)
from strategy.words.targets import promise_sentence, standing_sentence
from web.charts import Chart, LineChart, Series, line_chart
from web.concurrency import StaleObject, conflict_fields
from web.http import conflict, render_page, see_other
from web.refusals import Refused


def target_url(target: Target) -> str:
    return reverse("strategy:target", args=[target.pk])


def target_crumbs(target: Target) -> list[tuple[str, str]]:
    return [*strategy_crumbs(target.strategy, editing=False), (target.title, target_url(target))]


@require_safe
def target(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = readable_target(request, pk)
    sheet = target_sheet(found)
    may_edit = rules.may_edit(request.user)
    return render_page(
        request,
        "strategy/target.html",
        {
            "page_title": found.title,
            "crumbs": crumbs_of(*target_crumbs(found)[:1], (found.title, "")),
            "target": found,
            "sheet": sheet,
            "scope_label": SCOPE_LABELS[Scope(found.scope)] if found.scope else "",
            "promise": promise_sentence(found),
            "standing": standing_sentence(sheet),
            "chart": ceiling_chart(sheet),
            "decisions": [row.adopted for row in sheet.years if row.adopted],
            "indicators": found.indicators.prefetch_related("values").order_by("pk"),
            "followed": [] if sheet.has_ceiling else sorted(sheet.totals.items()),
            "may_edit": may_edit,
            "may_edit_target": may_edit and found.strategy.is_editable,
            "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
        },
    )


def ceiling_chart(sheet: TargetSheet) -> Chart | None:
    """What was emitted and what is allowed, as percent of the base year; None without a ceiling."""
    if not sheet.years:
        return None
    base = sheet.base
    emitted: list[tuple[int, Decimal | None]] = []
    if base:
        emitted = [
            (row.year, None if row.emitted is None else row.emitted / base * 100) for row in sheet.years
        ]
    known = [year for year, value in emitted if value is not None]
    history = [Series(_("Utslipp"), emitted, "history")] if known else []
    allowed = Series(_("Utslippsramme"), [(row.year, row.left) for row in sheet.years], "ceiling")
    return line_chart(
        LineChart(
            title=standing_sentence(sheet),
            unit=_("prosent av basisåret"),
            series=[*history, allowed],
            last_history_year=max(known, default=None),
        )
    )


def _form_page(strategy: Strategy, title: str, back_url: str, crumbs: list[tuple[str, str]]) -> FormPage:
    return FormPage(title=title, button=_("Lagre"), back_url=back_url, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def new_target(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    strategy = readable_strategy(request, slug)
    page = _form_page(
        strategy, _("Nytt mål"), reverse("strategy:edit", args=[slug]), strategy_crumbs(strategy)
    )
    if request.method != "POST":
        return show_form(request, page, TargetForm(initial={"version": strategy.version}))
    form = TargetForm(request.POST)

    def save() -> str:
        made = target_actions.save_target(
            by=request.user,
            strategy=strategy,
            version=form.cleaned_data["version"],
            promise=form.promise(),
        )
        return target_url(made)

    return take_form(
        request,
        page,
        form,
        save,
        done=_("Målet er lagt til."),
        version=lambda: Strategy.objects.get(pk=strategy.pk).version,
    )


FIELDS = ("title", "kind", "scope", "base_year", "target_year", "percent", "source")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_target(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = readable_target(request, pk)
    url = target_url(found)
    page = _form_page(found.strategy, _("Endre målet"), url, target_crumbs(found))
    if request.method != "POST":
        initial = {name: getattr(found, name) for name in FIELDS}
        return show_form(request, page, TargetForm(initial={**initial, "version": found.version}))
    form = TargetForm(request.POST)

    def save() -> str:
        target_actions.save_target(
            by=request.user,
            strategy=found.strategy,
            target=found,
            version=form.cleaned_data["version"],
            promise=form.promise(),
        )
        return url

    def stale(late: StaleObject) -> HttpResponse:
        yours, theirs = conflict_fields(form, late.obj, FIELDS)
        return conflict(
            request,
            title=_("Noen andre endret målet mens du arbeidet"),
            yours=yours,
            theirs=theirs,
            action_url=request.path,
            hidden={"version": str(late.obj.version)},
            back_url=url,
        )

    return take_form(request, page, form, save, done=_("Målet er lagret."), stale=stale)


@require_POST
def remove_target(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = readable_target(request, pk)
    url = reverse("strategy:edit", args=[found.strategy.slug])
    try:
        target_actions.remove_target(by=request.user, target=found, version=posted_version(request))
    except Refused as refused:
        messages.error(request, str(refused))
    except StaleObject:
        messages.error(request, _("Strategien er endret siden du åpnet siden. Se over den, og prøv igjen."))
    else:
        messages.success(request, _("Målet er fjernet."))
    return see_other(url)


@require_http_methods(["GET", "HEAD", "POST"])
def ceiling(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Register a ceiling that is adopted for one year."""
    found = readable_target(request, pk)
    page = FormPage(
        title=_("Registrer vedtatt utslippsramme"),
        button=_("Registrer"),
        back_url=target_url(found),
        crumbs=target_crumbs(found),
        lead=_("Bare når det er vedtatt en annen ramme for et år enn den rette linjen gir."),
    )
    return _decision(request, found, page, CeilingForm, _("Utslippsrammen er registrert."))


@require_http_methods(["GET", "HEAD", "POST"])
def new_start(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record the decision to start the ceiling again from a year that is over."""
    found = readable_target(request, pk)
    page = FormPage(
        title=_("Registrer ny start"),
        button=_("Registrer"),
        back_url=target_url(found),
        crumbs=target_crumbs(found),
        lead=_("Rammen regnes på nytt fra det utslippene faktisk var i et år. Det krever et vedtak."),
    )
    return _decision(request, found, page, NewStartForm, _("Den nye starten er registrert."))


def _decision(
    request: AuthenticatedRequest, found: Target, page: FormPage, kind: type[RecordedDecisionForm], done: str
) -> HttpResponse:
    if request.method != "POST":
        return show_form(request, page, kind(initial={"version": found.version}))
    form = kind(request.POST)
    record = target_actions.register_ceiling if kind is CeilingForm else target_actions.record_new_start

    def save() -> str:
        data = form.cleaned_data
        record(
            by=request.user,
            target=found,
            version=data["version"],
            year=data["year"],
            percent=data["percent"],
            decision=data["decision"],
            decided_on=data["decided_on"],
        )
        return target_url(found)

    return take_form(
        request,
        page,
        form,
        save,
        done=done,
        version=lambda: Target.objects.get(pk=found.pk).version,
    )

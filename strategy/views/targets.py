"""Pages of the targets: what is promised, the ceiling year by year, and what is decided about it."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy import rules
from strategy.actions import targets as target_actions
from strategy.forms.targets import CeilingForm, NewStartForm, RecordedDecisionForm, TargetForm
from strategy.models import Target
from strategy.queries.targets import TargetSheet, target_sheet
from strategy.views.access import readable_strategy, readable_target, strategy_of_removed
from strategy.views.buttons import already_removed, press
from strategy.views.crumbs import crumbs_above, strategy_crumbs
from strategy.words.targets import promise_sentence, standing_sentence
from web.charts import Chart, LineChart, Series, line_chart
from web.form_page import FormPage, run_form
from web.http import render_page


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
            "crumbs": crumbs_above(*target_crumbs(found)[:1], (found.title, "")),
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


def _form_page(target: Target, title: str, done: str, *, lead: str = "", button: str = "") -> FormPage:
    return FormPage(
        title=title,
        back_url=target_url(target),
        done=done,
        button=button,
        crumbs=crumbs_above(*target_crumbs(target)),
        lead=lead,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_target(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    strategy = readable_strategy(request, slug)
    page = FormPage(
        title=_("Nytt mål"),
        back_url=reverse("strategy:edit", args=[slug]),
        done=_("Målet er lagt til."),
        crumbs=crumbs_above(*strategy_crumbs(strategy)),
    )

    def make(data: QueryDict | None) -> TargetForm:
        return TargetForm(data, initial={"version": readable_strategy(request, slug).version})

    def save(form: TargetForm) -> str:
        made = target_actions.save_target(
            by=request.user,
            strategy=strategy,
            version=form.cleaned_data["version"],
            promise=form.promise(),
        )
        return target_url(made)

    return run_form(request, page, make, save)


FIELDS = ("title", "kind", "scope", "base_year", "target_year", "percent", "source", "version")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_target(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = readable_target(request, pk)

    def make(data: QueryDict | None) -> TargetForm:
        now = readable_target(request, pk)
        return TargetForm(data, initial={name: getattr(now, name) for name in FIELDS})

    def save(form: TargetForm) -> None:
        target_actions.save_target(
            by=request.user,
            strategy=found.strategy,
            target=found,
            version=form.cleaned_data["version"],
            promise=form.promise(),
        )

    return run_form(request, _form_page(found, _("Endre målet"), _("Målet er lagret.")), make, save)


@require_POST
def remove_target(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    strategy = strategy_of_removed(request, Target, pk)
    if strategy is not None:
        return already_removed(request, reverse("strategy:edit", args=[strategy.slug]))
    found = readable_target(request, pk)
    return press(
        request,
        lambda version: target_actions.remove_target(by=request.user, target=found, version=version),
        done=_("Målet er fjernet."),
        stale=_("Strategien er endret siden du åpnet siden. Se over den, og prøv igjen."),
        url=reverse("strategy:edit", args=[found.strategy.slug]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ceiling(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Register a ceiling that is adopted for one year."""
    found = readable_target(request, pk)
    page = _form_page(
        found,
        _("Registrer vedtatt utslippsramme"),
        _("Utslippsrammen er registrert."),
        button=_("Registrer"),
        lead=_("Bare når det er vedtatt en annen ramme for et år enn den rette linjen gir."),
    )
    return _decision(request, found, page, CeilingForm)


@require_http_methods(["GET", "HEAD", "POST"])
def new_start(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record the decision to start the ceiling again from a year that is over."""
    found = readable_target(request, pk)
    page = _form_page(
        found,
        _("Registrer ny start"),
        _("Den nye starten er registrert."),
        button=_("Registrer"),
        lead=_("Rammen regnes på nytt fra det utslippene faktisk var i et år. Det krever et vedtak."),
    )
    return _decision(request, found, page, NewStartForm)


def _decision(
    request: AuthenticatedRequest, found: Target, page: FormPage, kind: type[RecordedDecisionForm]
) -> HttpResponse:
    record = target_actions.register_ceiling if kind is CeilingForm else target_actions.record_new_start

    def make(data: QueryDict | None) -> RecordedDecisionForm:
        return kind(data, initial={"version": readable_target(request, found.pk).version})

    def save(form: RecordedDecisionForm) -> None:
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

    return run_form(request, page, make, save)

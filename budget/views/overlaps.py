"""Overlaps of a budget: what lines share, what is decided about it, and what it adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions import overlaps as overlap_actions
from budget.enums import OverlapMethod
from budget.forms.overlaps import OverlapForm
from budget.models import OVERLAP_METHOD_LABELS, ClimateBudget, Line, Overlap
from budget.queries.overlaps import Decision, OverlapPage, SharedSource, overlap_page
from budget.rules import may_edit, may_read
from budget.views.access import get_budget
from budget.views.frames import TABLE_FORM, closed_to, crumbs
from budget.views.line_pages import RemoveForm
from budget.words.addresses import budget_url
from budget.words.figures import cut, listed, span, tonnes
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.form_page import FormPage, run_form
from web.formats import format_number
from web.http import render_page


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as text."""

    title: str
    lines: list[tuple[str, str]]
    years: str
    reason: str
    decided_by: str
    edit_url: str
    history_url: str


@dataclass(frozen=True, slots=True)
class SourceSection:
    """One shared source: its sums, its decisions, and what is open."""

    title: str
    sector: str
    sums: list[tuple[str, list[str]]]
    decisions: list[DecisionRow]
    open_text: str
    add_url: str


@require_safe
def overlaps(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Gross, overlap and net per source and year, with every decision and what has none yet."""
    budget = get_budget(request, year, scope, revision)
    found = overlap_page(budget)
    user = request.user
    context = {
        "page_title": _("Overlapp"),
        "budget": budget,
        "years": found.years,
        "sections": [_section(budget, shared, found) for shared in found.sources],
        "open_count": sum(1 for shared in found.sources if shared.open),
        "editable": may_edit(user, budget.state),
        "may_see_history": has_permission(user, Permission.READ_HISTORY),
    }
    return render_page(request, "budget/overlaps.html", context)


def _section(budget: ClimateBudget, shared: SharedSource, page: OverlapPage) -> SourceSection:
    cells = [shared.cells.get(year) for year in page.years]
    return SourceSection(
        title=str(shared.source),
        sector=shared.source.sector.name,
        sums=[
            (_("Referansebane"), [tonnes(cell.reference if cell else None) for cell in cells]),
            (_("Kutt før overlapp"), [tonnes(cell.gross if cell else None) for cell in cells]),
            (_("Overlapp"), [cut(cell.overlap if cell else None) for cell in cells]),
            (_("Kutt etter overlapp"), [tonnes(cell.net if cell else None) for cell in cells]),
        ],
        decisions=[_decision(decision) for decision in shared.decisions],
        open_text=_open_text(shared),
        add_url=f"{budget_url('add_overlap', budget)}?kilde={shared.source.pk}",
    )


def _open_text(shared: SharedSource) -> str:
    if shared.open is None:
        return ""
    codes = {line.pk: line.code for line in shared.lines}
    text = _("{lines} virker på de samme utslippene i {years}, og ingen har avgjort om de overlapper.")
    return text.format(
        lines=listed([codes[int(pk)] for pk in shared.open.lines]), years=span(shared.open.years)
    )


def _decision(decision: Decision) -> DecisionRow:
    overlap = decision.overlap
    words = {
        OverlapMethod.PRODUCT: _("felles grunnlag"),
        OverlapMethod.FIXED: _("overlapp"),
    }
    years = ""
    if word := words.get(OverlapMethod(overlap.method)):
        figures = [
            _("{tonnes} tonn i {year}").format(tonnes=format_number(figure), year=year)
            for year, figure in _runs(decision)
        ]
        years = f"{word}: {', '.join(figures)}"
    return DecisionRow(
        title=str(OVERLAP_METHOD_LABELS[OverlapMethod(overlap.method)]).capitalize(),
        lines=[
            (f"{line.code} {line.title}", reverse("budget:line", args=[line.pk])) for line in decision.members
        ],
        years=years,
        reason=overlap.reason,
        decided_by=overlap.decided_by,
        edit_url=reverse("budget:edit_overlap", args=[overlap.pk]),
        history_url=reverse("history", args=["budget.overlap", overlap.pk]),
    )


def _runs(decision: Decision) -> list[tuple[str, Decimal]]:
    """Years in a row with the same figure together: «4 000 tonn i 2025–2030»."""
    runs: list[tuple[list[int], Decimal]] = []
    for year, figure in decision.years.items():
        if runs and runs[-1][1] == figure and runs[-1][0][-1] == year - 1:
            runs[-1][0].append(year)
        else:
            runs.append(([year], figure))
    return [(span(years), figure) for years, figure in runs]


@require_http_methods(["GET", "HEAD", "POST"])
def add_overlap(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Decide about the lines of one source; which source is in the address."""
    budget = get_budget(request, year, scope, revision)
    shared = _shared(budget, request.GET.get("kilde", ""))
    page = _page(
        request,
        budget,
        _("Avgjør overlapp: {source}").format(source=shared.source),
        _("Avgjørelsen er lagt inn."),
        {"action_url": request.get_full_path()},
    )
    preselected = [str(pk) for pk in shared.open.lines] if shared.open else []

    def make(data: QueryDict | None) -> OverlapForm:
        return OverlapForm(
            data,
            lines=shared.lines,
            reference=_reference(shared),
            stored={},
            initial={"lines": preselected, "decided_by": ""},
        )

    def work(form: OverlapForm) -> None:
        overlap_actions.add_overlap(
            by=request.user, budget=budget, source=shared.source, **_given(budget, form)
        )

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_overlap(request: AuthenticatedRequest, overlap_id: int) -> HttpResponse:
    overlap = _get_overlap(request, overlap_id)
    budget = overlap.budget
    shared = _shared(budget, str(overlap.source_id))
    page = _page(
        request,
        budget,
        _("Endre avgjørelsen: {source}").format(source=shared.source),
        _("Lagret."),
        {"links": [(_("Fjern avgjørelsen"), reverse("budget:remove_overlap", args=[overlap.pk]))]},
    )

    def make(data: QueryDict | None) -> OverlapForm:
        fresh = Overlap.objects.prefetch_related("members", "years").get(pk=overlap.pk)
        return OverlapForm(
            data,
            lines=shared.lines,
            reference=_reference(shared),
            stored={row.year: row.tonnes for row in fresh.years.all()},
            initial={
                "lines": [str(member.line_id) for member in fresh.members.all()],
                "method": fresh.method,
                "reason": fresh.reason,
                "decided_by": fresh.decided_by,
                "version": fresh.version,
            },
        )

    def work(form: OverlapForm) -> None:
        overlap_actions.update_overlap(
            by=request.user,
            overlap=overlap,
            version=form.cleaned_data["version"],
            **_given(budget, form),
        )

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_overlap(request: AuthenticatedRequest, overlap_id: int) -> HttpResponse:
    overlap = _get_overlap(request, overlap_id)
    page = FormPage(
        title=_("Fjern avgjørelsen"),
        crumbs=crumbs(overlap.budget),
        closed=closed_to(request, overlap.budget),
        lead=_("Tiltakene på {source} må avgjøres på nytt før budsjettet kan klargjøres.").format(
            source=overlap.source
        ),
        button=_("Fjern"),
        done=_("Avgjørelsen er fjernet."),
        danger=True,
        back_url=budget_url("overlaps", overlap.budget),
    )

    def make(data: QueryDict | None) -> RemoveForm:
        version = Overlap.objects.values_list("version", flat=True).get(pk=overlap.pk)
        return RemoveForm(data, initial={"version": version})

    def work(form: RemoveForm) -> None:
        overlap_actions.remove_overlap(by=request.user, overlap=overlap, version=form.cleaned_data["version"])

    return run_form(request, page, make, work)


def _page(
    request: AuthenticatedRequest, budget: ClimateBudget, title: str, done: str, context: dict[str, Any]
) -> FormPage:
    return FormPage(
        title=title,
        done=done,
        crumbs=crumbs(budget),
        closed=closed_to(request, budget),
        template=TABLE_FORM,
        context=context,
        lead=_(
            "Felles grunnlag er det tiltakene kan kutte av til sammen, høyst det kilden slipper ut. "
            "La årene stå tomme når det ikke er overlapp."
        ),
        back_url=budget_url("overlaps", budget),
    )


def _given(budget: ClimateBudget, form: OverlapForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "method": OverlapMethod(data["method"]),
        "lines": list(Line.objects.filter(budget=budget, pk__in=form.line_ids).select_related("measure")),
        "years": form.years,
        "reason": data["reason"],
        "decided_by": data["decided_by"],
    }


def _shared(budget: ClimateBudget, source: str) -> SharedSource:
    """Raises Http404 for a source that no two lines share."""
    for shared in overlap_page(budget).sources:
        if str(shared.source.pk) == source:
            return shared
    raise Http404


def _reference(shared: SharedSource) -> dict[int, Decimal | None]:
    return {year: cell.reference for year, cell in shared.cells.items()}


def _get_overlap(request: AuthenticatedRequest, overlap_id: int) -> Overlap:
    """A decision of a budget the user may read. Raises Http404."""
    rows = Overlap.objects.select_related("budget__target", "source__sector")
    overlap = rows.filter(pk=overlap_id).first() if overlap_id < 2**63 else None
    if overlap is None or not may_read(request.user, overlap.budget.state):
        raise Http404
    return overlap

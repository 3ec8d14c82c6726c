"""Sources, low and high estimates, costs and funding of one line: a page for each."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budget.actions import funding as funding_actions
from budget.actions.figures import set_costs, set_ranges
from budget.actions.lines import set_sources
from budget.forms.lines import CostsForm, FundingForm, RangesForm, SourcesForm, VersionedFundingForm
from budget.models import Cost, Funding, Line
from budget.queries.rows import horizon_of
from budget.rules import may_read
from budget.views.access import get_line
from budget.views.form_page import FormPage, run
from budget.views.line_pages import RemoveForm, path_sources
from organisation.rules import AuthenticatedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def edit_sources(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    line = get_line(request, line_id)
    page = _page(
        line,
        "edit_sources",
        _("Utslippskilder"),
        _("Hvilke utslippskilder tiltaket virker på, og hvor stor del av effekten som faller på hver."),
    )

    def make(data: QueryDict | None) -> SourcesForm:
        stored = dict(line.sources.order_by("-share", "pk").values_list("source_id", "share"))
        version = Line.objects.values_list("version", flat=True).get(pk=line.pk)
        return SourcesForm(data, sources=path_sources(line.budget), stored=stored, version=version)

    def work(form: SourcesForm) -> None:
        set_sources(
            by=request.user,
            line=line,
            version=form.cleaned_data["version"],
            sources=form.cleaned_data["shares"],
        )

    return run(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_ranges(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    line = get_line(request, line_id)
    page = _page(
        line,
        "edit_ranges",
        _("Lavt og høyt anslag"),
        _("Hvor usikker effekten er, år for år. Anslagene må ligge på hver sin side av effekten."),
    )

    def make(data: QueryDict | None) -> RangesForm:
        years = horizon_of(line.budget)
        return RangesForm(data, effects=list(line.effects.filter(year__in=years).order_by("year")))

    def work(form: RangesForm) -> None:
        set_ranges(by=request.user, line=line, changes=form.changes)

    return run(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_costs(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    line = get_line(request, line_id)
    page = _page(
        line,
        "edit_costs",
        _("Kostnader"),
        _(
            "Merkostnad i hvert år mot å ikke gjennomføre tiltaket: det budsjettets kostnader er summen av. "
            "Innsparing er også et positivt tall. Tomt er ukjent."
        ),
    )

    def make(data: QueryDict | None) -> CostsForm:
        costs = {(cost.year, cost.kind): cost for cost in Cost.objects.filter(line=line)}
        return CostsForm(data, years=horizon_of(line.budget), costs=costs)

    def work(form: CostsForm) -> None:
        set_costs(by=request.user, line=line, changes=form.changes)

    return run(request, page, make, work)


def _page(line: Line, name: str, title: str, lead: str) -> FormPage:
    return FormPage(
        title=title,
        lead=lead,
        budget=line.budget,
        line=line,
        action_url=reverse(f"budget:{name}", args=[line.pk]),
        back_url=line.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_funding(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    """Funding is followed up after adoption too, so it is open in every state."""
    line = get_line(request, line_id)
    page = _page(line, "add_funding", _("Legg til finansiering"), "")
    page.only_draft, page.makes = False, _("Finansiering lagt inn")
    page.done = _("Finansieringen er lagt til.")

    def work(form: FundingForm) -> None:
        funding_actions.add_funding(by=request.user, line=line, **form.cleaned_data)

    return run(request, page, lambda data: FundingForm(data), work)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_funding(request: AuthenticatedRequest, funding_id: int) -> HttpResponse:
    funding = _funding(request, funding_id)
    page = _funding_page(funding, "edit_funding", _("Finansiering"))
    page.links = [(_("Ta bort finansieringen"), reverse("budget:remove_funding", args=[funding.pk]))]
    names = ("scheme", "applied_nok", "granted_nok", "deadline", "report_due", "version")

    def make(data: QueryDict | None) -> VersionedFundingForm:
        fresh = Funding.objects.get(pk=funding.pk)
        return VersionedFundingForm(data, initial={name: getattr(fresh, name) for name in names})

    def work(form: VersionedFundingForm) -> None:
        funding_actions.update_funding(by=request.user, funding=funding, **form.cleaned_data)

    return run(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_funding(request: AuthenticatedRequest, funding_id: int) -> HttpResponse:
    funding = _funding(request, funding_id)
    page = _funding_page(funding, "remove_funding", _("Ta bort finansieringen"))
    page.lead = _("{scheme} blir borte fra tiltaket. Historikken viser hvem som tok den bort.").format(
        scheme=funding.scheme
    )
    page.button, page.danger, page.done = _("Ta bort"), True, _("Finansieringen er tatt bort.")

    def make(data: QueryDict | None) -> RemoveForm:
        version = Funding.objects.values_list("version", flat=True).get(pk=funding.pk)
        return RemoveForm(data, initial={"version": version})

    def work(form: RemoveForm) -> None:
        funding_actions.remove_funding(by=request.user, funding=funding, version=form.cleaned_data["version"])

    return run(request, page, make, work)


def _funding(request: AuthenticatedRequest, funding_id: int) -> Funding:
    """A funding of a line the user may read. Raises Http404."""
    rows = Funding.objects.select_related("line__budget__target", "line__measure")
    funding = rows.filter(pk=funding_id).first() if funding_id < 2**63 else None
    if funding is None or not may_read(request.user, funding.line.budget.state):
        raise Http404
    return funding


def _funding_page(funding: Funding, name: str, title: str) -> FormPage:
    return FormPage(
        title=title,
        budget=funding.line.budget,
        line=funding.line,
        only_draft=False,
        action_url=reverse(f"budget:{name}", args=[funding.pk]),
        back_url=funding.line.get_absolute_url(),
    )

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
from budget.views.frames import AROUND_FORM, TABLE_FORM, closed_to, crumbs
from budget.views.line_pages import RemoveForm, path_sources
from organisation.rules import AuthenticatedRequest
from web.form_page import FormPage, run_form


@require_http_methods(["GET", "HEAD", "POST"])
def edit_sources(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    line = get_line(request, line_id)
    page = _page(
        request,
        line,
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

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_ranges(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    line = get_line(request, line_id)
    page = _page(
        request,
        line,
        _("Lavt og høyt anslag"),
        _("Hvor usikker effekten er, år for år. Anslagene må ligge på hver sin side av effekten."),
    )

    def make(data: QueryDict | None) -> RangesForm:
        years = horizon_of(line.budget)
        return RangesForm(data, effects=list(line.effects.filter(year__in=years).order_by("year")))

    def work(form: RangesForm) -> None:
        set_ranges(by=request.user, line=line, changes=form.changes)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_costs(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    line = get_line(request, line_id)
    page = _page(
        request,
        line,
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

    return run_form(request, page, make, work)


def _page(request: AuthenticatedRequest, line: Line, title: str, lead: str) -> FormPage:
    return FormPage(
        title=title,
        lead=lead,
        done=_("Lagret."),
        crumbs=crumbs(line.budget, line),
        closed=closed_to(request, line.budget),
        template=TABLE_FORM,
        back_url=line.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_funding(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    """Funding is followed up after adoption too, so it is open in every state."""
    line = get_line(request, line_id)
    page = FormPage(
        title=_("Legg til finansiering"),
        done=_("Finansieringen er lagt til."),
        crumbs=crumbs(line.budget, line),
        back_url=line.get_absolute_url(),
    )

    def work(form: FundingForm) -> None:
        funding_actions.add_funding(by=request.user, line=line, **form.cleaned_data)

    return run_form(request, page, lambda data: FundingForm(data), work)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_funding(request: AuthenticatedRequest, funding_id: int) -> HttpResponse:
    funding = _funding(request, funding_id)
    page = FormPage(
        title=_("Finansiering"),
        done=_("Lagret."),
        crumbs=crumbs(funding.line.budget, funding.line),
        template=AROUND_FORM,
        context={
            "links": [(_("Ta bort finansieringen"), reverse("budget:remove_funding", args=[funding.pk]))]
        },
        back_url=funding.line.get_absolute_url(),
    )
    names = ("scheme", "applied_nok", "granted_nok", "deadline", "report_due", "version")

    def make(data: QueryDict | None) -> VersionedFundingForm:
        fresh = Funding.objects.get(pk=funding.pk)
        return VersionedFundingForm(data, initial={name: getattr(fresh, name) for name in names})

    def work(form: VersionedFundingForm) -> None:
        funding_actions.update_funding(by=request.user, funding=funding, **form.cleaned_data)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_funding(request: AuthenticatedRequest, funding_id: int) -> HttpResponse:
    funding = _funding(request, funding_id)
    lead = _("{scheme} blir borte fra tiltaket. Historikken viser hvem som tok den bort.")
    page = FormPage(
        title=_("Ta bort finansieringen"),
        lead=lead.format(scheme=funding.scheme),
        button=_("Ta bort"),
        danger=True,
        done=_("Finansieringen er tatt bort."),
        crumbs=crumbs(funding.line.budget, funding.line),
        back_url=funding.line.get_absolute_url(),
    )

    def make(data: QueryDict | None) -> RemoveForm:
        version = Funding.objects.values_list("version", flat=True).get(pk=funding.pk)
        return RemoveForm(data, initial={"version": version})

    def work(form: RemoveForm) -> None:
        funding_actions.remove_funding(by=request.user, funding=funding, version=form.cleaned_data["version"])

    return run_form(request, page, make, work)


def _funding(request: AuthenticatedRequest, funding_id: int) -> Funding:
    """A funding of a line the user may read. Raises Http404."""
    rows = Funding.objects.select_related("line__budget__target", "line__measure")
    funding = rows.filter(pk=funding_id).first() if funding_id < 2**63 else None
    if funding is None or not may_read(request.user, funding.line.budget.state):
        raise Http404
    return funding

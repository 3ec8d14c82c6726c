"""The reference path: the whole of it, one source at a time, and the policies that are in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions import reference as reference_actions
from budget.actions.reference import PathYear
from budget.enums import ReferenceRule
from budget.forms.reference import PolicyForm, ReferenceSourceForm
from budget.models import ClimateBudget, ReferencePath, ReferencePolicy, ReferenceSource
from budget.queries.reference import PathPage, PathRow, path_page
from budget.queries.warnings import older_lines_in_trend
from budget.rules import may_edit, may_read
from budget.views.access import get_budget
from budget.views.frames import TABLE_FORM, closed_to, crumbs
from budget.words.addresses import budget_url
from budget.words.budgets import bridge_sentence
from budget.words.figures import tonnes
from budget.words.reference import rule_text
from budget.words.warnings import trend_warning
from emissions.models import Source
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy.enums import Level
from strategy.models import LEVEL_LABELS, Measure
from web.form_page import FormPage, run_form
from web.forms import PortalForm
from web.http import render_page
from web.refusals import Refusal


@dataclass(frozen=True, slots=True)
class SourceRow:
    title: str
    rule: str
    note: str
    last: str
    figures: list[str]
    ranges: list[str]
    edit_url: str


@require_safe
def reference(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Every source with its rule and its years, and the policies the path already holds."""
    budget = get_budget(request, year, scope, revision)
    page = path_page(budget)
    user = request.user
    sectors: dict[str, list[SourceRow]] = {}
    for row in page.rows:
        sectors.setdefault(row.source.sector.name, []).append(_source_row(budget, page, row))
    context = {
        "page_title": _("Referansebanen"),
        "budget": budget,
        "rule": rule_text(budget),
        "last_year": page.last_year,
        "years": page.years,
        "bridge": bridge_sentence(page.years, budget.year, budget.last_plan_year),
        "sectors": list(sectors.items()),
        "totals": [tonnes(page.total(one)) for one in page.years],
        "policies": [
            (policy, LEVEL_LABELS[Level(policy.level)], reverse("budget:remove_policy", args=[policy.pk]))
            for policy in budget.reference_policies.select_related("measure").order_by("pk")
        ],
        # Of this very page, so none leads anywhere.
        "warnings": [Refusal(one.text) for one in trend_warning(budget, older_lines_in_trend(budget))],
        "editable": may_edit(user, budget.state),
        "import_url": budget_url("import_reference", budget),
        "file_url": budget_url("reference_file", budget),
        "policy_url": budget_url("add_policy", budget),
        "may_see_history": has_permission(user, Permission.READ_HISTORY),
    }
    return render_page(request, "budget/reference.html", context)


def _source_row(budget: ClimateBudget, page: PathPage, row: PathRow) -> SourceRow:
    years = [row.years.get(year, (None, None, None)) for year in page.years]
    return SourceRow(
        title=str(row.source),
        rule=rule_text(row.stated),
        note=row.note,
        last=tonnes(row.last),
        figures=[tonnes(central) for central, _low, _high in years],
        ranges=[f"{tonnes(low)}–{tonnes(high)}" if low is not None else "" for _central, low, high in years],
        edit_url=budget_url("edit_reference", budget, row.source.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_reference(
    request: AuthenticatedRequest, year: int, scope: str, revision: int, source_id: int
) -> HttpResponse:
    """The path of one source: one save for all its years."""
    budget = get_budget(request, year, scope, revision)
    source = _source(budget, source_id)
    page = FormPage(
        title=_("Referansebanen: {source}").format(source=source),
        lead=_("Utslippene fra {source} år for år uten tiltakene i budsjettet.").format(source=source),
        done=_("Referansebanen er lagret."),
        crumbs=crumbs(budget),
        closed=closed_to(request, budget),
        template=TABLE_FORM,
        back_url=budget_url("reference", budget),
    )

    def make(data: QueryDict | None) -> ReferenceSourceForm:
        stated = ReferenceSource.objects.filter(budget=budget, source=source).first()
        rows = ReferencePath.objects.filter(budget=budget, source=source).order_by("year")
        return ReferenceSourceForm(
            data,
            path={row.year: PathYear(row.tonnes, row.low, row.high) for row in rows},
            initial={
                "rule": stated.rule if stated else budget.reference_rule,
                "trend_years": stated.trend_years if stated else budget.trend_years,
                "note": stated.note if stated else "",
                "version": stated.version if stated else 0,
            },
        )

    def work(form: ReferenceSourceForm) -> None:
        data = form.cleaned_data
        reference_actions.set_reference_source(
            by=request.user,
            budget=budget,
            source=source,
            rule=ReferenceRule(data["rule"]),
            trend_years=data["trend_years"],
            years=form.path,
            note=data["note"],
            version=data["version"],
        )

    return run_form(request, page, make, work)


def _source(budget: ClimateBudget, source_id: int) -> Source:
    """Raises Http404 for a source that is not in the path."""
    if source_id >= 2**63 or not ReferencePath.objects.filter(budget=budget, source=source_id).exists():
        raise Http404
    return Source.objects.select_related("sector").get(pk=source_id)


@require_http_methods(["GET", "HEAD", "POST"])
def add_policy(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    budget = get_budget(request, year, scope, revision)
    page = FormPage(
        title=_("Virkemiddel i referansebanen"),
        lead=_("Det som allerede er regnet med i referansebanen, kan ikke være et tiltak i budsjettet også."),
        crumbs=crumbs(budget),
        closed=closed_to(request, budget),
        done=_("Virkemiddelet er lagt til."),
        button=_("Legg til"),
        back_url=budget_url("reference", budget),
    )
    free = Measure.objects.exclude(level=Level.MUNICIPAL).exclude(reference_policies__budget=budget)

    def work(form: PolicyForm) -> None:
        reference_actions.add_policy(by=request.user, budget=budget, **form.cleaned_data)

    return run_form(request, page, lambda data: PolicyForm(data, measures=free.order_by("code")), work)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_policy(request: AuthenticatedRequest, policy_id: int) -> HttpResponse:
    rows = ReferencePolicy.objects.select_related("budget__target")
    policy = rows.filter(pk=policy_id).first() if policy_id < 2**63 else None
    if policy is None or not may_read(request.user, policy.budget.state):
        raise Http404
    page = FormPage(
        title=_("Ta ut av referansebanen"),
        lead=_("«{title}» går ut av listen. Tallene i referansebanen endres ikke av det.").format(
            title=policy.title
        ),
        crumbs=crumbs(policy.budget),
        closed=closed_to(request, policy.budget),
        button=_("Ta ut"),
        danger=True,
        done=_("Virkemiddelet er tatt ut."),
        back_url=budget_url("reference", policy.budget),
    )

    def work(form: PortalForm) -> None:
        reference_actions.remove_policy(by=request.user, policy=policy)

    return run_form(request, page, lambda data: PortalForm(data), work)

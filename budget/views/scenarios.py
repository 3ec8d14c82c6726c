"""«Hva om?»: trying changes on a budget that stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budget.actions import scenarios
from budget.enums import ChangeKind
from budget.forms.scenarios import AddForm, DelayForm, DropForm, NewScenarioForm, ScaleForm, ScenarioForm
from budget.models import ClimateBudget, Scenario
from budget.queries.scenarios import (
    changes_of,
    lines_to_change,
    measures_outside,
    scenario_result,
    scenarios_of,
    sources_of,
)
from budget.rules import may_read
from budget.views.access import get_budget
from budget.views.frames import crumbs
from budget.words.addresses import budget_url
from budget.words.curves import scenario_chart
from budget.words.scenarios import change_sentence, difference_table, problem_texts, result_sentence
from organisation.models import User
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.form_page import Crumb, FormPage, run_form
from web.forms import PortalForm
from web.http import render_page, see_other


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing to try: its address, its words, and what it does."""

    slug: str
    kind: ChangeKind
    title: Promise


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("ta-ut", ChangeKind.DROP, gettext_lazy("Ta ut et tiltak")),
        Kind("utsett", ChangeKind.DELAY, gettext_lazy("Utsett et tiltak")),
        Kind("skaler", ChangeKind.SCALE, gettext_lazy("Gjør et tiltak større eller mindre")),
        Kind("legg-til", ChangeKind.ADD, gettext_lazy("Legg til et tiltak")),
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
def scenarios_list(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The scenarios of a budget that one may see, and a form for a new one."""
    budget, user = get_budget(request, year, scope, revision), _user(request)
    may_make = has_permission(user, Permission.MAKE_SCENARIOS)
    if request.method == "POST" and not may_make:
        raise PermissionDenied
    page = FormPage(
        title=_("Hva om? {budget}").format(budget=budget),
        back_url=budget_url("scenarios", budget),
        button=_("Lag"),
        done=_("Den er laget. Nå kan du prøve endringer."),
        crumbs=crumbs(budget),
        template="budget/scenarios.html",
        context={"rows": _rows(user, budget), "may_make": may_make},
    )

    def work(form: NewScenarioForm) -> str:
        made = scenarios.create_scenario(by=user, budget=budget, name=form.cleaned_data["name"])
        return made.get_absolute_url()

    return run_form(request, page, NewScenarioForm, work)


def _rows(user: User, budget: ClimateBudget) -> list[tuple[str, str, bool, str, bool]]:
    return [
        (row.name, row.get_absolute_url(), row.owner_id == user.pk, row.owner.name, row.shared)
        for row in scenarios_of(budget, user)
    ]


@require_safe
def scenario(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The budget beside the same budget with the changes: in words, in a chart and year by year."""
    found = _scenario(request, pk)
    changes = changes_of(found)
    result = scenario_result(found, changes)
    mine = _may_change(request, found)
    sentence = result_sentence(result) if changes and not result.problems else ""
    context = {
        "page_title": found.name,
        "scenario": found,
        "list_title": _("Hva om?"),
        "list_url": budget_url("scenarios", found.budget),
        "changes": [
            (change_sentence(change), reverse("budget:remove_change", args=[found.pk, change.pk]))
            for change in changes
        ],
        "problems": problem_texts(result),
        "sentence": sentence,
        "chart": scenario_chart(result.table, found.name, result.years, sentence) if sentence else None,
        "difference": difference_table(result, found.name) if sentence else None,
        "is_example": found.budget.is_example,
        "mine": mine,
        "kinds": [
            (kind.title, reverse("budget:change_scenario", args=[found.pk, kind.slug]))
            for kind in KINDS.values()
        ],
        "edit_url": reverse("budget:edit_scenario", args=[found.pk]),
        "delete_url": reverse("budget:delete_scenario", args=[found.pk]),
        "history_url": reverse("history", args=["budget.scenario", found.pk])
        if has_permission(_user(request), Permission.READ_HISTORY)
        else "",
    }
    return render_page(request, "budget/scenario.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_scenario(request: AuthenticatedRequest, pk: int, slug: str) -> HttpResponse:
    """A form for one change. Refused with what to correct when the budget cannot be computed with it."""
    found = _own(request, pk)
    kind = KINDS.get(slug)
    if kind is None:
        raise Http404
    page = FormPage(
        title=str(kind.title),
        back_url=found.get_absolute_url(),
        button=_("Prøv dette"),
        done=_("Endringen er lagt til."),
        crumbs=_crumbs(found),
    )

    def work(form: PortalForm) -> None:
        scenarios.add_change(by=_user(request), scenario=found, kind=kind.kind, values=_values(form))

    return run_form(request, page, lambda data: _change_form(kind, found, data), work)


def _crumbs(found: Scenario) -> list[Crumb]:
    return [
        *crumbs(found.budget),
        (_("Hva om?"), budget_url("scenarios", found.budget)),
        (found.name, found.get_absolute_url()),
    ]


def _values(form: PortalForm) -> dict[str, Any]:
    """The cleaned form as fields of the change; a line is chosen by its number."""
    values = dict(form.cleaned_data)
    if "line" in values:
        values["line_id"] = values.pop("line")
    return values


def _change_form(kind: Kind, found: Scenario, data: Any) -> PortalForm:
    budget = found.budget
    if kind.kind == ChangeKind.ADD:
        sources, years = sources_of(budget)
        return AddForm(data, measures=measures_outside(budget), sources=sources, years=years)
    forms = {ChangeKind.DROP: DropForm, ChangeKind.DELAY: DelayForm, ChangeKind.SCALE: ScaleForm}
    return forms[kind.kind](data, lines=lines_to_change(budget))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_scenario(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Its name, and whether others may read it."""
    found = _own(request, pk)
    page = FormPage(
        title=_("Endre navn og deling"),
        back_url=found.get_absolute_url(),
        done=_("Lagret."),
        crumbs=_crumbs(found),
    )

    def make(data: QueryDict | None) -> ScenarioForm:
        now = Scenario.objects.get(pk=found.pk)
        initial = {"name": now.name, "shared": now.shared, "version": now.version}
        return ScenarioForm(data, initial=initial)

    def work(form: ScenarioForm) -> None:
        given = form.cleaned_data
        scenarios.update_scenario(
            by=_user(request),
            scenario=found,
            version=given["version"] or 0,
            name=given["name"],
            shared=given["shared"],
        )

    return run_form(request, page, make, work)


@require_POST
def remove_change(request: AuthenticatedRequest, pk: int, change_id: int) -> HttpResponse:
    """Takes one change out again."""
    found = _own(request, pk)
    scenarios.remove_change(by=_user(request), scenario=found, change_id=change_id)
    return see_other(found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def delete_scenario(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once more before the scenario is thrown away."""
    found = _own(request, pk)
    lead = _("Det du har prøvd, blir borte og kan ikke hentes tilbake. Budsjettet er som det er.")
    if found.shared:
        lead = f"{lead} {_('Den er delt, så andre ser den heller ikke lenger.')}"
    page = FormPage(
        title=_("Slett «{name}»").format(name=found.name),
        crumbs=_crumbs(found),
        lead=lead,
        button=_("Slett"),
        done=_("«{name}» er slettet.").format(name=found.name),
        danger=True,
        back_url=found.get_absolute_url(),
    )

    def work(form: PortalForm) -> str:
        scenarios.delete_scenario(by=_user(request), scenario=found)
        return budget_url("scenarios", found.budget)

    return run_form(request, page, PortalForm, work)


def _scenario(request: AuthenticatedRequest, pk: int) -> Scenario:
    """One's own, or one that is shared, of a budget one may read. Raises Http404."""
    rows = Scenario.objects.select_related("owner", "budget__target", "budget__edition__municipality")
    found = rows.filter(pk=pk).first() if pk < 2**63 else None
    if found is None or not may_read(request.user, found.budget.state):
        raise Http404
    if not found.shared and found.owner_id != _user(request).pk:
        raise Http404
    return found


def _own(request: AuthenticatedRequest, pk: int) -> Scenario:
    """Raises Http404 for what one may not see, PermissionDenied for what one may only read."""
    found = _scenario(request, pk)
    if not _may_change(request, found):
        raise PermissionDenied
    return found


def _may_change(request: AuthenticatedRequest, found: Scenario) -> bool:
    user = _user(request)
    return found.owner_id == user.pk and has_permission(user, Permission.MAKE_SCENARIOS)


def _user(request: AuthenticatedRequest) -> User:
    return request.user

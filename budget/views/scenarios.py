"""«Hva om?»: trying changes on a budget that stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budget.actions import scenarios
from budget.actions.refusals import BudgetRefused
from budget.enums import ChangeKind
from budget.forms.scenarios import AddForm, DelayForm, DropForm, ScaleForm, ScenarioForm
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
from budget.views.addresses import budget_url
from budget.views.form_page import FormPage, run
from budget.words.curves import scenario_chart
from budget.words.scenarios import change_sentence, difference_table, problem_texts, result_sentence
from organisation.models import User
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.concurrency import StaleObject, conflict_fields
from web.forms import PortalForm
from web.http import conflict, invalid, render_page, see_other
from web.once import FIELD_NAME


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
    form = ScenarioForm(request.POST if request.method == "POST" else None)
    form.fields.pop("shared")
    if request.method != "POST":
        return render_page(request, "budget/scenarios.html", _list_context(user, budget, form))
    if not has_permission(user, Permission.MAKE_SCENARIOS):
        raise PermissionDenied
    if form.is_valid():
        token, name = request.POST.get(FIELD_NAME, ""), form.cleaned_data["name"]
        try:
            return see_other(scenarios.create_scenario(by=user, budget=budget, name=name, token=token))
        except BudgetRefused as refused:
            form.add_error("name", str(refused))
    return invalid(request, "budget/scenarios.html", _list_context(user, budget, form))


def _list_context(user: User, budget: ClimateBudget, form: ScenarioForm) -> dict[str, Any]:
    return {
        "page_title": _("Hva om? {budget}").format(budget=budget),
        "budget": budget,
        "rows": [
            (row.name, row.get_absolute_url(), row.owner_id == user.pk, row.owner.name, row.shared)
            for row in scenarios_of(budget, user)
        ],
        "form": form if has_permission(user, Permission.MAKE_SCENARIOS) else None,
        "action_url": budget_url("scenarios", budget),
    }


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
    form = _change_form(kind, found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _change_page(request, found, kind, form)
    if form.is_valid():
        try:
            scenarios.add_change(
                by=_user(request),
                scenario=found,
                kind=kind.kind,
                values=_values(form),
                token=request.POST.get(FIELD_NAME, ""),
            )
        except BudgetRefused as refused:
            form.add_error(None, [reason.text for reason in refused.reasons])
        else:
            return see_other(found.get_absolute_url())
    return _change_page(request, found, kind, form, status=422)


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


def _change_page(
    request: AuthenticatedRequest, found: Scenario, kind: Kind, form: PortalForm, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": str(kind.title),
        "scenario": found,
        "list_title": _("Hva om?"),
        "list_url": budget_url("scenarios", found.budget),
        "form": form,
        "action_url": reverse("budget:change_scenario", args=[found.pk, kind.slug]),
        "button": _("Prøv dette"),
        "once": True,
    }
    if status == 200:
        return render_page(request, "budget/scenario_form.html", context)
    return invalid(request, "budget/scenario_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_scenario(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Its name, and whether others may read it."""
    found = _own(request, pk)
    initial = {"name": found.name, "shared": found.shared, "version": found.version}
    form = ScenarioForm(request.POST if request.method == "POST" else None, initial=initial)
    action_url = reverse("budget:edit_scenario", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        version = data.pop("version") or 0
        try:
            scenarios.update_scenario(by=_user(request), scenario=found, version=version, **data)
        except BudgetRefused as refused:
            form.add_error("name", str(refused))
        except StaleObject as stale:
            if stale.obj is None:
                raise Http404 from stale
            yours, theirs = conflict_fields(form, stale.obj, ["name", "shared"])
            return conflict(
                request,
                title=found.name,
                yours=yours,
                theirs=theirs,
                action_url=action_url,
                hidden={"version": str(stale.obj.version)},
                back_url=found.get_absolute_url(),
            )
        else:
            return see_other(found.get_absolute_url())
    context = {
        "page_title": _("Endre navn og deling"),
        "scenario": found,
        "list_title": _("Hva om?"),
        "list_url": budget_url("scenarios", found.budget),
        "form": form,
        "action_url": action_url,
        "button": _("Lagre"),
        "once": False,
    }
    if form.is_bound:
        return invalid(request, "budget/scenario_form.html", context)
    return render_page(request, "budget/scenario_form.html", context)


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
        budget=found.budget,
        only_draft=False,
        lead=lead,
        button=_("Slett"),
        done=_("«{name}» er slettet.").format(name=found.name),
        danger=True,
        action_url=reverse("budget:delete_scenario", args=[found.pk]),
        back_url=found.get_absolute_url(),
    )

    def work(form: PortalForm) -> str:
        scenarios.delete_scenario(by=_user(request), scenario=found)
        return budget_url("scenarios", found.budget)

    return run(request, page, PortalForm, work)


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

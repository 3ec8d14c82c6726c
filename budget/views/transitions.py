"""The weighty steps of a budget, each on a page that says what happens and asks once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from budget.actions import copying as copying_actions
from budget.actions import transitions as transition_actions
from budget.enums import OPEN_STATES, BudgetState
from budget.forms.transitions import AdoptionForm, CommentForm
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.readiness import readiness_of
from budget.queries.warnings import older_lines_in_trend
from budget.rules import BACKWARDS
from budget.views.access import check_may_move, get_budget
from budget.views.frames import crumbs
from budget.words.answers import answer
from budget.words.readiness import missing_to_move_on
from budget.words.warnings import trend_warning, unknown_years
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.concurrency import StaleObject
from web.form_page import FormPage, run_form
from web.forms import PortalForm
from web.http import see_other
from web.names import naming
from web.refusals import Closed, Refusal

TEMPLATE = "budget/step.html"
S = BudgetState


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where it may begin, the words of its page, and the action that takes it."""

    name: str
    starts_in: frozenset[BudgetState]
    title: Promise
    lead: Promise
    button: Promise
    done: Promise
    take: Callable[..., ClimateBudget]
    form: type[PortalForm]
    checked: bool = False
    # What is worth a look before it goes on, and refuses nothing.
    warns: bool = False


HAND_OVER = Step(
    "hand_over",
    frozenset({S.DRAFT}),
    naming(gettext_lazy("Klargjør for {chief}")),
    gettext_lazy("Tallene kan ikke endres etterpå, før noen gjør budsjettet om til utkast igjen."),
    naming(gettext_lazy("Klargjør for {chief}")),
    naming(gettext_lazy("Budsjettet er klargjort for {chief}.")),
    transition_actions.hand_over,
    CommentForm,
    checked=True,
    warns=True,
)
PROPOSE = Step(
    "propose",
    frozenset({S.HANDED_OVER}),
    naming(gettext_lazy("Foreslå for {council}")),
    naming(gettext_lazy("Budsjettet blir {chiefs} forslag, og alle som bruker portalen kan lese det.")),
    naming(gettext_lazy("Foreslå for {council}")),
    naming(gettext_lazy("Budsjettet er foreslått for {council}.")),
    transition_actions.propose,
    CommentForm,
    checked=True,
    warns=True,
)
TAKE_BACK = Step(
    "take_back",
    frozenset(BACKWARDS),
    gettext_lazy("Ta budsjettet ett steg tilbake"),
    naming(
        gettext_lazy(
            "Et forslag går tilbake til {chiefs} bord. Det som ligger hos {chief}, blir utkast igjen."
        )
    ),
    gettext_lazy("Ta tilbake"),
    gettext_lazy("Budsjettet er tatt tilbake."),
    transition_actions.take_back,
    CommentForm,
)
ADOPT = Step(
    "adopt",
    frozenset({S.PROPOSED}),
    naming(gettext_lazy("Registrer {councils} vedtak")),
    gettext_lazy("Budsjettet låses. Etterpå kan det bare endres ved å lage en revisjon."),
    gettext_lazy("Registrer vedtaket"),
    naming(gettext_lazy("{Councils} vedtak er registrert.")),
    transition_actions.register_adoption,
    AdoptionForm,
    checked=True,
)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    return _step(request, get_budget(request, year, scope, revision), HAND_OVER, S.HANDED_OVER)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    return _step(request, get_budget(request, year, scope, revision), PROPOSE, S.PROPOSED)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    return _step(request, get_budget(request, year, scope, revision), ADOPT, S.ADOPTED)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    budget = get_budget(request, year, scope, revision)
    target = BACKWARDS.get(S(budget.state))
    if target is not None:
        check_may_move(request, budget.state, target)
    elif not _may_ever_take_back(request):
        raise PermissionDenied
    return _step(request, budget, TAKE_BACK, target or S.DRAFT)


def _may_ever_take_back(request: AuthenticatedRequest) -> bool:
    user = request.user
    return has_permission(user, Permission.EDIT_BUDGET) or has_permission(user, Permission.PROPOSE_BUDGET)


def _step(
    request: AuthenticatedRequest, budget: ClimateBudget, step: Step, target: BudgetState
) -> HttpResponse:
    """GET asks, POST does. A budget that has moved on meanwhile is shown as it is."""
    is_asked = request.method != "POST"
    if is_asked and S(budget.state) not in step.starts_in:
        return see_other(budget.get_absolute_url())
    missing = missing_to_move_on(readiness_of(budget)) if is_asked and step.checked else []
    page = _page(
        budget,
        title=str(step.title),
        button=str(step.button),
        done=str(step.done),
        context={
            "lead": step.lead,
            "missing": missing,
            "warnings": SimpleLazyObject(lambda: _warnings(budget)) if step.warns else [],
            "can_send": not missing,
        },
    )

    def make(data: QueryDict | None) -> PortalForm:
        version = ClimateBudget.objects.values_list("version", flat=True).get(pk=budget.pk)
        return step.form(data, initial={"version": version})

    def work(form: PortalForm) -> str:
        try:
            return step.take(by=request.user, budget=budget, **form.cleaned_data).get_absolute_url()
        except StaleObject as stale:
            if S(stale.obj.state) in step.starts_in:
                raise
            # It has moved on: there is nothing to send again.
            text = _("Budsjettet er endret siden du åpnet siden. Se over det før du går videre.")
            raise Closed(text) from None

    return run_form(request, page, make, work)


def _page(budget: ClimateBudget, *, title: str, button: str, done: str, context: dict[str, Any]) -> FormPage:
    """What the budget answers stands above the form; computed only when the page is shown."""
    found = SimpleLazyObject(lambda: answer(budget_table(budget, with_costs=False, with_details=False)))
    return FormPage(
        title=title,
        button=button,
        done=done,
        back_url=budget.get_absolute_url(),
        crumbs=crumbs(budget),
        template=TEMPLATE,
        context={"budget": budget, "answer": found, **context},
    )


def _warnings(budget: ClimateBudget) -> list[Refusal]:
    """A trend that may hold what older lines cut, and lines without figures."""
    if budget.state not in OPEN_STATES:
        return []
    table = budget_table(budget, with_costs=False)
    return [*trend_warning(budget, older_lines_in_trend(budget)), *unknown_years(table)]


@require_http_methods(["GET", "HEAD", "POST"])
def start_revision(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """A new draft from the adopted budget, which stays in force until the draft is adopted."""
    budget = get_budget(request, year, scope, revision)
    page = _page(
        budget,
        title=_("Lag en revisjon"),
        button=_("Lag en revisjon"),
        done=_("Revisjonen er laget. Det vedtatte budsjettet gjelder til den er vedtatt."),
        context={
            "lead": _(
                "Vi lager et utkast med alt som står i det vedtatte budsjettet. Det vedtatte gjelder imens."
            ),
            "missing": [],
            "warnings": [],
            "can_send": budget.state == S.ADOPTED,
        },
    )

    def work(form: PortalForm) -> str:
        return copying_actions.start_revision(by=request.user, budget=budget).get_absolute_url()

    return run_form(request, page, PortalForm, work)

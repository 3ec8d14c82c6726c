"""Another edition or target under a draft: chosen first, then shown with what it does, then confirmed."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions import basis as basis_actions
from budget.actions.creating import basis_mistakes
from budget.forms.basis import KEEP, BasisForm, ConfirmBasisForm
from budget.models import ClimateBudget
from budget.queries.basis import BasisPlan, NewBasis, basis_plan
from budget.views.access import get_budget
from budget.views.frames import TABLE_FORM, closed_to, crumbs, run_with_suggestions
from budget.words.addresses import budget_url
from budget.words.basis import basis_sentences, difference_table, losses
from emissions.models import Edition
from organisation.rules import AuthenticatedRequest
from strategy.models import Target
from web.form_page import FormPage, show_form
from web.http import see_other
from web.names import own_municipality

TEMPLATE = "budget/basis.html"


@require_safe
def change_basis(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The choice stands in the address; one that can be made leads to what it does."""
    budget = get_budget(request, year, scope, revision)
    is_chosen = any(name in request.GET for name in BasisForm.NAMES.values())
    form = _form(budget, request.GET if is_chosen else None)
    page = FormPage(
        title=_("Bytt utgave eller mål"),
        lead=_(
            "Velg først. Så ser du hva byttet gjør med utslippsrammen, avstanden og tiltakene, "
            "før noe endres."
        ),
        back_url=budget.get_absolute_url(),
        done="",
        crumbs=crumbs(budget),
        closed=closed_to(request, budget),
        template=TEMPLATE,
    )
    if page.closed:
        return show_form(request, page, None, closed=page.closed, status=409)
    if not is_chosen:
        return show_form(request, page, form)
    if not _can_be_made(budget, form):
        return show_form(request, page, form, status=422)
    return see_other(f"{budget_url('confirm_basis', budget)}?{_query(form.basis)}")


def _can_be_made(budget: ClimateBudget, form: BasisForm) -> bool:
    """Whether the budget can stand on the choice; what is wrong is told in the form."""
    if not form.is_valid():
        return False
    for mistake in basis_mistakes(budget.year, budget.scope, form.basis.target, form.basis.edition):
        form.add_error(None, mistake)
    if form.errors:
        return False
    missing = basis_plan(budget, form.basis).missing
    if missing:
        text = _("Referansebanen mangler tall for {sources}. Velg en regel som lager den på nytt.")
        form.add_error("rule", text.format(sources=", ".join(missing)))
    return not missing


def _query(basis: NewBasis) -> str:
    values: dict[str, str | int] = {
        "target": basis.target.pk,
        "edition": basis.edition.pk,
        "rule": basis.rule or KEEP,
        "trend_years": basis.trend_years or "",
    }
    return urlencode({BasisForm.NAMES[name]: value for name, value in values.items()})


def _form(budget: ClimateBudget, data: QueryDict | None) -> BasisForm:
    editions = Edition.objects.filter(municipality__name=own_municipality(), scope=budget.scope)
    return BasisForm(
        data,
        budget=budget,
        targets=Target.objects.filter(scope=budget.scope)
        .select_related("strategy")
        .order_by("strategy__order", "order", "pk"),
        editions=editions.order_by("-published", "-pk"),
        initial={"target": budget.target_id, "edition": budget.edition_id, "rule": KEEP},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_basis(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """What the change does, and the answers it needs. Nothing is changed before they are sent."""
    budget = get_budget(request, year, scope, revision)
    choice = _form(budget, request.GET)
    if not choice.is_valid():
        # Sent twice, the first click has made it so.
        is_sent = request.method == "POST"
        return see_other(budget.get_absolute_url() if is_sent else budget_url("change_basis", budget))
    new = choice.basis
    plan = basis_plan(budget, new)

    def make(data: QueryDict | None) -> ConfirmBasisForm:
        return ConfirmBasisForm(
            data, lines=plan.to_ask, initial={"version": budget.version, "seen": plan.seen}
        )

    def work(form: ConfirmBasisForm) -> str:
        changed = basis_actions.change_basis(
            by=request.user,
            budget=budget,
            version=form.cleaned_data["version"],
            new=new,
            already_counted=form.already_counted,
            seen=form.cleaned_data["seen"],
        )
        return changed.get_absolute_url()

    return run_with_suggestions(request, _page(request, budget, new, plan), make, work)


def _page(request: AuthenticatedRequest, budget: ClimateBudget, new: NewBasis, plan: BasisPlan) -> FormPage:
    lead = _("Slik blir budsjettet. Ingenting er endret før du bekrefter.")
    if plan.to_ask:
        lead += " " + _(
            "Regnskapet får et annet siste år. Skriv for hvert tiltak hvor mye av effekten det allerede "
            "viser. Tallene under er regnet med det som står der nå."
        )
    return FormPage(
        title=_("Se hva byttet gjør"),
        crumbs=crumbs(budget),
        closed=closed_to(request, budget),
        template=TABLE_FORM,
        lead=lead,
        button=_("Bytt"),
        done=_("Budsjettet bygger nå på det du valgte."),
        danger=bool(plan.lines or plan.overlaps or plan.figures),
        back_url=budget_url("change_basis", budget),
        context={
            "action_url": request.get_full_path(),
            "sentences": basis_sentences(budget, plan, new),
            "tables": [difference_table(plan)],
            "warnings": losses(budget, plan),
        },
    )

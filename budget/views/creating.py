"""A new budget: from nothing, or copied forward with an answer for each line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budget.actions import copying as copying_actions
from budget.actions.creating import create_budget
from budget.enums import BudgetState, ReferenceRule
from budget.forms.creating import CopyForwardForm, NewBudgetForm
from budget.models import PLAN_YEARS, ClimateBudget
from budget.queries.copying import lines_to_ask_about
from budget.queries.editions import last_year_of
from budget.views.frames import TABLE_FORM, crumbs, run_with_suggestions
from budget.words.budgets import bridge_sentence
from emissions.models import Edition
from organisation.rules import AuthenticatedRequest
from strategy.models import Target
from web.form_page import FormPage, done_before, run_form
from web.http import see_other
from web.names import own_municipality
from web.refusals import Refusal

# Names in addresses are Norwegian.
PARAMETERS = {
    "year": "ar",
    "target": "mal",
    "edition": "utgave",
    "reference_rule": "regel",
    "trend_years": "trendar",
    "copy_from": "fra",
}


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: AuthenticatedRequest) -> HttpResponse:
    """Make a draft at once, or go on to the lines when there is a budget to copy."""
    page = FormPage(
        title=_("Nytt klimabudsjett"),
        lead=_("Ett budsjett per år og systemgrense. Det begynner som et utkast bare dere kan se."),
        button=_("Gå videre"),
        done=_("Klimabudsjettet er laget."),
        crumbs=crumbs(),
        back_url=reverse("budget:index"),
    )

    def work(form: NewBudgetForm) -> str:
        data = form.cleaned_data
        rule, trend_years = rule_of(data)
        made = create_budget(
            by=request.user,
            year=data["year"],
            scope=data["target"].scope,
            target=data["target"],
            edition=data["edition"],
            reference_rule=rule,
            trend_years=trend_years,
            reference=None,
        )
        return made.get_absolute_url()

    if request.method == "POST":
        form = _form(request.POST)
        if form.is_valid() and form.cleaned_data["copy_from"]:
            return see_other(_copy_url(form.cleaned_data))
    return run_form(request, page, _form, work)


def _form(data: QueryDict | dict[str, str] | None) -> NewBudgetForm:
    return NewBudgetForm(
        data,
        **head_choices(),
        adopted=ClimateBudget.objects.filter(state=BudgetState.ADOPTED).order_by("-year", "scope"),
        initial={"year": _next_year(timezone.localdate())},
    )


def head_choices() -> dict[str, QuerySet[Any]]:
    """The targets and editions a budget can stand on."""
    targets = Target.objects.exclude(scope="").select_related("strategy")
    editions = Edition.objects.filter(municipality__name=own_municipality())
    return {
        "targets": targets.order_by("strategy__order", "order", "pk"),
        "editions": editions.order_by("-published", "-pk"),
    }


def _next_year(today: date) -> int:
    """The first year without a budget, next year at the earliest."""
    taken = set(ClimateBudget.objects.values_list("year", flat=True))
    return next(year for year in range(today.year + 1, today.year + 100) if year not in taken)


def rule_of(data: dict[str, Any]) -> tuple[ReferenceRule, int | None]:
    rule = ReferenceRule(data["reference_rule"])
    return rule, data["trend_years"] if rule == ReferenceRule.TREND else None


def _copy_url(data: dict[str, Any]) -> str:
    values = {name: getattr(data[name], "pk", data[name]) for name in PARAMETERS}
    query = {PARAMETERS[name]: value for name, value in values.items() if value is not None}
    return f"{reverse('budget:copy_forward')}?{urlencode(query)}"


@require_http_methods(["GET", "HEAD", "POST"])
def copy_forward(request: AuthenticatedRequest) -> HttpResponse:
    """Each line with last year's effect as a suggestion beside an empty field. Nothing is made before."""
    choice = _form({name: request.GET.get(parameter, "") for name, parameter in PARAMETERS.items()})
    if not choice.is_valid() or not choice.cleaned_data["copy_from"]:
        # Sent twice, the first click has made it so.
        return done_before(request) or see_other(reverse("budget:create"))
    data = choice.cleaned_data
    source, edition = data["copy_from"], data["edition"]
    page = FormPage(
        title=_("Kopier {budget} til {year}").format(budget=source, year=data["year"]),
        lead=_(
            "Regnskapet kan allerede vise noe av virkningen. Skriv for hvert tiltak hvor mye, så det ikke "
            "telles to ganger. Tallet fra det vedtatte budsjettet står ved siden av som et forslag. «Bruk "
            "forslagene» under tabellen setter dem inn der det er tomt."
        ),
        button=_("Lag klimabudsjettet"),
        done=_("Klimabudsjettet er laget, med tiltakene fra {budget}.").format(budget=source),
        crumbs=crumbs(),
        template=TABLE_FORM,
        back_url=reverse("budget:create"),
        context={"warnings": _notes(data), "action_url": request.get_full_path()},
    )
    lines = lines_to_ask_about(source, edition.pk)

    def work(form: CopyForwardForm) -> str:
        rule, trend_years = rule_of(data)
        made = copying_actions.copy_forward(
            by=request.user,
            source=source,
            year=data["year"],
            target=data["target"],
            edition=edition,
            reference_rule=rule,
            trend_years=trend_years,
            already_counted=form.already_counted,
        )
        return made.get_absolute_url()

    return run_with_suggestions(request, page, lambda posted: CopyForwardForm(posted, lines=lines), work)


def _notes(data: dict[str, Any]) -> list[Refusal]:
    """The bridge years, and the trend that may already hold what older lines cut."""
    notes = []
    last = last_year_of(data["edition"].pk)
    first = data["year"]
    if bridge := bridge_sentence(range((last or first) + 1, first), first, first + PLAN_YEARS - 1):
        notes.append(bridge)
    if data["reference_rule"] == ReferenceRule.TREND:
        notes.append(
            _(
                "Du har valgt en trend. Den kan allerede vise virkningen av tiltakene du kopierer: se ekstra "
                "nøye på hva som er med i regnskapet."
            )
        )
    return [Refusal(note) for note in notes]

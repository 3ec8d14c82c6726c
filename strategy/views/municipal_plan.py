"""Kommuneplanens samfunnsdel: the page that shows it, and the forms of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy import rules
from strategy.actions import municipal_plan as municipal_plan_actions
from strategy.actions.municipal_plan import PlanPart
from strategy.forms.municipal_plan import PlanGoalForm, PlanPartForm, PlanStrategyForm, PolicyAreaForm
from strategy.models import PlanGoal, PlanStrategy, PolicyArea
from strategy.queries.municipal_plan import plan_outline
from strategy.queries.removed import removed
from strategy.views.buttons import already_removed, press
from strategy.views.crumbs import crumbs_above
from web.form_page import FormPage, run_form
from web.formats import whole_number
from web.http import render_page


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of part: its model and form, what it stands under, and what its pages are called."""

    model: type[PolicyArea] | type[PlanGoal] | type[PlanStrategy]
    form: type[PlanPartForm]
    parent: str
    new: str | Promise
    change: str | Promise


KINDS: Mapping[str, Kind] = {
    "politikkomrade": Kind(
        PolicyArea,
        PolicyAreaForm,
        "",
        gettext_lazy("Nytt politikkområde"),
        gettext_lazy("Endre politikkområde"),
    ),
    "delmal": Kind(
        PlanGoal,
        PlanGoalForm,
        "area",
        gettext_lazy("Nytt delmål i kommuneplanen"),
        gettext_lazy("Endre delmål i kommuneplanen"),
    ),
    "strategi": Kind(
        PlanStrategy,
        PlanStrategyForm,
        "goal",
        gettext_lazy("Ny strategi i kommuneplanen"),
        gettext_lazy("Endre strategi i kommuneplanen"),
    ),
}


@require_safe
def plan(request: AuthenticatedRequest) -> HttpResponse:
    """Kommuneplanen, and which focus areas and themes carry it out."""
    title = _("Kommuneplanens samfunnsdel")
    user = request.user
    context = {
        "page_title": title,
        "crumbs": crumbs_above((title, "")),
        "areas": plan_outline(drafts=rules.may_read_drafts(user)),
        "may_edit": rules.may_edit(user),
        "may_read_history": has_permission(user, Permission.READ_HISTORY),
    }
    return render_page(request, "strategy/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_plan_part(request: AuthenticatedRequest, kind: str) -> HttpResponse:
    """`?under=` names what it will stand under."""
    chosen = _kind(kind)
    under = whole_number(request.GET.get("under", ""), 0)
    initial: dict[str, Any] = {"version": 0}
    if chosen.parent and under:
        initial[chosen.parent] = under

    def add(form: PlanPartForm) -> str:
        made = municipal_plan_actions.add_plan_part(
            by=request.user, model=chosen.model, fields=form.fields_of_part
        )
        return _place(kind, made.pk)

    page = _page(str(chosen.new), _("Lagt til i kommuneplanen."))
    return run_form(request, page, lambda data: chosen.form(data, initial=initial), add)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan_part(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    chosen = _kind(kind)
    part = _part(chosen, pk)
    lead = _("Strategier som bygger på dette, viser det slik det står her.")

    def make(data: QueryDict | None) -> PlanPartForm:
        now = _part(chosen, pk)
        names = [name for name in chosen.form.base_fields if name != chosen.parent]
        initial = {name: getattr(now, name) for name in names}
        if chosen.parent:
            initial[chosen.parent] = getattr(now, f"{chosen.parent}_id")
        return chosen.form(data, initial=initial)

    def save(form: PlanPartForm) -> str:
        version = form.cleaned_data["version"]
        municipal_plan_actions.change_plan_part(
            by=request.user, part=part, version=version, fields=form.fields_of_part
        )
        return _place(kind, pk)

    page = _page(str(chosen.change), _("Kommuneplanen er lagret."), lead)
    return run_form(request, page, make, save)


@require_POST
def remove_plan_part(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    plan_url = reverse("strategy:plan")
    if removed(_kind(kind).model, pk):
        return already_removed(request, plan_url)
    part = _part(_kind(kind), pk)
    return press(
        request,
        lambda version: municipal_plan_actions.remove_plan_part(by=request.user, part=part, version=version),
        done=_("Tatt ut av kommuneplanen."),
        stale=_("Noen andre endret dette mens du arbeidet. Slik er det nå. Prøv igjen."),
        url=plan_url,
    )


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _part(kind: Kind, pk: int) -> PlanPart:
    found: PlanPart | None = kind.model.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _place(kind: str, pk: int) -> str:
    """The part on the page of kommuneplanen."""
    return f"{reverse('strategy:plan')}#{kind}-{pk}"


def _page(title: str, done: str, lead: str = "") -> FormPage:
    address = reverse("strategy:plan")
    return FormPage(
        title=title,
        back_url=address,
        done=done,
        crumbs=crumbs_above((_("Kommuneplanens samfunnsdel"), address)),
        lead=lead,
    )

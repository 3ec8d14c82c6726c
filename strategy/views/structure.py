"""Focus areas, themes and placements of a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.rules import AuthenticatedRequest
from strategy.actions import structure as structure_actions
from strategy.actions.structure import Way
from strategy.forms.strategies import FocusAreaForm, NewPlaceForm, PlaceForm, ThemeForm
from strategy.models import FocusArea, Placement, Strategy, Theme
from strategy.views.access import readable_strategy
from strategy.views.form_page import (
    FormPage,
    posted_version,
    show_form,
    strategy_crumbs,
    take_form,
)
from strategy.views.strategy_edit import fresh_edit_page
from web.concurrency import StaleObject
from web.http import see_other
from web.refusals import Refused

PARTS: dict[str, type[FocusArea] | type[Theme] | type[Placement]] = {
    "innsatsomrade": FocusArea,
    "tema": Theme,
    "plassering": Placement,
}


def _page(strategy: Strategy, title: str, *, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        button=_("Lagre"),
        back_url=_edit_url(strategy),
        crumbs=strategy_crumbs(strategy),
        lead=lead,
    )


def _edit_url(strategy: Strategy) -> str:
    return reverse("strategy:edit", args=[strategy.slug])


def _version(strategy: Strategy) -> int:
    return Strategy.objects.values_list("version", flat=True).get(pk=strategy.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new_area(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    strategy = readable_strategy(request, slug)
    return _area(request, strategy, None, _("Nytt innsatsområde"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_area(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    area = get_object_or_404(FocusArea.objects.select_related("strategy"), pk=pk)
    return _area(request, area.strategy, area, _("Endre innsatsområde"))


def _area(
    request: AuthenticatedRequest, strategy: Strategy, area: FocusArea | None, title: str
) -> HttpResponse:
    page = _page(strategy, title)
    if request.method != "POST":
        initial: dict[str, object] = {"version": strategy.version}
        if area:
            initial |= {
                "title": area.title,
                "description": area.description,
                "goals": list(area.goal_links.values_list("goal_id", flat=True)),
                "plan_strategies": list(area.plan_strategy_links.values_list("plan_strategy_id", flat=True)),
            }
        return show_form(request, page, FocusAreaForm(initial=initial))
    form = FocusAreaForm(request.POST)

    def save() -> str:
        data = form.cleaned_data
        structure_actions.save_focus_area(
            by=request.user,
            strategy=strategy,
            version=data["version"],
            title=data["title"],
            description=data["description"],
            goals=list(data["goals"]),
            plan_strategies=list(data["plan_strategies"]),
            area=area,
        )
        return _edit_url(strategy)

    return take_form(
        request, page, form, save, done=_("Innsatsområdet er lagret."), version=lambda: _version(strategy)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_theme(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    area = get_object_or_404(FocusArea.objects.select_related("strategy"), pk=pk)
    return _theme(request, area, None, _("Nytt tema"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_theme(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    theme = get_object_or_404(Theme.objects.select_related("focus_area__strategy"), pk=pk)
    return _theme(request, theme.focus_area, theme, _("Endre tema"))


def _theme(request: AuthenticatedRequest, area: FocusArea, theme: Theme | None, title: str) -> HttpResponse:
    strategy = area.strategy
    page = _page(strategy, title, lead=_("Under {area}.").format(area=area.title))
    if request.method != "POST":
        initial: dict[str, object] = {"version": strategy.version}
        if theme:
            numbered = theme.plan_strategy_links.values_list("plan_strategy_id", flat=True)
            initial |= {"title": theme.title, "plan_strategies": list(numbered)}
        return show_form(request, page, ThemeForm(initial=initial))
    form = ThemeForm(request.POST)

    def save() -> str:
        structure_actions.save_theme(
            by=request.user,
            area=area,
            version=form.cleaned_data["version"],
            title=form.cleaned_data["title"],
            plan_strategies=list(form.cleaned_data["plan_strategies"]),
            theme=theme,
        )
        return _edit_url(strategy)

    return take_form(
        request, page, form, save, done=_("Temaet er lagret."), version=lambda: _version(strategy)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Place a measure that does not stand in the strategy yet."""
    strategy = readable_strategy(request, slug)
    page = _page(
        strategy,
        _("Plasser et tiltak"),
        lead=_("Listen viser tiltak og virkemidler som ikke står i strategien ennå."),
    )
    if request.method != "POST":
        area = request.GET.get("sted", "")
        form = NewPlaceForm(strategy=strategy, initial={"version": strategy.version, "place": area})
        return show_form(request, page, form)
    form = NewPlaceForm(request.POST, strategy=strategy)
    return _take_place(request, strategy, page, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_placement(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Move a measure to another place in the strategy."""
    placement = get_object_or_404(Placement.objects.select_related("strategy", "measure"), pk=pk)
    strategy = placement.strategy
    page = _page(strategy, _("Flytt tiltaket"), lead=str(placement.measure))
    if request.method != "POST":
        here = f"t{placement.theme_id}" if placement.theme_id else f"o{placement.focus_area_id}"
        form = PlaceForm(strategy=strategy, initial={"version": strategy.version, "place": here})
        return show_form(request, page, form)
    return _take_place(request, strategy, page, PlaceForm(request.POST, strategy=strategy), placement)


def _take_place(
    request: AuthenticatedRequest,
    strategy: Strategy,
    page: FormPage,
    form: PlaceForm,
    placement: Placement | None,
) -> HttpResponse:
    def save() -> str:
        area, theme = form.places[form.cleaned_data["place"]]
        structure_actions.place_measure(
            by=request.user,
            strategy=strategy,
            version=form.cleaned_data["version"],
            measure=placement.measure if placement else form.cleaned_data["measure"],
            area=area,
            theme=theme,
        )
        return _edit_url(strategy)

    return take_form(
        request, page, form, save, done=_("Tiltaket er plassert."), version=lambda: _version(strategy)
    )


@require_POST
def move_part(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    """One step up or down."""
    part = _part(kind, pk)
    way = Way.UP if request.POST.get("vei") == Way.UP else Way.DOWN
    strategy = structure_actions.strategy_of(part)
    try:
        structure_actions.move_part(by=request.user, part=part, version=posted_version(request), way=way)
    except (Refused, StaleObject) as problem:
        return _try_again(request, strategy, problem)
    return see_other(f"{_edit_url(strategy)}#{kind}-{pk}")


@require_POST
def remove_part(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    part = _part(kind, pk)
    strategy = structure_actions.strategy_of(part)
    try:
        structure_actions.remove_part(by=request.user, part=part, version=posted_version(request))
    except (Refused, StaleObject) as problem:
        return _try_again(request, strategy, problem)
    messages.success(request, _("Tatt ut av strategien."))
    return see_other(f"{_edit_url(strategy)}#innhold")


def _part(kind: str, pk: int) -> FocusArea | Theme | Placement:
    model = PARTS.get(kind)
    if model is None:
        raise Http404
    found = model.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _try_again(
    request: AuthenticatedRequest, strategy: Strategy, problem: Refused | StaleObject
) -> HttpResponse:
    if isinstance(problem, StaleObject):
        alert = _("Noen andre endret strategien mens du arbeidet. Slik er den nå. Prøv igjen.")
        return fresh_edit_page(request, strategy, alert=alert, status=409)
    return fresh_edit_page(request, strategy, alert=str(problem), status=422)

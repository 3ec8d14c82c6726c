"""Focus areas, themes and placements of a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.rules import AuthenticatedRequest
from strategy.actions import structure as structure_actions
from strategy.actions.structure import Part, Way
from strategy.forms.strategies import (
    FocusAreaForm,
    MovePartForm,
    NewPlaceForm,
    PartForm,
    PlaceForm,
    ThemeForm,
)
from strategy.models import FocusArea, Measure, Placement, Strategy, Theme
from strategy.views.access import readable_strategy, strategy_of_removed
from strategy.views.buttons import already_removed
from strategy.views.crumbs import crumbs_above, strategy_crumbs
from web.form_page import FormPage, done_before, run_form

WAY = "vei"
PARTS: dict[str, type[FocusArea] | type[Theme] | type[Placement]] = {
    "innsatsomrade": FocusArea,
    "tema": Theme,
    "plassering": Placement,
}


def _page(strategy: Strategy, title: str, done: str, *, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        back_url=_edit_url(strategy),
        done=done,
        crumbs=crumbs_above(*strategy_crumbs(strategy)),
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
    area = _area_of(pk)
    return _area(request, area.strategy, area, _("Endre innsatsområde"))


def _area_of(pk: int) -> FocusArea:
    return get_object_or_404(FocusArea.objects.select_related("strategy"), pk=pk)


def _area(
    request: AuthenticatedRequest, strategy: Strategy, area: FocusArea | None, title: str
) -> HttpResponse:
    def make(data: QueryDict | None) -> FocusAreaForm:
        initial: dict[str, object] = {"version": _version(strategy)}
        if area:
            now = _area_of(area.pk)
            initial |= {
                "title": now.title,
                "description": now.description,
                "is_leadership": now.is_leadership,
                "goals": list(now.goal_links.values_list("goal_id", flat=True)),
                "plan_strategies": list(now.plan_strategy_links.values_list("plan_strategy_id", flat=True)),
            }
        return FocusAreaForm(data, initial=initial)

    def save(form: FocusAreaForm) -> None:
        data = form.cleaned_data
        structure_actions.save_focus_area(
            by=request.user,
            strategy=strategy,
            version=data["version"],
            title=data["title"],
            description=data["description"],
            is_leadership=data["is_leadership"],
            goals=list(data["goals"]),
            plan_strategies=list(data["plan_strategies"]),
            area=area,
        )

    return run_form(request, _page(strategy, title, _("Innsatsområdet er lagret.")), make, save)


@require_http_methods(["GET", "HEAD", "POST"])
def new_theme(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _theme(request, _area_of(pk), None, _("Nytt tema"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_theme(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    theme = _theme_of(pk)
    return _theme(request, theme.focus_area, theme, _("Endre tema"))


def _theme_of(pk: int) -> Theme:
    return get_object_or_404(Theme.objects.select_related("focus_area__strategy"), pk=pk)


def _theme(request: AuthenticatedRequest, area: FocusArea, theme: Theme | None, title: str) -> HttpResponse:
    strategy = area.strategy

    def make(data: QueryDict | None) -> ThemeForm:
        initial: dict[str, object] = {"version": _version(strategy)}
        if theme:
            now = _theme_of(theme.pk)
            numbered = now.plan_strategy_links.values_list("plan_strategy_id", flat=True)
            initial |= {"title": now.title, "plan_strategies": list(numbered)}
        return ThemeForm(data, initial=initial)

    def save(form: ThemeForm) -> None:
        structure_actions.save_theme(
            by=request.user,
            area=area,
            version=form.cleaned_data["version"],
            title=form.cleaned_data["title"],
            plan_strategies=list(form.cleaned_data["plan_strategies"]),
            theme=theme,
        )

    lead = _("Under {area}.").format(area=area.title)
    return run_form(request, _page(strategy, title, _("Temaet er lagret."), lead=lead), make, save)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Place a measure that does not stand in the strategy yet."""
    strategy = readable_strategy(request, slug)

    def make(data: QueryDict | None) -> NewPlaceForm:
        initial = {"version": _version(strategy), "place": request.GET.get("sted", "")}
        return NewPlaceForm(data, strategy=strategy, initial=initial)

    lead = _("Listen viser tiltak og virkemidler som ikke står i strategien ennå.")
    page = _page(strategy, _("Plasser et tiltak"), _("Tiltaket er plassert."), lead=lead)
    return run_form(
        request, page, make, lambda form: _put(request, strategy, form, form.cleaned_data["measure"])
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_placement(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Move a measure to another place in the strategy."""
    placement = _placement_of(pk)
    strategy = placement.strategy

    def make(data: QueryDict | None) -> PlaceForm:
        now = _placement_of(pk)
        here = f"t{now.theme_id}" if now.theme_id else f"o{now.focus_area_id}"
        return PlaceForm(data, strategy=strategy, initial={"version": _version(strategy), "place": here})

    page = _page(strategy, _("Flytt tiltaket"), _("Tiltaket er plassert."), lead=str(placement.measure))
    return run_form(request, page, make, lambda form: _put(request, strategy, form, placement.measure))


def _placement_of(pk: int) -> Placement:
    return get_object_or_404(Placement.objects.select_related("strategy", "measure"), pk=pk)


def _put(request: AuthenticatedRequest, strategy: Strategy, form: PlaceForm, measure: Measure) -> None:
    area, theme = form.places[form.cleaned_data["place"]]
    structure_actions.place_measure(
        by=request.user,
        strategy=strategy,
        version=form.cleaned_data["version"],
        measure=measure,
        area=area,
        theme=theme,
    )


@require_POST
def move_part(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    """One step up or down."""
    way = Way.UP if request.POST.get(WAY) == Way.UP else Way.DOWN

    def move(part: Part, form: MovePartForm) -> str:
        structure_actions.move_part(by=request.user, part=part, version=form.cleaned_data["version"], way=way)
        return f"#{kind}-{pk}"

    title = _("Flytt opp") if way == Way.UP else _("Flytt ned")
    return _press(request, kind, pk, title, "", MovePartForm, move, {WAY: way})


@require_POST
def remove_part(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    """Out of the strategy; a measure itself stays."""

    def remove(part: Part, form: PartForm) -> str:
        structure_actions.remove_part(by=request.user, part=part, version=form.cleaned_data["version"])
        return "#innhold"

    return _press(request, kind, pk, _("Fjern fra strategien"), _("Tatt ut av strategien."), PartForm, remove)


def _press(
    request: AuthenticatedRequest,
    kind: str,
    pk: int,
    title: str,
    done: str,
    form_class: type[PartForm],
    work: Callable[[Part, Any], str],
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """What a button of a part asks for: done on what was seen, or asked again on a page of its own."""
    model = PARTS.get(kind)
    if model is None:
        raise Http404
    part = model.objects.filter(pk=pk).first()
    if part is None:
        strategy = strategy_of_removed(request, model, pk)
        if strategy is None:
            raise Http404
        return done_before(request) or already_removed(request, _edit_url(strategy))
    strategy = structure_actions.strategy_of(part)
    page = replace(_page(strategy, title, done, lead=str(part)), button=title)

    def make(data: QueryDict | None) -> PartForm:
        return form_class(data, initial={"version": _version(strategy), **(initial or {})})

    return run_form(request, page, make, lambda form: _edit_url(strategy) + work(part, form))

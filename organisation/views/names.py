"""What the municipality and its bodies are called: the page, and a form for each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.actions.names import name_body, name_municipality, require_two_steps
from organisation.enums import Body
from organisation.forms.names import BodyForm, MunicipalityForm, TwoStepsForm
from organisation.models import BODY_LABELS, BODY_SLUGS, BodyName, Municipality
from organisation.queries import names as queries
from organisation.queries.municipality_codes import codes_of
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from organisation.words.names import OF_THE_MUNICIPALITY, level_titles, sentences
from web.contributions import collect, municipality_fact
from web.form_page import Crumb, FormPage, run_form, show_form
from web.forms import PortalForm
from web.http import render_page
from web.names import BodyCalled, Called, Names, names, naming

TEMPLATE = "organisation/names_form.html"


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """All names, with what bodies were called before, and how sentences read with them."""
    stored = queries.municipality()
    known = queries.body_names()
    context = {
        "page_title": _("Navn"),
        "crumbs": [_organisation(), (_("Navn"), "")],
        "municipality": stored,
        "former": [code for code in codes_of(stored.number) if not code.is_current] if stored else [],
        "bodies": [_body_row(body, known) for body in Body],
        "titles": level_titles(names()),
        "facts": collect(municipality_fact, stored.name, stored.number) if stored else [],
        "sentences": sentences(names(), ()),
        "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
    }
    return render_page(request, "organisation/names.html", context)


def _body_row(body: Body, known: Sequence[BodyName]) -> dict[str, Any]:
    return {
        "label": capfirst(BODY_LABELS[body]),
        "url": reverse("organisation:body_name", args=[BODY_SLUGS[body]]),
        "today": names().called(body),
        "known": [one for one in known if one.body == body],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def municipality(request: AuthenticatedRequest) -> HttpResponse:
    page = FormPage(
        title=_("Kommunen"),
        back_url=reverse("organisation:names"),
        done=_("Navnene er lagret."),
        crumbs=_crumbs(),
        template=TEMPLATE,
    )

    def make(data: QueryDict | None) -> MunicipalityForm:
        stored = queries.municipality() or Municipality(version=0)
        initial = {name: getattr(stored, name) for name in MunicipalityForm.base_fields}
        return MunicipalityForm(data, initial=initial)

    def typed(form: MunicipalityForm) -> Names:
        given = form.given()
        return replace(
            names(),
            municipality=given.name,
            number=given.number,
            organisation=given.organisation,
            chief_title=given.chief_title,
            network=given.network,
            leader_levels=given.leader_levels,
            leader_title=given.leader_title,
            middle_title=given.middle_title,
            director_title=given.director_title,
        )

    def save(form: MunicipalityForm) -> None:
        name_municipality(by=request.user, given=form.given(), version=form.cleaned_data["version"])

    return _previewed(request, page, make, typed, OF_THE_MUNICIPALITY) or run_form(request, page, make, save)


@require_http_methods(["GET", "HEAD", "POST"])
def body(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """A new name from a day, or the newest one corrected."""
    code = next((body for body, known in BODY_SLUGS.items() if known == slug), None)
    if code is None:
        raise Http404
    page = FormPage(
        title=capfirst(str(BODY_LABELS[code])),
        back_url=reverse("organisation:names"),
        done=_("Navnet er lagret."),
        crumbs=_crumbs(),
        template=TEMPLATE,
        closed="" if queries.municipality() else _("Gi kommunen navn først."),
    )

    def make(data: QueryDict | None) -> BodyForm:
        return BodyForm(data, initial=_initial(code))

    def typed(form: BodyForm) -> Names:
        given = form.given()
        called = BodyCalled(code, Called(given.name, given.definite, given.genitive), given.valid_from)
        return replace(names(), bodies=(*(one for one in names().bodies if one.body != code), called))

    def save(form: BodyForm) -> None:
        name_body(by=request.user, body=code, given=form.given(), latest=form.read())

    return _previewed(request, page, make, typed, (code,)) or run_form(request, page, make, save)


@require_http_methods(["GET", "HEAD", "POST"])
def two_steps(request: AuthenticatedRequest) -> HttpResponse:
    """Whether those with the widest roles must log in with two steps."""
    stored = queries.municipality()
    page = FormPage(
        title=_("Krav om totrinn"),
        back_url=reverse("organisation:names"),
        done=_("Kravet er lagret."),
        crumbs=_crumbs(),
        lead=naming(_("Gjelder administratorer og {climate}. De som mangler det, må sette det opp først.")),
        closed="" if stored else _("Gi kommunen navn først."),
    )

    def make(data: QueryDict | None) -> TwoStepsForm:
        now = queries.municipality()
        return TwoStepsForm(data, initial={"required": bool(now and now.mfa_required)})

    def save(form: TwoStepsForm) -> None:
        require_two_steps(by=request.user, required=form.cleaned_data["required"])

    return run_form(request, page, make, save)


def _initial(code: Body) -> dict[str, Any]:
    newest = queries.newest_name(code)
    if newest is None:
        called = names().called(code)
        day = timezone.localdate()
        return {
            "name": called.name,
            "definite": called.definite,
            "genitive": called.genitive,
            "valid_from": day,
            "latest": "0.0",
        }
    stored = {name: getattr(newest, name) for name in ("name", "definite", "genitive", "valid_from")}
    return stored | {"latest": f"{newest.pk}.{newest.version}"}


def _previewed(
    request: AuthenticatedRequest,
    page: FormPage,
    make: Callable[[QueryDict | None], Any],
    typed: Callable[[Any], Names],
    about: Collection[str],
) -> HttpResponse | None:
    """The form as it was typed with five sentences as they would read, when that is what was asked for."""
    if request.method != "POST" or "preview" not in request.POST or page.closed:
        return None
    form: PortalForm = make(request.POST)
    if not form.is_valid():
        return show_form(request, page, form, status=422)
    return show_form(request, replace(page, context={"sentences": sentences(typed(form), about)}), form)


def _organisation() -> Crumb:
    return _("Organisasjon"), reverse("organisation:index")


def _crumbs() -> list[Crumb]:
    return [_organisation(), (_("Navn"), reverse("organisation:names"))]

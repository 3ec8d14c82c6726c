"""New strategies, new versions, the page where a draft is edited, and the steps to its adoption."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.rules import AuthenticatedRequest
from strategy.actions.strategies import Head, create_strategy, create_version, update_head
from strategy.actions.transitions import adopt_strategy, back_to_draft, what_is_missing
from strategy.forms.strategies import AdoptForm, EditHeadForm, HeadForm, TitleForm
from strategy.models import Strategy
from strategy.queries.strategies import outline
from strategy.views.access import readable_strategy
from strategy.views.buttons import press
from strategy.views.crumbs import crumbs_above, strategy_crumbs
from web.form_page import FormPage, run_form, show_form
from web.http import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedRequest) -> HttpResponse:
    page = FormPage(
        title=_("Ny strategi"),
        button=_("Lag utkastet"),
        back_url=reverse("strategy:index"),
        done=_("Utkastet er laget."),
        crumbs=crumbs_above(),
        lead=_("Strategien blir et utkast. Etterpå legger du til innsatsområder, temaer, mål og tiltak."),
    )

    def create(form: HeadForm) -> str:
        made = create_strategy(by=request.user, head=_head(form))
        return reverse("strategy:edit", args=[made.slug])

    return run_form(request, page, HeadForm, create)


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    source = readable_strategy(request, slug)
    page = FormPage(
        title=_("Lag ny versjon"),
        button=_("Lag ny versjon"),
        back_url=source.get_absolute_url(),
        done=_("Den nye versjonen er laget som utkast."),
        crumbs=crumbs_above(*strategy_crumbs(source, editing=False)),
        lead=_(
            "Utkastet får alt som står i «{title}»: innsatsområder, temaer, mål og plasseringer. "
            "Den gamle gjelder til den nye er vedtatt."
        ).format(title=source.title),
    )

    def create(form: TitleForm) -> str:
        made = create_version(by=request.user, source=source, title=form.cleaned_data["title"])
        return reverse("strategy:edit", args=[made.slug])

    return run_form(request, page, TitleForm, create)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The draft's head as a form, and its structure with buttons."""
    strategy = readable_strategy(request, slug)
    if not strategy.is_editable:
        messages.info(
            request, _("Strategien er vedtatt. Velg «Lag ny versjon» for å arbeide videre med den.")
        )
        return see_other(strategy.get_absolute_url())

    def make(data: QueryDict | None) -> EditHeadForm:
        return _head_form(readable_strategy(request, slug), data)

    def save(form: EditHeadForm) -> str:
        version = form.cleaned_data["version"]
        update_head(by=request.user, strategy=strategy, version=version, head=_head(form))
        return request.path

    return run_form(request, _edit_page(strategy), make, save)


def _edit_page(strategy: Strategy) -> FormPage:
    return FormPage(
        title=_("Rediger {title}").format(title=strategy.title),
        back_url=strategy.get_absolute_url(),
        done=_("Lagret."),
        template="strategy/edit.html",
        context={
            "crumbs": crumbs_above((strategy.title, strategy.get_absolute_url()), (_("Rediger"), "")),
            "action_url": reverse("strategy:edit", args=[strategy.slug]),
            "strategy": strategy,
            "parts": outline(strategy, empty_themes=True),
            "targets": strategy.targets.order_by("order", "pk"),
        },
    )


def _head_form(strategy: Strategy, data: QueryDict | None = None) -> EditHeadForm:
    return EditHeadForm(
        data,
        initial={
            "title": strategy.title,
            "covers": strategy.covers,
            "introduction": strategy.introduction,
            "source": strategy.source,
            "edition": strategy.edition_id,
            "goals": list(strategy.goal_links.values_list("goal_id", flat=True)),
            "version": strategy.version,
        },
    )


def _head(form: HeadForm) -> Head:
    data = form.cleaned_data
    return Head(
        title=data["title"],
        covers=data["covers"],
        introduction=data["introduction"],
        source=data["source"],
        edition=data["edition"],
        goals=list(data["goals"]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    strategy = readable_strategy(request, slug)
    if not strategy.is_editable and request.method != "POST":
        return see_other(strategy.get_absolute_url())
    page = FormPage(
        title=_("Registrer vedtaket"),
        button=_("Registrer vedtaket"),
        back_url=strategy.get_absolute_url(),
        done=_("Vedtaket er registrert."),
        crumbs=crumbs_above(*strategy_crumbs(strategy, editing=False)),
        lead=_("«{title}» blir låst. Etterpå kan den bare endres ved å lage en ny versjon.").format(
            title=strategy.title
        ),
        note=_("«{title}» blir satt til erstattet.").format(title=strategy.replaces.title)
        if strategy.replaces
        else "",
        danger=True,
    )

    def make(data: QueryDict | None) -> AdoptForm:
        return AdoptForm(data, initial={"version": readable_strategy(request, slug).version})

    if request.method != "POST":
        # What is missing is told before anybody has filled anything in.
        return show_form(request, page, make(None), reasons=what_is_missing(strategy))

    def save(form: AdoptForm) -> None:
        data = form.cleaned_data
        adopt_strategy(
            by=request.user,
            strategy=strategy,
            version=data["version"],
            decided_by=data["decided_by"],
            decided_on=data["decided_on"],
            case_number=data["case_number"],
        )

    return run_form(request, page, make, save)


@require_POST
def take_back(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """From hearing to draft again."""
    strategy = readable_strategy(request, slug)
    return press(
        request,
        lambda version: back_to_draft(by=request.user, strategy=strategy, version=version),
        done=_("Strategien er utkast igjen."),
        stale=_("Strategien er endret siden du åpnet siden. Se over den, og prøv igjen."),
        url=strategy.get_absolute_url(),
    )

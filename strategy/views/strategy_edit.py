"""New strategies, new versions, the page where a draft is edited, and the steps to its adoption."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
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
from strategy.views.form_page import (
    FormPage,
    add_refusals,
    crumbs_of,
    posted_version,
    show_form,
    strategy_crumbs,
    take_form,
)
from web.concurrency import STALE, StaleObject, conflict_fields
from web.http import render_page, see_other
from web.once import FIELD_NAME
from web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedRequest) -> HttpResponse:
    page = FormPage(
        title=_("Ny strategi"),
        button=_("Lag utkastet"),
        back_url=reverse("strategy:index"),
        lead=_("Strategien blir et utkast. Etterpå legger du til innsatsområder, temaer, mål og tiltak."),
    )
    if request.method != "POST":
        return show_form(request, page, HeadForm())
    form = HeadForm(request.POST)

    def save() -> str:
        made = create_strategy(by=request.user, head=_head(form), token=request.POST.get(FIELD_NAME, ""))
        return reverse("strategy:edit", args=[made.slug])

    return take_form(request, page, form, save, done=_("Utkastet er laget."))


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    source = readable_strategy(request, slug)
    page = FormPage(
        title=_("Lag ny versjon"),
        button=_("Lag ny versjon"),
        back_url=source.get_absolute_url(),
        crumbs=strategy_crumbs(source, editing=False),
        lead=_(
            "Utkastet får alt som står i «{title}»: innsatsområder, temaer, mål og plasseringer. "
            "Den gamle gjelder til den nye er vedtatt."
        ).format(title=source.title),
    )
    if request.method != "POST":
        return show_form(request, page, TitleForm())
    form = TitleForm(request.POST)

    def save() -> str:
        made = create_version(
            by=request.user,
            source=source,
            title=form.cleaned_data["title"],
            token=request.POST.get(FIELD_NAME, ""),
        )
        return reverse("strategy:edit", args=[made.slug])

    return take_form(request, page, form, save, done=_("Den nye versjonen er laget som utkast."))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The draft's head as a form, and its structure with buttons."""
    strategy = readable_strategy(request, slug)
    if not strategy.is_editable:
        messages.info(
            request, _("Strategien er vedtatt. Velg «Lag ny versjon» for å arbeide videre med den.")
        )
        return see_other(strategy.get_absolute_url())
    if request.method != "POST":
        return edit_page(request, strategy, _head_form(strategy))
    form = EditHeadForm(request.POST)
    if not form.is_valid():
        return edit_page(request, strategy, form, status=422)
    try:
        update_head(
            by=request.user,
            strategy=strategy,
            version=form.cleaned_data["version"],
            head=_head(form),
        )
    except Refused as refused:
        add_refusals(form, refused)
        return edit_page(request, strategy, form, status=422)
    except StaleObject as stale:
        return _stale_head(request, form, stale)
    messages.success(request, _("Lagret."))
    return see_other(reverse("strategy:edit", args=[slug]))


def edit_page(
    request: AuthenticatedRequest,
    strategy: Strategy,
    form: EditHeadForm,
    *,
    alert: str = "",
    theirs: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """The page where a draft is edited."""
    title = _("Rediger {title}").format(title=strategy.title)
    return render_page(
        request,
        "strategy/edit.html",
        {
            "page_title": title,
            "crumbs": crumbs_of((strategy.title, strategy.get_absolute_url()), (_("Rediger"), "")),
            "strategy": strategy,
            "form": form,
            "alert": alert,
            "theirs": theirs,
            "parts": outline(strategy, empty_themes=True),
            "targets": strategy.targets.order_by("order", "pk"),
        },
        status=status,
    )


def fresh_edit_page(
    request: AuthenticatedRequest, strategy: Strategy, *, alert: str, status: int
) -> HttpResponse:
    """The editing page as the draft is now, with what went wrong said at the top."""
    strategy = Strategy.objects.get(pk=strategy.pk)
    return edit_page(request, strategy, _head_form(strategy), alert=alert, status=status)


def _head_form(strategy: Strategy) -> EditHeadForm:
    return EditHeadForm(
        initial={
            "title": strategy.title,
            "covers": strategy.covers,
            "introduction": strategy.introduction,
            "source": strategy.source,
            "edition": strategy.edition_id,
            "goals": list(strategy.goal_links.values_list("goal_id", flat=True)),
            "version": strategy.version,
        }
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


def _stale_head(request: AuthenticatedRequest, form: EditHeadForm, stale: StaleObject) -> HttpResponse:
    """Yours stays in the form, with theirs listed above it: the list of goals fits in no hidden field."""
    now = Strategy.objects.get(pk=stale.obj.pk)
    yours, theirs = conflict_fields(form, now, ["title", "covers", "introduction", "source", "edition"])
    data = request.POST.copy()
    data["version"] = str(now.version)
    form.data = data
    differing = [
        (old.label, old.display) for new, old in zip(yours, theirs, strict=True) if new.display != old.display
    ]
    return edit_page(request, now, form, alert=str(STALE), theirs=differing, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    strategy = readable_strategy(request, slug)
    if not strategy.is_editable and request.method != "POST":
        return see_other(strategy.get_absolute_url())
    missing = what_is_missing(strategy) if strategy.is_editable else []
    page = FormPage(
        title=_("Registrer vedtaket"),
        button=_("Registrer vedtaket"),
        back_url=strategy.get_absolute_url(),
        crumbs=strategy_crumbs(strategy, editing=False),
        lead=_("«{title}» blir låst. Etterpå kan den bare endres ved å lage en ny versjon.").format(
            title=strategy.title
        ),
        note=_("«{title}» blir satt til erstattet.").format(title=strategy.replaces.title)
        if strategy.replaces
        else "",
    )
    if request.method != "POST":
        form = AdoptForm(initial={"version": strategy.version})
        return show_form(request, page, form, reasons=missing)
    posted = AdoptForm(request.POST)

    def save() -> str:
        data = posted.cleaned_data
        done = adopt_strategy(
            by=request.user,
            strategy=strategy,
            version=data["version"],
            decided_by=data["decided_by"],
            decided_on=data["decided_on"],
            case_number=data["case_number"],
        )
        return done.get_absolute_url()

    return take_form(
        request,
        page,
        posted,
        save,
        done=_("Vedtaket er registrert."),
        version=lambda: Strategy.objects.get(pk=strategy.pk).version,
    )


@require_POST
def take_back(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """From hearing to draft again."""
    strategy = readable_strategy(request, slug)
    try:
        back_to_draft(by=request.user, strategy=strategy, version=posted_version(request))
    except Refused as refused:
        messages.error(request, str(refused))
    except StaleObject:
        messages.error(request, _("Strategien er endret siden du åpnet siden. Se over den, og prøv igjen."))
    else:
        messages.success(request, _("Strategien er utkast igjen."))
    return see_other(strategy.get_absolute_url())

"""The receipt of an import, and taking the import back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.undoing import in_use, undo_edition
from emissions.enums import Scope
from emissions.forms.imports import UndoForm
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS, Edition, EditionUndone, UploadReading
from emissions.queries.editions import built_on, edition_in_force, editions_of
from emissions.views.imports.steps import address, elsewhere, of_own_file, step_page
from organisation.rules import AuthenticatedRequest
from web.form_page import FormPage, run_form, show_form
from web.formats import format_date
from web.http import render_page, see_other
from web.names import own_municipality


def accounts_url(edition: Edition | EditionUndone) -> str:
    """The page that shows an edition's account, beside our own where it is another municipality's."""
    own = edition.municipality.name == own_municipality()
    query = {} if own else {"kommune": edition.municipality.name}
    return f"{reverse('emissions:index')}?{urlencode(query | {'grense': SCOPE_SLUGS[Scope(edition.scope)]})}"


@require_safe
@of_own_file
def receipt(request: AuthenticatedRequest, reading: UploadReading) -> HttpResponse:
    """What the file became; before that, the step it is at."""
    upload, edition, undone = reading.upload, reading.edition, reading.undone
    shown = edition or undone
    if shown is None:
        return elsewhere(request, reading) or see_other(address(upload, "preview"))
    siblings = editions_of(edition.municipality, edition.scope) if edition else []
    context = {
        **step_page(upload, 5, _("Kvittering for importen")),
        "edition": edition,
        "undone": undone,
        "unchanged": upload.written == 0,
        "scope_label": SCOPE_LABELS[Scope(shown.scope)],
        "accounts_url": accounts_url(shown),
        "is_in_force": bool(siblings) and siblings[0] == edition,
        "in_force": siblings[0] if siblings else None,
        "older": next((one for one in siblings if one != edition), None),
        "now": _in_force_sentence(undone) if undone else "",
    }
    return render_page(request, "emissions/import_receipt.html", context, partials={})


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """422 with a sentence where something is built on the edition; undone twice, it says the same."""
    edition = Edition.objects.select_related("municipality").filter(pk=pk).first()
    if edition is None:
        undone = EditionUndone.objects.select_related("municipality").filter(edition_number=pk).first()
        if undone is None:
            raise Http404
        messages.success(request, _done_sentence(undone))
        return see_other(accounts_url(undone))
    page = _undo_page(edition)
    if page.context["in_use"] and request.method != "POST":
        return show_form(request, page, None)

    def work(form: UndoForm) -> str:
        return accounts_url(undo_edition(by=request.user, edition_id=pk, reason=form.cleaned_data["reason"]))

    return run_form(request, page, UndoForm, work)


def _undo_page(edition: Edition) -> FormPage:
    edition_url = reverse("emissions:edition", args=[edition.pk])
    day = format_date(edition.published)
    siblings = editions_of(edition.municipality, edition.scope)
    is_in_force = siblings[0] == edition
    users = built_on(edition)
    return FormPage(
        title=_("Angre importen"),
        button=_("Angre import"),
        back_url=edition_url,
        done=lambda form: _done_sentence(EditionUndone.objects.get(edition_number=edition.pk)),
        crumbs=[
            (_("Klimaregnskap"), reverse("emissions:index")),
            (_("Utgave publisert {day}").format(day=day), edition_url),
        ],
        lead=_(
            "Hele utgaven for {name} fra {publisher}, publisert {day} ({scope}), tas bort med alle tallene. "
            "En utgave som et klimabudsjett bygger på, kan ikke angres."
        ).format(
            name=edition.municipality.name,
            publisher=edition.publisher,
            day=day,
            scope=SCOPE_LABELS[Scope(edition.scope)],
        ),
        danger=True,
        template="emissions/edition_undo.html",
        context={
            "in_use": str(in_use(users)) if users else "",
            "is_in_force": is_in_force,
            "next_in_force": siblings[1] if is_in_force and len(siblings) > 1 else None,
        },
    )


def _done_sentence(undone: EditionUndone) -> str:
    sentence = _("Importen er angret: utgaven fra {publisher}, publisert {date}, er tatt bort.").format(
        publisher=undone.publisher, date=format_date(undone.published)
    )
    return f"{sentence} {_in_force_sentence(undone)}"


def _in_force_sentence(undone: EditionUndone) -> str:
    """Which edition is in force now, for the municipality and scope of the one taken away."""
    name, scope = undone.municipality.name, Scope(undone.scope)
    now = edition_in_force(name, scope)
    if now is None:
        return _("{municipality} har ikke lenger noen utgave for «{scope}».").format(
            municipality=name, scope=SCOPE_LABELS[scope]
        )
    return _("Nå gjelder utgaven fra {publisher}, publisert {date}.").format(
        publisher=now.publisher, date=format_date(now.published)
    )

"""The receipt of an import, and taking the import back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.undoing import undo_edition
from emissions.enums import Scope
from emissions.forms.imports import UndoForm
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS, Edition, EditionUndone
from emissions.queries.editions import built_on, edition_in_force, editions_of
from emissions.views.imports.drafts import address, elsewhere, own_draft, steps
from organisation.rules import AuthenticatedRequest
from web.formats import format_date
from web.http import invalid, redirect_either_way, render_page, see_other
from web.names import own_municipality
from web.refusals import Refused


def accounts_url(edition: Edition | EditionUndone) -> str:
    """The page that shows an edition's account, beside our own where it is another municipality's."""
    own = edition.municipality.name == own_municipality()
    query = {} if own else {"kommune": edition.municipality.name}
    return f"{reverse('emissions:index')}?{urlencode(query | {'grense': SCOPE_SLUGS[Scope(edition.scope)]})}"


@require_safe
def receipt(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What the file became; before that, the step it is at."""
    draft = own_draft(request, pk)
    edition = draft.edition
    if edition is None and draft.undone is None:
        return elsewhere(request, draft) or see_other(address(draft, "preview"))
    shown = edition or draft.undone
    assert shown is not None
    siblings = editions_of(edition.municipality, edition.scope) if edition else []
    context = {
        "page_title": _("Kvittering for importen"),
        "draft": draft,
        "steps": steps(5, draft),
        "edition": edition,
        "undone": draft.undone,
        "unchanged": edition is not None and edition.imported_at < draft.uploaded_at,
        "scope_label": SCOPE_LABELS[Scope(shown.scope)],
        "accounts_url": accounts_url(shown),
        "is_in_force": bool(siblings) and siblings[0] == edition,
        "in_force": siblings[0] if siblings else None,
        "older": next((one for one in siblings if one != edition), None),
        "now": _in_force_sentence(draft.undone) if draft.undone else "",
    }
    return render_page(request, "emissions/import_receipt.html", context, partials={})


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """422 with a sentence where something is built on the edition."""
    edition = Edition.objects.select_related("municipality").filter(pk=pk).first()
    if edition is None:
        undone = EditionUndone.objects.select_related("municipality").filter(edition_number=pk).first()
        if undone is None:
            raise Http404
        return _done(request, undone)
    form = UndoForm(request.POST or None)
    if request.method == "POST":
        form = UndoForm(request.POST)
        if form.is_valid():
            try:
                undone = undo_edition(by=request.user, edition_id=pk, reason=form.cleaned_data["reason"])
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return _done(request, undone)
    siblings = editions_of(edition.municipality, edition.scope)
    context = {
        "page_title": _("Angre importen"),
        "edition": edition,
        "scope_label": SCOPE_LABELS[Scope(edition.scope)],
        "form": form,
        "built_on": built_on(edition),
        "is_in_force": siblings[0] == edition,
        "next_in_force": siblings[1] if siblings[0] == edition and len(siblings) > 1 else None,
    }
    answer = invalid if form.is_bound else render_page
    return answer(request, "emissions/edition_undo.html", context, partials={})


def _done(request: AuthenticatedRequest, undone: EditionUndone) -> HttpResponse:
    sentence = _("Importen er angret: utgaven fra {publisher}, publisert {date}, er tatt bort.").format(
        publisher=undone.publisher, date=format_date(undone.published)
    )
    messages.success(request, f"{sentence} {_in_force_sentence(undone)}")
    return redirect_either_way(request, accounts_url(undone))


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

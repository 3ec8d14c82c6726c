"""What the steps share: whose file it is, where it is in its way, and the list of steps."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from emissions.actions.uploads import is_gone
from emissions.enums import DraftState
from emissions.models import ImportDraft
from organisation.rules import AuthenticatedRequest
from web.http import redirect_either_way, render_page, wants_part


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the wizard; `url` where it can be gone back to."""

    name: str
    url: str
    is_current: bool


def steps(current: int, draft: ImportDraft | None = None) -> list[Step]:
    """The five steps; those before the current one are links."""
    names = [_("Velg fil"), _("Kolonner"), _("Se over"), _("Bekreft"), _("Kvittering")]
    urls = [reverse("emissions:import"), "", "", "", ""]
    if draft is not None and draft.edition_id is None and draft.undone_id is None:
        urls[1:3] = [address(draft, "columns"), address(draft, "preview")]
    return [
        Step(name, url if number < current else "", number == current)
        for number, (name, url) in enumerate(zip(names, urls, strict=True), start=1)
    ]


def address(draft: ImportDraft, step: str) -> str:
    """The address of a step of this file."""
    return reverse(f"emissions:import_{step}", args=[draft.pk])


def own_draft(request: AuthenticatedRequest, pk: int) -> ImportDraft:
    """The user's own upload; somebody else's does not exist for her."""
    try:
        return ImportDraft.objects.select_related("edition__municipality", "undone__municipality").get(
            pk=pk,
            uploaded_by_id=request.user.pk,
        )
    except ImportDraft.DoesNotExist:
        raise Http404 from None


def elsewhere(request: AuthenticatedRequest, draft: ImportDraft, *, read: bool = True) -> HttpResponse | None:
    """The answer for a file that is not being filled in: done, too old, or (with `read`) not read yet."""
    if draft.edition_id or draft.undone_id:
        return redirect_either_way(request, address(draft, "receipt"))
    if is_gone(draft):
        return gone(request)
    if read and draft.state not in (DraftState.KEPT, DraftState.READ):
        return redirect_either_way(request, address(draft, "reading"))
    return None


def gone(request: AuthenticatedRequest) -> HttpResponse:
    """410 with a sentence: the file has waited for more than a day."""
    context = {"page_title": _("Filen er ikke lenger her")}
    if wants_part(request):
        return redirect_either_way(request, request.path)
    return render_page(request, "emissions/import_gone.html", context, status=410)

"""Matching the file's columns: shown as recognised, or matched by hand where they are not."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from emissions.actions.uploads import match_columns
from emissions.enums import DraftState
from emissions.forms.imports import COLUMN_LABELS, REQUIRED_COLUMNS, ColumnsForm
from emissions.importers.editions import upload_statistics
from emissions.importers.results import Statistics
from emissions.models import ImportDraft
from emissions.views.imports.drafts import address, elsewhere, own_draft, steps
from organisation.rules import AuthenticatedRequest
from web.http import invalid, render_page, see_other
from web.sheets.errors import UnreadableFile


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """422 for columns with which the file cannot be read; otherwise the choice is kept and leads on."""
    draft = own_draft(request, pk)
    other_place = elsewhere(request, draft, read=draft.state != DraftState.FAILED)
    if other_place:
        return other_place
    statistics = _recognised(draft)
    headers = statistics.headers if statistics else tuple(draft.headers)
    matched = draft.columns or (statistics.columns if statistics else {})
    # In these the year, the sector or both are not in a column of their own, and nothing is to be chosen.
    by_shape = statistics is not None and not all(meaning in matched for meaning in REQUIRED_COLUMNS)
    form = ColumnsForm(request.POST or None, headers=headers, matched=matched)
    if request.method == "POST":
        form = ColumnsForm(request.POST, headers=headers, matched=matched)
        if by_shape:
            return see_other(address(draft, "preview"))
        if form.is_valid() and _fits(draft, form):
            match_columns(by=request.user, draft_id=pk, columns=form.columns)
            return see_other(address(draft, "preview"))
    context = {
        "page_title": _("Kolonnene i filen"),
        "draft": draft,
        "form": form,
        "steps": steps(2, draft),
        "statistics": statistics,
        "by_shape": by_shape,
        "recognised": [(COLUMN_LABELS[meaning], header) for meaning, header in matched.items()],
        "unused": [header for header in headers if header and header not in matched.values()],
        "missing": [str(COLUMN_LABELS[meaning]) for meaning in REQUIRED_COLUMNS if meaning not in matched],
    }
    answer = invalid if form.is_bound else render_page
    return answer(request, "emissions/import_columns.html", context, partials={})


def _recognised(draft: ImportDraft) -> Statistics | None:
    """What the file says with the columns chosen so far; None where they are not understood."""
    try:
        return upload_statistics(draft, None)
    except UnreadableFile:
        return None


def _fits(draft: ImportDraft, form: ColumnsForm) -> bool:
    """Whether a small file can be read with the columns chosen; a large one is read by the job."""
    if draft.state != DraftState.KEPT:
        return True
    draft.columns = form.columns
    try:
        upload_statistics(draft, None)
    except UnreadableFile as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

"""Lines from a spreadsheet: download, fill in, upload, see before and after, confirm. All or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions.editing import closed_sentence
from budget.actions.line_import import LineRow, StaleLines, import_lines, try_lines
from budget.forms.line_import import LineUploadForm
from budget.importers.columns import (
    ALREADY,
    ASSUMPTIONS,
    COST_WORDS,
    DETAILS,
    ESTIMATE_WORDS,
    REASON,
    SCOPE,
    SOURCES,
)
from budget.importers.line_template import line_template, shares_text
from budget.importers.lines import LinesFile, read_lines
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.line_states import LineBook, LineState, line_book
from budget.views.access import get_budget
from budget.views.grid import responsible
from budget.words.addresses import budget_url
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest
from strategy.models import Measure
from web.downloads import download
from web.formats import format_date, format_number
from web.http import invalid, render_page, see_other
from web.refusals import Closed, Refused
from web.sheets.errors import UnreadableFile

SALT = "budget.line_import"
A_DAY = 24 * 60 * 60
TEMPLATE, PREVIEW = "budget/line_import.html", "budget/line_import_preview.html"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a line: what stands there, and what the file says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    name: str
    row: int
    is_new: bool
    differences: tuple[Difference, ...]


@require_safe
def line_template_file(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The lines as they stand, to fill in and upload."""
    budget = get_budget(request, year, scope, revision)
    table = budget_table(budget, with_costs=False)
    units = {line.measure_id: responsible(line) for line in (*table.lines, *table.outside)}
    content = line_template(line_book(budget), str(budget), units)
    return download(content, f"klimabudsjett-{budget.year}-tiltak.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def line_import(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The preview holds what the file said, signed: nothing is stored before it is confirmed."""
    budget = get_budget(request, year, scope, revision)
    if budget.state != "draft":
        return _page(request, budget, LineUploadForm(), status=409)
    if request.method != "POST":
        return _page(request, budget, LineUploadForm())
    form = LineUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, budget, form, status=422)
    file = form.cleaned_data["file"]
    book = line_book(budget)
    try:
        read = read_lines(file.read(), file.name, book)
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
        return _page(request, budget, form, status=422)
    if read.errors:
        return _refused(request, budget, form, [str(error) for error in read.errors])
    rows = _changed_rows(read, book)
    try:
        remarks = try_lines(by=request.user, budget=budget, rows=rows)
    except Closed:
        budget.refresh_from_db()
        return _page(request, budget, form, status=409)
    except Refused as refused:
        return _refused(request, budget, form, [reason.text for reason in refused.reasons])
    except StaleLines as stale:
        return _stale(request, budget, form, stale)
    return _preview(request, budget, file.name, book, read, rows, remarks)


def _refused(
    request: AuthenticatedRequest, budget: ClimateBudget, form: LineUploadForm, sentences: Sequence[str]
) -> HttpResponse:
    form.add_error(
        "file", _("Filen har feil. Ingenting er lagret. Rett det som står under, og last opp på nytt.")
    )
    return _page(request, budget, form, sentences, status=422)


def _stale(
    request: AuthenticatedRequest, budget: ClimateBudget, form: LineUploadForm, stale: StaleLines
) -> HttpResponse:
    names = [str(measure) for measure in Measure.objects.filter(pk__in=stale.measures).order_by("code")]
    text = ngettext(
        "{n} linje er endret av andre siden forhåndsvisningen. Ingenting er lagret. Last opp filen på nytt.",
        "{n} linjer er endret av andre siden forhåndsvisningen. Ingenting er lagret. Last opp filen på nytt.",
        len(names),
    )
    form.add_error(None, text.format(n=len(names)))
    return _page(request, budget, form, names, heading=_("Endret av andre"), status=409)


def _changed_rows(read: LinesFile, book: LineBook) -> list[LineRow]:
    rows = []
    for line in read.lines:
        before = book.lines.get(line.measure)
        if before is None or before.packed() != line.state.packed():
            rows.append(LineRow(line.row, line.measure, before.fingerprint if before else "", line.state))
    return rows


def _page(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    form: LineUploadForm,
    sentences: Sequence[str] = (),
    status: int = 200,
    heading: str = "",
) -> HttpResponse:
    context = {
        "page_title": _("Importer tiltak i klimabudsjettet"),
        "budget": budget,
        "form": form,
        "sentences": sentences,
        "sentences_title": heading or _("Feil i filen"),
        "closed": "" if budget.state == "draft" else closed_sentence(budget.state),
        "template_url": budget_url("line_template", budget),
        "action_url": budget_url("line_import", budget),
    }
    if status == 200:
        return render_page(request, TEMPLATE, context)
    return invalid(request, TEMPLATE, context, status=status)


def _preview(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    file_name: str,
    book: LineBook,
    read: LinesFile,
    rows: Sequence[LineRow],
    remarks: Sequence[str],
) -> HttpResponse:
    packed = [[row.row, row.measure, row.seen, row.state.packed()] for row in rows]
    changed = [_changed(row, book) for row in rows]
    context = {
        "page_title": _("Se over tiltakene"),
        "budget": budget,
        "file_name": file_name,
        "unchanged": len(read.lines) - len(rows),
        "new": sum(line.is_new for line in changed),
        "edited": sum(not line.is_new for line in changed),
        "changed": changed,
        "remarks": remarks,
        "upload_url": budget_url("line_import", budget),
        "confirm_url": budget_url("line_import_confirm", budget),
        "payload": signing.dumps([request.user.pk, budget.pk, packed], salt=SALT, compress=True),
    }
    return render_page(request, PREVIEW, context)


def _changed(row: LineRow, book: LineBook) -> ChangedLine:
    name = book.measures[row.measure]
    before = book.lines.get(row.measure)
    differences = tuple(_differences(before or LineState(row.state.scope), row.state, book))
    if before is None:
        scope = Difference(SCOPE, "–", str(SCOPE_LABELS[Scope(row.state.scope)]))
        differences = (scope, *differences)
    return ChangedLine(f"{name.code} {name.title}", row.row, before is None, differences)


def _differences(before: LineState, after: LineState, book: LineBook) -> Iterator[Difference]:
    def words(label: str, old: str, new: str) -> Iterator[Difference]:
        if old != new:
            yield Difference(label, old or "–", new or "–")

    def figures(label: str, old: Decimal | None, new: Decimal | None) -> Iterator[Difference]:
        if old != new:
            yield Difference(label, format_number(old), format_number(new))

    for year in book.years:
        old, new = before.effects.get(year), after.effects.get(year)
        yield from figures(str(year), old.tonnes if old else None, new.tonnes if new else None)
        for kind, word in ESTIMATE_WORDS.items():
            yield from figures(f"{year} {word}", getattr(old, kind, None), getattr(new, kind, None))
    yield from figures(ALREADY, before.already, after.already)
    yield from words(
        SOURCES, shares_text(before.sources, book.sources), shares_text(after.sources, book.sources)
    )
    yield from words(REASON, before.reason, after.reason)
    yield from words(ASSUMPTIONS, before.assumptions, after.assumptions)
    for name, label in DETAILS.items():
        shown = [_detail(getattr(state.details, name), name, book) for state in (before, after)]
        yield from words(label, *shown)
    for kind, word in COST_WORDS.items():
        for year in book.years:
            place = (kind.value, year)
            yield from figures(f"{word} {year}", before.costs.get(place), after.costs.get(place))


def _detail(value: object, name: str, book: LineBook) -> str:
    """What a line says beside its figures, as people read it; empty for nothing."""
    if value is None:
        return ""
    if name == "decision_id":
        return book.decisions.get(int(str(value)), "")
    if isinstance(value, Decimal | int):
        return format_number(value)
    return format_date(value) if isinstance(value, date) else str(value)


@require_http_methods(["GET", "HEAD", "POST"])
def line_import_confirm(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Write what the preview showed. A GET, as after logging in again, is the upload page."""
    budget = get_budget(request, year, scope, revision)
    if request.method != "POST":
        return see_other(budget_url("line_import", budget))
    form = LineUploadForm(request.POST, request.FILES)
    form.errors.clear()
    try:
        written = import_lines(
            by=request.user,
            budget=budget,
            rows=_posted_rows(request, budget),
            token=request.POST.get("submission_token", ""),
        )
    except signing.BadSignature:
        form.add_error(None, _("Forhåndsvisningen gjelder ikke lenger. Last opp filen på nytt."))
        return _page(request, budget, form, status=422)
    except StaleLines as stale:
        return _stale(request, budget, form, stale)
    except Closed:
        budget.refresh_from_db()
        return _page(request, budget, form, status=409)
    except Refused as refused:
        return _refused(request, budget, form, [reason.text for reason in refused.reasons])
    if written:
        text = ngettext("{n} tiltak er lagret.", "{n} tiltak er lagret.", written)
        messages.success(request, text.format(n=written))
    return see_other(budget.get_absolute_url())


def _posted_rows(request: AuthenticatedRequest, budget: ClimateBudget) -> list[LineRow]:
    """The rows of the preview. Raises BadSignature for anything else, also another's or another budget's."""
    owner, target, packed = signing.loads(request.POST.get("payload", ""), salt=SALT, max_age=A_DAY)
    if (owner, target) != (request.user.pk, budget.pk):
        raise signing.BadSignature
    return [LineRow(row, measure, seen, LineState.unpacked(state)) for row, measure, seen, state in packed]

"""A reference path from a file: upload, see before and after, confirm. Nothing is stored in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions.editing import closed_sentence
from budget.actions.reference import PathYear, SourcePath, import_reference
from budget.forms.reference import ReferenceFileForm
from budget.importers.reference import FilePath, read_reference, reference_file
from budget.models import ClimateBudget
from budget.queries.fingerprint import decimal_text
from budget.queries.reference import PathPage, PathRow, path_page
from budget.rules import may_edit
from budget.views.access import get_budget
from budget.words.addresses import budget_url
from budget.words.figures import listed
from emissions.models import Source
from organisation.rules import AuthenticatedRequest
from web.concurrency import StaleFigures
from web.downloads import download
from web.formats import format_number
from web.http import invalid, render_page, see_other
from web.refusals import Refused
from web.sheets.errors import UnreadableFile

SALT = "budget.reference_import"
# A preview left open over night is made again: the path may have moved.
MAX_AGE = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One figure of the file beside what stands now."""

    source: str
    year: int
    before: str
    after: str
    changed: bool


@require_safe
def file(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The path as it stands, in the form it is read back."""
    budget = get_budget(request, year, scope, revision)
    page = path_page(budget)
    paths = [FilePath(row.source.sector.name, row.source.name, row.years) for row in page.rows]
    return download(reference_file(paths), f"referansebane-{budget.year}-{scope}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """422 with what is wrong in the file; otherwise the preview, which carries what was read."""
    budget = get_budget(request, year, scope, revision)
    if not may_edit(request.user, budget.state):
        return _upload_page(request, budget, ReferenceFileForm(), closed_sentence(budget.state), status=409)
    if request.method != "POST":
        return _upload_page(request, budget, ReferenceFileForm())
    form = ReferenceFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, budget, form, status=422)
    uploaded = form.cleaned_data["file"]
    page = path_page(budget)
    try:
        paths = _matched(page, read_reference(uploaded.read(), uploaded.name))
    except UnreadableFile as refusal:
        form.add_error("file", str(refusal))
        return _upload_page(request, budget, form, status=422)
    return _preview(request, budget, page, paths, uploaded.name)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Writes what the preview showed, all or none."""
    budget = get_budget(request, year, scope, revision)
    if request.method != "POST":
        return see_other(budget_url("import_reference", budget))
    try:
        read = signing.loads(request.POST.get("lest", ""), salt=SALT, max_age=MAX_AGE)
    except signing.SignatureExpired:
        return _again(
            request, budget, _("Forhåndsvisningen er mer enn et døgn gammel. Last opp filen på nytt.")
        )
    except signing.BadSignature:
        raise SuspiciousOperation("the preview was changed") from None
    if read["budget"] != budget.pk:
        raise SuspiciousOperation("the preview belongs to another budget")
    note = _("Lest inn fra {name}").format(name=read["name"])
    paths = list(_paths(read["paths"]))
    try:
        count = import_reference(by=request.user, budget=budget, paths=paths, note=note)
    except Refused as refused:
        return _again(request, budget, str(refused))
    except StaleFigures as stale:
        names = listed([str(path.source) for path, _current in stale.figures])
        text = _("{sources} er endret av andre siden forhåndsvisningen. Last opp filen på nytt.")
        return _again(request, budget, text.format(sources=names), status=409)
    messages.success(request, _("Referansebanen er lest inn for {count} utslippskilder.").format(count=count))
    return see_other(budget_url("reference", budget))


def _matched(page: PathPage, read: Iterable[FilePath]) -> list[tuple[PathRow, Mapping[int, PathYear]]]:
    """The file's sources among the budget's, by name. Raises UnreadableFile for what does not fit."""
    rows = {(row.source.sector.name.casefold(), row.source.name.casefold()): row for row in page.rows}
    found: list[tuple[PathRow, Mapping[int, PathYear]]] = []
    wrong = []
    for path in read:
        row = rows.get((path.sector.casefold(), path.source.casefold()))
        name = path.source or path.sector
        if row is None:
            wrong.append(_("{source} er ikke en av budsjettets utslippskilder.").format(source=name))
        elif set(path.years) != set(page.years):
            text = _("{source} må ha ett tall for hvert år fra {first} til {last}.")
            wrong.append(text.format(source=name, first=page.years[0], last=page.years[-1]))
        else:
            found.append((row, {year: PathYear(*figures) for year, figures in sorted(path.years.items())}))
    if wrong:
        raise UnreadableFile("does_not_fit", " ".join(wrong[:10]))
    return found


def _preview(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    page: PathPage,
    paths: list[tuple[PathRow, Mapping[int, PathYear]]],
    name: str,
) -> HttpResponse:
    rows = [
        PreviewRow(
            source=str(row.source),
            year=year,
            before=_text(PathYear(*row.years[year])),
            after=_text(figures),
            changed=PathYear(*row.years[year]) != figures,
        )
        for row, years in paths
        for year, figures in years.items()
    ]
    content = {
        "budget": budget.pk,
        "name": name,
        "paths": [
            [row.source.pk, row.version, {year: _texts(figures) for year, figures in years.items()}]
            for row, years in paths
        ],
    }
    context = {
        "page_title": _("Se over referansebanen"),
        "budget": budget,
        "file_name": name,
        "sources": len(paths),
        "untouched": len(page.rows) - len(paths),
        "changed": [row for row in rows if row.changed],
        "unchanged": sum(1 for row in rows if not row.changed),
        "content": signing.dumps(content, salt=SALT, compress=True),
        "confirm_url": budget_url("confirm_reference", budget),
        "back_url": budget_url("import_reference", budget),
    }
    return render_page(request, "budget/reference_preview.html", context)


def _text(figures: PathYear) -> str:
    """«1 000» or «1 000 (900–1 200)»"""
    text = format_number(figures.tonnes)
    if figures.low is None:
        return text
    return f"{text} ({format_number(figures.low)}–{format_number(figures.high)})"


def _texts(figures: PathYear) -> list[str | None]:
    return [decimal_text(figures.tonnes), decimal_text(figures.low), decimal_text(figures.high)]


def _paths(read: Iterable[Any]) -> Iterable[SourcePath]:
    read = list(read)
    sources = Source.objects.select_related("sector").in_bulk([pk for pk, _version, _years in read])
    for pk, version, years in read:
        yield SourcePath(
            source=sources[pk],
            version=version,
            years={
                int(year): PathYear(
                    Decimal(tonnes), *(None if text is None else Decimal(text) for text in (low, high))
                )
                for year, (tonnes, low, high) in years.items()
            },
        )


def _again(
    request: AuthenticatedRequest, budget: ClimateBudget, text: str, status: int = 422
) -> HttpResponse:
    form = ReferenceFileForm({}, {})
    form.errors.clear()
    form.add_error(None, text)
    return _upload_page(request, budget, form, status=status)


def _upload_page(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    form: ReferenceFileForm,
    closed: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page_title": _("Les inn referansebanen"),
        "budget": budget,
        "form": form,
        "closed": closed,
        "action_url": budget_url("import_reference", budget),
        "file_url": budget_url("reference_file", budget),
        "reference_url": budget_url("reference", budget),
    }
    if status == 200:
        return render_page(request, "budget/reference_import.html", context)
    return invalid(request, "budget/reference_import.html", context, status=status)

"""Lines from a spreadsheet: download, fill in, upload, see before and after, confirm. All or nothing."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from budget.exports.line_template import line_template
from budget.importers.line_changes import LinesPlan, plan_lines, write_lines
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.line_states import line_book
from budget.queries.rows import horizon_of
from budget.views.access import get_budget
from budget.views.budget_files import file_words
from budget.views.grid import responsible
from budget.words.addresses import budget_url
from budget.words.line_columns import known_columns
from organisation.rules import AuthenticatedRequest
from web.downloads import download
from web.register.file_import import (
    FileImport,
    error_sheet,
    import_views,
    upload_again,
)
from web.sheets.writing import write_xlsx


@require_safe
def line_template_file(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The lines as they stand, to fill in and upload."""
    budget = get_budget(request, year, scope, revision)
    table = budget_table(budget, with_costs=False)
    units = {line.measure_id: responsible(line) for line in (*table.lines, *table.outside)}
    content = line_template(line_book(budget), str(budget), units)
    return download(content, f"klimabudsjett-{budget.year}-tiltak.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def line_import_confirm(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Where previews were confirmed before they had addresses of their own."""
    return upload_again(request, lines_import(get_budget(request, year, scope, revision)))


def lines_import(budget: ClimateBudget) -> FileImport[LinesPlan]:
    """Some of the lines or all of them, with figures and texts."""
    return FileImport(
        kind="budget.lines",
        title=_("Importer tiltak i klimabudsjettet"),
        preview_title=_("Se over tiltakene"),
        lead=_(
            "Last ned regnearket, endre eller legg til rader, og last det opp. Du ser før og etter, og "
            "ingenting lagres før du bekrefter."
        ),
        note=_(
            "Én rad per tiltak, med lister å velge fra. En kolonne du tar bort, endrer ingenting. En celle "
            "du tømmer, tar bort tallet. Tiltak som ikke står i filen, blir som de er."
        ),
        file_label=_("Utfylt regneark (.xlsx)"),
        file_help=_("Høyst 5 MB."),
        empty_file=_("Filen er tom. Last ned malen, fyll den ut og last den opp."),
        accept=".xlsx",
        here_url=budget_url("line_import", budget),
        template_url=budget_url("line_template", budget),
        template_note=_("(XLSX) med tiltakene slik de står nå."),
        preview_url=lambda pk: budget_url("line_preview", budget, pk),
        errors_url=lambda pk: budget_url("line_errors", budget, pk),
        error_file=lambda plan: _wrong_rows(budget, plan),
        name_of_row=_("Tiltak"),
        button=lambda _plan: _("Lagre tiltakene"),
        done=lambda n: ngettext("{n} tiltak er lagret.", "{n} tiltak er lagret.", n).format(n=n),
        reason=_("Import av tiltak fra regneark"),
        plan=lambda content, name, _columns: plan_lines(budget, content, name),
        write=lambda by, plan, _upload: write_lines(by=by, budget=budget, plan=plan),
        **file_words(budget),
    )


def _wrong_rows(budget: ClimateBudget, plan: LinesPlan) -> bytes:
    """Under the headers the file has: a column that is not there changes nothing, an empty one would."""
    columns = [column for column in known_columns(horizon_of(budget)) if column.name in plan.headers]
    return write_xlsx([error_sheet(columns, plan)])


line_import, line_preview, line_errors = import_views(
    lambda request, year, scope, revision: lines_import(get_budget(request, year, scope, revision))
)

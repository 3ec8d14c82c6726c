"""A reference path from a file: upload, see before and after, confirm."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from budget.exports.reference import reference_file
from budget.importers.reference import ReferencePlan, plan_reference, write_reference
from budget.models import ClimateBudget
from budget.queries.reference import path_page
from budget.views.access import get_budget
from budget.views.budget_files import file_words
from budget.words.addresses import budget_url
from budget.words.reference_columns import COLUMNS
from organisation.rules import AuthenticatedRequest
from web.actors import Actor
from web.downloads import download
from web.models import Upload
from web.register.file_import import (
    OUTCOMES,
    FileImport,
    import_views,
    upload_again,
)


@require_safe
def file(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The path as it stands, in the form it is read back."""
    budget = get_budget(request, year, scope, revision)
    return download(reference_file(path_page(budget)), f"referansebane-{budget.year}-{scope}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Where previews were confirmed before they had addresses of their own."""
    return upload_again(request, reference_import(get_budget(request, year, scope, revision)))


def reference_import(budget: ClimateBudget) -> FileImport[ReferencePlan]:
    """The paths of some sources or all of them, year by year."""

    def write(by: Actor, plan: ReferencePlan, upload: Upload) -> int:
        note = _("Lest inn fra {name}").format(name=upload.file_name)
        return write_reference(by=by, budget=budget, plan=plan, note=note)

    return FileImport(
        kind="budget.reference",
        title=_("Les inn referansebanen"),
        preview_title=_("Se over referansebanen"),
        lead=_("Last ned banen slik den er, endre tallene, og last den opp. Du ser over før noe lagres."),
        note=_("Kilder som ikke står i filen, blir som de er. En kilde i filen må ha ett tall for hvert år."),
        file_label=_("Fil med referansebanen"),
        file_help=_(
            "XLSX eller CSV med kolonnene Sektor, Utslippskilde, År, Tonn, Lavt anslag og Høyt anslag. "
            "Høyst 5 MB."
        ),
        empty_file=_("Filen er tom. Velg en annen."),
        here_url=budget_url("import_reference", budget),
        template_url=budget_url("reference_file", budget),
        template_note=_("(XLSX) med referansebanen som den står nå."),
        preview_url=lambda pk: budget_url("reference_preview", budget, pk),
        errors_url=lambda pk: budget_url("reference_errors", budget, pk),
        columns=COLUMNS,
        name_of_row=_("Utslippskilde"),
        outcomes={code: word for code, word in OUTCOMES.items() if code != "new"},
        button=lambda plan: ngettext("Lagre {n} tall", "Lagre {n} tall", plan.to_write).format(
            n=plan.to_write
        ),
        done=lambda n: ngettext(
            "Referansebanen er lest inn for {n} utslippskilde.",
            "Referansebanen er lest inn for {n} utslippskilder.",
            n,
        ).format(n=n),
        reason=_("Referansebanen lest inn fra fil"),
        plan=lambda content, name, _columns: plan_reference(budget, content, name),
        write=write,
        **file_words(budget, (_("Referansebanen"), budget_url("reference", budget))),
    )


upload, preview, errors = import_views(
    lambda request, year, scope, revision: reference_import(get_budget(request, year, scope, revision))
)

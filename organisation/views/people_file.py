"""The register of people as files: out, a template, and in."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organisation.enums import Role
from organisation.exports.registers import people_sheets, people_template
from organisation.importers.people_file import plan_people, write_people
from organisation.importers.people_plan import PeoplePlan
from organisation.queries.files import person_file_rows, unit_file_rows
from organisation.rules import AuthenticatedRequest, Permission, employees_may_read, require
from organisation.words.file_outcomes import OUTCOMES
from organisation.words.people_columns import COLUMNS
from web.downloads import download, sheets_download
from web.formats import format_number
from web.register.file_import import FileImport, import_views


@require_safe
def export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """Everybody who can log in, a row for each role, as it is read back."""
    return sheets_download(people_sheets(person_file_rows(timezone.localdate())), "personer", file_format)


@require_safe
def template(request: AuthenticatedRequest) -> HttpResponse:
    """An empty workbook with the units and the roles to choose among."""
    units = [row.name for row in unit_file_rows(timezone.localdate())]
    roles = [role for role in Role if role != Role.EMPLOYEE or employees_may_read()]
    return download(people_template(units, roles), "personer-mal.xlsx")


def people_import() -> FileImport[PeoplePlan]:
    """Several people and what they are."""
    list_url = reverse("organisation:people")
    return FileImport(
        kind="organisation.people",
        title=_("Last opp personer"),
        preview_title=_("Se over personene"),
        lead=_("Last ned listen, rett eller legg til rader, og last den opp. Du ser over før noe lagres."),
        note=_(
            "E-postadressen sier hvem det gjelder, med en rad for hver rolle. En adresse som ikke er her, er "
            "en ny person, som får en invitasjon. Rader som ikke er i filen, blir som de er. "
            "Det som er ført inn i portalen, endres ikke av en fil."
        ),
        crumbs=[(_("Organisasjon"), reverse("organisation:index")), (_("Personer"), list_url)],
        back_url=list_url,
        here_url=reverse("organisation:people_file"),
        template_url=reverse("organisation:people_file_export", args=["xlsx"]),
        template_note=_("(XLSX) med radene som står der nå."),
        preview_url=lambda pk: reverse("organisation:people_file_preview", args=[pk]),
        errors_url=lambda pk: reverse("organisation:people_file_errors", args=[pk]),
        columns=COLUMNS,
        name_of_row=_("Person og rolle"),
        outcomes=OUTCOMES,
        button=lambda plan: ngettext("Lagre {n} rad", "Lagre {n} rader", plan.to_write).format(
            n=format_number(plan.to_write)
        ),
        done=lambda n: ngettext("{n} rad er lagret.", "{n} rader er lagret.", n).format(n=format_number(n)),
        reason=_("Personer fra fil"),
        may=lambda by: require(by, Permission.MANAGE_ORGANISATION),
        plan=lambda content, name, _columns: plan_people(content, name),
        write=lambda by, plan, _upload: write_people(by=by, plan=plan),
        upload_template="organisation/people_file.html",
    )


upload, preview, errors = import_views(lambda _request: people_import())

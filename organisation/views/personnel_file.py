"""The personnel system's monthly file: in, with little of it kept."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.importers.personnel_file import PersonnelPlan, kept_of, plan_personnel, write_personnel
from organisation.rules import Permission, require
from organisation.words.file_outcomes import OUTCOMES
from organisation.words.personnel import COLUMNS
from web.formats import format_number
from web.register.file_import import FileImport, import_views


def personnel_import(accepted: Collection[str] = ()) -> FileImport[PersonnelPlan]:
    """The file of everybody employed, of whom a few are here."""
    list_url = reverse("organisation:people")
    return FileImport(
        kind="organisation.personnel",
        title=_("Last opp personalfilen"),
        preview_title=_("Se over personalfilen"),
        lead=_(
            "Fil fra personalsystemet, for eksempel hver måned. Den avslutter, flytter og gir nytt navn til "
            "dem som er her, og inviterer dem som har en rolle i filen. Du ser over før noe lagres."
        ),
        crumbs=[(_("Organisasjon"), reverse("organisation:index")), (_("Personer"), list_url)],
        back_url=list_url,
        here_url=reverse("organisation:personnel_file"),
        preview_url=lambda pk: reverse("organisation:personnel_file_preview", args=[pk]),
        errors_url=lambda pk: reverse("organisation:personnel_file_errors", args=[pk]),
        columns=COLUMNS,
        name_of_row=_("Person"),
        outcomes=OUTCOMES,
        button=lambda plan: ngettext("Lagre {n} rad", "Lagre {n} rader", plan.to_write).format(
            n=format_number(plan.to_write)
        ),
        done=lambda n: ngettext("{n} rad er lagret.", "{n} rader er lagret.", n).format(n=format_number(n)),
        reason=_("Personalfil"),
        may=lambda by: require(by, Permission.MANAGE_ORGANISATION),
        keep=kept_of,
        plan=lambda kept, _name, _columns: plan_personnel(kept),
        write=lambda by, plan, _upload: write_personnel(by=by, plan=plan, accepted=accepted),
        upload_template="organisation/personnel_file.html",
        preview_template="organisation/personnel_preview.html",
        context={"accepted": accepted, "more": "organisation/personnel_questions.html"},
    )


# What must be accepted is ticked on the preview, and posted with the confirmation.
upload, preview, errors = import_views(lambda request: personnel_import(request.POST.getlist("accept")))

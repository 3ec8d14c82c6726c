"""Activities by workbook: the template, the upload, before beside after, and the confirmation."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from emissions.enums import MeasuredIn
from emissions.exports.activities import TemplateRow, activity_template
from emissions.importers.activity_changes import ActivityPlan, plan_activities, write_activities
from emissions.models import MEASURED_IN_LABELS, MISSING_LABELS
from emissions.queries.own_operations import activity_rows, activity_types, was_open
from emissions.rules import may_enter, may_enter_some, require_unit_to_enter
from emissions.views.access import check_year
from emissions.views.own_operations_grid import stored_text
from emissions.words.activity_columns import COLUMNS
from organisation.queries.units import responsible_choices
from organisation.rules import AuthenticatedRequest, Duties, duties
from web.downloads import download
from web.register.file_import import FileImport, import_views


def _held(request: AuthenticatedRequest) -> Duties:
    """Her duties; the pages do not exist for somebody without a unit to enter for."""
    held = duties(request.user)
    if not may_enter_some(held):
        raise Http404
    return held


@require_safe
def template(request: AuthenticatedRequest, year: int) -> HttpResponse:
    """The workbook of a year, with what is entered already in it."""
    held = _held(request)
    check_year(year)
    units = [unit for unit in responsible_choices() if may_enter(held, unit.pk) and was_open(unit, year)]
    rows = activity_rows()
    types = list(activity_types())
    used = {(row.activity.unit_id, row.activity.activity_type_id) for row in rows}
    standing = {
        (row.activity.unit_id, row.activity.activity_type_id): row.activity
        for row in rows
        if row.activity.year == year
    }
    lines: list[TemplateRow] = []
    for unit in units:
        for kind in types:
            # One unit's own workbook has every activity; Klima's would be too long to read.
            if len(units) > 1 and (unit.pk, kind.pk) not in used:
                continue
            own = standing.get((unit.pk, kind.pk))
            figure = own.quantity if own and own.quantity is not None else stored_text(own) or None
            measure = str(MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)])
            lines.append((unit.name, kind.name, measure, year, figure, own.note if own else ""))
    content = activity_template(
        lines,
        units=[unit.name for unit in units],
        activities=[kind.name for kind in types],
        reasons=[str(label) for label in MISSING_LABELS.values()],
    )
    return download(content, f"aktiviteter-{year}.xlsx")


def activity_import(held: Duties) -> FileImport[ActivityPlan]:
    """A workbook of activities, from somebody with these duties."""
    own_url = reverse("emissions:own_operations")
    year = timezone.localdate().year - 1
    return FileImport(
        kind="emissions.activities",
        title=_("Last opp aktiviteter"),
        preview_title=_("Se over aktivitetene"),
        lead=_("Last ned malen, fyll den ut, og last den opp. Ingenting lagres før du har sett over."),
        file_label=_("Regneark med aktiviteter"),
        file_help=_("XLSX, slik malen er. Høyst 5 MB."),
        empty_file=_("Filen er tom. Last ned malen på nytt, og prøv igjen."),
        accept=".xlsx",
        crumbs=[(_("Klimaregnskap"), reverse("emissions:index")), (_("Egen virksomhet"), own_url)],
        back_url=own_url,
        here_url=reverse("emissions:own_upload"),
        template_url=reverse("emissions:own_template", args=[year]),
        template_note=_("for {year} (XLSX), med det som er ført, og lister å velge fra.").format(year=year),
        preview_url=lambda pk: reverse("emissions:own_preview", args=[pk]),
        errors_url=lambda pk: reverse("emissions:own_errors", args=[pk]),
        columns=COLUMNS,
        name_of_row=_("Aktivitet"),
        button=lambda _plan: _("Lagre endringene"),
        done=lambda n: ngettext("{n} rad er lagret.", "{n} rader er lagret.", n).format(n=n),
        reason=_("Aktiviteter ført fra regneark"),
        may=require_unit_to_enter,
        plan=lambda content, name, _columns: plan_activities(content, name, held),
        write=lambda by, plan, _upload: write_activities(by=by, plan=plan),
        preview_template="emissions/own_preview.html",
    )


upload, preview, errors = import_views(lambda request: activity_import(_held(request)))

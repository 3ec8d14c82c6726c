"""Statuses out of the portal and into it: the page of a period, the files, the import."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organisation.rules import AuthenticatedRequest, Permission, duties, require
from reporting.enums import Place
from reporting.exports.statuses import FORMATS, statuses_file
from reporting.importers.statuses import StatusPlan, plan_statuses, write_statuses
from reporting.models import Period
from reporting.queries.exchange import exported_statuses
from reporting.queries.reports import reports_in
from reporting.views.period_files import file_words, get_period
from reporting.words.exchange import STATUS_COLUMNS
from web.actors import Actor
from web.downloads import download
from web.http import render_page
from web.models import Upload
from web.register.file_import import OUTCOMES, FileImport, import_views


@require_safe
def exchange(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Where statuses of a period go out and come in, and what has come."""
    period = get_period(code)
    reports = reports_in([period])
    held = duties(request.user)
    context = {
        "page_title": _("Statuser ut og inn, {period}").format(period=period),
        "period": period,
        "elsewhere": [report for report in reports if report.place == Place.THERE],
        "imports": period.status_imports.select_related("by").order_by("-at", "-pk"),
        "may_import": Permission.EXCHANGE_STATUSES in held.permissions,
    }
    return render_page(request, "reporting/exchange.html", context)


@require_safe
def export(request: AuthenticatedRequest, code: str, file_format: str) -> HttpResponse:
    """The statuses leaders have approved; `alle=ja` is everything."""
    period = get_period(code)
    if file_format not in FORMATS:
        raise Http404
    everything = request.GET.get("alle") == "ja"
    content = statuses_file(period, exported_statuses(period, everything=everything), file_format)
    return download(content, f"klimastatuser-{period.code.lower()}.{file_format}")


def status_import(period: Period) -> FileImport[StatusPlan]:
    """Statuses of the units that report in another system."""

    def write(by: Actor, plan: StatusPlan, upload: Upload) -> int:
        return write_statuses(
            by=by, period=period, plan=plan, file_name=upload.file_name, sha256=upload.sha256
        )

    return FileImport(
        kind="reporting.statuses",
        title=_("Importer statuser"),
        preview_title=_("Se over importen av statuser"),
        lead=_(
            "Last opp statusene til virksomhetene som svarer i virksomhetsstyringssystemet. "
            "Du ser over hver endring før noe lagres, og en feil stopper hele filen."
        ),
        here_url=reverse("reporting:import_statuses", args=[period.code]),
        template_url=f"{reverse('reporting:export_statuses', args=[period.code, 'xlsx'])}?alle=ja",
        preview_url=lambda pk: reverse("reporting:import_preview", args=[period.code, pk]),
        errors_url=lambda pk: reverse("reporting:import_errors", args=[period.code, pk]),
        columns=STATUS_COLUMNS,
        name_of_row=_("Tiltak"),
        outcomes={code: word for code, word in OUTCOMES.items() if code != "new"},
        button=lambda plan: ngettext("Importer {n} status", "Importer {n} statuser", plan.to_write).format(
            n=plan.to_write
        ),
        done=lambda n: ngettext("{n} status er importert.", "{n} statuser er importert.", n).format(n=n),
        reason=_("Importerte statuser"),
        may=lambda by: require(by, Permission.EXCHANGE_STATUSES),
        plan=lambda content, name, _columns: plan_statuses(period, content, name),
        write=write,
        preview_template="reporting/status_preview.html",
        **file_words(period, (_("Statuser ut og inn"), reverse("reporting:exchange", args=[period.code]))),
    )


import_statuses, preview, errors = import_views(lambda _request, code: status_import(get_period(code)))

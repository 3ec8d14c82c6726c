"""Money of a period: what the analyst links and imports, and what others read."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from budget.models import Line
from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions import money as money_actions
from reporting.enums import UploadKind
from reporting.exports.statuses import columns_sheet, sheet_column
from reporting.forms.period_steps import PlanRowForm
from reporting.importers.money import MoneyLine, confirm_money, plan_money
from reporting.importers.uploads import ImportChanged, UploadGone, upload_is_gone
from reporting.models import Period
from reporting.queries.money import newest_import, period_money, plan_row_of
from reporting.queries.period_steps import steps_of
from reporting.views.crumbs import start_crumb
from reporting.views.period_files import (
    CHANGED,
    FileImport,
    get_period,
    get_upload,
    gone,
    preview_context,
    upload_page,
)
from reporting.words.exchange import MONEY_COLUMNS, MONEY_SHEET
from web.downloads import sheets_download
from web.form_page import FormPage, run_form
from web.http import render_page, see_other
from web.sheets.errors import UnreadableFile
from web.sheets.writing import Column, Sheet


@require_safe
def money(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The steps, the lines without a row, the rows without lines, and the money per measure and unit."""
    period = get_period(code)
    permissions = duties(request.user).permissions
    found = period_money(period)
    context = {
        "page_title": _("Penger, {period}").format(period=period),
        "period": period,
        "money": found,
        "steps": steps_of(period),
        "may_edit": Permission.ANALYSE_PERIOD in permissions,
        "may_set_deadline": bool({Permission.ANALYSE_PERIOD, Permission.ASSURE_REPORT} & permissions),
        "reads_history": Permission.READ_HISTORY in permissions,
    }
    return render_page(request, "reporting/money.html", context)


@require_safe
def template(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The rows the lines are linked to, to fill in, with what the newest file has."""
    period = get_period(code)
    source = newest_import(period)
    rows: dict[str, list[object]] = {}
    for one in period_money(period).lines:
        if one.plan_row:
            rows.setdefault(one.plan_row, [one.plan_row, None, None, None, None])
    for row in source.rows.order_by("plan_row") if source else ():
        rows[row.plan_row] = [row.plan_row, row.budgeted, row.spent, row.forecast, row.comment or None]
    sheet = Sheet(MONEY_SHEET, [sheet_column(column) for column in MONEY_COLUMNS], list(rows.values()))
    sheets = [sheet, columns_sheet(MONEY_COLUMNS)]
    return sheets_download(sheets, f"regnskapstall-{period.code.lower()}", "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def import_money(request: AuthenticatedRequest, code: str) -> HttpResponse:
    period = get_period(code)
    return upload_page(
        request, period, _about(period), lambda content, name: plan_money(period, content, name)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """What the file would do, before → after; confirming writes all of it or nothing."""
    period = get_period(code)
    upload = get_upload(request, period, UploadKind.MONEY, pk)
    about = _about(period)
    if upload.written is not None:
        return _done(request, about, upload.written)
    if upload_is_gone(upload):
        return gone(request, about)
    problem = ""
    if request.method == "POST":
        fingerprint = request.POST.get("fingerprint", "")
        try:
            written = confirm_money(by=request.user, upload_id=upload.pk, fingerprint=fingerprint)
        except UploadGone:
            return gone(request, about)
        except ImportChanged:
            problem = str(CHANGED)
        else:
            return _done(request, about, written)
    plan = plan_money(period, bytes(upload.content), upload.file_name)
    words = {"error": _("feil"), "changed": _("endres"), "new": _("nye"), "unchanged": _("uendret")}
    context = {
        "page_title": _("Se over regnskapstallene"),
        "period": period,
        "about": about,
        "plan": plan,
        "problem": problem,
        "errors_url": reverse("reporting:money_errors", args=[code, pk]),
        "button": ngettext("Importer {n} rad", "Importer {n} rader", len(plan.rows)).format(n=len(plan.rows)),
        **preview_context(request, upload, plan.rows, words),
    }
    return render_page(request, "reporting/money_preview.html", context, status=409 if problem else 200)


@require_safe
def errors(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """The rows that have something wrong, with what it is, to mend and send again."""
    period = get_period(code)
    upload = get_upload(request, period, UploadKind.MONEY, pk)
    try:
        plan = plan_money(period, bytes(upload.content), upload.file_name)
    except UnreadableFile as written:
        messages.error(request, str(written))
        return see_other(_about(period).back_url)
    sheet = Sheet(
        name=_("Feilrader"),
        columns=[
            Column(_("Rad i filen"), "integer"),
            Column(_("Feil")),
            *(sheet_column(column) for column in MONEY_COLUMNS),
        ],
        rows=[_error_row(row, [column.name for column in MONEY_COLUMNS]) for row in plan.rows if row.errors],
    )
    return sheets_download([sheet], f"feilrader-{period.code.lower()}", "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def link_line(request: AuthenticatedRequest, code: str, line: int) -> HttpResponse:
    """The row of the økonomiplan one line gets its money from."""
    period = get_period(code)
    rows = Line.objects.filter(budget_id=period.budget_id).select_related("measure", "plan_link")
    found = rows.filter(pk=line).first()
    if found is None:
        raise Http404
    source = newest_import(period)
    back = reverse("reporting:money", args=[code])
    page = FormPage(
        title=_("Koble linjen til økonomiplanen"),
        back_url=back,
        done=_("Koblingen er lagret."),
        crumbs=[start_crumb(), (_("Penger, {period}").format(period=period), back)],
        lead=str(found.measure),
        facts=[(_("Rad i det vedtatte budsjettet"), found.plan_reference or _("ingen"))],
        template="reporting/link_line.html",
        context={
            "datalist": list(source.rows.order_by("plan_row").values_list("plan_row", flat=True))
            if source
            else []
        },
    )

    def make(data: QueryDict | None) -> PlanRowForm:
        now = rows.get(pk=line)
        link = getattr(now, "plan_link", None)
        initial = {"plan_row": plan_row_of(now), "version": link.version if link else 0}
        return PlanRowForm(data, initial=initial)

    def work(form: PlanRowForm) -> None:
        money_actions.link_line(by=request.user, line=found, **form.cleaned_data)

    return run_form(request, page, make, work)


def _error_row(row: MoneyLine, names: Sequence[str]) -> list[object]:
    sentences = " ".join(f"{header}: {sentence}" for header, sentence in row.errors)
    values = [row.values.get(name) for name in names]
    return [row.number, sentences, *[None if value == "" else value for value in values]]


def _about(period: Period) -> FileImport:
    return FileImport(
        kind=UploadKind.MONEY,
        title=_("Importer regnskapstall"),
        lead=_(
            "Last opp budsjett, forbruk og prognose per rad i økonomiplanen. Filen erstatter den forrige "
            "helt, og du ser over hver endring først."
        ),
        here_url=reverse("reporting:import_money", args=[period.code]),
        back_url=reverse("reporting:money", args=[period.code]),
        back_title=_("Penger, {period}").format(period=period),
        template_url=reverse("reporting:money_template", args=[period.code]),
        preview_url=lambda pk: reverse("reporting:money_preview", args=[period.code, pk]),
    )


def _done(request: AuthenticatedRequest, about: FileImport, written: int) -> HttpResponse:
    sentence = ngettext("{n} rad er importert.", "{n} rader er importert.", written)
    messages.success(request, sentence.format(n=written))
    return see_other(about.back_url)

"""Money of a period: what the analyst links and imports, and what others read."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions import money as money_actions
from reporting.forms.money import PlanRowForm
from reporting.models import PlanRowMoney
from reporting.queries.money import lines_of, newest_import, period_money, plan_row_of, rows_of
from reporting.queries.period_steps import steps_of
from reporting.views.crumbs import start_crumb
from reporting.views.period_files import get_period
from reporting.words.money_columns import COLUMNS, SHEET
from web.downloads import sheets_download
from web.form_page import FormPage, run_form
from web.http import render_page
from web.register.columns import meanings_sheet, rows_sheet


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
    found = period_money(period)
    rows = {one.plan_row: PlanRowMoney(plan_row=one.plan_row) for one in found.lines if one.plan_row}
    rows |= {row.plan_row: row for row in rows_of(found.source).order_by("plan_row")}
    sheets = [rows_sheet(SHEET, COLUMNS, rows.values()), meanings_sheet(COLUMNS)]
    return sheets_download(sheets, f"regnskapstall-{period.code.lower()}", "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def link_line(request: AuthenticatedRequest, code: str, line: int) -> HttpResponse:
    """The row of the økonomiplan one line gets its money from."""
    period = get_period(code)
    rows = lines_of(period)
    found = get_object_or_404(rows, pk=line)
    newest = rows_of(newest_import(period)).order_by("plan_row")
    back = reverse("reporting:money", args=[code])
    page = FormPage(
        title=_("Koble linjen til økonomiplanen"),
        back_url=back,
        done=_("Koblingen er lagret."),
        crumbs=[start_crumb(), (_("Penger, {period}").format(period=period), back)],
        lead=str(found.measure),
        facts=[(_("Rad i det vedtatte budsjettet"), found.plan_reference or _("ingen"))],
        template="reporting/link_line.html",
        context={"datalist": list(newest.values_list("plan_row", flat=True))},
    )

    def make(data: QueryDict | None) -> PlanRowForm:
        now = rows.get(pk=line)
        link = getattr(now, "plan_link", None)
        initial = {"plan_row": plan_row_of(now), "version": link.version if link else 0}
        return PlanRowForm(data, initial=initial)

    def work(form: PlanRowForm) -> None:
        money_actions.link_line(by=request.user, line=found, **form.cleaned_data)

    return run_form(request, page, make, work)

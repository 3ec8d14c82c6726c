"""Accounting figures from a file: upload, see over, confirm."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.rules import Permission, require
from reporting.importers.money import MoneyPlan, plan_money, write_money
from reporting.models import Period
from reporting.views.period_files import file_words, get_period
from reporting.words.money_columns import COLUMNS
from web.register.file_import import FileImport, import_views


def money_import(period: Period) -> FileImport[MoneyPlan]:
    """Budget, spending and forecast per row of the økonomiplan; a file replaces the one before."""
    return FileImport(
        kind="reporting.money",
        title=_("Importer regnskapstall"),
        preview_title=_("Se over regnskapstallene"),
        lead=_(
            "Last opp budsjett, forbruk og prognose per rad i økonomiplanen. Filen erstatter den forrige "
            "helt, og du ser over hver endring først."
        ),
        here_url=reverse("reporting:import_money", args=[period.code]),
        template_url=reverse("reporting:money_template", args=[period.code]),
        preview_url=lambda pk: reverse("reporting:money_preview", args=[period.code, pk]),
        errors_url=lambda pk: reverse("reporting:money_errors", args=[period.code, pk]),
        columns=COLUMNS,
        name_of_row=_("Rad i økonomiplanen"),
        button=lambda plan: ngettext("Importer {n} rad", "Importer {n} rader", len(plan.rows)).format(
            n=len(plan.rows)
        ),
        done=lambda n: ngettext("{n} rad er importert.", "{n} rader er importert.", n).format(n=n),
        reason=_("Importerte regnskapstall"),
        may=lambda by: require(by, Permission.ANALYSE_PERIOD),
        plan=lambda content, name, _columns: plan_money(period, content, name),
        write=lambda by, plan, upload: write_money(by=by, period=period, plan=plan, upload=upload),
        preview_template="reporting/money_preview.html",
        **file_words(
            period,
            (_("Penger, {period}").format(period=period), reverse("reporting:money", args=[period.code])),
        ),
    )


upload, preview, errors = import_views(lambda _request, code: money_import(get_period(code)))

"""Importing figures to the klimabarometer: upload, see before and after, confirm. All or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest
from strategy.actions.barometer import RefusedBarometer, ValueData, import_values
from strategy.forms.barometer import BarometerUploadForm
from strategy.importers.barometer import BarometerFile, BarometerRow, RowError, read_barometer
from strategy.models import BarometerValue, format_period
from strategy.queries import barometer as barometer_queries
from strategy.queries.barometer import IndicatorStanding
from strategy.words.barometer import value_text
from web.concurrency import StaleObject
from web.http import invalid, render_page, see_other
from web.sheets.errors import UnreadableFile

SALT = "strategy.barometer_import"
A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the preview: what stands there, and what the file says."""

    name: str
    period: str
    before: str
    after: str
    note: str


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_import(request: AuthenticatedRequest) -> HttpResponse:
    """The preview holds what the file said, signed: nothing is stored before it is confirmed."""
    form = BarometerUploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _upload_page(request, form)
    form = BarometerUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form)
    standings = {standing.indicator.pk: standing for standing in barometer_queries.standings()}
    known = {s.indicator.name.casefold(): (pk, s.indicator.frequency) for pk, s in standings.items()}
    file = form.cleaned_data["file"]
    try:
        read = read_barometer(file.read(), file.name, known)
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
        return _upload_page(request, form)
    errors = [*read.errors, *_not_begun(read, standings)]
    if errors:
        form.add_error(
            "file", _("Filen har feil. Ingenting er lagret. Rett radene under, og last opp på nytt.")
        )
        return _upload_page(request, form, tuple(errors))
    return _preview(request, file.name, read, standings)


def _not_begun(read: BarometerFile, standings: dict[int, IndicatorStanding]) -> list[RowError]:
    today = timezone.localdate()
    return [
        RowError(
            row.row,
            "Periode",
            _("{period} har ikke begynt ennå.").format(
                period=format_period(standings[row.indicator].indicator.frequency, row.period)
            ),
        )
        for row in read.rows
        if row.period > today
    ]


def _upload_page(
    request: AuthenticatedRequest, form: BarometerUploadForm, errors: tuple[RowError, ...] = ()
) -> HttpResponse:
    answer = invalid if form.is_bound else render_page
    context = {"page_title": _("Importer tall til barometeret"), "form": form, "errors": errors}
    return answer(request, "strategy/barometer_import.html", context)


def _preview(
    request: AuthenticatedRequest,
    file_name: str,
    read: BarometerFile,
    standings: dict[int, IndicatorStanding],
) -> HttpResponse:
    changes, rows = [], []
    for row in read.rows:
        standing = standings[row.indicator]
        there = next((value for value in standing.values if value.period == row.period), None)
        if there is not None and _same(there, row):
            continue
        after = BarometerValue(value=row.value, missing_reason=row.missing_reason)
        changes.append(
            Change(
                name=standing.indicator.name,
                period=format_period(standing.indicator.frequency, row.period),
                before=value_text(standing, there) if there else "–",
                after=value_text(standing, after),
                note=row.source_note,
            )
        )
        rows.append(_packed(row, there.version if there else 0))
    context = {
        "page_title": _("Se over tallene"),
        "file_name": file_name,
        "rows_read": read.rows_read,
        "unchanged": len(read.rows) - len(changes),
        "changes": changes,
        "payload": signing.dumps([request.user.pk, rows], salt=SALT, compress=True) if rows else "",
    }
    return render_page(request, "strategy/barometer_preview.html", context)


def _same(there: BarometerValue, row: BarometerRow) -> bool:
    return (there.value, there.missing_reason, there.source_note) == (
        row.value,
        row.missing_reason,
        row.source_note,
    )


def _packed(row: BarometerRow, version: int) -> list[Any]:
    value = None if row.value is None else str(row.value)
    return [row.indicator, row.period.isoformat(), value, row.missing_reason, row.source_note, version]


def _unpacked(row: list[Any]) -> tuple[int, ValueData]:
    indicator, period, value, reason, note, version = row
    figure = None if value is None else Decimal(value)
    return indicator, ValueData(date.fromisoformat(period), figure, reason, note, version)


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_confirm(request: AuthenticatedRequest) -> HttpResponse:
    """Write what the preview showed. A GET, as after logging in again, is the upload page."""
    if request.method != "POST":
        return see_other(reverse("strategy:barometer_import"))
    form = BarometerUploadForm(request.POST, request.FILES)
    form.errors.clear()
    try:
        owner, rows = signing.loads(request.POST.get("payload", ""), salt=SALT, max_age=A_DAY)
        if owner != request.user.pk:
            raise signing.BadSignature
        written = import_values(
            by=request.user,
            rows=[_unpacked(row) for row in rows],
            token=request.POST.get("submission_token", ""),
            url=reverse("strategy:barometer"),
        )
    except signing.BadSignature:
        form.add_error(None, _("Forhåndsvisningen gjelder ikke lenger. Last opp filen på nytt."))
    except StaleObject:
        form.add_error(
            None,
            _("Noen andre har endret tallene siden du så over filen. Ingenting er lagret. Last opp på nytt."),
        )
    except RefusedBarometer as refused:
        form.add_error(None, str(refused))
    else:
        if written:
            messages.success(
                request,
                ngettext("{n} tall er lagret.", "{n} tall er lagret.", written).format(n=written),
            )
        return see_other(reverse("strategy:barometer"))
    return _upload_page(request, form)

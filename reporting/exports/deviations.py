"""The list of deviations as a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reporting.models import Deviation
from reporting.rules.deviations import level_words
from web.formats import format_date
from web.sheets.writing import Column, Sheet


def deviations_sheet(rows: Iterable[Deviation], today: date) -> Sheet:
    """One row per deviation, as the list shows them; an empty cell is what is not known."""
    return Sheet(
        name=_("Avvik"),
        title=[
            _("Avvik i klimatiltakene"),
            _("Hentet {day} fra Klimaportalen").format(day=format_date(today)),
        ],
        columns=[
            Column(_("Tiltak")),
            Column(_("Tittel")),
            Column(_("Virksomhet")),
            Column(_("Tilstand")),
            Column(_("Åpnet"), "date"),
            Column(_("Årsak")),
            Column(_("Hva som gjøres")),
            Column(_("Ansvarlig")),
            Column(_("Tatt igjen innen"), "date"),
            Column(_("Tonn som står på spill"), "number", 1),
            Column(_("Sist rapportert")),
            Column(_("Siste status")),
            Column(_("Beslutning hos")),
            Column(_("Hva skal avgjøres")),
            Column(_("Beslutning")),
            Column(_("Avgjort"), "date"),
            Column(_("Saksnummer")),
            Column(_("Lukket"), "date"),
            Column(_("Hvorfor lukket")),
        ],
        rows=[_deviation_row(row) for row in rows],
    )


def _deviation_row(row: Deviation) -> list[object]:
    decision = row.decision
    return [
        row.measure.code,
        row.measure.title,
        row.unit.name,
        row.get_state_display(),
        timezone.localdate(row.opened_at),
        row.cause,
        row.corrective_action,
        row.owner.name if row.owner else None,
        row.due_on,
        row.tonnes_at_stake,
        str(row.status.report.period),
        row.status.get_status_display(),
        capfirst(level_words(row.decision_level)) or None,
        row.decision_question or None,
        decision.text if decision else None,
        decision.decided_on if decision else None,
        decision.case_number or None if decision else None,
        timezone.localdate(row.closed_at) if row.closed_at else None,
        row.closing_reason or None,
    ]

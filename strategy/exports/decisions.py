"""Vedtaksrapportering: the decisions with status, deadline, unit and the last word on each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from strategy.models import Decision
from web.formats import format_date
from web.sheets.writing import Column, Sheet


def decisions_sheet(decisions: Iterable[Decision], today: date) -> Sheet:
    """One row per decision, as `queries.register` gives them; the reason where something is not known."""
    return Sheet(
        name=_("Vedtak"),
        title=[
            _("Vedtaksrapportering klima"),
            _("Hentet {day} fra Klimaportalen").format(day=format_date(today)),
        ],
        columns=[
            Column(_("Saksnummer")),
            Column(_("Vedtatt av")),
            Column(_("Vedtatt"), "date"),
            Column(_("Tittel")),
            Column(_("Vedtak")),
            Column(_("Ansvarlig virksomhet")),
            Column(_("Frist"), "date"),
            Column(_("Status")),
            Column(_("Avsluttet"), "date"),
            Column(_("Siste statusmerknad")),
            Column(_("Merknad skrevet"), "date"),
            Column(_("Tiltak")),
            Column(_("Kilde")),
            Column(_("Eksempeldata")),
        ],
        rows=[_decision_row(decision) for decision in decisions],
    )


def _decision_row(decision: Decision) -> list[object]:
    return [
        decision.case_number or decision.no_case_number,
        decision.get_body_display(),
        decision.decided_on or decision.decided_when,
        decision.title,
        decision.text,
        decision.unit.name if decision.unit else decision.no_unit,
        decision.deadline,
        decision.get_status_display(),
        decision.closed_on,
        decision.last_note,  # type: ignore[attr-defined]
        decision.last_note_at,  # type: ignore[attr-defined]
        ", ".join(link.measure.code for link in decision.measure_links.all()) or None,
        decision.source or None,
        decision.is_example,
    ]

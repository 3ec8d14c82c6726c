"""The klimabarometer as a table: one row per indicator and period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from emissions.enums import MissingReason
from emissions.models import MISSING_LABELS
from strategy.calculations import last_finished, shifted
from strategy.enums import Direction, Frequency
from strategy.models import DIRECTION_LABELS, BarometerValue, format_period
from strategy.queries.barometer import IndicatorStanding
from strategy.words.barometer_columns import COLUMNS, SHEET
from web.formats import format_date
from web.register.columns import sheet_column
from web.sheets.writing import Column, Sheet

TEMPLATE_PERIODS = 4


def barometer_sheet(standings: Sequence[IndicatorStanding], today: date) -> Sheet:
    """What the page shows, with the source of each figure and the day it was taken out."""
    return Sheet(
        name=SHEET,
        title=[
            _("Klimabarometer"),
            _("Hentet {day} fra Klimaportalen. Kilden står ved hvert tall.").format(day=format_date(today)),
        ],
        columns=[
            *map(sheet_column, COLUMNS),
            Column(_("Måleenhet")),
            Column(_("Retning")),
            Column(_("Indikatorens kilde")),
            Column(_("Eksempeldata")),
        ],
        rows=[
            [
                *_value_row(standing, value),
                standing.indicator.unit_label,
                str(DIRECTION_LABELS[Direction(standing.indicator.direction)]),
                standing.indicator.source,
                standing.indicator.is_example,
            ]
            for standing in standings
            for value in standing.values
        ],
    )


def template_sheet(standings: Sequence[IndicatorStanding], today: date) -> Sheet:
    """The file to fill in: each indicator's last four finished periods, with what is known of them."""
    return Sheet(
        name=SHEET,
        title=[
            _("Tall til klimabarometeret"),
            _("Skriv et tall, eller hvorfor det mangler. Rader uten noen av delene blir ikke endret."),
        ],
        columns=[*map(sheet_column, COLUMNS), Column(_("Måleenhet"))],
        rows=[
            [*row, standing.indicator.unit_label]
            for standing in standings
            for row in _template_rows(standing, today)
        ],
    )


def _template_rows(standing: IndicatorStanding, today: date) -> list[list[object]]:
    frequency = Frequency(standing.indicator.frequency)
    newest = last_finished(frequency, today)
    known = {value.period: value for value in standing.values}
    rows: list[list[object]] = []
    for back in range(TEMPLATE_PERIODS - 1, -1, -1):
        period = shifted(frequency, newest, -back)
        value = known.get(period)
        rows.append(
            _value_row(standing, value)
            if value
            else [standing.indicator.name, format_period(frequency, period), None, None, None]
        )
    return rows


def _value_row(standing: IndicatorStanding, value: BarometerValue) -> list[object]:
    reason = str(MISSING_LABELS[MissingReason(value.missing_reason)]) if value.missing_reason else None
    period = format_period(standing.indicator.frequency, value.period)
    return [standing.indicator.name, period, value.value, reason, value.source_note or None]

"""The matrix of the leaders' yearly part as a sheet."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from reporting.models import FOLLOW_UP_FIELDS
from reporting.queries.follow_ups import FollowUpMatrix
from web.formats import format_date
from web.sheets.writing import Column, Sheet


def follow_up_sheet(matrix: FollowUpMatrix, today: date) -> Sheet:
    """A row per unit with its words; what is not written is an empty cell."""
    return Sheet(
        name=_("Strategioppfølging {year}").format(year=matrix.year),
        title=[
            _("Strategioppfølging {year}").format(year=matrix.year),
            _("Hentet {day} fra Klimaportalen").format(day=format_date(today)),
        ],
        columns=[
            Column(_("Virksomhet eller foretak")),
            *(Column(str(question)) for _name, _short, question in FOLLOW_UP_FIELDS),
            Column(_("Bekreftet"), "date"),
            Column(_("Bekreftet av")),
            Column(_("Eksempeldata")),
        ],
        rows=[
            [
                row.unit.name,
                *(text or None for text in row.texts),
                row.confirmed_at,
                row.confirmed_by or None,
                row.is_example,
            ]
            for row in matrix.rows
        ],
    )

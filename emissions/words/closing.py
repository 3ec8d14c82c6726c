"""What stands in the way of closing a year, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from emissions.queries.closing import Gap


def gap_sentence(gap: Gap) -> str:
    text = (
        _("{unit}: «{activity}» har mengde for {year}, men ingen utslippsfaktor.")
        if gap.lacks_factor
        else _("{unit}: «{activity}» er ikke ført for {year}.")
    )
    return text.format(unit=gap.unit, activity=gap.activity_type, year=gap.year)

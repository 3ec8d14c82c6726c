"""The municipality's year in words: what comes, whom it concerns, and why a day is no deadline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.calculations.year import QuietDays, asking_day_from, asking_day_until, may_be_deadline
from organisation.enums import YearMark
from organisation.models import YEAR_MARK_LABELS
from web.contributions import CalendarEntry
from web.formats import MONTHS, NBSP, days_until, format_weekday
from web.names import naming

_UNITS = gettext_lazy("Virksomheter og foretak")
_NETWORK = naming(gettext_lazy("{network}"))
_CHIEF_AND_COUNCIL = naming(gettext_lazy("{Chief} og {council}"))
WHOM_IT_CONCERNS: dict[YearMark, Any] = {
    YearMark.ANNUAL_REPORT: _UNITS,
    YearMark.FIRST_MEETING: _NETWORK,
    YearMark.GRANTS: naming(gettext_lazy("{Climate} og de som vil søke")),
    YearMark.OWN_OPERATIONS: _UNITS,
    YearMark.LEADERS: gettext_lazy("Ledere"),
    YearMark.CIRCULAR: naming(gettext_lazy("{Chief}, og de som lager budsjettet")),
    YearMark.FIRST_TERTIAL: _UNITS,
    YearMark.SECOND_MEETING: _NETWORK,
    YearMark.PUBLISH: naming(gettext_lazy("{Climate}")),
    YearMark.FRAMES: _CHIEF_AND_COUNCIL,
    YearMark.EFFECTS: naming(gettext_lazy("{Climate} og {analysis}")),
    YearMark.SECOND_TERTIAL: _UNITS,
    YearMark.OWNER_REVIEWS: gettext_lazy("De som forvalter eierskapet"),
    YearMark.THIRD_MEETING: _NETWORK,
    YearMark.SECOND_TERTIAL_CASE: _CHIEF_AND_COUNCIL,
    YearMark.PROPOSAL: naming(gettext_lazy("{Chief}")),
    YearMark.RECOMMENDATION: naming(gettext_lazy("{Board}")),
    YearMark.FOURTH_MEETING: _NETWORK,
    YearMark.ADOPTION: naming(gettext_lazy("{Council}")),
}
NOT_KNOWN = gettext_lazy("ikke kjent ennå")


def next_sentence(coming: tuple[date, YearMark] | None, today: date) -> str:
    """«Neste: 2. tertial åpner, tirsdag 1. september, om 4 dager.»"""
    if coming is None:
        return _("Ingenting er kjent det neste året.")
    day, mark = coming
    return _("Neste: {what}, {day}, {when}.").format(
        what=YEAR_MARK_LABELS[mark], day=format_weekday(day), when=days_until(day, today)
    )


def day_of_year(month_and_day: tuple[int, int] | None) -> str:
    """«1. september»"""
    if month_and_day is None:
        return str(NOT_KNOWN)
    month, day = month_and_day
    return f"{day}.{NBSP}{MONTHS[month - 1]}"


def quiet_lines(quiet: QuietDays) -> list[str]:
    """Each of the times nobody is asked for anything."""
    lines = []
    if quiet.first_week is not None:
        weeks = _("Uke {first}") if quiet.first_week == quiet.last_week else _("Uke {first}–{last}")
        lines.append(weeks.format(first=quiet.first_week, last=quiet.last_week))
    if quiet.easter:
        lines.append(_("Påskeuken, fra mandag til første påskedag"))
    if quiet.december_from is not None:
        lines.append(
            _("{first} desember til {last} januar").format(
                first=f"{quiet.december_from}.", last=f"{quiet.january_until}."
            )
        )
    return lines


def why_not_deadline(day: date, quiet: QuietDays, today: date) -> str:
    """Why nobody can have a deadline that day, with the nearest days to choose; empty when it may be one."""
    if may_be_deadline(day, quiet):
        return ""
    why = (
        _("De stille ukene har ingen frister.") if quiet.covers(day) else _("Helligdager har ingen frister.")
    )
    before = asking_day_until(day - timedelta(days=1), quiet)
    after = asking_day_from(day + timedelta(days=1), quiet)
    choice = _("Velg {before} eller {after}.") if before >= today else _("Velg {after}.")
    return f"{why} {choice.format(before=format_weekday(before), after=format_weekday(after))}"


def field_label(mark: YearMark) -> str:
    """As the form asks."""
    return capfirst(str(YEAR_MARK_LABELS[mark]))


def year_entry(day: date, mark: YearMark) -> CalendarEntry:
    return CalendarEntry(day, field_label(mark), reverse("organisation:year"))

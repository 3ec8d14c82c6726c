"""Writes about the municipality's year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.calculations.year import USUAL_DAYS, QuietDays
from organisation.enums import YearMark
from organisation.models import YearDate, YearTable
from organisation.queries.year import year_plan
from organisation.rules import Permission, require
from organisation.words.year import why_not_deadline
from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject, save_versioned
from web.formats import local
from web.refusals import Refusal, refuse

# A year without 29 February: what comes every year comes in this one.
_ORDINARY_YEAR = 2025


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAnswers:
    """What is said about the year: quiet days, (month, day) of every year, and days of one year.

    A day of one year that is None is not known. What is not named is left as it is.
    """

    quiet: QuietDays
    yearly: Mapping[YearMark, tuple[int, int]]
    dated: Mapping[YearMark, date | None]


def save_year(*, by: Actor, answers: YearAnswers, version: int) -> YearTable:
    """Saves the year, the first time with version 0. The usual day of something is not stored.

    Raises PermissionDenied, StaleObject, and Refused, at the mark's field, for a day that does not exist
    every year.
    """
    require(by, Permission.PLAN_YEAR)
    refuse(
        *(
            Refusal(_("Dagen finnes ikke hvert år. Skriv for eksempel 1.3."), field=mark)
            for mark, day in answers.yearly.items()
            if not _exists(*day)
        )
    )
    with acting(by, _("Endret året")):
        table = _table(answers.quiet, version)
        stored = {(one.mark, one.year): one for one in table.dates.select_for_update()}
        for mark, day in answers.yearly.items():
            _put(table, stored.get((mark, None)), mark, None, None if day == USUAL_DAYS[mark] else day)
        for mark, dated in answers.dated.items():
            _date(table, stored, mark, dated)
    return table


def unfit_deadlines(by: Actor, deadlines: Mapping[str, date | datetime]) -> list[Refusal]:
    """Why people cannot have these deadlines, each at its field: a quiet day, or a holiday.

    The portal's own may fall on any day: it tells of what was, or shows how it could be.
    """
    if isinstance(by, SystemActor) or not deadlines:
        return []
    quiet, today = year_plan().quiet, timezone.localdate()
    found = {name: why_not_deadline(_last_day(one), quiet, today) for name, one in deadlines.items()}
    return [Refusal(sentence, field=name) for name, sentence in found.items() if sentence]


def _last_day(deadline: date | datetime) -> date:
    """The last day there is to do it: until midnight is until the day before is over."""
    if isinstance(deadline, datetime):
        return local(deadline - timedelta(microseconds=1)).date()
    return deadline


def _exists(month: int, day: int) -> bool:
    try:
        date(_ORDINARY_YEAR, month, day)
    except ValueError:
        return False
    return True


def _table(quiet: QuietDays, version: int) -> YearTable:
    stored = YearTable.objects.first()
    if stored is not None:
        save_versioned(stored, expected=version, fields=asdict(quiet))
        return stored
    if version:
        raise StaleObject(None)
    try:
        with transaction.atomic():
            return YearTable.objects.create(**asdict(quiet))
    except IntegrityError:
        # Somebody else was first.
        raise StaleObject(YearTable.objects.first()) from None


def _date(
    table: YearTable, stored: Mapping[tuple[str, int | None], YearDate], mark: YearMark, dated: date | None
) -> None:
    """The day of a year that comes; what was written for a later one was wrong, and what is past stands."""
    since = dated.year if dated else timezone.localdate().year
    for (other, year), row in stored.items():
        if other == mark and year is not None and (year >= since if dated is None else year > since):
            row.delete()
    if dated is not None:
        row_of_year = stored.get((mark, dated.year))
        _put(table, row_of_year, mark, dated.year, (dated.month, dated.day))


def _put(
    table: YearTable, row: YearDate | None, mark: YearMark, year: int | None, day: tuple[int, int] | None
) -> None:
    if day is None:
        if row is not None:
            row.delete()
        return
    if row is None:
        YearDate.objects.create(table=table, mark=mark, year=year, month=day[0], day=day[1])
    elif (row.month, row.day) != day:
        row.month, row.day = day
        row.save()

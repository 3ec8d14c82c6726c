"""The leaders' yearly part: one unit's, and all units' as a matrix with its blanks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.enums import UnitKind
from organisation.models import Unit
from organisation.queries import active_units
from organisation.rules import duties
from reporting.models import Period, StrategyFollowUp
from reporting.rules.leaders import why_not_writable
from web.contributions import Task

# In the form's order: what stands above the column, and the question the unit answers.
FIELDS = (
    (
        "anchoring",
        gettext_lazy("Forankring"),
        gettext_lazy("Hvordan er klimastrategien forankret i planene deres?"),
    ),
    ("own_actions", gettext_lazy("Egne grep"), gettext_lazy("Hvilke egne grep har dere tatt?")),
    (
        "competence",
        gettext_lazy("Kompetanse"),
        gettext_lazy("Hva gjør dere for at folk har klimakompetansen de trenger?"),
    ),
    ("asks", gettext_lazy("Ber om"), gettext_lazy("Hva ber du om for å komme videre, og av hvem?")),
)


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One unit in the matrix: its words in the fields' order, blank where nothing is written."""

    unit: Unit
    texts: tuple[str, ...]
    confirmed_at: datetime | None
    confirmed_by: str
    is_example: bool

    @property
    def written(self) -> int:
        return sum(1 for text in self.texts if text)


@dataclass(frozen=True, slots=True)
class FollowUpMatrix:
    """All units of a year. `counts` are how many have written something in each field."""

    year: int
    headers: tuple[str, ...]
    rows: tuple[FollowUpRow, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(sum(1 for row in self.rows if row.texts[index]) for index in range(len(self.headers)))

    @property
    def confirmed(self) -> int:
        return sum(1 for row in self.rows if row.confirmed_at is not None)

    @property
    def silent(self) -> int:
        """Units that have written nothing at all."""
        return sum(1 for row in self.rows if not row.written)


def follow_up_matrix(year: int, units: Collection[int] | None = None) -> FollowUpMatrix:
    """Every unit in operation that year (of these, or of all) but the areas: two queries."""
    found = {
        one.unit_id: one for one in StrategyFollowUp.objects.filter(year=year).select_related("confirmed_by")
    }
    rows = active_units(_day_in(year)).exclude(kind=UnitKind.AREA)
    if units is not None:
        rows = rows.filter(pk__in=list(units))
    return FollowUpMatrix(
        year=year,
        headers=tuple(str(short) for _name, short, _question in FIELDS),
        rows=tuple(_row(unit, found.get(unit.pk)) for unit in rows),
    )


def _row(unit: Unit, found: StrategyFollowUp | None) -> FollowUpRow:
    if found is None:
        return FollowUpRow(unit, ("",) * len(FIELDS), None, "", is_example=False)
    return FollowUpRow(
        unit,
        tuple(getattr(found, name) for name, _short, _question in FIELDS),
        found.confirmed_at,
        found.confirmed_by_name,
        found.is_example,
    )


def _day_in(year: int) -> date:
    """Today for this year; for others the last day, so that a unit that has closed since is still there."""
    today = timezone.localdate()
    return today if year == today.year else date(year, 12, 31)


def unit_in_year(unit_id: int, year: int) -> Unit | None:
    """The unit, if it has a yearly part that year."""
    rows = active_units(_day_in(year)).exclude(kind=UnitKind.AREA)
    found: Unit | None = rows.filter(pk=unit_id).first()
    return found


def follow_up_of(unit_id: int, year: int) -> StrategyFollowUp | None:
    return StrategyFollowUp.objects.select_related("confirmed_by").filter(unit=unit_id, year=year).first()


def years_with_follow_ups(today: date) -> list[int]:
    """The years there is something to read from, and this year, newest first."""
    found = set(StrategyFollowUp.objects.values_list("year", flat=True).distinct())
    return sorted(found | {today.year}, reverse=True)


def _newest_period(now: datetime) -> Period | None:
    return Period.objects.filter(opens_at__lte=now).order_by("-opens_at").first()


def follow_up_year(now: datetime) -> int:
    """The year leaders write about now: the newest period's, or the calendar's while there is none."""
    newest = _newest_period(now)
    return newest.year if newest else timezone.localdate(now).year


def leader_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """For a leader, while a period of the year is open: the units whose yearly part she has not confirmed."""
    led = duties(user).leader_units
    if not led:
        return
    newest = _newest_period(now)
    if newest is None or now >= newest.closes_at:
        return
    if why_not_writable(newest.year, timezone.localdate(now)):
        return
    for row in follow_up_matrix(newest.year, led).rows:
        if row.confirmed_at is not None:
            continue
        yield Task(
            title=_("Strategioppfølging {year}").format(year=newest.year),
            detail=_("{unit}. Skrevet, men ikke bekreftet av deg.").format(unit=row.unit.name)
            if row.written
            else _("{unit}. Fire korte svar om hvordan dere følger opp klimastrategien.").format(
                unit=row.unit.name
            ),
            url=reverse("reporting:follow_up", args=[newest.year, row.unit.pk]),
            button=_("Se og bekreft") if row.written else _("Skriv"),
        )

"""The municipality's year, with what has been chosen in place of the usual."""

from __future__ import annotations

from organisation.calculations.year import USUAL_PLAN, QuietDays, YearPlan
from organisation.enums import SWITCH_OF_MARK, TOLD_ELSEWHERE, YearMark
from organisation.models import YearTable
from web.names import names


def year_plan() -> YearPlan:
    """The year as it is now; one query."""
    found = list(
        YearTable.objects.values_list(
            "first_week",
            "last_week",
            "easter",
            "december_from",
            "january_until",
            "dates__mark",
            "dates__year",
            "dates__month",
            "dates__day",
        )
    )
    if not found:
        return USUAL_PLAN
    chosen = {(YearMark(mark), year): (month, day) for *_quiet, mark, year, month, day in found if mark}
    return YearPlan(quiet=QuietDays(*found[0][:5]), chosen=chosen)


def year_table() -> YearTable | None:
    """The one row; None until somebody has chosen something."""
    return YearTable.objects.first()


def is_shown(mark: YearMark) -> bool:
    """Whether it is there for a municipality with what this one uses of the portal."""
    switch = SWITCH_OF_MARK.get(mark)
    return switch is None or names().is_on(switch)


def is_told_here(mark: YearMark) -> bool:
    """Whether the year wheel has it from here: it is there, and no other room tells of it."""
    return is_shown(mark) and mark not in TOLD_ELSEWHERE

"""A scenario beside its budget, as a table to read."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from budget.calculations import YearDifference
from budget.queries.figure_words import gap, signed, tonnes
from budget.queries.scenarios import ScenarioResult
from web.reading_tables import Column, Part, ReadingTable, TableRow


def difference_table(result: ScenarioResult, name: str) -> ReadingTable:
    """Path and distance per year, as budgeted and as tried, and how much the path moves."""

    def row(label: str, figure: Callable[[YearDifference], str], css: str = "") -> TableRow:
        return TableRow((label, *(figure(year) for year in result.rows)), css=css)

    rows = (
        row(_("Tiltaksbane i budsjettet"), lambda year: tonnes(year.path_before)),
        row(_("Tiltaksbane med «{name}»").format(name=name), lambda year: tonnes(year.path_after)),
        row(_("Forskjell"), lambda year: signed(year.difference), "sum"),
    )
    foot = (
        row(_("Over rammen i budsjettet"), lambda year: gap(year.gap_before)),
        row(_("Over rammen med «{name}»").format(name=name), lambda year: gap(year.gap_after), "gap"),
    )
    return ReadingTable(
        _("Budsjettet og «{name}», tonn CO₂e").format(name=name),
        (Column(_("Tonn CO₂e")), *(Column(str(row.year), numeric=True) for row in result.rows)),
        (Part("", rows),),
        foot,
        note=_("Forskjellen er positiv når utslippene blir høyere. Tallene er avrundet til hele tonn."),
    )

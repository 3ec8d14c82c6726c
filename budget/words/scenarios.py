"""A scenario in words: what is tried, what it does to the budget, and the two side by side in a table."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from budget.calculations import YearDifference
from budget.enums import ChangeKind
from budget.models import ScenarioChange
from budget.queries.scenarios import ScenarioResult, added_title
from budget.words.figures import gap, gap_words, signed, tonnes, whole
from budget.words.problems import sentences_of
from web.formats import format_date, format_number, format_percent
from web.reading_tables import Column, Part, ReadingTable, TableRow


def change_sentence(change: ScenarioChange) -> str:
    """«T4 Nullutslipp i rammeavtale for busstransport: 50 % utsatt fra 1. januar 2027»"""
    if change.kind == ChangeKind.ADD:
        text = _("{title}: {tonnes} tonn i året fra {year}, på {source}")
        return text.format(
            title=added_title(change),
            tonnes=format_number(change.tonnes),
            year=change.first_year,
            source=change.source,
        )
    assert change.line is not None
    line = change.line
    title = f"{line.adopted_code} {line.adopted_title}" if line.adopted_title else str(line.measure)
    if change.kind == ChangeKind.DROP:
        return _("{title}: tatt ut").format(title=title)
    percent = format_percent(change.percent)
    if change.kind == ChangeKind.SCALE:
        return _("{title}: {percent} av effekten").format(title=title, percent=percent)
    since, until = format_date(change.since), format_date(change.caught_up)
    text = _("{title}: {percent} utsatt fra {since}, tatt igjen {until}")
    if change.caught_up is None:
        text = _("{title}: {percent} utsatt fra {since}, ikke tatt igjen")
    return text.format(title=title, percent=percent, since=since, until=until)


def result_sentence(result: ScenarioResult) -> str:
    """What the changes do in the year the budget answers for."""
    year = result.table.answer_year.year
    row = next((row for row in result.rows if row.year == year), None)
    if row is None or row.difference is None:
        if not result.table.answer_year.known:
            text = _("Ingen tiltak har tall for {year}, så tiltaksbanen kan ikke regnes ut.")
            return text.format(year=year)
        return _("Det kan ikke regnes ut, fordi referansebanen mangler tall.")
    moved = whole(row.difference)
    if moved == 0:
        return _("I {year} blir tiltaksbanen den samme som i budsjettet.").format(year=year)
    words = (
        _("I {year} blir tiltaksbanen {tonnes} tonn høyere enn i budsjettet.")
        if moved > 0
        else _("I {year} blir tiltaksbanen {tonnes} tonn lavere enn i budsjettet.")
    )
    text = words.format(year=year, tonnes=tonnes(abs(row.difference)))
    if row.gap_before is None or row.gap_after is None:
        return text
    distance = _("Avstanden går fra {before} til {after}.")
    return f"{text} {distance.format(before=gap_words(row.gap_before), after=gap_words(row.gap_after))}"


def problem_texts(result: ScenarioResult) -> list[str]:
    """Why the budget cannot be computed with the changes; empty when it can."""
    return [one.text for one in sentences_of(result.problems, result.names, result.sources)]


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

"""«Ble rammen overholdt?» and what a newer edition does, in sentences and tables that agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from budget.calculations import Afterwards, EditionEffect
from budget.queries.afterwards import BudgetByNewEdition, YearAfterwards
from budget.words.answers import none_recorded_sentence
from budget.words.figures import gap, gap_words, signed, tonnes, whole
from emissions.models import Edition
from web.formats import format_date
from web.reading_tables import Column, Part, ReadingTable, TableRow


def verdict(figures: Afterwards) -> str:
    """«Ja», «Nei», or that nobody knows yet."""
    if figures.kept is None:
        return _("Ikke målt ennå") if figures.measured is None else _("Kan ikke svares på")
    return _("Ja") if figures.kept else _("Nei")


def year_sentence(row: YearAfterwards) -> str:
    """The answer for one year: by the newest edition, against what was expected, and as it first looked."""
    year, whole_year = row.year, row.whole
    if whole_year.measured is None and whole_year.expected is None:
        text = _("{year} er ikke målt ennå. Rammen er {ceiling} tonn.")
        return text.format(year=year, ceiling=tonnes(whole_year.ceiling_now))
    if whole_year.measured is None:
        text = _("{year} er ikke målt ennå. Rammen er {ceiling} tonn, og budsjettet venter {expected} tonn.")
        return text.format(
            year=year, ceiling=tonnes(whole_year.ceiling_now), expected=tonnes(whole_year.expected)
        )
    if whole_year.over is None:
        text = _("Utslippene i {year} var {measured} tonn. Det finnes ingen ramme å holde dem mot.")
        return text.format(year=year, measured=tonnes(whole_year.measured))
    kept = _("Rammen ble overholdt") if whole_year.kept else _("Rammen ble ikke overholdt")
    text = _("{kept} i {year}: utslippene var {measured} tonn og rammen {ceiling} tonn, {distance}.")
    parts = [
        text.format(
            kept=kept,
            year=year,
            measured=tonnes(whole_year.measured),
            ceiling=tonnes(whole_year.ceiling_now),
            distance=gap_words(whole_year.over),
        ),
        _expected(whole_year),
        _as_it_looked(row),
    ]
    return " ".join(part for part in parts if part)


def _expected(figures: Afterwards) -> str:
    if figures.expected is None or figures.from_expected is None:
        return ""
    moved = whole(figures.from_expected)
    expected = tonnes(figures.expected)
    if moved == 0:
        return _("Det var som budsjettet ventet.")
    words = (
        _("Budsjettet ventet {expected} tonn; det ble {tonnes} mer.")
        if moved > 0
        else _("Budsjettet ventet {expected} tonn; det ble {tonnes} mindre.")
    )
    return words.format(expected=expected, tonnes=tonnes(abs(figures.from_expected)))


def _as_it_looked(row: YearAfterwards) -> str:
    """Only where the first figures and the adopted ceiling would have given another answer or distance."""
    then, now = row.whole.over_then, row.whole.over
    if then is None or now is None or whole(then) == whole(now):
        return ""
    text = _("Etter rammen som ble vedtatt og tallene da de først kom, var det {distance}.")
    return text.format(distance=gap_words(then))


def overview_table(years: Sequence[YearAfterwards]) -> ReadingTable:
    """One row per year that is over."""
    texts = (_("Budsjett"), _("Ble rammen overholdt?"))
    numbers = (_("Ramme"), _("Ventet i budsjettet"), _("Målt"), _("Over rammen"))
    rows = [
        TableRow(
            (
                str(row.year),
                str(row.budget),
                verdict(row.whole),
                tonnes(row.whole.ceiling_now),
                tonnes(row.whole.expected),
                tonnes(row.whole.measured),
                gap(row.whole.over),
            )
        )
        for row in years
    ]
    return ReadingTable(
        _("År for år, tonn CO₂e"),
        (Column(_("År")), *map(Column, texts), *(Column(text, numeric=True) for text in numbers)),
        (Part("", tuple(rows)),),
        note=_(
            "Ramme og målte utslipp er etter nyeste utgave av utslippstallene. Ventet er tiltaksbanen i "
            "budsjettet som gjaldt. Tallene er avrundet til hele tonn."
        ),
    )


def sector_table(row: YearAfterwards) -> ReadingTable:
    """One year per sector: by the edition the budget was built on, and by the newest."""
    numbers = (
        _("Ramme da budsjettet ble vedtatt"),
        _("Ramme nå"),
        _("Ventet i budsjettet"),
        _("Målt da tallet først kom"),
        _("Målt nå"),
        _("Over rammen nå"),
    )
    rows = [
        TableRow((sector.name, *_figures(sector.figures), verdict(sector.figures))) for sector in row.sectors
    ]
    total = TableRow((_("Sum"), *_figures(row.whole), verdict(row.whole)))
    return ReadingTable(
        _("{year} per sektor, tonn CO₂e").format(year=row.year),
        (
            Column(_("Sektor")),
            *(Column(text, numeric=True) for text in numbers),
            Column(_("Overholdt?")),
        ),
        (Part("", tuple(rows)),),
        (total,),
        note=_editions(row),
    )


def _figures(figures: Afterwards) -> tuple[str, ...]:
    return (
        tonnes(figures.ceiling_then),
        tonnes(figures.ceiling_now),
        tonnes(figures.expected),
        tonnes(figures.measured_first),
        tonnes(figures.measured),
        gap(figures.over),
    )


def edition_name(edition: Edition) -> str:
    """«Miljødirektoratet, publisert 16. desember 2025»"""
    text = _("{publisher}, publisert {day}")
    return text.format(publisher=edition.publisher, day=format_date(edition.published))


def _editions(row: YearAfterwards) -> str:
    then, now = edition_name(row.budget.edition), edition_name(row.edition_now)
    text = _("{budget} bygger på {then}. Nå: {now}.").format(budget=row.budget, then=then, now=now)
    if row.measured_first_in is not None:
        first = edition_name(row.measured_first_in)
        text += " " + _("{year} var først med i: {first}.").format(year=row.year, first=first)
    if row.budget.recorded_afterwards and row.whole.expected is None:
        text += " " + none_recorded_sentence()
    if not row.own_budget:
        text += " " + _("{year} hadde ikke noe eget budsjett.").format(year=row.year)
    return text


def new_edition_sentence(row: BudgetByNewEdition) -> str:
    """What the newer base year does to the last year of the budget."""
    if row.base_then is None or row.base_now is None:
        text = _("Den nye utgaven har ikke tall for basisåret {year}, så rammen kan ikke regnes om.")
        return text.format(year=row.base_year)
    text = _("Utslippene i basisåret {year} går fra {then} til {now} tonn.")
    parts = [text.format(year=row.base_year, then=tonnes(row.base_then), now=tonnes(row.base_now))]
    known = [year for year in row.years if year.gap_then is not None and year.gap_now is not None]
    if known:
        last = known[-1]
        assert last.gap_then is not None
        assert last.gap_now is not None
        words = _("Avstanden i {year} går fra {then} til {now}.")
        parts.append(words.format(year=last.year, then=gap_words(last.gap_then), now=gap_words(last.gap_now)))
    return " ".join(parts)


def new_edition_table(row: BudgetByNewEdition) -> ReadingTable:
    """Ceiling and distance per year, then and now, with the adopted path."""

    def line(label: str, figure: Callable[[EditionEffect], str], css: str = "") -> TableRow:
        return TableRow((label, *(figure(year) for year in row.years)), css=css)

    rows = (
        line(_("Tiltaksbane, slik den ble vedtatt"), lambda year: tonnes(year.path)),
        line(_("Utslippsramme da"), lambda year: tonnes(year.ceiling_then)),
        line(_("Utslippsramme nå"), lambda year: tonnes(year.ceiling_now)),
        line(_("Over rammen da"), lambda year: gap(year.gap_then)),
        line(_("Over rammen nå"), lambda year: gap(year.gap_now), "sum"),
    )
    foot = (line(_("Endring i avstanden"), lambda year: signed(year.change)),)
    return ReadingTable(
        _("{budget} med nyeste utgave, tonn CO₂e").format(budget=row.budget),
        (Column(_("Tonn CO₂e")), *(Column(str(year.year), numeric=True) for year in row.years)),
        (Part("", rows),),
        foot,
        note=_(
            "Bare basisår og ramme er regnet på nytt. Referansebanen og tiltakene er de vedtatte, og "
            "budsjettet selv er ikke endret."
        ),
    )

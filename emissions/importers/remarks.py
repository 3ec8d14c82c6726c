"""Says in Norwegian what is odd about a file that can be read; none of it stops the import."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emissions.importers import labels
from emissions.importers.municipalities import Choice, Municipality, at_the_same_time, canonical, named
from emissions.importers.results import Oddity
from emissions.importers.tally import Part, Tally
from web.formats import format_number
from web.sheets.words import listed, quoted
from web.unseen import UnseenSigns

# The statistics begin in 2009 and were not made for these years.
YEARS_NOT_PUBLISHED = (2010, 2012, 2014)
ONE_MUNICIPALITY_FILE = "utslippsregnskap_"


def about_municipality(choice: Choice, part: Part, stated: bool, filename: str) -> list[Oddity]:
    """Whose figures these are, where the file leaves doubt. `stated`: the file has such a column."""
    if choice.several:
        sentence = _("Filen har tall for {count} kommuner. Velg hvilken som skal brukes.")
        return [Oddity("choose_municipality", sentence.format(count=format_number(len(choice.labels()))), 0)]
    if not stated:
        return _not_stated(choice, part, filename)
    return _former(choice) + _overlapping(choice, part)


def about_unseen(signs: UnseenSigns) -> list[Oddity]:
    """Signs nobody sees that were taken away from the file's texts."""
    return [Oddity("unseen_signs", signs.sentence(), len(signs.rows))] if signs.cells else []


def _not_stated(choice: Choice, part: Part, filename: str) -> list[Oddity]:
    rows = sum(one.rows for one in part.sums.values())
    label = choice.label
    if label is None:
        sentence = _("Filen sier ikke hvilken kommune tallene gjelder.")
    else:
        sentence = _("Filen sier ikke hvilken kommune tallene gjelder. Alle radene regnes som {label}.")
    found = [Oddity("municipality_not_stated", sentence.format(label=label), rows)]
    stem = PurePath(filename).stem
    if stem.casefold().startswith(ONE_MUNICIPALITY_FILE):
        by_name = named(None, stem[len(ONE_MUNICIPALITY_FILE) :].replace("_", " "))
        if label and by_name and canonical(by_name).casefold() != label.casefold():
            sentence = _("Filnavnet tyder på at tallene gjelder {other}, ikke {label}.")
            found.append(
                Oddity("other_municipality", sentence.format(other=canonical(by_name), label=label), rows)
            )
    return found


def _former(choice: Choice) -> list[Oddity]:
    former = sorted({one.former for one in choice.taken if one.former})
    if not former:
        return []
    sentence = _("Rader for {former} er regnet med i {label}.")
    return [Oddity("former_municipality", sentence.format(former=listed(former), label=choice.label), 0)]


def _overlapping(choice: Choice, part: Part) -> list[Oddity]:
    numbers: dict[int, set[Municipality]] = {}
    for municipality, years in part.years.items():
        for year in years:
            numbers.setdefault(year, set()).add(municipality)
    doubled = [
        str(year)
        for year, several in sorted(numbers.items())
        if not all(at_the_same_time(one, other) for one, other in combinations(several, 2))
    ]
    if not doubled:
        return []
    sentence = _(
        "For {years} har filen tall for {label} under både nye og gamle kommunenummer. Alle er lagt sammen. "
        "Se etter at de ikke er telt to ganger."
    )
    return [Oddity("overlapping_numbers", sentence.format(years=listed(doubled, 20), label=choice.label), 0)]


def about_rows(tallies: Sequence[Tally], part: Part) -> list[Oddity]:
    """Rows that were added up, left out or passed over."""
    doubled = sum(one.doubled for one in part.sums.values())
    keys = sum(1 for one in part.sums.values() if one.doubled)
    gases = "gas" in tallies[0].columns.at
    added = (
        _(
            "{rows} rader har samme sektor, kilde, år og gass som en annen rad. "
            "De er lagt sammen til {keys} tall."
        )
        if gases
        else _(
            "{rows} rader har samme sektor, kilde og år som en annen rad. De er lagt sammen til {keys} tall, "
            "slik det skal være når filen har en rad per gass uten å si hvilken."
        )
    )
    found = [
        (
            "repeated_keys",
            added.format(rows=format_number(doubled), keys=format_number(keys)),
            doubled,
        )
    ]
    left_out = part.left_out + sum(tally.sum_rows for tally in tallies)
    found.append(("sums_left_out", _sums_left_out(left_out), left_out))
    missing = sum(tally.without_tonnes for tally in tallies)
    found.append(("without_tonnes", _without_tonnes(missing), missing))
    nowhere = sum(tally.without_municipality for tally in tallies)
    found.append(("without_municipality", _without_municipality(nowhere), nowhere))
    notes = [tally.place(number) for tally in tallies for number in tally.notes]
    sentence = _("{places} står utenfor tabellen og er ikke lest.")
    found.append(("notes", sentence.format(places=listed(notes)), len(notes)))
    return [Oddity(code, text, rows) for code, text, rows in found if rows]


def _sums_left_out(rows: int) -> str:
    return ngettext(
        "{rows} rad er en sum av andre rader og er ikke regnet med.",
        "{rows} rader er summer av andre rader og er ikke regnet med.",
        rows,
    ).format(rows=format_number(rows))


def _without_tonnes(rows: int) -> str:
    return ngettext(
        "{rows} rad mangler tall for utslipp. Den er ikke regnet med, heller ikke som null.",
        "{rows} rader mangler tall for utslipp. De er ikke regnet med, heller ikke som null.",
        rows,
    ).format(rows=format_number(rows))


def _without_municipality(rows: int) -> str:
    return ngettext(
        "{rows} rad mangler kommune og er ikke regnet med.",
        "{rows} rader mangler kommune og er ikke regnet med.",
        rows,
    ).format(rows=format_number(rows))


def about_labels(part: Part) -> list[Oddity]:
    """Sectors and sources the publisher is not known to use; they are kept as they stand."""
    sectors: dict[str, int] = {}
    sources: dict[str, int] = {}
    pairs: dict[tuple[str, str | None], int] = {}
    for (sector, source, _year, _gas), one in part.sums.items():
        pairs[sector, source] = pairs.get((sector, source), 0) + one.rows
    for (sector, source), rows in pairs.items():
        if not labels.is_known_sector(sector):
            sectors[sector] = sectors.get(sector, 0) + rows
        elif source is not None and not labels.is_known_source(sector, source):
            sources[source] = sources.get(source, 0) + rows
    found = []
    for code, sentence, unknown in (
        ("unknown_sector", _("Disse sektorene er nye for portalen og er beholdt: {names}."), sectors),
        ("unknown_source", _("Disse utslippskildene er nye for portalen og er beholdt: {names}."), sources),
    ):
        if unknown:
            names = listed(quoted(sorted(unknown, key=str.casefold)))
            found.append(Oddity(code, sentence.format(names=names), sum(unknown.values())))
    return found


def new_labels(part: Part) -> tuple[tuple[str, str | None], ...]:
    """(sector, source) the publisher is not known to use, sorted; a None source is the sector itself."""
    found: set[tuple[str, str | None]] = set()
    for sector, source, _year, _gas in part.sums:
        if not labels.is_known_sector(sector):
            found.add((sector, None))
        elif source is not None and not labels.is_known_source(sector, source):
            found.add((sector, source))
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1] or "")))


def about_years(years: dict[int, Decimal]) -> list[Oddity]:
    """Years without figures between the first and the last; some were never published."""
    if not years:
        return []
    gaps = [year for year in range(min(years), max(years)) if year not in years]
    found = []
    for code, expected, sentence in (
        (
            "years_not_published",
            True,
            _("{years} er ikke i filen. Statistikken finnes ikke for disse årene."),
        ),
        ("years_missing", False, _("{years} er ikke i filen, men årene før og etter er der.")),
    ):
        missing = [str(year) for year in gaps if (year in YEARS_NOT_PUBLISHED) is expected]
        if missing:
            found.append(Oddity(code, sentence.format(years=listed(missing, 20)), 0))
    return found

"""Reads a file of municipal emission statistics, whichever published shape it has."""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.importers import remarks, sheets
from emissions.importers.municipalities import Choice
from emissions.importers.results import FigureRow, Oddity, Shape, Statistics
from emissions.importers.shapes import folded
from emissions.importers.tally import Part, Tally
from emissions.importers.text import read_text
from emissions.importers.tonnes import ZERO
from web.sheets.errors import UnreadableFile
from web.sheets.limits import STATISTICS, Limits, kind_of, too_many_rows
from web.sheets.workbook import Progress


def read_statistics(
    content: bytes,
    filename: str,
    *,
    municipality: str | None,
    limits: Limits = STATISTICS,
    columns: Mapping[str, str] | None = None,
    progress: Progress = lambda _percent: None,
) -> Statistics:
    """Read a published file and keep one municipality's part, in tCO2e.

    `municipality` is a name or a number, today's or a former one; None takes the only one in the file, and
    gives no figures when there are several. Shapes: CSV with any usual delimiter and decimal mark, the
    workbook of all municipalities and the workbook of one, as Miljødirektoratet and counties publish them,
    and tables with a column per year. `columns` is what somebody has said the headers mean, by the codes of
    `shapes.SYNONYMS`; otherwise they are recognised. `progress` is told how many percent are read.

    Raises UnreadableFile with a Norwegian sentence that says what is wrong and what to do.
    """
    wanted = (municipality or "").strip() or None
    headers = {folded(header): meaning for meaning, header in columns.items()} if columns else None
    control: sheets.Found | None = None
    oddities: list[Oddity] = []
    if kind_of(content, filename, limits) == "workbook":
        chosen = sheets.read_workbook(content, wanted, limits, headers=headers, progress=progress)
        shape, control, oddities = chosen.shape, chosen.control, chosen.oddities
        tallies, parts = [one.tally for one in chosen.figures], [one.part() for one in chosen.figures]
    else:
        shape, tally, oddities = read_text(content, wanted, limits, headers=headers, progress=progress)
        tallies, parts = [tally], [tally.part()]
    if sum(tally.rows_read for tally in tallies) > limits.rows:
        raise too_many_rows(limits)
    choice = _joined_choice(tallies, wanted)
    part = Part() if choice.several else _joined_part(parts)
    _check_found(choice, tallies, part)
    if control:
        oddities += sheets.control(part, control)
    oddities += remarks.about_municipality(choice, part, tallies[0].columns.has_municipality, filename)
    oddities += remarks.about_rows(tallies, part) + remarks.about_labels(part)
    return _statistics(content, shape, choice, tallies, part, oddities)


def _statistics(
    content: bytes, shape: Shape, choice: Choice, tallies: list[Tally], part: Part, oddities: list[Oddity]
) -> Statistics:
    recognised = tallies[0].columns
    years: dict[int, Decimal] = {}
    for key, one in part.sums.items():
        years[key[2]] = years.get(key[2], ZERO) + one.tonnes
    figures = [FigureRow(*key, one.tonnes) for key, one in part.sums.items()]
    figures.sort(key=lambda row: (row.year, row.sector, row.source or "", row.gas or ""))
    return Statistics(
        shape=shape,
        sha256=hashlib.sha256(content).hexdigest(),
        municipality=None if choice.several else choice.label,
        municipalities=choice.labels(),
        rows_read=sum(tally.rows_read for tally in tallies),
        rows_used=sum(one.rows for one in part.sums.values()),
        figures=tuple(figures),
        years=dict(sorted(years.items())),
        oddities=(*oddities, *remarks.about_years(years)),
        headers=recognised.headers[: recognised.width],
        columns={
            meaning: recognised.headers[index]
            for meaning, index in recognised.at.items()
            if index < recognised.width
        },
        new_labels=remarks.new_labels(part),
    )


def _joined_choice(tallies: Iterable[Tally], wanted: str | None) -> Choice:
    """What the tables together say about municipalities."""
    joined = Choice(wanted)
    for tally in tallies:
        for municipality in sorted(tally.choice.met, key=lambda one: (one.name or "", one.number or "")):
            joined.takes(municipality)
    return joined


def _joined_part(parts: list[Part]) -> Part:
    first, *others = parts
    for other in others:
        first.left_out += other.left_out
        for municipality, years in other.years.items():
            first.years.setdefault(municipality, set()).update(years)
        for key, one in other.sums.items():
            first.add(key, one.tonnes, one.rows)
    return first


def _check_found(choice: Choice, tallies: list[Tally], part: Part) -> None:
    if not any(tally.rows_read for tally in tallies):
        raise UnreadableFile(
            "no_rows",
            _(
                "Filen har overskrifter, men ingen rader med tall. "
                "Last ned statistikken på nytt, og prøv igjen."
            ),
        )
    if choice.met and not choice.taken:
        raise choice.not_found()
    if choice.several:
        return
    if not part.sums:
        sentence = _(
            "Ingen av radene har tall i kolonnen «{header}». Åpne filen i et regneark, "
            "se at tallene er der, lagre den og prøv igjen."
        )
        raise UnreadableFile("no_figures", sentence.format(header=tallies[0].columns.header("tonnes")))
    shared = choice.shared_name(part.years)
    if shared:
        raise shared

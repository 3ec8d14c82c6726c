"""A spreadsheet with one row per line of a climate budget.

A column that is not there changes nothing; an empty cell in one that is takes the figure or text away.
What is read is the whole new state of each line, so a file can be held against what stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budget.importers.line_cells import (
    HUNDRED,
    Cells,
    WrongValue,
    number_of,
    plain,
    share_of,
    text_of,
    words,
)
from budget.importers.line_details import details_of
from budget.queries.line_states import EffectFigures, LineBook, LineState
from budget.words.line_columns import (
    ALREADY,
    ASSUMPTIONS,
    HIGH,
    LOW,
    MEASURE,
    MOST_PAIRS,
    REASON,
    SCOPE,
    SHEET,
    SOURCES,
    TONNES,
    Figure,
    figure_headers,
    known_columns,
    pair,
)
from emissions.importers.tonnes import MOST_TONNES
from emissions.models import SCOPE_LABELS
from web.formats import format_number
from web.register.columns import ABOUT_THE_ROW
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS, kind_of
from web.sheets.words import shortened
from web.sheets.workbook import read_in_subprocess

# A line has up to six figures for each year of a horizon that may be long.
LIMITS = replace(REGISTERS, columns=250)
HEADER_WITHIN, MOST_ROWS = 15, 1_000
LONGEST_REASON, LONGEST_TEXT = 300, 10_000
MOST_NOK = Decimal(10) ** 12
SIX, TWO = Decimal("0.000001"), Decimal("0.01")
_SHARE = re.compile(r"(.+?)\s*=\s*([^=%]+?)\s*%?")


@dataclass(frozen=True, slots=True)
class WrongRow:
    """What is wrong with one cell; `row` is the number the spreadsheet shows. Of the row of headers: `cells`
    is None.
    """

    row: int
    column: str
    sentence: str
    cells: Cells | None = None


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A row: the measure's id, what the line is to be, and what stood in the cells, by header."""

    row: int
    measure: int
    state: LineState
    cells: Cells


@dataclass(frozen=True, slots=True)
class LinesFile:
    """What a file says, under the headers it has. With `errors` nothing of it may be used."""

    lines: tuple[ReadLine, ...]
    errors: tuple[WrongRow, ...]
    headers: frozenset[str]


def read_lines(content: bytes, file_name: str, book: LineBook) -> LinesFile:
    """Read a workbook. The first wrong cell of every row is listed with row and column.

    Raises UnreadableFile, with a Norwegian sentence, when the file as a whole cannot be read.
    """
    try:
        if kind_of(content, file_name, LIMITS) != "workbook":
            raise UnreadableFile("not_a_spreadsheet", "")
        with read_in_subprocess(
            content, LIMITS, SHEET, longest_text=LONGEST_TEXT + 1, formulas=True
        ) as sheets:
            for _title, rows in sheets:
                return _Table(book).read(rows)
    except UnreadableFile as problem:
        raise UnreadableFile(problem.code, _about_this_file(problem)) from None
    raise _no_header()


def _about_this_file(problem: UnreadableFile) -> str:
    """The sentence of the shared checks, said of this file rather than of emission statistics."""
    own = {
        "empty": _("Filen er tom."),
        "too_large": _("Filen er større enn 5 MB."),
        "too_many_rows": _("Filen har for mange rader."),
        "too_many_columns": _("Filen har for mange kolonner."),
        "not_a_spreadsheet": _("Filen er ikke et regneark (.xlsx)."),
        "web_page": _("Filen er en nettside, ikke et regneark."),
        "forbidden_xml": _("Regnearket inneholder noe et regneark ikke skal ha, og blir ikke lest."),
    }
    own |= dict.fromkeys(("unpacked", "memory", "cpu"), _("Regnearket er for stort å lese."))
    if problem.code not in own:
        return str(problem)
    return own[problem.code] + " " + _("Last ned malen, fyll den ut og last den opp.")


def _no_header() -> UnreadableFile:
    sentence = _("Vi finner ikke kolonnen «{column}». Last ned malen, fyll den ut og last den opp.")
    return UnreadableFile("no_header", sentence.format(column=MEASURE))


class _Table:
    """Reads rows against the book, remembering which measures it has seen."""

    def __init__(self, book: LineBook) -> None:
        self.book = book
        self.figures = figure_headers(book.years)
        self.measures = {name.code.casefold(): pk for pk, name in book.measures.items()}
        self.sources = {name.casefold(): pk for pk, name in book.sources.items()}
        self.scopes = {str(label).casefold(): scope.value for scope, label in SCOPE_LABELS.items()}
        self.decisions = {name.casefold(): pk for pk, name in book.decisions.items()}
        self.seen: dict[int, int] = {}
        self.source_column = SOURCES

    def read(self, rows: Iterable[tuple[int, list[Any]]]) -> LinesFile:
        at: dict[str, int] = {}
        lines: list[ReadLine] = []
        errors: list[WrongRow] = []
        count = 0
        for number, cells in rows:
            if not at:
                at, unknown = self._columns(cells)
                errors += [WrongRow(number, name, sentence) for name, sentence in unknown if at]
                self.source_column = SOURCES if SOURCES in at else pair(1)[0]
                if not at and number >= HEADER_WITHIN:
                    raise _no_header()
                continue
            here = {name: cells[place] if place < len(cells) else None for name, place in at.items()}
            if not any(map(plain, here.values())):
                continue
            count += 1
            if count > MOST_ROWS:
                raise UnreadableFile("too_many_rows", "")
            try:
                lines.append(self._line(number, here))
            except WrongValue as problem:
                errors.append(WrongRow(number, problem.column, str(problem), here))
        if not at:
            raise _no_header()
        return LinesFile(tuple(lines), tuple(errors), frozenset(at))

    def _columns(self, cells: Sequence[Any]) -> tuple[dict[str, int], list[tuple[str, str]]]:
        """(place of each known column, what is wrong with the others)"""
        known = {column.name.casefold(): column.name for column in known_columns(self.book.years)}
        # What the workbook of wrong rows says of itself.
        passed_over = {str(header).casefold() for header in ABOUT_THE_ROW}
        at: dict[str, int] = {}
        wrong = []
        for place, cell in enumerate(cells):
            header = " ".join(plain(cell).split())
            name = known.get(header.casefold())
            if name is None and header and header.casefold() not in passed_over:
                wrong.append((shortened(header), self._unknown(header)))
            elif name in at:
                wrong.append((header, _("kolonnen står to ganger. Behold én av dem.")))
            elif name is not None:
                at[name] = place
        return (at if MEASURE in at else {}), wrong

    def _unknown(self, header: str) -> str:
        if re.search(r"\b(19|20|21)[0-9]{2}\b", header):
            return _("budsjettet gjelder {first}–{last}. Ta bort kolonnen.").format(
                first=self.book.years[0], last=self.book.years[-1]
            )
        return _("vi kjenner ikke kolonnen. Ta den bort, eller last ned malen på nytt.")

    def _line(self, number: int, cells: Cells) -> ReadLine:
        measure = self._measure(number, cells)
        before = self.book.lines.get(measure)
        state = before or LineState(self.book.scope)
        scope = self._scope(cells, before)
        effects, costs = self._figures(cells, state)
        state = replace(
            state,
            scope=scope,
            reason=text_of(cells, REASON, state.reason, LONGEST_REASON),
            assumptions=text_of(cells, ASSUMPTIONS, state.assumptions, LONGEST_TEXT),
            already=self._already(cells, state),
            sources=self._shares(cells, state),
            effects=effects,
            costs=costs,
            details=details_of(cells, state.details, self.decisions),
        )
        self._check(state)
        return ReadLine(number, measure, state, cells)

    def _measure(self, number: int, cells: Cells) -> int:
        code = words(cells, MEASURE)
        if not code:
            raise WrongValue(MEASURE, _("cellen er tom. Skriv nummeret på tiltaket."))
        if code.casefold() not in self.measures:
            raise WrongValue(MEASURE, _("«{code}» finnes ikke blant tiltakene.").format(code=shortened(code)))
        measure = self.measures[code.casefold()]
        first = self.seen.setdefault(measure, number)
        if first != number:
            raise WrongValue(
                MEASURE, _("samme tiltak står også i rad {row}. Behold én av dem.").format(row=first)
            )
        return measure

    def _scope(self, cells: Cells, before: LineState | None) -> str:
        text = words(cells, SCOPE)
        stands = before.scope if before else self.book.scope
        if not text:
            return stands
        scope = self.scopes.get(text.casefold())
        if scope is None:
            raise WrongValue(SCOPE, _("«{text}» er ikke en systemgrense.").format(text=shortened(text)))
        if before and scope != stands:
            raise WrongValue(
                SCOPE, _("systemgrensen kan ikke endres for et tiltak som allerede står i budsjettet.")
            )
        return scope

    def _already(self, cells: Cells, state: LineState) -> Decimal:
        if ALREADY not in cells:
            return state.already
        value = number_of(cells[ALREADY], ALREADY, SIX, MOST_TONNES, state.already)
        return value or Decimal(0)

    def _figures(self, cells: Cells, state: LineState) -> tuple[dict[int, EffectFigures], dict[Any, Decimal]]:
        """Effects and costs: what stands, with the columns that are there put over it."""
        estimates: dict[Figure, Decimal | None] = {}
        for year, effect in state.effects.items():
            for kind, value in zip((TONNES, LOW, HIGH), effect, strict=True):
                estimates[Figure(kind, year)] = value
        costs = dict(state.costs)
        for header, figure in self.figures.items():
            if header not in cells:
                continue
            if figure.kind in (TONNES, LOW, HIGH):
                before = estimates.get(figure)
                estimates[figure] = number_of(cells[header], header, SIX, MOST_TONNES, before)
                continue
            place = (figure.kind, figure.year)
            nok = number_of(cells[header], header, TWO, MOST_NOK, costs.pop(place, None))
            if nok is not None:
                costs[place] = nok
        years = {figure.year for figure in estimates}
        found = {year: _effect(estimates, year) for year in sorted(years)}
        return {year: effect for year, effect in found.items() if effect is not None}, costs

    def _shares(self, cells: Cells, state: LineState) -> Mapping[int, Decimal]:
        """Chosen in pairs of columns, or written in one."""
        pairs = [pair(number) for number in range(1, MOST_PAIRS + 1) if pair(number)[0] in cells]
        if not pairs and SOURCES not in cells:
            return state.sources
        written = words(cells, SOURCES)
        parts = list(self._chosen(cells, pairs) if pairs else _written(written))
        if pairs and written and parts:
            raise WrongValue(SOURCES, _("utslippskildene står også i egne kolonner. Behold én av delene."))
        shares: dict[int, Decimal] = {}
        for column, name, share in parts or _written(written):
            source = self.sources.get(name.casefold())
            if source is None:
                text = _("«{name}» er ikke blant utslippskildene i budsjettet.")
                raise WrongValue(column, text.format(name=shortened(name)))
            if source in shares:
                raise WrongValue(column, _("«{name}» står to ganger.").format(name=shortened(name)))
            shares[source] = share
        total = sum(shares.values(), Decimal(0))
        if shares and total != HUNDRED:
            text = _("andelene er {total} prosent til sammen. De må være 100.")
            raise WrongValue(pairs[0][1] if pairs else SOURCES, text.format(total=format_number(total)))
        # The order of the columns is no change of the split.
        return state.sources if shares == dict(state.sources) else shares

    def _chosen(self, cells: Cells, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, Decimal]]:
        """(column, source, percent) of each pair; one source alone has all of it."""
        named = [(source, share) for source, share in pairs if words(cells, source)]
        for source, share in pairs:
            if share in cells and plain(cells[share]) and not words(cells, source):
                raise WrongValue(source, _("velg utslippskilden andelen gjelder."))
        for source, share in named:
            percent = number_of(cells.get(share), share, TWO, HUNDRED + 1, None)
            if percent is None and len(named) > 1:
                raise WrongValue(share, _("skriv andelen i prosent."))
            yield source, words(cells, source), share_of(str(percent or HUNDRED), share)

    def _check(self, state: LineState) -> None:
        if state.reason and state.effects:
            raise WrongValue(REASON, _("raden har både tall og en grunn til at tiltaket ikke er tallfestet."))
        if state.scope == self.book.scope and not state.reason and not state.sources:
            raise WrongValue(self.source_column, _("velg utslippskilden tiltaket virker på."))


def _written(text: str) -> Iterator[tuple[str, str, Decimal]]:
    """«Veitrafikk: Personbiler = 60 %; Veitrafikk: Varebiler = 40 %»"""
    for part in filter(None, (one.strip() for one in text.split(";"))):
        match = _SHARE.fullmatch(part)
        name, percent = match.groups() if match else (part, "100")
        yield SOURCES, name, share_of(percent, SOURCES)


def _effect(estimates: Mapping[Figure, Decimal | None], year: int) -> EffectFigures | None:
    tonnes, low, high = (estimates.get(Figure(kind, year)) for kind in (TONNES, LOW, HIGH))
    if tonnes is None:
        if low is not None or high is not None:
            raise WrongValue(str(year), _("cellen er tom, men det lave eller høye anslaget er fylt ut."))
        return None
    if (low is not None and low > tonnes) or (high is not None and high < tonnes):
        raise WrongValue(str(year), _("effekten må ligge mellom det lave og det høye anslaget."))
    return EffectFigures(tonnes, low, high)

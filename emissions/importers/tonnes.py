"""Turns cells into tonnes, or says which cell is wrong and why."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.utils.translation import gettext as _

from emissions.importers.errors import UnreadableCell
from web.formats import without_spaces
from web.sheets.cells import EmptyCell, Moment, WrongCell
from web.sheets.words import shortened

# The figures are stored as numeric(20,6): a workbook's binary floats have noise beyond that.
SIX_DECIMALS = Decimal("0.000001")
# The whole country emits half of this; more in one row is a typing error, and sums must fit.
MOST_TONNES = Decimal(100_000_000)
ZERO = Decimal(0)

# What Decimal reads beyond this is no number to people: «1_000», «1e5», «１２», «inf».
_PLAIN = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_THOUSANDS = re.compile(r"^-?[0-9]{1,3}[.,][0-9]{3}$")


def at_cell(place: str, header: str, problem: WrongCell) -> UnreadableCell:
    """Say where a wrong cell is: «Rad 17, kolonne «Utslipp»: …»."""
    sentence = _("{place}, kolonne «{header}»: {problem}")
    return UnreadableCell(
        problem.code, sentence.format(place=place, header=shortened(header), problem=problem.sentence)
    )


class TextNumbers:
    """Reads tonnes from the cells of a CSV file, where the decimal mark has to be inferred.

    `natural` is the mark that belongs to the file's delimiter: comma with semicolons and tabs, point with
    commas. The other mark is accepted when every number of the file uses it and no number could be
    thousands.
    """

    def __init__(self, natural: str) -> None:
        self.natural = natural
        self.marks: dict[str, str] = {}
        self._certain = False
        # The mark every number must have from here on, once it is sure what it means.
        self._settled = ""

    def __call__(self, cell: str) -> Decimal:
        """tCO2e with six decimals. Raises EmptyCell, or WrongCell with the reason."""
        text = cell
        if "," in cell:
            if "." in cell:
                return self._slowly(cell)
            if self._settled != ",":
                self._note(",", cell)
            text = cell.replace(",", ".")
        elif self._settled != "." and "." in cell:
            self._note(".", cell)
        if _PLAIN.fullmatch(text) and ZERO <= (value := Decimal(text)) < MOST_TONNES:
            return value.quantize(SIX_DECIMALS, ROUND_HALF_UP)
        return self._slowly(cell)

    def _note(self, mark: str, cell: str) -> None:
        if mark not in self.marks:
            self.marks[mark] = cell
            if len(self.marks) > 1:
                raise WrongCell(
                    "mixed_marks",
                    _(
                        "«{cell}» har et annet desimaltegn enn «{other}» lenger oppe. "
                        "Bruk komma eller punktum som desimaltegn i hele filen, og ikke som tusenskille."
                    ).format(cell=shortened(cell), other=next(v for k, v in self.marks.items() if k != mark)),
                )
        if mark != self.natural and not self._certain:
            self._certain = not _THOUSANDS.match(cell.strip())
        if mark == self.natural or self._certain:
            self._settled = mark

    def _slowly(self, cell: str) -> Decimal:
        text = without_spaces(cell).replace("\u2212", "-")
        if not text:
            raise EmptyCell
        if ("," in text and "." in text) or text.count(",") > 1 or text.count(".") > 1:
            raise WrongCell(
                "ambiguous_number",
                _(
                    "«{cell}» kan leses på flere måter. Skriv tallet uten tusenskille, for eksempel 1234,5."
                ).format(cell=shortened(cell)),
            )
        return tonnes(text.replace(",", "."), cell)

    def check(self) -> None:
        """Raises WrongCell when every number with a mark may as well be thousands («1.234»)."""
        unnatural = [cell for mark, cell in self.marks.items() if mark != self.natural]
        if unnatural and not self._certain:
            raise WrongCell(
                "ambiguous_number",
                _(
                    "«{cell}» kan være et desimaltall eller tusener. "
                    "Lagre filen uten tusenskille, og prøv igjen."
                ).format(cell=shortened(unnatural[0])),
            )


class GroupedNumbers:
    """Reads tonnes where the file has shown for certain which mark parts the thousands: «1.234,5»."""

    def __init__(self, thousands: str) -> None:
        self.thousands = thousands
        self._whole = _grouped(thousands)

    def __call__(self, cell: str) -> Decimal:
        """tCO2e with six decimals. Raises EmptyCell, or WrongCell with the reason."""
        text = without_spaces(cell).replace("\u2212", "-")
        if not text:
            raise EmptyCell
        if not self._whole.fullmatch(text):
            raise WrongCell("not_a_number", _("«{cell}» er ikke et tall.").format(cell=shortened(cell)))
        return tonnes(text.replace(self.thousands, "").replace(",", "."), cell)

    def check(self) -> None:
        """Nothing is left in doubt."""


def thousands_mark(cells: Iterable[str]) -> str:
    """The mark that parts thousands in these numbers, where one is certain and none says otherwise; or ""."""
    certain: set[str] = set()
    decimal: set[str] = set()
    for cell in cells:
        text = without_spaces(cell)
        marks = [sign for sign in text if sign in ",."]
        if len(marks) == 1:
            decimal |= set() if _THOUSANDS.match(text) else {marks[0]}
        elif marks:
            if not _grouped(marks[0]).fullmatch(text):
                return ""
            certain.add(marks[0])
    return certain.pop() if len(certain) == 1 and not certain & decimal else ""


@cache
def _grouped(thousands: str) -> re.Pattern[str]:
    """A number where this mark may part thousands, and the other one is the decimal mark."""
    whole = rf"[0-9]+|[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}})+"
    return re.compile(rf"-?(?:{whole})(?:[{_other(thousands)}][0-9]*)?")


def _other(mark: str) -> str:
    return "." if mark == "," else ","


def tonnes(text: str, shown: object) -> Decimal:
    """A number's text with decimal point as tCO2e. Raises WrongCell, showing the cell as it stands."""
    if not _PLAIN.fullmatch(text):
        raise WrongCell("not_a_number", _("«{cell}» er ikke et tall.").format(cell=shortened(str(shown))))
    return _in_range(Decimal(text), shown)


def _in_range(value: Decimal, shown: object) -> Decimal:
    cell = shortened(str(shown))
    if not value.is_finite():
        raise WrongCell("not_a_number", _("«{cell}» er ikke et tall.").format(cell=cell))
    if value < ZERO:
        raise WrongCell(
            "negative",
            _("«{cell}» er negativt. Utslipp kan ikke være mindre enn null.").format(cell=cell),
        )
    if value >= MOST_TONNES:
        raise WrongCell("too_large_number", _("«{cell}» er mer enn hele landets utslipp.").format(cell=cell))
    return value.quantize(SIX_DECIMALS, ROUND_HALF_UP)


def workbook_tonnes(cell: object) -> Decimal:
    """tCO2e of a workbook's cell, its binary float rounded. Raises EmptyCell or WrongCell."""
    if type(cell) is float or type(cell) is int:
        text = repr(cell)
        # A cell of a workbook is a number already; a small float is written «1e-05».
        return _in_range(Decimal(text), text.replace(".", ","))
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        raise EmptyCell
    if isinstance(cell, Moment):
        raise WrongCell(
            "date", _("cellen er en dato eller et klokkeslett ({cell}), ikke et tall.").format(cell=cell.text)
        )
    shown = shortened(str(cell))
    if isinstance(cell, str) and re.fullmatch(r"[-\u2212]?[0-9\s.,]*[0-9]", cell.strip()):
        raise WrongCell(
            "number_as_text",
            _("«{cell}» er lagret som tekst. Gjør om kolonnen til tall i regnearket, og prøv igjen.").format(
                cell=shown
            ),
        )
    raise WrongCell("not_a_number", _("«{cell}» er ikke et tall.").format(cell=shown))

"""Which rows belong to which municipality: names, numbers, and numbers of merged municipalities."""

import difflib
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from web.sheets.errors import UnreadableFile
from web.sheets.words import listed

# One tuple per generation of numbers, today's first. Drammen was 0602 until 2019, was merged with Nedre Eiker
# (0625) and Svelvik (0711) in 2020, and renumbered in 2024. Statistics may be published on any of these.
GENERATIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Drammen": (("3301",), ("3005",), ("0602", "0625", "0711")),
}
FORMER_NAMES: dict[str, str] = {"nedre eiker": "Drammen", "svelvik": "Drammen"}

_NAME_OF = {
    number: name for name, several in GENERATIONS.items() for numbers in several for number in numbers
}
_TODAY = {name.casefold(): name for name in GENERATIONS}
_NUMBER_FIRST = re.compile(r"^([0-9]{4})\s*[-–]?\s*(\D.*)$")
_NUMBER_LAST = re.compile(r"^(.*\D)\s*\(([0-9]{4})\)$")


@dataclass(frozen=True)
class Municipality:
    """One municipality as a file names it; either part may be missing, never both."""

    number: str | None
    name: str | None

    @property
    def former(self) -> str | None:
        """What the file calls a municipality that today is (part of) another, or None."""
        if generation(self) > 0:
            return self.number
        if self.name and not self.number and self.name.casefold() in FORMER_NAMES:
            return self.name
        return None


def named(number: object, name: object) -> Municipality | None:
    """Understand the cells of a row: «0602», 602, 3301.0, «Drammen», «3301 Drammen», «Drammen (3301)».

    None where both are empty.
    """
    text = "" if name is None else " ".join(str(name).split())
    digits = _four_digits(number)
    for pattern, number_at, name_at in ((_NUMBER_FIRST, 1, 2), (_NUMBER_LAST, 2, 1)):
        if match := pattern.match(text):
            digits, text = digits or match[number_at], match[name_at].strip()
    if not digits and (digits := _four_digits(text)):
        text = ""
    text = re.sub(r"\s+kommune$", "", text, flags=re.IGNORECASE)
    return Municipality(digits or None, text or None) if digits or text else None


def _four_digits(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    return text.zfill(4) if re.fullmatch(r"[0-9]{3,4}", text) else ""


def canonical(municipality: Municipality) -> str:
    """The label a municipality is shown and chosen by: today's name, or the number where there is none."""
    if municipality.number in _NAME_OF:
        return _NAME_OF[municipality.number]
    name = municipality.name or municipality.number or ""
    if municipality.number is None and name.casefold() in FORMER_NAMES:
        return FORMER_NAMES[name.casefold()]
    return _TODAY.get(name.casefold(), name)


def generation(municipality: Municipality) -> int:
    """How many renumberings ago this number was in use; 0 for today's and for those we do not follow."""
    for index, numbers in enumerate(GENERATIONS.get(_NAME_OF.get(municipality.number or "", ""), ())):
        if municipality.number in numbers:
            return index
    return 0


@dataclass
class Choice:
    """The municipality asked for, and whether a row's municipality is the one.

    Asked for nothing, the first one met is taken; `several` is then true if there are more.
    """

    wanted: str | None
    met: set[Municipality] = field(default_factory=set)
    taken: set[Municipality] = field(default_factory=set)
    _target: Municipality | None = None

    def __post_init__(self) -> None:
        if self.wanted is not None:
            self._target = named(None, self.wanted)

    def takes(self, municipality: Municipality) -> bool:
        """Whether rows of this municipality are to be used."""
        self.met.add(municipality)
        if self.wanted is None and self._target is None:
            self._target = municipality
        belongs = self._target is not None and _same(self._target, municipality)
        if belongs:
            self.taken.add(municipality)
        return belongs

    @property
    def several(self) -> bool:
        """Whether nothing was asked for although the file has more than one municipality."""
        return self.wanted is None and len(self.labels()) > 1

    @property
    def label(self) -> str | None:
        """Today's name of the municipality whose rows are used, spelt as the file spells it."""
        known = self.taken or ({self._target} if self._target else set())
        return min(map(canonical, known), default=None)

    def labels(self) -> tuple[str, ...]:
        """The municipalities of the file, sorted."""
        return tuple(sorted({canonical(one) for one in self.met}, key=str.casefold))

    def not_found(self) -> UnreadableFile:
        """The error when the file has other municipalities than the one asked for."""
        found = self.labels()
        folded = {label.casefold(): label for label in found}
        near = difflib.get_close_matches((self.wanted or "").casefold(), folded, n=1, cutoff=0.7)
        if near:
            sentence = _("{wanted} finnes ikke i filen. Mente du {near}? Filen har tall for {found}.")
        else:
            sentence = _(
                "{wanted} finnes ikke i filen. Filen har tall for {found}. "
                "Velg en av dem, eller last opp en fil der {wanted} er med."
            )
        return UnreadableFile(
            "municipality_not_found",
            sentence.format(wanted=self.wanted, near=folded[near[0]] if near else "", found=listed(found)),
        )

    def shared_name(self, years: dict[Municipality, set[int]]) -> UnreadableFile | None:
        """The error when two municipalities of the same year share the name asked for, otherwise None.

        One that has changed its number has each year under one number only.
        """
        numbered = sorted((one for one in self.taken if one.number), key=lambda one: one.number or "")
        for index, one in enumerate(numbered):
            for other in numbered[index + 1 :]:
                merged = one.number in _NAME_OF and other.number in _NAME_OF
                if one.number != other.number and not merged and years[one] & years[other]:
                    sentence = _(
                        "Filen har to kommuner som heter {name}: {first} og {second}. "
                        "Oppgi kommunenummeret i stedet for navnet."
                    )
                    return UnreadableFile(
                        "municipality_shared_name",
                        sentence.format(name=one.name, first=one.number, second=other.number),
                    )
        return None


def _same(target: Municipality, other: Municipality) -> bool:
    if target.number in _NAME_OF or canonical(target) in GENERATIONS:
        return canonical(target) == canonical(other)
    if target.number and other.number:
        return target.number == other.number
    if target.number or not target.name or not other.name:
        return False
    wanted = target.name.casefold()
    # Several official names stand beside each other: «Guovdageaidnu - Kautokeino».
    return wanted == other.name.casefold() or wanted in re.split(r"\s+[-–/]\s+", other.name.casefold())

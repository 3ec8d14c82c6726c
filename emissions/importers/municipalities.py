"""Which rows belong to which municipality: names, numbers, and numbers of merged municipalities."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from django.utils.translation import gettext as _

from organisation.queries.municipality_codes import MunicipalityCode, codes_of, municipality_codes
from web.sheets.errors import UnreadableFile
from web.sheets.words import listed

_NUMBER_FIRST = re.compile(r"^([0-9]{4})\s*[-–]?\s*(\D.*)$")
_NUMBER_LAST = re.compile(r"^(.*\D)\s*\(([0-9]{4})\)$")
# Several official names stand beside each other: «Guovdageaidnu - Kautokeino».
_BESIDE = re.compile(r"\s+[-–/]\s+")


@dataclass(frozen=True)
class Municipality:
    """One municipality as a file names it; either part may be missing, never both."""

    number: str | None
    name: str | None

    @property
    def former(self) -> str | None:
        """What the file calls a municipality that today is (part of) another, or None."""
        known = municipality_codes().get(self.number or "")
        if known is not None:
            return None if known.is_current else self.number
        if self.name and not self.number and self.name.casefold() not in _names_today():
            return self.name if self.name.casefold() in _former_names() else None
        return None


def named(number: object, name: object) -> Municipality | None:
    """Understand the cells of a row: «0301», 301, 3305.0, «Oslo», «0301 Oslo», «Oslo (0301)».

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


@lru_cache(maxsize=1)
def _names_today() -> dict[str, str]:
    """Today's number by name, each of several official names by itself too. Shared names are left out."""
    today = [one for one in municipality_codes().values() if one.is_current]
    return _unambiguous((name, one) for one in today for name in (one.current_name, one.name))


@lru_cache(maxsize=1)
def _former_names() -> dict[str, str]:
    """Today's number by a former name, where it was one municipality's only."""
    return _unambiguous((one.name, one) for one in municipality_codes().values() if not one.is_current)


def _unambiguous(named_codes: Iterator[tuple[str, MunicipalityCode]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, code in named_codes:
        for one in {name, *_BESIDE.split(name)}:
            found.setdefault(one.casefold(), set()).add(code.current_code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _today(municipality: Municipality) -> str | None:
    """Today's number of a municipality we follow; None for one whose number and name say too little."""
    if municipality.number in municipality_codes():
        return municipality_codes()[municipality.number].current_code
    name = (municipality.name or "").casefold()
    if municipality.number is None and name not in _names_today():
        return _former_names().get(name)
    return _names_today().get(name)


def canonical(municipality: Municipality) -> str:
    """The label a municipality is shown and chosen by: today's name, or the number where there is none."""
    today = _today(municipality)
    if today is not None:
        return municipality_codes()[today].current_name
    return municipality.name or municipality.number or ""


def at_the_same_time(one: Municipality, other: Municipality) -> bool:
    """Whether there were years with both numbers. One without a number counts as today's."""
    first, second = (_years(municipality) for municipality in (one, other))
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def _years(municipality: Municipality) -> tuple[int, int] | None:
    """The first and last year of the municipality's number; None for one we do not follow."""
    code = municipality_codes().get(municipality.number or _today(municipality) or "")
    if code is None:
        return None
    return _first_year(code), code.to_year or _OPEN


_OPEN = 9999


@cache
def _first_year(code: MunicipalityCode) -> int:
    """The year after the number before it, where the list does not say when today's number was new.

    That is the same name's number before it. Where all of today's other numbers are another county's, the
    county was new, and it is any of them.
    """
    if code.from_year is not None or not code.is_current:
        return code.from_year or 0
    others = [one for one in codes_of(code.code) if not one.is_current]
    same_county = any(one.code[:2] == code.code[:2] for one in others)
    spoken = {_bare(name) for name in _BESIDE.split(code.name)}
    before = [one for one in others if not same_county or _bare(one.name) in spoken]
    return max((one.to_year or 0 for one in before), default=-1) + 1


def _bare(name: str) -> str:
    """«Våler» of «Våler (Østfold)»"""
    return name.partition(" (")[0].casefold()


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
        """Today's name of the municipality whose rows are used."""
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
                today = _today(one)
                merged = today is not None and today == _today(other)
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
    today = _today(target)
    if today is not None:
        return today == _today(other)
    if target.number and other.number:
        return target.number == other.number
    if target.number or not target.name or not other.name:
        return False
    wanted = target.name.casefold()
    return wanted == other.name.casefold() or wanted in _BESIDE.split(other.name.casefold())

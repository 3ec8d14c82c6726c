"""Changes, shares and emissions per inhabitant: a number, or the reasons why there is none.

A number with an unknown part is never compared with another: the difference would be made of what is
missing. What is known not to occur, or is counted elsewhere, is zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TypeAlias

from emissions.enums import KNOWN_ZERO, Absence, MissingReason

Reason: TypeAlias = MissingReason | Absence

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_SIX_DECIMALS = Decimal("0.000001")
_PRECISION = 60


@dataclass(frozen=True, slots=True)
class Value:
    """A number in the unit of its table, and why parts of it, or all, are not there."""

    number: Decimal | None
    reasons: tuple[Reason, ...] = ()

    @property
    def unknown(self) -> tuple[Reason, ...]:
        """Reasons that mean that nobody knows."""
        return tuple(reason for reason in self.reasons if reason not in KNOWN_ZERO)

    @property
    def whole(self) -> Decimal | None:
        """The number when no part of it is unknown; what is known to be nothing is zero."""
        if self.unknown or (self.number is None and not self.reasons):
            return None
        return _ZERO if self.number is None else self.number


NO_ROW = Value(None, (Absence.NO_ROW,))


def change(before: Value, after: Value) -> Value:
    """`after` minus `before`, in their unit."""
    old, new = before.whole, after.whole
    if old is None or new is None:
        return _missing(before, after)
    return Value(new - old)


def percent_change(before: Value, after: Value) -> Value:
    """The change in percent of `before`; none when that is zero."""
    old, new = before.whole, after.whole
    if old is None or new is None:
        return _missing(before, after)
    return Value(_ratio((new - old) * _HUNDRED, old)) if old else Value(None, (Absence.ZERO_BASE,))


def share(part: Value, total: Value) -> Value:
    """The part in percent of the total; none when that is zero or not wholly known."""
    some, everything = part.whole, total.whole
    if some is None or everything is None:
        return _missing(part, total)
    return Value(_ratio(some * _HUNDRED, everything)) if everything else Value(None, (Absence.ZERO_BASE,))


def per_inhabitant(tonnes: Value, inhabitants: int | None) -> Value:
    """Tonnes per inhabitant (tCO2e); `inhabitants` on 1 January of the year, None when nobody has told."""
    if tonnes.whole is None:
        return _missing(tonnes)
    if not inhabitants:
        return Value(None, (Absence.NO_INHABITANTS,))
    return Value(_ratio(tonnes.whole, Decimal(inhabitants)))


def total(values: Iterable[Value]) -> Value:
    """The sum of what is known, with the reasons of what is not. Rows that are not there take no part."""
    present = [value for value in values if value != NO_ROW]
    known = [value.number for value in present if value.number is not None]
    reasons = tuple(dict.fromkeys(reason for value in present for reason in value.reasons))
    if not present:
        return NO_ROW
    return Value(sum(known, _ZERO) if known else None, reasons)


def timeline(years: Sequence[int], until: int) -> tuple[tuple[int, Absence | None], ...]:
    """Every year from the first of `years` to the last, or to `until`, and why some have no figures."""
    have, last = set(years), max(years)
    return tuple(
        (
            year,
            None if year in have else Absence.YEAR_LEFT_OUT if year < last else Absence.NOT_YET_PUBLISHED,
        )
        for year in range(min(years), max(last, until) + 1)
    )


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Rounded to six decimals, as figures are kept; the widest quotient of two figures has its digits."""
    with localcontext(prec=_PRECISION):
        return (part / whole).quantize(_SIX_DECIMALS)


def _missing(*values: Value) -> Value:
    return Value(None, tuple(dict.fromkeys(reason for value in values for reason in value.unknown)))

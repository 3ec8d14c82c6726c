"""Fødselsnumre: whether a text holds one, so that a file or a form with them can be turned away.

Eleven digits: day, month, year, three digits and two check digits, both modulo 11. A D-number has 40 added
to its day; an H-number 40, NAV's synthetic numbers 65 and Skatteetaten's 80 to its month. For numbers given
out from 2032 the remainder of the first check digit may be 0 to 3, whenever the person was born; see
Skatteetaten's «Nytt fødselsnummer fra 2032» (skatteetaten.github.io/folkeregisteret-api-dokumentasjon).
"""

from __future__ import annotations

import re
import unicodedata

LENGTH = 11
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_REMAINDERS = frozenset({0, 1, 2, 3})
_ADDED_TO_DAY = (0, 40)
_ADDED_TO_MONTH = (0, 40, 65, 80)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Never a part of a longer number; the six digits of the date may stand apart.
_CANDIDATE = re.compile(r"(?<![0-9])([0-9]{6})[\s.\-\u2010-\u2015]{0,2}([0-9]{5})(?![0-9])")
# A spreadsheet that took the number for an amount has dropped the zero of the first nine days.
_WITHOUT_ZERO = re.compile(r"\s*([0-9]{10})(?:[.,]0+)?\s*")
_NUMBER = re.compile(r"\s*([0-9]{11})(?:[.,]0+)?\s*")


def is_national_id(text: str) -> bool:
    """Whether these eleven digits, with or without a space or a dot after six, are a valid fødselsnummer."""
    found = _CANDIDATE.fullmatch(text.strip())
    return found is not None and _is_valid(found[1] + found[2])


def holds_national_id(cell: object) -> bool:
    """Whether a cell of a spreadsheet has a valid one anywhere in it: as text, among text or as a number."""
    if cell is None or isinstance(cell, bool):
        return False
    if isinstance(cell, float):
        cell = int(cell) if cell.is_integer() else cell
    text = str(cell)
    if not text.isascii():
        text = _plain(text)
    if len(text) < LENGTH - 1:
        return False
    if whole := _WITHOUT_ZERO.fullmatch(text):
        return _is_valid("0" + whole[1])
    if whole := _NUMBER.fullmatch(text):
        return _is_valid(whole[1])
    return bool(_valid_in(text))


def national_ids_in(text: str) -> frozenset[str]:
    """The valid ones in a running text, as eleven digits."""
    return _valid_in(text if text.isascii() else _plain(text))


def _valid_in(text: str) -> frozenset[str]:
    candidates = (found[1] + found[2] for found in _CANDIDATE.finditer(text))
    return frozenset(digits for digits in candidates if _is_valid(digits))


def _plain(text: str) -> str:
    """Digits of other scripts and widths as 0–9, without signs nobody sees."""
    signs = []
    for sign in unicodedata.normalize("NFKC", text):
        digit = unicodedata.decimal(sign, None)
        if digit is not None:
            signs.append(str(digit))
        elif unicodedata.category(sign) != "Cf":
            signs.append(sign)
    return "".join(signs)


def _is_valid(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    if not _is_date(numbers):
        return False
    first = sum(weight * digit for weight, digit in zip(_FIRST, numbers, strict=False)) % 11
    second = sum(weight * digit for weight, digit in zip(_SECOND, numbers, strict=False)) % 11
    return first in _REMAINDERS and second == 0


def _is_date(numbers: list[int]) -> bool:
    """Whether there is such a day in one century or another."""
    day, month, year = (10 * numbers[at] + numbers[at + 1] for at in (0, 2, 4))
    days = [day - added for added in _ADDED_TO_DAY]
    for month_added in _ADDED_TO_MONTH:
        real = month - month_added
        if not 1 <= real <= 12:
            continue
        last = 28 if real == 2 and year % 4 else _DAYS[real - 1]
        if any(1 <= one <= last for one in days):
            return True
    return False

"""What in a running text looks like it is about a person: a fødselsnummer, or a telephone number.

A fødselsnummer has check digits, and is told for sure. A telephone number is eight digits as Norwegians write
them; what is counted, dated or numbered otherwise is not meant: amounts, tonnes, years, cases, accounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from web.national_id import national_ids_in

_GAP = r"[ \u00a0\u202f]"
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
# With the country's code, or after a word that says what it is: however the digits are grouped.
_SAID = re.compile(
    r"(?:(?:\+|\b00)47|\b(?:tlf|telefon\w*|mobil\w*|mob|ring\w*|sms)\b[\s.:]*(?:(?:nr|nummer|til|på)\b[\s.:]*)?)"
    rf"{_GAP}?([2-9](?:{_GAP}?[0-9]){{7}})(?![0-9])",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\w/=#.,:+−–-])(?<![0-9]{_GAP})"
    rf"([2-9][0-9]{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}|[2-9][0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{3}}"
    rf"|[2-9][0-9]{{7}})"
    rf"(?![0-9])(?!{_GAP}[0-9])(?![\w/–-])(?![.,][0-9-])"
)
_COUNTED_BEFORE = re.compile(
    r"(?:\b(?:kr|nok|kroner|tonn|beløp\w*|sum|sak\w*|arkivsak\w*|konto\w*|org\w*|journal\w*|prosjekt\w*"
    r"|gnr|bnr|nr|nummer|id|ref\w*|art|§)|[€$])[\s.:]*$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s*(?:(?:kr|kroner|nok|tonn|t|tco2e?|kg|g|kwh|mwh|gwh|kw|liter|l|km|m|m2|m3|prosent|mill\w*|mrd|stk"
    r"|innbygger\w*|reiser|personkilometer|ganger)\b|%|m²|m³)",
    re.IGNORECASE,
)
# «20262030» and «20260901» are years and a date.
_YEARS = re.compile(r"20[0-9]{2}(?:(?:19|20)[0-9]{2}|[01][0-9][0-3][0-9])")


def phones_in(text: str) -> frozenset[str]:
    """The telephone numbers in the text, as eight digits."""
    plain = _ADDRESS.sub(" ", text)
    said = {_digits(found[1]) for found in _SAID.finditer(plain)}
    return frozenset(said | set(_bare(plain)))


def _bare(text: str) -> Iterator[str]:
    for found in _BARE.finditer(text):
        digits = _digits(found[1])
        is_round = len(found[1]) == len(digits) and (digits.endswith("000") or _YEARS.fullmatch(digits))
        counted = _COUNTED_BEFORE.search(text[: found.start()]) or _COUNTED_AFTER.match(text, found.end())
        if not is_round and not counted:
            yield digits


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def new_national_ids(text: str, before: str) -> frozenset[str]:
    """The fødselsnumre that were not in the text before: what stands is not asked about again."""
    return national_ids_in(text) - national_ids_in(before)


def new_phones(text: str, before: str) -> frozenset[str]:
    return phones_in(text) - phones_in(before)

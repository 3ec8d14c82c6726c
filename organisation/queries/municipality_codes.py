"""Which number and name each municipality has, and has had: `organisation/data`, see README there."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "data" / "municipality_codes.csv"


@dataclass(frozen=True, slots=True)
class MunicipalityCode:
    """One number with its name, and which municipality it is (part of) today. None: open, or not known."""

    current_code: str
    current_name: str
    code: str
    name: str
    from_year: int | None
    to_year: int | None

    @property
    def is_current(self) -> bool:
        return self.code == self.current_code


@lru_cache(maxsize=1)
def municipality_codes() -> dict[str, MunicipalityCode]:
    """Every number in use since 1994, by number. Those whose municipality was divided are not there."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _code(row) for row in csv.DictReader(file)}


def _code(row: dict[str, str]) -> MunicipalityCode:
    return MunicipalityCode(
        row["current_code"],
        row["current_name"],
        row["code"],
        row["name"],
        int(row["from_year"]) if row["from_year"] else None,
        int(row["to_year"]) if row["to_year"] else None,
    )


def codes_of(current_code: str) -> list[MunicipalityCode]:
    """Today's number and the former ones, also of those merged into it; today's first, then the newest."""
    found = [one for one in municipality_codes().values() if one.current_code == current_code]
    return sorted(found, key=lambda one: (not one.is_current, -(one.to_year or 0), one.code))

"""One target as its page shows it: the ceiling year by year beside what was emitted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.models import Edition
from strategy.calculations import ceiling, ceiling_percent
from strategy.enums import TargetKind
from strategy.models import Target, TargetCeiling
from strategy.queries.targets import figures_of_target, target_terms
from web.formats import format_number, format_percent


@dataclass(frozen=True, slots=True)
class CeilingYear:
    """One year. `cut` and `left` are percent of the base year; tonnes are tCO2e, None where not known."""

    year: int
    cut: Decimal
    left: Decimal
    ceiling: Decimal | None
    emitted: Decimal | None
    adopted: TargetCeiling | None

    @property
    def distance(self) -> Decimal | None:
        """Tonnes above the ceiling; negative below it."""
        if self.emitted is None or self.ceiling is None:
            return None
        return self.emitted - self.ceiling

    @property
    def under(self) -> Decimal | None:
        """Tonnes below the ceiling; negative above it."""
        return None if self.distance is None else -self.distance


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """A target with its edition in force. `years` is empty for a goal without a ceiling."""

    target: Target
    edition: Edition | None
    base: Decimal | None
    totals: dict[int, Decimal]
    years: tuple[CeilingYear, ...]
    newest: CeilingYear | None

    @property
    def has_ceiling(self) -> bool:
        return self.target.kind == TargetKind.EMISSION and self.target.percent is not None


def target_sheet(target: Target) -> TargetSheet:
    """The ceiling of each year from base year to target year; a fixed number of queries.

    The percents are there also when the edition lacks the base year: they are the promise.
    """
    edition, base, totals = figures_of_target(target)
    years: list[CeilingYear] = []
    if target.kind == TargetKind.EMISSION and target.base_year is not None:
        adopted = {one.year: one for one in target.adopted_ceilings.all()}
        terms = target_terms(target)
        last = max([target.target_year, *(year for year in totals if base is not None)])
        for year in range(target.base_year, last + 1):
            cut = ceiling_percent(year, **terms)  # type: ignore[arg-type]
            years.append(
                CeilingYear(
                    year=year,
                    cut=cut,
                    left=100 - cut,
                    ceiling=None if base is None else ceiling(base, cut),
                    emitted=totals.get(year),
                    adopted=adopted.get(year),
                )
            )
    known = [row for row in years if row.emitted is not None and base is not None]
    return TargetSheet(target, edition, base, totals, tuple(years), known[-1] if known else None)


def standing_sentence(sheet: TargetSheet) -> str:
    """Where the target stands, in one or two sentences that agree with chart and table."""
    target = sheet.target
    if not sheet.has_ceiling:
        return _without_ceiling(target)
    if sheet.edition is None:
        return _("Klimaregnskapet har ingen tall med denne systemgrensen ennå. Rammen vises i prosent.")
    if sheet.base is None:
        return _(
            "Utgaven som gjelder, har ingen tall for basisåret {base}. Rammen kan vises i prosent, "
            "men ikke i tonn, før det importeres en utgave som har {base}."
        ).format(base=target.base_year)
    newest = sheet.newest
    assert newest is not None
    assert newest.distance is not None
    if newest.year == target.base_year:
        return _("Siste regnskapsår er basisåret {year}. Det er ikke noe å sammenligne med ennå.").format(
            year=newest.year
        )
    emitted = format_number(newest.emitted, 0)
    # The same rounding as the figures shown: what is nothing as shown is nothing in words.
    distance = newest.distance.quantize(Decimal(1))
    if distance > 0:
        return _("I {year} var utslippene {emitted} tonn CO₂e, {distance} tonn over utslippsrammen.").format(
            year=newest.year, emitted=emitted, distance=format_number(distance, 0)
        )
    if distance < 0:
        return _("I {year} var utslippene {emitted} tonn CO₂e, {distance} tonn under utslippsrammen.").format(
            year=newest.year, emitted=emitted, distance=format_number(-distance, 0)
        )
    return _("I {year} var utslippene {emitted} tonn CO₂e, akkurat på utslippsrammen.").format(
        year=newest.year, emitted=emitted
    )


def _without_ceiling(target: Target) -> str:
    if target.scope:
        return _(
            "Målet har ingen prosent, og derfor ingen utslippsramme. Utslippene kan følges år for år, "
            "men ikke måles mot en ramme."
        )
    return _("Målet har ingen prosent, og derfor ingen utslippsramme. Det følges med indikatorer.")


def promise_sentence(target: Target) -> str:
    """«Kutte 55 % fra 2021 til 2030.»"""
    if target.percent is None:
        return _("Skal nås innen {year}.").format(year=target.target_year)
    return _("Utslippene skal kuttes {percent} fra {base} til {year}.").format(
        percent=format_percent(target.percent), base=target.base_year, year=target.target_year
    )

"""Accounts in words: the sentence that comes first, figures in cells, and which years are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.enums import MeasuredIn, Scope
from emissions.models import MEASURED_IN_LABELS, MISSING_LABELS, Edition
from emissions.queries.accounts import Account, Amount
from web.formats import EN_DASH, NBSP, format_date, format_number

PARTIAL_MARK = "*"


def answer(account: Account) -> str:
    """«I 2024 var utslippene i Bergen 212 000 tonn CO₂e, 29 prosent lavere enn i 2009.»"""
    first, last = account.totals[0], account.totals[-1]
    sentence = _level(Scope(account.edition.scope)).format(
        year=account.years[-1],
        municipality=account.edition.municipality.name,
        tonnes=EN_DASH if last.tonnes is None else format_number(last.tonnes, 0),
    )
    comparable = len(account.years) > 1 and not (first.is_partial or last.is_partial)
    if comparable and first.tonnes and last.tonnes is not None:
        sentence += f", {_change(first.tonnes, last.tonnes, account.years[0])}"
    return f"{sentence}."


def _level(scope: Scope) -> str:
    return {
        Scope.COMMUNITY_DIRECT: _("I {year} var utslippene i {municipality} {tonnes} tonn CO₂e"),
        Scope.OWN_OPERATIONS_DIRECT: _(
            "I {year} var de direkte utslippene fra egen virksomhet i {municipality} kommune "
            "{tonnes} tonn CO₂e"
        ),
        Scope.OWN_OPERATIONS_FOOTPRINT: _(
            "I {year} var klimafotavtrykket fra egen virksomhet i {municipality} kommune {tonnes} tonn CO₂e"
        ),
        Scope.COMMUNITY_INDIRECT: _(
            "I {year} var de indirekte utslippene i {municipality} {tonnes} tonn CO₂e"
        ),
    }[scope]


def _change(before: Decimal, now: Decimal, year: int) -> str:
    percent = (now - before) / before * 100
    if abs(percent) < Decimal("0.5"):
        return _("omtrent som i {year}").format(year=year)
    size = format_number(abs(percent), 0)
    if percent < 0:
        return _("{percent} prosent lavere enn i {year}").format(percent=size, year=year)
    return _("{percent} prosent høyere enn i {year}").format(percent=size, year=year)


def amount_text(amount: Amount | None) -> str:
    """A figure as a cell shows it: «–» for no row, the reason for a missing figure, zero only for zero."""
    if amount is None:
        return EN_DASH
    if amount.tonnes is None:
        return "; ".join(str(MISSING_LABELS[reason]) for reason in amount.reasons)
    mark = PARTIAL_MARK if amount.is_partial else ""
    if 0 < amount.tonnes < Decimal("0.5"):
        return f"<{NBSP}1{mark}"
    return f"{format_number(amount.tonnes, 0)}{mark}"


def period(years: Sequence[int]) -> str:
    """«2009–2024», or one year."""
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}{EN_DASH}{years[-1]}"


def gap_note(account: Account) -> str:
    """Which years between the first and the last have no figures; empty when all have."""
    missing = account.missing_years
    if not missing:
        return ""
    return _("Utgaven har ingen tall for {years}.").format(years=joined(missing))


def to_come_note(account: Account, until: int) -> str:
    """Which years after the edition's last, to `until`, have not been published; empty when none."""
    to_come = range(account.years[-1] + 1, until + 1)
    if not to_come:
        return ""
    return _("Tall for {years} er ikke publisert ennå.").format(years=joined(to_come))


def shape_label(code: str) -> str:
    """Which published shape an edition's file had."""
    known = {
        "workbook_all": _("Arbeidsbok med én rad per kommune, sektor, kilde, år og gass"),
        "workbook_municipality": _("Arbeidsbok for én kommune, ett ark per sektor"),
        "workbook_table": _("Arbeidsbok med én tabell"),
        "own_operations": _("Aktiviteter ganget med utslippsfaktorer, lukket i portalen"),
    }
    return known.get(code, _("CSV-fil") if code.startswith("csv") else code)


def joined(items: Iterable[object]) -> str:
    """«2010, 2012 og 2014»"""
    *most, last = [str(item) for item in items]
    return _("{most} og {last}").format(most=", ".join(most), last=last) if most else last


def exact_text(amount: Amount | None) -> str:
    """As amount_text, but with a decimal where a whole tonne says too little, as for one unit's account."""
    if amount is None or amount.tonnes is None or amount.tonnes == 0 or amount.tonnes >= 100:
        return amount_text(amount)
    mark = PARTIAL_MARK if amount.is_partial else ""
    return f"{format_number(amount.tonnes, 1 if amount.tonnes >= Decimal('0.05') else 3)}{mark}"


def factor_text(kg_co2e: Decimal, measured_in: MeasuredIn, version: int) -> str:
    """«2,66 kg CO₂e per liter (versjon 2)»"""
    return _("{kg} kg CO₂e per {measure} (versjon {version})").format(
        kg=format_number(kg_co2e), measure=per_one(measured_in), version=version
    )


def per_one(measured_in: MeasuredIn) -> str:
    """The unit of measure after «per»."""
    return _("krone") if measured_in == MeasuredIn.NOK else str(MEASURED_IN_LABELS[measured_in])


def edition_line(edition: Edition) -> str:
    """«Utgave publisert 28. mars 2025 av Miljødirektoratet»"""
    return _("Utgave publisert {day} av {publisher}").format(
        day=format_date(edition.published), publisher=edition.publisher
    )

"""Targets in sentences: what is promised, and where it stands."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from strategy.models import Target
from strategy.queries.targets import TargetSheet
from web.formats import format_number, format_percent


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


def promise_in_words(target: Target) -> str:
    """«−55 % i 2030 fra 2021. Direkte utslipp …», or «innen 2030» for a goal without a percent."""
    if target.percent is None:
        words = _("innen {year}").format(year=target.target_year)
    else:
        words = _("−{percent} i {year} fra {base}").format(
            percent=format_percent(target.percent), year=target.target_year, base=target.base_year
        )
    scope = str(SCOPE_LABELS[Scope(target.scope)]) if target.scope else ""
    return f"{words}. {scope}" if scope else words

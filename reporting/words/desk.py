"""What there is to look at on Klima's desk, in words."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from reporting.queries.desk import Desk, DeskMeasure, DeskUnit, Difference
from reporting.queries.deviations import OpenDecision
from reporting.words.chain import vacancy_sentence
from reporting.words.deviations import decision_sentence
from reporting.words.remarks import sentence
from web.formats import format_date, format_number


@dataclass(frozen=True, slots=True)
class SaidDecision(OpenDecision):
    """A decision that is asked for, with the sentence of it."""

    sentence: str = ""


@dataclass(frozen=True, slots=True)
class SaidUnit(DeskUnit):
    """A report with its sentences; `vacancy` says who approves for a unit without a leader."""

    vacancy: str = ""


@dataclass(frozen=True, slots=True)
class SaidMeasure(DeskMeasure):
    """A measure with its sentences. `changes` are (what, before, after)."""

    changes: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]
    odd: tuple[str, ...]


def desk_in_words(desk: Desk) -> Desk:
    """The desk with the measures that are shown in words."""
    return replace(
        desk,
        shown=tuple(_unit(unit) for unit in desk.shown),
    )


def _unit(unit: DeskUnit) -> SaidUnit:
    return SaidUnit(
        unit.report,
        tuple(said(one) for one in unit.measures),
        unit.leading,
        vacancy=vacancy_sentence(unit.leading) if unit.awaits_approval else "",
    )


def said(one: DeskMeasure) -> SaidMeasure:
    values = {field.name: getattr(one, field.name) for field in fields(DeskMeasure)}
    values["decision"] = _said_decision(one.decision) if one.decision else None
    year = one.status.report.period.year
    return SaidMeasure(
        **values,
        changes=tuple(_change(difference) for difference in one.differences),
        missing=tuple(sentence(found, year) for found in one.lacks),
        odd=tuple(sentence(found, year) for found in one.stands_out),
    )


def _said_decision(asked: OpenDecision) -> SaidDecision:
    values = {field.name: getattr(asked, field.name) for field in fields(OpenDecision)}
    return SaidDecision(**values, sentence=decision_sentence(asked))


def _change(difference: Difference) -> tuple[str, str, str]:
    labels = {
        "status": _("Status"),
        "indicator_value": _("Resultat"),
        "new_date": _("Tatt igjen"),
        "delayed_share": _("Andel forsinket, prosent"),
    }
    return labels[difference.field], _shown(difference.before), _shown(difference.after)


def _shown(value: str | Decimal | date | None) -> str:
    if isinstance(value, str):
        return value
    return format_date(value) if isinstance(value, date) else format_number(value)

"""What is said about one line besides its figures, for readers of the document and its files."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.queries.line_facts import IndicatorGoals
from budget.queries.tables import FundingRow, TableLine
from strategy.enums import MeasureKind, MeasureState
from strategy.models import MEASURE_KIND_LABELS, MEASURE_STATE_LABELS
from web.formats import format_date, format_number, format_percent

HUNDRED = Decimal(100)


def source_words(line: TableLine) -> str:
    """«Veitrafikk: Varebiler 70 %, Personbiler 30 %»"""
    by_sector: dict[str, list[str]] = {}
    for part in line.details.sources:
        share = "" if part.share == HUNDRED else f" {format_percent(part.share)}"
        name = part.source if part.source and part.source != part.sector else ""
        by_sector.setdefault(part.sector, []).append(f"{name}{share}".strip())
    return "; ".join(
        f"{sector}: {', '.join(names)}" if any(names) else sector for sector, names in by_sector.items()
    )


def kind_words(line: TableLine) -> str:
    return str(MEASURE_KIND_LABELS[MeasureKind(line.details.kind)]) if line.details.kind else ""


def state_words(line: TableLine) -> str:
    return str(MEASURE_STATE_LABELS[MeasureState(line.details.state)]) if line.details.state else ""


def funding_words(line: TableLine) -> str:
    return "; ".join(map(_funding, line.details.fundings))


def _funding(row: FundingRow) -> str:
    """«Klimasats 2022: gitt 648 000 kr, rapporteres innen 1. mars 2027»"""
    said = []
    if row.granted_nok is not None:
        said.append(_("gitt {nok} kr").format(nok=format_number(row.granted_nok, 0)))
    elif row.applied_nok is not None:
        said.append(_("søkt {nok} kr").format(nok=format_number(row.applied_nok, 0)))
    if row.deadline:
        said.append(_("søknadsfrist {day}").format(day=format_date(row.deadline)))
    if row.report_due:
        said.append(_("rapporteres innen {day}").format(day=format_date(row.report_due)))
    return f"{row.scheme}: {', '.join(said)}" if said else row.scheme


def decision_words(line: TableLine) -> str:
    """«Utrede klimafond, sak 26/101, 3. mars 2026; Eksempelsak 25/88»"""
    row, said = line.details.decision, []
    if row is not None:
        case = _("sak {case}").format(case=row.case_number) if row.case_number else ""
        when = format_date(row.decided_on) if row.decided_on else row.decided_when
        said.append(", ".join(part for part in (row.title, case, when) if part))
    return "; ".join(part for part in (*said, line.details.decision_reference) if part)


def indicator_texts(indicators: Iterable[IndicatorGoals]) -> list[str]:
    """«Elbiler levert, biler: 12 etter 1. tertial 2026, 24 i 2026», each goal with its period."""
    texts = []
    for indicator in indicators:
        goals = []
        for row in indicator.targets:
            words = _("{value} i {period}") if row.tertial is None else _("{value} etter {period}")
            goals.append(words.format(value=format_number(row.value.normalize() + 0), period=row.period))
        texts.append(f"{indicator.name}, {indicator.unit_label}: {', '.join(goals)}")
    return texts


def indicator_words(line: TableLine, year: int) -> str:
    """«Utslippsfrie anlegg: 14 anlegg i 2027», or the name alone where the year has no goal."""
    texts = []
    for row in line.details.indicators:
        goal = row.goals.get(year)
        if goal is None:
            texts.append(row.name)
        else:
            text = _("{name}: {goal} {unit} i {year}")
            goal_text = format_number(goal)
            texts.append(text.format(name=row.name, goal=goal_text, unit=row.unit_label, year=year))
    return "; ".join(texts)

"""The budget table as JSON, CSV and XLSX. Every figure is the table's own; nothing is computed here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from budget.calculations import Band
from budget.enums import BudgetState
from budget.models import BUDGET_STATE_LABELS
from budget.queries.fingerprint import by_year, decimal_text
from budget.queries.tables import BudgetTable, FundingRow, TableLine, TableYear
from budget.words.answers import none_recorded_sentence
from budget.words.document_tables import plan_cost
from budget.words.groups import sums_by_focus_area, sums_by_level, sums_by_unit
from budget.words.lines import (
    decision_words,
    funding_words,
    indicator_words,
    kind_words,
    source_words,
    state_words,
)
from budget.words.prices import price_of
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS
from strategy.enums import Level
from strategy.models import LEVEL_LABELS
from web.formats import format_date, format_number
from web.names import naming
from web.sheets.writing import Column, Sheet, write_csv, write_xlsx

FORMATS = ("xlsx", "csv", "json")


def export(table: BudgetTable, form: str) -> bytes:
    """The whole table as «xlsx», «csv» or «json». Raises KeyError for another form."""
    writers: Mapping[str, Callable[[BudgetTable], bytes]] = {
        "xlsx": lambda table: write_xlsx([summary_sheet(table), lines_sheet(table)]),
        "csv": lambda table: write_csv(lines_sheet(table)),
        "json": lambda table: json.dumps(as_json(table), ensure_ascii=False, indent=2).encode() + b"\n",
    }
    return writers[form](table)


def file_name(table: BudgetTable, form: str) -> str:
    head = table.budget
    revision = f"-revisjon-{head.revision}" if head.revision > 1 else ""
    return f"klimabudsjett-{head.year}-{SCOPE_SLUGS[Scope(head.scope)]}{revision}.{form}"


def as_json(table: BudgetTable) -> dict[str, Any]:
    """The contract of `budget_table --format json`: tonnes and NOK as exact decimal strings, null unknown."""
    head, target = table.budget, table.target
    return {
        "budget": {
            "year": head.year,
            "scope": head.scope,
            "revision": head.revision,
            "state": head.state,
            "case": head.case_number or None,
        },
        "edition": {
            "published": table.edition.published.isoformat(),
            "municipality": table.edition.municipality,
            "publisher": table.edition.publisher,
        },
        "target": {
            "base_year": target.base_year,
            "target_year": target.target_year,
            "percent": decimal_text(target.percent),
        },
        "years": [_year_json(row) for row in table.years],
        "lines": [
            {**_line_json(line, line.effects), "cost_per_tonne": _price_json(table, line)}
            for line in table.lines
        ],
        # Beyond the boundary: as typed, never part of any sum above.
        "outside_boundary": [
            {**_line_json(line, outside_effects(table, line)), "scope": line.scope} for line in table.outside
        ],
    }


def _year_json(row: TableYear) -> dict[str, Any]:
    return {
        "year": row.year,
        "reference": decimal_text(row.reference),
        "gross": decimal_text(row.gross),
        "overlap": decimal_text(row.overlap),
        "net": decimal_text(row.net),
        "net_by_level": {level.value: decimal_text(net) for level, net in row.net_by_level.items()},
        "path": decimal_text(row.path),
        "ceiling": decimal_text(row.ceiling),
        "gap": decimal_text(row.gap),
        "band": _band_json(row.band),
        # False: no line has a figure this year, so what is cut is unknown. The sums are those of nothing.
        "known": row.known,
    }


def _band_json(band: Band | None) -> dict[str, str | None] | None:
    """Lowest and highest path and gap; null without ranges."""
    if band is None:
        return None
    return {
        "path_low": decimal_text(band.path_low),
        "path_high": decimal_text(band.path_high),
        "gap_low": decimal_text(band.gap_low),
        "gap_high": decimal_text(band.gap_high),
    }


def _line_json(line: TableLine, effects: Mapping[int, Any]) -> dict[str, Any]:
    return {
        "measure": {"code": line.code, "title": line.title},
        "unit": line.unit,
        "focus_area": line.focus_area,
        "level": line.level.value,
        "quantified": line.quantified,
        "effects": by_year(effects),
        "costs": by_year(line.costs),
        "kind": line.details.kind or None,
        "status": line.details.state or None,
        "external_actor": line.external_actor or None,
        "reason": line.reason or None,
        "sources": [
            {"sector": part.sector, "source": part.source or None, "percent": decimal_text(part.share)}
            for part in line.details.sources
        ],
        "funding": [_funding_json(row) for row in line.details.fundings],
        "indicators": [
            {"name": row.name, "unit": row.unit_label, "goals": by_year(row.goals)}
            for row in line.details.indicators
        ],
        "decision": _decision_json(line),
    }


def _decision_json(line: TableLine) -> dict[str, str | None] | None:
    """The entry of the decisions register, and what is said in words beside it."""
    row, text = line.details.decision, line.details.decision_reference
    if row is None:
        return {"title": None, "case": None, "decided_on": None, "text": text} if text else None
    return {
        "title": row.title,
        "case": row.case_number or None,
        "decided_on": row.decided_on.isoformat() if row.decided_on else None,
        "text": text or None,
    }


def _price_json(table: BudgetTable, line: TableLine) -> dict[str, Any] | None:
    """NOK per tonne, to the øre, and what it is made of; null for a line without tonnes."""
    if not line.quantified:
        return None
    price, given = price_of(table, line), line.price_inputs
    return {
        "year": price.year,
        "nok": decimal_text(price.nok),
        "why_not": price.why_not or None,
        "extra_cost": decimal_text(given.extra_cost_nok),
        "lifetime_years": given.lifetime_years,
        "discount_percent": decimal_text(given.discount_percent),
    }


def _funding_json(row: FundingRow) -> dict[str, str | None]:
    return {
        "scheme": row.scheme,
        "applied": decimal_text(row.applied_nok),
        "granted": decimal_text(row.granted_nok),
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "report_due": row.report_due.isoformat() if row.report_due else None,
    }


def outside_effects(table: BudgetTable, line: TableLine) -> dict[int, Any]:
    """What a line gives beyond the boundary, per year of the horizon; None where nothing was typed."""
    return {year: line.raw[year].tonnes if year in line.raw else None for year in table.horizon}


def summary_rows(table: BudgetTable) -> list[tuple[str, tuple[Any, ...]]]:
    """(label, one figure per year of the horizon): the table in the order a reader adds it up. Empty where no
    line has a figure that year: unknown is not zero.
    """
    years = table.years

    def row(label: str, figure: Callable[[TableYear], Any]) -> tuple[str, tuple[Any, ...]]:
        return label, tuple(figure(year) if year.known else None for year in years)

    rows = [(_("Referansebane"), tuple(row.reference for row in years))]
    for level in (Level.NATIONAL, Level.REGIONAL, Level.MUNICIPAL):
        label = _("Kutt etter overlapp, {level}").format(level=LEVEL_LABELS[level])
        rows.append(row(label, lambda year, level=level: year.net_by_level[level]))  # type: ignore[misc]
    return [
        *rows,
        row(_("Kutt i alt, før overlapp"), lambda year: year.gross),
        row(_("Overlapp"), lambda year: year.overlap),
        row(_("Kutt i alt, etter overlapp"), lambda year: year.net),
        row(_("Tiltaksbane"), lambda year: year.path),
        (_("Utslippsramme"), tuple(year.ceiling for year in years)),
        row(_("Over rammen"), lambda year: year.gap),
        *_band_rows(table),
    ]


def _band_rows(table: BudgetTable) -> list[tuple[str, tuple[Any, ...]]]:
    if not table.has_ranges:
        return []
    bands = [row.band if row.known else None for row in table.years]
    return [
        (_("Tiltaksbane, lavt"), tuple(band and band.path_low for band in bands)),
        (_("Tiltaksbane, høyt"), tuple(band and band.path_high for band in bands)),
        (_("Over rammen, lavt"), tuple(band and band.gap_low for band in bands)),
        (_("Over rammen, høyt"), tuple(band and band.gap_high for band in bands)),
    ]


def summary_sheet(table: BudgetTable) -> Sheet:
    """«Sammendrag»: the sums per year, who and what they come from, and what acts beyond the boundary."""
    rows: list[list[object]] = [[label, *figures] for label, figures in summary_rows(table)]
    blank: list[object] = [None] * len(table.years)
    for title, sums in _sums(table):
        rows.append([title, *blank])
        rows += [[name, *figures.values()] for name, figures in sums.items()]
    if table.outside:
        rows.append([_("Virkning utenfor systemgrensen, ikke regnet med"), *blank])
        for line in table.outside:
            label = f"{line.code} {line.title} ({SCOPE_LABELS[Scope(line.scope)]})"
            rows.append([label, *outside_effects(table, line).values()])
    columns = [Column(_("Tonn CO₂e")), *(Column(str(year), "number", 0) for year in table.horizon)]
    return Sheet(_("Sammendrag"), columns, rows, title=heading_lines(table))


def _sums(table: BudgetTable) -> list[tuple[str, Mapping[str, Mapping[int, Any]]]]:
    """Counted effects before overlap, added up here so that the file needs no formulas."""
    return [
        (_("Sum per virksomhet, før overlapp"), sums_by_unit(table)),
        (_("Sum per nivå, før overlapp"), sums_by_level(table)),
        (_("Sum per innsatsområde, før overlapp"), sums_by_focus_area(table)),
    ]


def lines_sheet(table: BudgetTable) -> Sheet:
    """«Tiltak»: a row per line with the effects that count, tonnes, and net costs, NOK; then what is said
    about the line, and low and high estimates where any line has them.
    """
    texts = (
        _("Nummer"), _("Tiltak"), _("Ansvarlig"), _("Ekstern aktør"),
        _("Innsatsområde"), _("Nivå"), _("Tallfestet"), _("Hvorfor ikke tallfestet"),
    )  # fmt: skip
    first, last = table.budget.year, table.budget.last_plan_year
    columns = [
        *(Column(text) for text in texts),
        *(Column(_("Effekt {year}, tonn").format(year=year), "number", 0) for year in table.horizon),
        *(Column(_("Kostnad {year}, kroner").format(year=year), "number", 0) for year in table.horizon),
        Column(_("Samlet kostnad {first}–{last}, kroner").format(first=first, last=last), "number", 0),
        Column(_("Kroner per tonn i {year}").format(year=table.answer_year.year), "number", 0),
        Column(_("Hvorfor ikke kroner per tonn")),
        *(Column(text) for text in (_("Type"), _("Sektor og kilde"), _("Finansiering"))),
        *(Column(text) for text in (_("Indikator og måltall"), _("Vedtak"), _("Status"))),
        *_range_columns(table),
    ]
    rows = [
        [
            line.code,
            line.title,
            line.unit,
            line.external_actor,
            line.focus_area,
            str(LEVEL_LABELS[line.level]),
            line.quantified,
            line.reason,
            *line.effects.values(),
            *line.costs.values(),
            plan_cost(line.costs, table),
            *_price_cells(table, line),
            kind_words(line),
            source_words(line),
            funding_words(line),
            indicator_words(line, table.budget.year),
            decision_words(line),
            state_words(line),
            *_ranges(table, line),
        ]
        for line in table.lines
    ]
    return Sheet(_("Tiltak"), columns, rows, title=heading_lines(table))


def _price_cells(table: BudgetTable, line: TableLine) -> list[Any]:
    """The figure, or why there is none; neither for a line without tonnes."""
    if not line.quantified:
        return [None, ""]
    price = price_of(table, line)
    return [price.nok, price.why_not]


def _range_columns(table: BudgetTable) -> list[Column]:
    if not table.has_ranges:
        return []
    words = (_("Lavt anslag {year}, tonn"), _("Høyt anslag {year}, tonn"))
    return [Column(word.format(year=year), "number", 0) for year in table.horizon for word in words]


def _ranges(table: BudgetTable, line: TableLine) -> list[Any]:
    """Low and high of every year, as they count; empty where no estimate but the central one is given."""
    if not table.has_ranges:
        return []
    typed = [line.raw.get(year) for year in table.horizon]
    return [
        line.counted(figure) for raw in typed for figure in ((raw.low, raw.high) if raw else (None, None))
    ]


def heading_lines(table: BudgetTable) -> tuple[str, ...]:
    """What it is, which version, where the figures are from, and whether they are only examples."""
    head, edition, target = table.budget, table.edition, table.target
    lines = [_("Klimabudsjett {year}").format(year=head.year), str(SCOPE_LABELS[Scope(head.scope)])]
    if target.percent is not None:
        text = _("Mål: −{percent} % i {target_year} fra {base_year}")
        lines.append(
            text.format(
                percent=format_number(target.percent),
                target_year=target.target_year,
                base_year=target.base_year,
            )
        )
    text = _("Utslippstall: {publisher}, publisert {published}")
    lines.append(text.format(publisher=edition.publisher, published=format_date(edition.published)))
    state = str(BUDGET_STATE_LABELS[BudgetState(head.state)])
    if head.adopted_on:
        state = naming(
            _("Vedtatt av {council} {date}, sak {case}"),
            head.adopted_on,
            date=format_date(head.adopted_on),
            case=head.case_number,
        )
    lines.append(_("{state}. Revisjon {number}.").format(state=state, number=head.revision))
    if head.recorded_afterwards:
        lines.append(_("Ført inn i ettertid."))
    if table.none_recorded:
        lines.append(none_recorded_sentence())
    lines.append(_("Tallene vises avrundet, men har alle desimaler."))
    if head.is_example:
        lines.append(_("Eksempeldata"))
    return tuple(lines)

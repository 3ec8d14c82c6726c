"""The budget table as JSON, CSV and XLSX. Every figure is the table's own; nothing is computed here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from budget.enums import BudgetState
from budget.models import BUDGET_STATE_LABELS
from budget.queries import BudgetTable, TableLine, TableYear, decimal_text
from budget.queries.fingerprint import by_year
from climate_portal.web.formats import format_date, format_number
from climate_portal.web.spreadsheets import Column, Sheet, write_csv, write_xlsx
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS
from strategy.enums import Level
from strategy.models import LEVEL_LABELS

CONTENT_TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


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
        "lines": [_line_json(line, line.effects) for line in table.lines],
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
    }


def outside_effects(table: BudgetTable, line: TableLine) -> dict[int, Any]:
    """What a line gives beyond the boundary, per year of the horizon; None where nothing was typed."""
    return {year: line.raw[year].tonnes if year in line.raw else None for year in table.horizon}


def summary_rows(table: BudgetTable) -> list[tuple[str, tuple[Any, ...]]]:
    """(label, one figure per year of the horizon): the table in the order a reader adds it up."""
    years = table.years
    rows = [(_("Referansebane"), tuple(row.reference for row in years))]
    for level in (Level.NATIONAL, Level.REGIONAL, Level.MUNICIPAL):
        label = _("Kutt etter overlapp, {level}").format(level=LEVEL_LABELS[level])
        rows.append((label, tuple(row.net_by_level[level] for row in years)))
    return [
        *rows,
        (_("Kutt i alt, før overlapp"), tuple(row.gross for row in years)),
        (_("Overlapp"), tuple(row.overlap for row in years)),
        (_("Kutt i alt, etter overlapp"), tuple(row.net for row in years)),
        (_("Tiltaksbane"), tuple(row.path for row in years)),
        (_("Utslippsramme"), tuple(row.ceiling for row in years)),
        (_("Over rammen"), tuple(row.gap for row in years)),
    ]


def summary_sheet(table: BudgetTable) -> Sheet:
    """«Sammendrag»: the sums per year, and below them what acts beyond the boundary."""
    rows: list[list[object]] = [[label, *figures] for label, figures in summary_rows(table)]
    if table.outside:
        blank: list[object] = [None] * len(table.years)
        rows.append([_("Virkning utenfor systemgrensen, ikke regnet med"), *blank])
        for line in table.outside:
            label = f"{line.code} {line.title} ({SCOPE_LABELS[Scope(line.scope)]})"
            rows.append([label, *outside_effects(table, line).values()])
    columns = [Column(_("Tonn CO₂e")), *(Column(str(year), "number", 0) for year in table.horizon)]
    return Sheet(_("Sammendrag"), columns, rows, title=heading_lines(table))


def lines_sheet(table: BudgetTable) -> Sheet:
    """«Tiltak»: a row per line with the effects that count, tonnes, and net costs, NOK."""
    texts = (
        _("Nummer"), _("Tiltak"), _("Ansvarlig"), _("Ekstern aktør"),
        _("Innsatsområde"), _("Nivå"), _("Tallfestet"), _("Hvorfor ikke tallfestet"),
    )  # fmt: skip
    columns = [
        *(Column(text) for text in texts),
        *(Column(_("Effekt {year}, tonn").format(year=year), "number", 0) for year in table.horizon),
        *(Column(_("Kostnad {year}, kroner").format(year=year), "number", 0) for year in table.horizon),
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
        ]
        for line in table.lines
    ]
    return Sheet(_("Tiltak"), columns, rows, title=heading_lines(table))


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
        state = _("Vedtatt av kommunestyret {date}, sak {case}").format(
            date=format_date(head.adopted_on), case=head.case_number
        )
    lines.append(_("{state}. Revisjon {number}.").format(state=state, number=head.revision))
    if head.is_example:
        lines.append(_("Eksempeldata"))
    return tuple(lines)

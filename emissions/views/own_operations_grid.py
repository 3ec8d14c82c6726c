"""The grid of a unit's activities: cells, tonnes and sums as markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from emissions.calculations import factor_in
from emissions.enums import MeasuredIn, MissingReason, Scope
from emissions.models import (
    MEASURED_IN_LABELS,
    MISSING_LABELS,
    SCOPE_LABELS,
    SCOPE_SLUGS,
    Activity,
    ActivityType,
)
from emissions.queries.accounts import Amount
from emissions.queries.own_operations import (
    ActivityRow,
    activity_rows,
    activity_types,
    factors_by_type,
    sum_amounts,
)
from emissions.words.accounts import exact_text, factor_text
from organisation.models import Unit
from web.formats import EN_DASH, format_number
from web.grid import GridCell, cell_error_link, cell_html
from web.grid_cells import CellError

FORM_ID = "aktiviteter"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One activity of the unit: last year's figure for comparison, the cell, and what it comes to."""

    name: str
    url: str
    note: str
    measure: str
    before: str
    cell: SafeString | str
    tonnes: SafeString
    factor: str


@dataclass(frozen=True, slots=True)
class EntryPart:
    title: str
    lines: tuple[EntryLine, ...]
    total: SafeString


def key_of(unit_id: int, type_id: int, year: int) -> str:
    """What names a cell in the page and in the form."""
    return f"{unit_id}-{type_id}-{year}"


def stored_text(activity: Activity | None) -> str:
    """What stands in a cell: the number, or the reason in words."""
    if activity is None:
        return ""
    if activity.quantity is not None:
        return format_number(activity.quantity)
    return str(MISSING_LABELS[MissingReason(activity.missing_reason)]) if activity.missing_reason else ""


def no_factor(year: int) -> str:
    """The remark on a quantity that is saved but makes no tonnes."""
    return _("Lagret. Det finnes ingen utslippsfaktor for {year}, så det blir ingen tonn ennå.").format(
        year=year
    )


def page_context(
    unit: Unit,
    year: int,
    *,
    errors: Mapping[int, CellError] | None = None,
    editable: bool = True,
) -> dict[str, object]:
    """The page of one unit and year; what was refused stays in its cell, with what is wrong under it.

    Not `editable`, it is to be read.
    """
    errors = errors or {}
    rows = {(row.activity.activity_type_id, row.activity.year): row for row in activity_rows(unit_id=unit.pk)}
    kinds, known = list(activity_types()), factors_by_type()
    parts: dict[str, list[EntryLine]] = {}
    amounts: dict[str, list[Amount]] = {}
    is_example = False
    for kind in kinds:
        own, last = rows.get((kind.pk, year)), rows.get((kind.pk, year - 1))
        now = factor_in(year, known.get(kind.pk, ()))
        parts.setdefault(kind.scope, []).append(
            EntryLine(
                name=kind.name,
                url=reverse("emissions:own_activity", args=[year, unit.pk, kind.pk]),
                note=own.activity.note if own else "",
                measure=str(MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)]),
                before=stored_text(last.activity if last else None) or EN_DASH,
                cell=_input(unit, kind, year, own, errors.get(kind.pk))
                if editable
                else stored_text(own.activity if own else None) or EN_DASH,
                tonnes=tonnes_cell(key_of(unit.pk, kind.pk, year), own, plain=True),
                factor=factor_text(now.kg_co2e, MeasuredIn(kind.measured_in), now.version)
                if now
                else _("ingen faktor for {year}").format(year=year),
            )
        )
        if own and not own.is_blank:
            amounts.setdefault(kind.scope, []).append(own.amount)
            is_example = is_example or own.activity.is_example
    return {
        "page_title": _("{unit}: aktiviteter {year}").format(unit=unit.name, year=year),
        "unit": unit,
        "year": year,
        "last_year": year - 1,
        "next_year": year + 1 if year < timezone.localdate().year else None,
        "may_enter": editable,
        "form_id": FORM_ID,
        "cell_url": reverse("emissions:own_cell", args=[0, 0, 0]).removesuffix("0/0/0/"),
        "reasons": list(MISSING_LABELS.values()),
        "has_errors": [
            cell_error_link(key_of(unit.pk, kind.pk, year), kind.name, errors[kind.pk].message)
            for kind in kinds
            if kind.pk in errors and errors[kind.pk].message
        ],
        "is_example": is_example,
        "parts": [
            EntryPart(
                str(SCOPE_LABELS[Scope(scope)]),
                tuple(lines),
                total_cell(scope, sum_amounts(amounts.get(scope, ())), scope in amounts, plain=True),
            )
            for scope, lines in parts.items()
        ],
    }


def _input(
    unit: Unit, kind: ActivityType, year: int, own: ActivityRow | None, refused: CellError | None
) -> SafeString:
    stored = stored_text(own.activity if own else None)
    standing = own.activity.version if own else 0
    return cell_html(
        GridCell(
            key=key_of(unit.pk, kind.pk, year),
            form_id=FORM_ID,
            value=refused.typed if refused else stored,
            version=str(refused.version if refused else standing),
            label=f"{kind.name}, {year}, {MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)]}",
            error=refused.message if refused else "",
            saved=stored,
            note=no_factor(year) if own and own.lacks_factor and not refused else "",
        )
    )


def tonnes_cell(key: str, row: ActivityRow | None, *, plain: bool = False) -> SafeString:
    """What an activity comes to, tCO2e; `plain` where it stands, otherwise sent out of band."""
    amount = row.amount if row and not row.is_blank and not row.lacks_factor else None
    return _td(f"t-{key}", exact_text(amount), plain=plain)


def total_cell(scope: str, total: Amount, known: bool, *, plain: bool = False) -> SafeString:
    """The sum of one account of the unit, tCO2e."""
    return _td(f"s-{SCOPE_SLUGS[Scope(scope)]}", exact_text(total if known else None), plain=plain)


def _td(identity: str, text: str, *, plain: bool) -> SafeString:
    swap = SafeString("") if plain else SafeString(' hx-swap-oob="true"')
    return format_html('<td class="num sum" id="{}"{}>{}</td>', identity, swap, text)

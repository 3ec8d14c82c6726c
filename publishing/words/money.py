"""The money of a summary as one table and one sentence, the same on the page, in PDFs and in the chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.enums import MISSING
from publishing.queries.period_summary import Money, MoneyRow, PaidMeasure
from web.formats import format_date, format_number
from web.names import naming
from web.reading_tables import Column, Part, ReadingTable, TableRow


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """`sentence` is the answer, `source` where the figures are from."""

    sentence: str
    source: str
    table: ReadingTable


def money_part(
    money: Money | None,
    *,
    year: int,
    most: int | None = None,
    not_reported: str = "",
    name_units: bool = True,
) -> MoneyPart | None:
    """The part about money; None where no row pays for a measure in it.

    Of more than `most` rows only those furthest from their budget are listed. `not_reported` is the word for
    a measure nobody has approved an answer about, where it is another than the dashboard's. Without
    `name_units` a measure that has its row alone stands without its unit.
    """
    if money is None or not money.rows:
        return None
    # One that is left over alone takes no less room than its own row.
    listed = money.rows if most is None or len(money.rows) <= most + 1 else money.rows[:most]
    rest = money.rows[len(listed) :]
    rows = [_money_row(row, not_reported, name_units) for row in listed]
    if rest:
        label = _("De andre {n} radene i økonomiplanen").format(n=format_number(len(rest)))
        rows.append(_sum(label, rest))
    return MoneyPart(
        sentence=_sentence(money),
        source=_source(money),
        table=ReadingTable(
            _("Årets budsjett, forbruk og prognose for tiltakene"),
            (
                Column(_("Tiltak")),
                Column(_("Status")),
                Column(_("Budsjett {year}, kr").format(year=year), numeric=True),
                Column(_("Brukt hittil, kr"), numeric=True),
                Column(_("Prognose {year}, kr").format(year=year), numeric=True),
                Column(_("Avvik, kr"), numeric=True),
            ),
            (Part("", tuple(rows)),),
            (_sum(_("Sum"), money.rows),) if len(money.rows) > 1 else (),
            note=_note(money),
        ),
    )


def _money_row(row: MoneyRow, not_reported: str, name_units: bool) -> TableRow:
    labels = dict.fromkeys(
        not_reported if one.status == MISSING and not_reported else one.label for one in row.measures
    )
    return TableRow(
        (
            "; ".join(_name(one, name_units or len(row.measures) > 1) for one in row.measures),
            "; ".join(labels),
            *(format_number(figure, 0) for figure in (row.budgeted, row.spent, row.forecast, row.deviation)),
        )
    )


def _name(one: PaidMeasure, with_unit: bool) -> str:
    return f"{one.title} ({one.unit})" if with_unit and one.unit else one.title


def _sum(label: str, rows: Iterable[MoneyRow]) -> TableRow:
    found = list(rows)
    known = [row.deviation for row in found if row.deviation is not None]
    return TableRow(
        (
            label,
            "",
            format_number(_all([row.budgeted for row in found]), 0),
            format_number(_all([row.spent for row in found]), 0),
            format_number(_all([row.forecast for row in found]), 0),
            format_number(sum(known, Decimal(0)) if known else None, 0),
        )
    )


def _all(figures: list[Decimal | None]) -> Decimal | None:
    """The sum, or None when one of them is unknown."""
    known = [figure for figure in figures if figure is not None]
    return sum(known, Decimal(0)) if len(known) == len(figures) else None


def _sentence(money: Money) -> str:
    known = [row.deviation for row in money.rows if row.deviation is not None]
    if not known:
        return _("Ingen av radene i økonomiplanen har både budsjett og prognose.")
    total = sum(known, Decimal(0))
    if not total:
        words = _("Prognosen for året er lik budsjettet, på {known} av {all} rader i økonomiplanen.")
    elif total < 0:
        words = _("Prognosen for året er {n} kr under budsjettet, på {known} av {all} rader i økonomiplanen.")
    else:
        words = _("Prognosen for året er {n} kr over budsjettet, på {known} av {all} rader i økonomiplanen.")
    return words.format(
        n=format_number(abs(total), 0), known=format_number(len(known)), all=format_number(len(money.rows))
    )


def _note(money: Money) -> str:
    parts = [_("Avvik er prognose minus budsjett: minus er mindre enn budsjettert.")]
    if any(len(row.measures) > 1 for row in money.rows):
        parts.append(_("Tiltak på samme rad i økonomiplanen står sammen, og beløpene gjelder dem samlet."))
    if any(row.deviation is None for row in money.rows):
        parts.append(_("Summen av avvik gjelder radene som har både budsjett og prognose."))
    return " ".join(parts)


def _source(money: Money) -> str:
    parts = [naming(_("Regnskapstall fra {analysis}, {day}."), day=format_date(money.imported_on))]
    if not money.checked:
        parts.append(_("De er ikke ferdig kontrollert."))
    if money.without:
        parts.append(
            ngettext(
                "Ett tiltak i klimabudsjettet har ingen rad med tall.",
                "{n} tiltak i klimabudsjettet har ingen rad med tall.",
                money.without,
            ).format(n=format_number(money.without))
        )
    return " ".join(parts)

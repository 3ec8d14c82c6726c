"""What a unit answers for, as tables: tonnes of single years in one, kroner in another, never mixed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from budget.queries.tables import TableLine
from budget.queries.units import UnitPart
from budget.words.document_tables import plan_cost
from budget.words.figures import tonnes
from budget.words.groups import known_sum
from budget.words.lines import funding_words, indicator_words, state_words
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from web.formats import format_date
from web.reading_tables import Column, Part, ReadingTable, TableRow


def effects_table(part: UnitPart) -> ReadingTable | None:
    """Tonnes in each year from the budget's own to the end."""
    if not part.quantified:
        return None
    rows = [
        TableRow((line.code, line.title, *(tonnes(line.effects[year]) for year in part.years)), line.pk)
        for line in part.quantified
    ]
    sums = (tonnes(known_sum(part.quantified, year)) for year in part.years)
    return ReadingTable(
        _("Effekt i hvert år, tonn CO₂e"),
        (Column(_("Nr.")), Column(_("Tiltak")), *_years(part)),
        (Part("", tuple(rows)),),
        (TableRow(("", _("Sum før overlapp"), *sums)),),
        head=1,
        note=_("Reduksjon mot referansebanen i samme år, som positive tall. «–» betyr ikke kjent."),
    )


def _years(part: UnitPart) -> list[Column]:
    return [Column(_("i {year}").format(year=year), numeric=True) for year in part.years]


def duties_table(part: UnitPart) -> ReadingTable:
    """Everything the unit answers for, with or without tonnes: what it costs and how it is followed up."""
    year, table = part.budget.year, part.table
    lines = (*part.lines, *part.outside)
    rows = [
        TableRow(
            (
                line.code,
                line.title,
                _tonnes_words(line, part),
                tonnes(line.costs.get(year)),
                tonnes(plan_cost(line.costs, table)),
                funding_words(line),
                indicator_words(line, year),
                state_words(line),
            ),
            line.pk,
        )
        for line in lines
    ]
    head = table.budget
    span = {"first": head.year, "last": head.last_plan_year}
    texts = (_("Finansiering"), _("Indikator og måltall"), _("Status"))
    return ReadingTable(
        _("Kostnader og oppfølging"),
        (
            Column(_("Nr.")),
            Column(_("Tiltak")),
            Column(_("Tallfestet")),
            Column(_("Kroner i {year}").format(year=year), numeric=True),
            Column(_("Kroner samlet {first}–{last}").format(**span), numeric=True),
            *map(Column, texts),
        ),
        (Part("", tuple(rows)),),
        (_cost_row(part, lines),),
        head=1,
    )


def _cost_row(part: UnitPart, lines: Iterable[TableLine]) -> TableRow:
    costs = {year: part.cost(year) for year in part.table.plan_years}
    in_year, total = costs.get(part.budget.year), plan_cost(costs, part.table)
    return TableRow(("", _("Sum"), "", tonnes(in_year), tonnes(total), "", "", ""))


def _tonnes_words(line: TableLine, part: UnitPart) -> str:
    if not line.quantified:
        return _("nei: {reason}").format(reason=line.reason)
    if line.scope != part.budget.scope:
        return _("virker utenfor: {scope}").format(scope=str(SCOPE_LABELS[Scope(line.scope)]).lower())
    return _("ja")


def total_sentence(part: UnitPart) -> str:
    """The plan period in one figure, said as what it is: a sum over years."""
    head = part.table.budget
    years = [year for year in part.table.plan_years if year in part.table.horizon]
    total = part.total(years)
    if total is None:
        return ""
    text = _("Samlet {first}–{last} skal tiltakene kutte {tonnes} tonn, før overlapp med andres tiltak.")
    return text.format(first=head.year, last=head.last_plan_year, tonnes=tonnes(total))


def deadline_sentences(part: UnitPart) -> list[str]:
    """«1. mars 2027: rapporter til Klimasats om T1 Utslippsfrie anleggsplasser»"""
    words = {
        "deadline": _("{day}: søknadsfrist hos {scheme} for {line}"),
        "report_due": _("{day}: rapporter til {scheme} om {line}"),
    }
    return [
        words[what].format(day=format_date(day), scheme=row.scheme, line=f"{line.code} {line.title}")
        for day, line, row, what in part.deadlines
    ]

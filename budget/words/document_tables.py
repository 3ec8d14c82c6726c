"""The tables of the budget document. Cells are text as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.queries.tables import BudgetTable, TableLine, TableYear
from budget.words.budgets import bridge_sentence
from budget.words.figures import cut, gap, tonnes
from budget.words.groups import (
    known_sum,
    line_groups,
    responsible,
    sums_by_focus_area,
    sums_by_level,
    sums_by_unit,
)
from budget.words.lines import (
    decision_words,
    funding_words,
    indicator_words,
    kind_words,
    source_words,
    state_words,
)
from budget.words.prices import price_words
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from strategy.enums import Level
from strategy.models import LEVEL_LABELS
from web.reading_tables import Column, Part, ReadingTable, TableRow


def summary_table(table: BudgetTable) -> ReadingTable:
    """Referansebane − statlige og regionale − kommunale netto = tiltaksbane; ramme; over rammen."""
    years = table.years

    def always(label: str, figure: Callable[[TableYear], str]) -> TableRow:
        return TableRow((label, *(figure(year) for year in years)))

    def row(label: str, figure: Callable[[TableYear], str], css: str = "") -> TableRow:
        return TableRow((label, *(figure(year) if year.known else tonnes(None) for year in years)), css=css)

    rows = [
        always(_("Referansebane"), lambda year: tonnes(year.reference)),
        row(_("− Statlige og regionale tiltak, netto"), lambda year: cut(year.external_net)),
        row(_("− Kommunale tiltak, netto"), lambda year: cut(year.by_level[Level.MUNICIPAL].net)),
        row(_("Tiltaksbane"), lambda year: tonnes(year.path), "sum"),
    ]
    foot = [
        always(_("Utslippsramme"), lambda year: tonnes(year.ceiling)),
        row(_("Over rammen"), lambda year: gap(year.gap), "gap"),
    ]
    if table.has_ranges:
        rows += [
            row(_("Tiltaksbane, lavt"), lambda year: tonnes(year.band.path_low if year.band else None)),
            row(_("Tiltaksbane, høyt"), lambda year: tonnes(year.band.path_high if year.band else None)),
        ]
        foot += [
            row(_("Over rammen, lavt"), lambda year: gap(year.band.gap_low if year.band else None)),
            row(_("Over rammen, høyt"), lambda year: gap(year.band.gap_high if year.band else None)),
        ]
    return ReadingTable(
        _("Sammendrag, tonn CO₂e"),
        (Column(_("Tonn CO₂e")), *_year_columns(table)),
        (Part("", tuple(rows)),),
        tuple(foot),
        note=bridge_sentence(table.horizon, table.budget.year, table.budget.last_plan_year),
    )


def effect_table(table: BudgetTable) -> ReadingTable | None:
    """Every quantified line with what counts per year, by focus area, and what overlap takes at the end."""
    if not table.quantified:
        return None
    texts = (_("Nr."), _("Tiltak"), _("Sektor og kilde"), _("Type"), _("Nivå"), _("Ansvarlig"))
    parts = []
    for title, lines in line_groups(table.quantified).items():
        rows = [_effect_row(line, line.effects.values()) for line in lines]
        sums = tuple(tonnes(known_sum(lines, year)) for year in table.horizon)
        label = _("Sum {group}").format(group=title[:1].lower() + title[1:])
        rows.append(TableRow(("", label, "", "", "", "", *sums), css="sum"))
        parts.append(Part(title, tuple(rows)))
    return ReadingTable(
        _("Effekt per tiltak og år, tonn CO₂e"),
        (*map(Column, texts), *_year_columns(table)),
        tuple(parts),
        _total_rows(table, blanks=5),
        head=1,
        figures_first=True,
        note=_(
            "Effekt i hvert år mot referansebanen i samme år, ikke summert over år. "
            "Reduksjon er positive tall. «–» betyr at tallet ikke er kjent."
        ),
    )


def _effect_row(line: TableLine, figures: Iterable[Decimal | None]) -> TableRow:
    return TableRow(
        (
            line.code,
            line.title,
            source_words(line),
            kind_words(line),
            str(LEVEL_LABELS[line.level]),
            responsible(line),
            *map(tonnes, figures),
        ),
        line.pk,
    )


def _total_rows(table: BudgetTable, *, blanks: int) -> tuple[TableRow, ...]:
    """Sum, overlap and net of all lines; the first `blanks` columns but the row's name are empty."""
    before = ("",) if blanks else ()
    after = ("",) * max(0, blanks - 1)
    rows = (
        (_("Sum før overlapp"), [tonnes(year.gross if year.known else None) for year in table.years]),
        (_("Overlapp"), [cut(year.overlap if year.known else None) for year in table.years]),
        (_("Sum etter overlapp"), [tonnes(year.net if year.known else None) for year in table.years]),
    )
    return tuple(TableRow((*before, label, *after, *figures)) for label, figures in rows)


def cost_table(table: BudgetTable) -> ReadingTable | None:
    """What the quantified lines cost per year and in the plan period, and per tonne."""
    if not table.quantified:
        return None
    years, answer = cost_years(table), table.answer_year.year
    parts = tuple(
        Part(title, tuple(_cost_row(table, line, years) for line in lines))
        for title, lines in line_groups(table.quantified).items()
    )
    sums = _cost_cells(_sum_costs(table.quantified, years), years, table)
    price = Column(_("Kroner per tonn i {year}").format(year=answer), numeric=True)
    return ReadingTable(
        _("Kostnader, kroner"),
        (Column(_("Nr.")), Column(_("Tiltak")), *_cost_columns(table, years), price),
        parts,
        (TableRow(("", _("Sum kostnader"), *sums, "")),),
        head=1,
        note=_(
            "Kostnad er merkostnad i kroner mot å ikke gjennomføre tiltaket: investering og drift, minus "
            "innsparing. Kroner per tonn er samlet merkostnad som like årlige beløp over levetiden, med "
            "kalkulasjonsrente, delt på hele effekten i {year}. Det regnes bare der alle tre er oppgitt."
        ).format(year=answer),
    )


def _cost_row(table: BudgetTable, line: TableLine, years: Sequence[int]) -> TableRow:
    cells = _cost_cells(line.costs, years, table)
    return TableRow((line.code, line.title, *cells, price_words(table, line)), line.pk)


def follow_up_table(table: BudgetTable) -> ReadingTable | None:
    """Who pays for the quantified lines, what is decided, and how one sees that they are carried out."""
    if not table.quantified:
        return None
    texts = (_("Nr."), _("Tiltak"), _("Finansiering"), _("Indikator og måltall"), _("Vedtak"), _("Status"))
    parts = tuple(
        Part(
            title,
            tuple(TableRow((line.code, line.title, *_follow_up(table, line)), line.pk) for line in lines),
        )
        for title, lines in line_groups(table.quantified).items()
    )
    return ReadingTable(
        _("Finansiering og oppfølging"),
        tuple(map(Column, texts)),
        parts,
        head=1,
        note=_("Status, vedtak og indikator er slik de står i strategien i dag."),
    )


def _follow_up(table: BudgetTable, line: TableLine) -> tuple[str, ...]:
    return (
        funding_words(line),
        indicator_words(line, table.budget.year),
        decision_words(line),
        state_words(line),
    )


def cost_years(table: BudgetTable) -> tuple[int, ...]:
    """The plan period, and other years somebody has given a cost for."""
    lines = (*table.lines, *table.outside)
    other = {year for line in lines for year, nok in line.costs.items() if nok is not None}
    return tuple(year for year in table.horizon if year in other or year in table.plan_years)


def _cost_columns(table: BudgetTable, years: Sequence[int]) -> list[Column]:
    head = table.budget
    total = _("Samlet {first}–{last}, kroner").format(first=head.year, last=head.last_plan_year)
    return [
        *(Column(_("Kroner i {year}").format(year=year), numeric=True) for year in years),
        Column(total, numeric=True),
    ]


def _cost_cells(
    costs: Mapping[int, Decimal | None], years: Sequence[int], table: BudgetTable
) -> tuple[str, ...]:
    return (*(tonnes(costs.get(year)) for year in years), tonnes(plan_cost(costs, table)))


def plan_cost(costs: Mapping[int, Decimal | None], table: BudgetTable) -> Decimal | None:
    """NOK in the whole plan period; None when no year of it has a cost."""
    known = [nok for year in table.plan_years if (nok := costs.get(year)) is not None]
    return sum(known, Decimal(0)) if known else None


def _sum_costs(lines: Iterable[TableLine], years: Iterable[int]) -> dict[int, Decimal | None]:
    lines = list(lines)
    sums: dict[int, Decimal | None] = {}
    for year in years:
        known = [nok for line in lines if (nok := line.costs.get(year)) is not None]
        sums[year] = sum(known, Decimal(0)) if known else None
    return sums


def not_quantified_table(table: BudgetTable) -> ReadingTable | None:
    """The measures without tonnes: the same duties, and the reason why there is no figure."""
    if not table.not_quantified:
        return None
    years = cost_years(table)
    texts = (_("Nr."), _("Tiltak"), _("Type"), _("Nivå"), _("Ansvarlig"), _("Hvorfor ikke tallfestet"))
    last = (_("Finansiering"), _("Indikator og måltall"), _("Vedtak"), _("Status"))
    rows = []
    for line in table.not_quantified:
        costs = _cost_cells(line.costs, years, table)
        who = (kind_words(line), str(LEVEL_LABELS[line.level]), responsible(line))
        ends = _follow_up(table, line)
        rows.append(TableRow((line.code, line.title, *who, line.reason, costs[-1], *ends), line.pk))
    return ReadingTable(
        _("Tiltak som ikke er tallfestet"),
        (*map(Column, texts), _cost_columns(table, years)[-1], *map(Column, last)),
        (Part("", tuple(rows)),),
        head=1,
        note=_("Like forpliktende som de andre tiltakene, men uten tall i tonn. De er ikke med i noen sum."),
    )


def outside_tables(table: BudgetTable) -> tuple[ReadingTable, ...]:
    """What acts beyond the boundary, one table per scope, as typed and never added up."""
    scopes = dict.fromkeys(line.scope for line in table.outside)
    texts = (_("Nr."), _("Tiltak"), _("Type"), _("Nivå"), _("Ansvarlig"))
    tables = []
    for scope in scopes:
        rows = [
            TableRow(
                (
                    line.code,
                    line.title,
                    kind_words(line),
                    str(LEVEL_LABELS[line.level]),
                    responsible(line),
                    *(tonnes(line.raw[year].tonnes if year in line.raw else None) for year in table.horizon),
                ),
                line.pk,
            )
            for line in table.outside
            if line.scope == scope
        ]
        caption = _("{scope}, tonn CO₂e per år").format(scope=SCOPE_LABELS[Scope(scope)])
        columns = (*map(Column, texts), *_year_columns(table))
        tables.append(ReadingTable(caption, columns, (Part("", tuple(rows)),), head=1, figures_first=True))
    return tuple(tables)


def sum_tables(table: BudgetTable) -> tuple[ReadingTable, ...]:
    """Per unit, level and focus area, before overlap; each ends in the same totals."""
    if not table.quantified:
        return ()
    groups = (
        (_("Sum per virksomhet, tonn CO₂e"), _("Virksomhet"), sums_by_unit(table)),
        (_("Sum per nivå, tonn CO₂e"), _("Nivå"), sums_by_level(table)),
        (_("Sum per innsatsområde, tonn CO₂e"), _("Innsatsområde"), sums_by_focus_area(table)),
    )
    return tuple(
        ReadingTable(
            caption,
            (Column(header), *_year_columns(table)),
            (Part("", tuple(TableRow((name, *map(tonnes, row.values()))) for name, row in sums.items())),),
            _total_rows(table, blanks=0),
        )
        for caption, header, sums in groups
    )


def _year_columns(table: BudgetTable) -> tuple[Column, ...]:
    return tuple(Column(str(year), numeric=True) for year in table.horizon)

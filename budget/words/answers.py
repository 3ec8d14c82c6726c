"""The answer a budget gives, in sentences that agree with its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from budget.queries.tables import BudgetTable, TableYear
from budget.words.figures import tonnes
from strategy.enums import Level


@dataclass(frozen=True, slots=True)
class Answer:
    """One paragraph in three parts; the middle one is what matters most, and is emphasised."""

    before: str
    emphasis: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before} {self.emphasis}{self.after}" if self.emphasis else f"{self.before}{self.after}"


def answer(table: BudgetTable) -> Answer:
    """«I 2030 ligger tiltaksbanen 23 560 tonn over utslippsrammen. Kommunens egne tiltak kutter …»"""
    if table.none_recorded:
        return _of_ceiling_alone(table.answer_year)
    return answer_of_year(table.answer_year)


def _of_ceiling_alone(row: TableYear) -> Answer:
    """What a budget says whose measures nobody has put in."""
    why = none_recorded_sentence()
    if row.ceiling is None:
        return Answer(why, "", "")
    before = _("I {year} er utslippsrammen").format(year=row.year)
    return Answer(before, _("{ceiling} tonn").format(ceiling=tonnes(row.ceiling)), f". {why}")


def none_recorded_sentence() -> str:
    return _("Tiltakene i dette budsjettet er ikke ført inn.")


def answer_of_year(row: TableYear) -> Answer:
    """The answer for one year; figures rounded to whole tonnes as in the table."""
    if not row.known:
        text = _("Ingen tiltak har tall for {year}, så tiltaksbanen kan ikke regnes ut.")
        return Answer(text.format(year=row.year), "", "")
    if row.path is None:
        text = _("Tiltaksbanen for {year} kan ikke regnes ut, fordi referansebanen mangler tall.")
        return Answer(text.format(year=row.year), "", _cuts(row))
    if row.gap is None:
        before = _("I {year} er tiltaksbanen").format(year=row.year)
        emphasis = _("{path} tonn").format(path=tonnes(row.path))
        return Answer(before, emphasis, _(". Målet har ingen utslippsramme i tonn.") + _cuts(row))
    gap = row.gap.quantize(Decimal(1), ROUND_HALF_UP)
    before = _("I {year} ligger tiltaksbanen").format(year=row.year)
    if gap == 0:
        return Answer(before, _("på utslippsrammen"), "." + _cuts(row))
    words = _("{tonnes} tonn over utslippsrammen") if gap > 0 else _("{tonnes} tonn under utslippsrammen")
    return Answer(before, words.format(tonnes=tonnes(abs(gap))), "." + _cuts(row))


def chart_message(table: BudgetTable) -> str:
    """What the chart shows, for those who hear it read and for paper."""
    known = [year for year, tonnes in table.history.items() if tonnes is not None]
    if not known:
        return answer(table).text
    text = _("Utslipp {first}–{last} og baner til {end}.")
    years = text.format(first=min(known), last=max(known), end=table.horizon[-1])
    return f"{years} {answer(table).text}"


def _cuts(row: TableYear) -> str:
    own = _(" Kommunens egne tiltak kutter {tonnes} tonn").format(
        tonnes=tonnes(row.by_level[Level.MUNICIPAL].net)
    )
    if not row.external_net and not any(
        row.by_level[level].gross for level in (Level.REGIONAL, Level.NATIONAL)
    ):
        return own + "."
    return own + _(", statlige og regionale {tonnes}.").format(tonnes=tonnes(row.external_net))

"""The public summary made ready to be read: chart and sentences beside the figures, for page and PDF."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.queries.public_summary import PublicDelay, PublicSummary
from publishing.words.summary import tonnes
from publishing.words.summary_page import CHART_WIDTH, paths_chart
from reporting.enums import OFF_PLAN
from web.charts import Chart
from web.formats import format_date, format_number


@dataclass(frozen=True, slots=True)
class DelayLine:
    delay: PublicDelay
    caught_up: str
    lost: str


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What templates need beyond the figures."""

    span: str
    answered: str
    delays: tuple[DelayLine, ...]
    outside: str
    chart: Chart | None


def public_page_of(summary: PublicSummary, *, width: int = CHART_WIDTH) -> PublicPage:
    basis = summary.basis
    return PublicPage(
        span=f"{summary.first_year}–{summary.last_year}",
        answered=answered_sentence(summary),
        delays=tuple(
            DelayLine(
                one,
                format_date(one.new_date),
                _("ikke anslått") if one.lost is None else format_number(one.lost, 0),
            )
            for one in summary.delays
        ),
        outside=outside_sentence(summary),
        chart=paths_chart(
            summary.years,
            title=summary.answers[0].text if summary.answers else _("Utslipp og baner"),
            plan_period=(basis.year, basis.last_plan_year),
            last_history_year=basis.last_history_year,
            width=width,
        ),
    )


def public_state(summary: PublicSummary) -> str:
    """Foreløpig or endelig, and against which budget."""
    state = _("Endelig") if summary.is_final else _("Foreløpig")
    return _("{state}, mot klimabudsjett {year}").format(state=state, year=summary.basis.year)


def outside_sentence(summary: PublicSummary) -> str:
    """How many measures outside the budget are off plan: counted, never named. Empty for none."""
    off_plan = [row for row in summary.statuses if row.status in OFF_PLAN]
    count = sum(row.count + row.without_tonnes for row in off_plan) - len(summary.delays)
    if count <= 0:
        return ""
    return ngettext(
        "Utenfor klimabudsjettet er det ett tiltak som ikke følger planen.",
        "Utenfor klimabudsjettet er det {n} tiltak som ikke følger planen.",
        count,
    ).format(n=format_number(count))


def answered_sentence(summary: PublicSummary) -> str:
    """How many have answered, and how the measures of the others are counted."""
    if summary.units_answered == summary.units:
        return _("Alle virksomheter og foretak har svart.")
    return _(
        "{n} av {total} virksomheter og foretak har svart. Tiltakene til de andre ({tonnes} i {year}) er "
        "regnet som i budsjettet."
    ).format(
        n=summary.units_answered,
        total=summary.units,
        tonnes=tonnes(summary.missing_tonnes),
        year=summary.answer_year,
    )

"""What the climate committee and all others read, chosen from the leadership summary, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.enums import MISSING
from publishing.models import NOT_REPORTED_LABEL
from publishing.queries.period_summary import Loss, PeriodSummary, StatusRow, TargetAnswer, Tonnes
from publishing.queries.public_summary import FORM, PublicChange, PublicDelay, PublicMeasure, PublicSummary
from publishing.words.summary import tonnes
from reporting.enums import OFF_PLAN, Status

WELL = frozenset({Status.ON_TRACK, Status.COMPLETED})


def public_summary(summary: PeriodSummary) -> PublicSummary:
    """The public part of the municipality's summary."""
    statuses = tuple(_public_status(row) for row in summary.statuses)
    return PublicSummary(
        form=FORM,
        period=summary.period,
        period_name=summary.period_name,
        previous_name=summary.previous_name,
        is_final=summary.is_final,
        basis=summary.basis,
        first_year=summary.first_year,
        last_year=summary.last_year,
        answer_year=summary.answer_year,
        answers=_answers(summary),
        sentence=_sentence(statuses),
        statuses=statuses,
        delays=tuple(
            PublicDelay(one.title, one.unit, one.status, one.label, one.new_date, _counted(one.loss))
            for one in summary.off_plan
            if one.in_budget
        ),
        changes=tuple(
            PublicChange(one.title, one.unit, one.before, one.before_label, one.now, one.now_label)
            for one in summary.changes
            if one.in_budget
        ),
        measures=tuple(
            PublicMeasure(one.title, one.unit, one.status, _public_label(one.status, one.label), one.tonnes)
            for one in summary.measures
        ),
        remaining=summary.remaining,
        years=summary.years,
        units=len(summary.units),
        units_answered=summary.approved_count,
        missing_tonnes=summary.missing_tonnes,
    )


def _public_status(row: StatusRow) -> StatusRow:
    return replace(row, label=_public_label(row.status, row.label))


def _public_label(status: str, label: str) -> str:
    return str(NOT_REPORTED_LABEL) if status == MISSING else label


def _counted(loss: Loss | None) -> Tonnes:
    return loss.total if loss and loss.counts else None


def _sentence(statuses: Iterable[StatusRow]) -> str:
    counted = {row.status: row.count + row.without_tonnes for row in statuses}
    total = sum(counted.values())
    return ngettext(
        "Av ett tiltak er {well} i rute eller gjennomført, og {late} er forsinket eller stoppet.",
        "Av {total} tiltak er {well} i rute eller gjennomført, og {late} er forsinket eller stoppet.",
        total,
    ).format(
        total=total,
        well=sum(counted.get(status, 0) for status in WELL),
        late=sum(counted.get(status, 0) for status in OFF_PLAN),
    )


def _answers(summary: PeriodSummary) -> tuple[TargetAnswer, ...]:
    """The budget's own target in words everybody knows; the others say it that way already."""
    if not summary.answers:
        return ()
    first, *others = summary.answers
    return (replace(first, text=_first_answer(summary) or first.text), *others)


def _first_answer(summary: PeriodSummary) -> str:
    year = summary.answer_year
    gap = next((row.gap for row in summary.years if row.year == year), None)
    if gap is None:
        return ""
    losses = [one.loss for one in summary.off_plan if one.loss and one.loss.counts]
    sentence = (
        _("I {year} ligger utslippene an til å bli {tonnes} høyere enn utslippsrammen.")
        if gap > 0
        else _("I {year} ligger utslippene an til å bli {tonnes} lavere enn utslippsrammen.")
    ).format(year=year, tonnes=tonnes(abs(gap)))
    delays = _delays(summary, sum((one.answer_year for one in losses), Decimal(0)),
                     sum((one.total for one in losses), Decimal(0)))  # fmt: skip
    return f"{sentence} {delays}".strip()


def _delays(summary: PeriodSummary, in_year: Decimal, in_all: Decimal) -> str:
    if not in_all:
        return ""
    words = (
        _("Forsinkelser gir {in_year} mindre kutt i {year} og {in_all} mindre kutt samlet {first}–{last}.")
        if in_year
        else _("Forsinkelser endrer ikke {year}, men gir {in_all} mindre kutt samlet {first}–{last}.")
    )
    return words.format(
        in_year=tonnes(in_year),
        in_all=tonnes(in_all),
        year=summary.answer_year,
        first=summary.first_year,
        last=summary.last_year,
    )

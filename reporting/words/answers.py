"""What a unit has answered about a measure, in words: its result, and what is new since last time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from django.utils.translation import gettext as _

from reporting.models import MeasureStatus
from reporting.queries.reports import Answer, AskedIndicator
from web.formats import format_date, format_number, format_percent


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAnswer(Answer):
    """An answer in words. `result` is how far the measure is: «11 av 24 biler, 46 %».

    `changes` are (what, before, now) for what is answered otherwise than last time.
    """

    result: str
    changes: tuple[tuple[str, str, str], ...]

    @property
    def changed(self) -> bool:
        return bool(self.changes)

    @property
    def no_change(self) -> bool:
        """Whether the unit has said that all is as last time."""
        status = self.status
        return bool(self.previous and status.status and not self.changes and not status.what_happened)


def said(answers: Iterable[Answer]) -> list[SaidAnswer]:
    return [
        SaidAnswer(
            **{field.name: getattr(one, field.name) for field in fields(Answer)},
            result=result_of(one),
            changes=_changes(one),
        )
        for one in answers
    ]


def result_of(answer: Answer) -> str:
    """The result as reported; empty for a measure without an indicator, and where nothing is reported."""
    return result_words(answer.indicator, answer.status.indicator_value) if answer.indicator else ""


def result_words(asked: AskedIndicator, value: Decimal | None) -> str:
    """«11 av 24 biler, 46 %», «31 kjeler, måltallet er 20»; empty without a result."""
    if value is None:
        return ""
    shown = format_number(value)
    if asked.target is None:
        return f"{shown} {asked.unit_label}"
    target, percent = format_number(asked.target), asked.reached(value)
    if percent is None:
        words = _("{value} {unit}, måltallet er {target}")
        return words.format(value=shown, unit=asked.unit_label, target=target)
    words = _("{value} av {target} {unit}, {percent}")
    return words.format(value=shown, target=target, unit=asked.unit_label, percent=format_percent(percent))


def _changes(answer: Answer) -> tuple[tuple[str, str, str], ...]:
    before, now = answer.previous, answer.status
    if before is None or not now.status:
        return ()
    pairs = [(_("Status"), before.status_label, now.get_status_display())]
    if answer.indicator is not None and before.indicator_value is not None:
        result = (format_number(before.indicator_value), format_number(now.indicator_value))
        pairs.append((answer.indicator.name, *result))
    if before.new_date is not None and now.new_date is not None:
        pairs.append((_("Tatt igjen"), format_date(before.new_date), format_date(now.new_date)))
    if before.delayed_share is not None and now.delayed_share is not None:
        shares = (format_percent(before.delayed_share), format_percent(now.delayed_share))
        pairs.append((_("Del som er forsinket"), *shares))
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def moved_sentence(status: MeasureStatus) -> str:
    """What to say to somebody who answers a measure that has been moved to another report meanwhile."""
    return _(
        "{measure} er flyttet til rapporten til {unit}. Det du hadde lagret, fulgte med. "
        "Det du skrev nå, er ikke lagret."
    ).format(measure=status.measure.code, unit=status.report.unit)

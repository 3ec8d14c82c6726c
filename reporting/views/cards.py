"""The card of one measure in the form: what the template needs, and what a posted card is turned into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from climate_portal.web.concurrency import conflict_fields
from climate_portal.web.field_display import display_value
from climate_portal.web.formats import format_number
from climate_portal.web.http import ConflictField
from reporting.actions import StatusAnswers, StatusSaved
from reporting.forms.answers import StatusForm
from reporting.models import MeasureStatus, UnitReport
from reporting.queries.reports import Answer, answers_of

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved the measure first: both answers, side by side."""

    yours: list[ConflictField]
    theirs: list[ConflictField]
    version: int


@dataclass(frozen=True, slots=True)
class Card:
    """A measure in the form. `saved` is the sentence about what was done with it just now."""

    number: int
    answer: Answer
    form: StatusForm
    save_url: str
    saved: str = ""
    cleared: str = ""
    refused: str = ""
    conflict: Conflict | None = None
    # Whether it was in the post.
    touched: bool = False

    @property
    def pk(self) -> int:
        return self.answer.status.pk

    @property
    def version(self) -> int:
        return self.answer.status.version

    @property
    def version_name(self) -> str:
        return f"s-{self.pk}-version"

    @property
    def params(self) -> str:
        """What htmx may post: this card's own fields, not the whole form around it."""
        names = [self.form.add_prefix(name) for name in self.form.fields]
        return ",".join([*names, self.version_name, _TOKEN])

    @property
    def tag(self) -> tuple[str, str]:
        """(code, words) of the status as saved in this period; prefill never counts."""
        status = self.answer.status
        return (status.status, status.get_status_display()) if status.status else ("", _("Ikke bekreftet"))

    @property
    def summary(self) -> str:
        """«Bekreftet: 11 av 24 biler.»"""
        status, indicator = self.answer.status, self.answer.indicator
        if not status.status:
            return ""
        if indicator is None or status.indicator_value is None:
            return _("Bekreftet.")
        value = format_number(status.indicator_value)
        if indicator.target is None:
            return _("Bekreftet: {value} {unit}.").format(value=value, unit=indicator.unit_label)
        return _("Bekreftet: {value} av {target} {unit}.").format(
            value=value, target=format_number(indicator.target), unit=indicator.unit_label
        )

    @property
    def open(self) -> bool:
        """A confirmed card is folded until somebody wants to change it."""
        return not self.answer.status.status or bool(self.form.errors)


def make_card(report: UnitReport, answer: Answer, number: int, data: Mapping[str, Any] | None = None) -> Card:
    """The card with what is stored, or with what was posted."""
    return Card(
        number=number,
        answer=answer,
        form=StatusForm(answer, report.period.year, data),
        save_url=reverse(
            "reporting:save_status", args=[report.period.code, report.unit_id, answer.status.pk]
        ),
        touched=data is not None,
    )


def read_cards(report: UnitReport) -> list[Card]:
    """All the report's cards as stored."""
    return [make_card(report, answer, number) for number, answer in enumerate(answers_of(report), start=1)]


def posted_cards(report: UnitReport, data: Mapping[str, Any]) -> list[Card]:
    """All the report's cards; those in the post with what was posted (`touched`)."""
    return [
        make_card(report, card.answer, card.number, data) if card.version_name in data else card
        for card in read_cards(report)
    ]


def posted_version(data: Mapping[str, Any], card: Card) -> int:
    """The version the card was read at, or the one the user has chosen to overwrite."""
    return version_in(data.get(f"{card.version_name}-keep") or data.get(card.version_name, ""))


def version_in(text: str) -> int:
    """A posted version; 0, which no row has, for what is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def unsaved_fields(data: Mapping[str, Any], cards: Iterable[Card]) -> dict[str, str]:
    """What was posted for these cards, to be posted again from another page."""
    names = {card.form.add_prefix(name) for card in cards for name in card.form.fields}
    names |= {card.version_name for card in cards}
    return {name: data[name] for name in sorted(names) if name in data}


def cleared_sentence(card: Card, saved: StatusSaved, answers: StatusAnswers) -> str:
    """What was taken away because the measure is on plan, in words that can be copied back."""
    parts = []
    for name in saved.cleared:
        column = MeasureStatus._meta.get_field(name)
        shown = display_value(column, getattr(answers, name))  # type: ignore[arg-type]
        parts.append(f"{card.form.fields[name].label} «{shown}»")
    if not parts:
        return ""
    if not answers.status:
        return _("Uten status er dette fjernet: {what}").format(what="; ".join(parts))
    return _("Tiltaket er ikke utenfor planen, så dette er fjernet: {what}").format(what="; ".join(parts))


def conflict_of(card: Card, current: MeasureStatus) -> Conflict:
    """What was posted and what is stored, named as the form posts it."""
    yours, theirs = conflict_fields(card.form, current, card.form.fields)
    named = [replace(one, name=card.form.add_prefix(one.name)) for one in yours]
    stored = [replace(one, name=card.form.add_prefix(one.name)) for one in theirs]
    return Conflict(named, stored, current.version)

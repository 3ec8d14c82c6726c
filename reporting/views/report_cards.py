"""The card of one measure in the form: what the template needs, and what a posted card is turned into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.actions.reports import StatusAnswers, StatusSaved
from reporting.forms.statuses import StatusForm, fingerprint
from reporting.models import MeasureStatus, UnitReport
from reporting.queries.reports import Answer, answers_of, moved_away
from reporting.rules.reports import missing_answers, not_confirmed
from reporting.words.answers import result_of
from web.concurrency import conflict_fields
from web.field_display import display_value
from web.formats import whole_number
from web.http import ConflictField

_VERSION_NAME = re.compile(r"s-([0-9]{1,9})-version")
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105
# The button that confirms an answer posts the status' primary key under this name.
CONFIRM = "bekreft"


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
    # Whether it was in the post, and whether nobody has done anything with it: neither changed nor confirmed.
    touched: bool = False
    pristine: bool = False
    # What keeps the report from being sent: nobody has stood behind the answer.
    unconfirmed: str = ""

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
    def seen_name(self) -> str:
        return f"s-{self.pk}-seen"

    @property
    def seen(self) -> str:
        """What the form shows before anybody touches it, so that an untouched card is known when posted."""
        return fingerprint(self.form.shown_answers())

    @property
    def params(self) -> str:
        """What htmx may post: this card's own fields, not the whole form around it."""
        names = [self.form.add_prefix(name) for name in self.form.fields]
        return ",".join([*names, *self.form.keep_names, self.version_name, CONFIRM, _TOKEN])

    @property
    def blocked(self) -> bool:
        """Whether something in the card must be put right before the report can be sent."""
        return bool(self.form.errors or self.unconfirmed)

    @property
    def confirmed(self) -> bool:
        return self.answer.status.confirmed_at is not None

    @property
    def tag(self) -> tuple[str, str]:
        """(code, words) of the status as confirmed in this period; what is only filled in never counts."""
        status = self.answer.status
        return (status.status, status.get_status_display()) if self.confirmed else ("", _("Ikke bekreftet"))

    @property
    def confirm_label(self) -> str:
        """The words of the button that confirms the answer as it stands; empty where there is none."""
        if self.confirmed or not self.answer.shown.status:
            return ""
        return _("Ingen endring siden sist") if self.answer.is_filled_in else _("Bekreft svaret")

    @property
    def edit_label(self) -> str:
        """What leads to the questions."""
        if self.confirmed:
            return _("Endre svaret")
        if self.answer.to_answer:
            return _("Rett svaret")
        return _("Rapporter endring") if self.answer.shown.status else _("Svar")

    @property
    def summary(self) -> str:
        """«Bekreftet: 11 av 24 biler, 46 %.», or what is left to answer."""
        if not self.confirmed:
            return ""
        if self.missing:
            return " ".join(self.missing)
        result = result_of(self.answer)
        return _("Bekreftet: {result}.").format(result=result) if result else _("Bekreftet.")

    @property
    def missing(self) -> list[str]:
        """What a confirmed answer lacks before the report can be sent."""
        decided = self.answer.decided is not None
        found = missing_answers(self.answer.status, self.form.year, self.form.unit, decided=decided)
        return [sentence for _field, sentence in found]

    @property
    def awaits_estimate(self) -> bool:
        """Whether tonnes can be counted as soon as the unit says how much is late, and until when."""
        line = self.answer.status.line
        return bool(line and line.quantified and line.effects.all())

    @property
    def open(self) -> bool:
        """Folded when it is confirmed, or can be with one click; open when somebody must write something."""
        if self.form.errors or self.conflict or self.refused:
            return True
        if self.confirmed:
            return bool(self.missing)
        return bool(self.answer.to_answer) or not self.answer.is_filled_in


def make_card(report: UnitReport, answer: Answer, number: int, data: Mapping[str, Any] | None = None) -> Card:
    """The card with what is stored, or with what was posted."""
    card = Card(
        number=number,
        answer=answer,
        form=StatusForm(answer, report, data),
        save_url=reverse(
            "reporting:save_status", args=[report.period.code, report.unit_id, answer.status.pk]
        ),
        touched=data is not None,
    )
    return replace(card, pristine=data is not None and _is_pristine(card, data))


def _is_pristine(card: Card, data: Mapping[str, Any]) -> bool:
    """Whether what was posted is what the form showed, and the button that confirms it was not pressed."""
    if card.confirmed or data.get(CONFIRM) == str(card.pk) or not card.form.is_valid():
        return False
    return data.get(card.seen_name) == fingerprint(card.form.answers())


def read_cards(report: UnitReport) -> list[Card]:
    """All the report's cards as stored."""
    return [make_card(report, answer, number) for number, answer in enumerate(answers_of(report), start=1)]


def posted_cards(report: UnitReport, data: Mapping[str, Any]) -> list[Card]:
    """All the report's cards; those in the post with what was posted (`touched`)."""
    return [
        make_card(report, card.answer, card.number, data) if card.version_name in data else card
        for card in read_cards(report)
    ]


def checked(card: Card) -> Card:
    """A posted card with what keeps the report from being sent: its form's errors, or no confirmation."""
    if card.pristine and card.answer.shown.status:
        return replace(card, unconfirmed=not_confirmed())
    if card.form.is_valid():
        card.form.require_complete()
    rest_is_stored = all(
        getattr(card.answer.status, name) == said for name, said in card.form.cleaned_data.items()
    )
    return replace(card, saved=rest_is_saved()) if card.form.errors and rest_is_stored else card


def rest_is_saved() -> str:
    """What is said of a card after the fields in it that are refused."""
    return _("Alt annet er lagret.")


def checked_as_stored(report: UnitReport, card: Card) -> Card:
    """The same for a card that was not posted."""
    shown = {card.form.add_prefix(name): card.form[name].value() for name in card.form.fields}
    again = make_card(report, card.answer, card.number, shown)
    return checked(replace(again, pristine=not card.confirmed))


def posted_elsewhere(report: UnitReport, data: Mapping[str, Any]) -> list[MeasureStatus]:
    """Statuses that were posted, and have been moved to another report since the form was opened."""
    posted = {int(found[1]) for name in data if (found := _VERSION_NAME.fullmatch(name))}
    known = set(report.statuses.values_list("pk", flat=True))
    return [moved for pk in sorted(posted - known) if (moved := moved_away(report, pk))]


def posted_version(data: Mapping[str, Any], card: Card) -> int:
    """The version the card was read at, or the one the user has chosen to overwrite."""
    return version_in(data.get(f"{card.version_name}-keep") or data.get(card.version_name, ""))


def version_in(text: str) -> int:
    """A posted version; 0, which no row has, for what is not one."""
    return whole_number(text, 0)


def unsaved_fields(data: Mapping[str, Any], cards: Iterable[Card]) -> dict[str, str]:
    """What was posted for these cards, to be posted again from another page."""
    names = {card.form.add_prefix(name) for card in cards for name in card.form.fields}
    names |= {name for card in cards for name in (card.version_name, card.seen_name, *card.form.keep_names)}
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

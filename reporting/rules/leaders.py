"""The leaders' yearly part and their questions to each other: who writes, who stands behind, who reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from organisation.enums import LEADING_ROLES
from organisation.models import Appointment, User
from organisation.rules import Duties, Permission, duties, read_duties
from reporting.models import LeaderQuestion
from web.actors import Actor, SystemActor


@dataclass(frozen=True, slots=True)
class UnitAccess:
    """What a person is to one unit's yearly part. Without `reads` it does not exist for her."""

    reads: bool = False
    writes: bool = False
    confirms: bool = False
    reads_history: bool = False


@dataclass(frozen=True, slots=True)
class QuestionAccess:
    """What a person is to one question. `drafts`: may write for the leader; `answers`: may send it."""

    reads: bool = False
    drafts: bool = False
    answers: bool = False
    withdraws: bool = False


def unit_access(by: Actor, unit_id: int) -> UnitAccess:
    """For pages, with appointments read once a request. Contact, deputy and leader write; she confirms.

    While nobody leads the unit, the nearest leader above writes and confirms.
    """
    if isinstance(by, SystemActor):
        return UnitAccess(True, True, True, True)
    return _unit_access(duties(by), unit_id)


def fresh_unit_access(by: Actor, unit_id: int) -> UnitAccess:
    """The same with appointments read afresh: the actions' own check."""
    if isinstance(by, SystemActor):
        return UnitAccess(True, True, True, True)
    return _unit_access(read_duties(by), unit_id) if isinstance(by, User) else UnitAccess()


def _unit_access(held: Duties, unit_id: int) -> UnitAccess:
    writes = unit_id in held.contact_units | held.approves_for
    inside = Permission.READ_INTERNAL in held.permissions
    return UnitAccess(
        reads=writes or inside or unit_id in held.units_below,
        writes=writes,
        confirms=unit_id in held.approves_for,
        reads_history=Permission.READ_HISTORY in held.permissions,
    )


def why_not_writable(year: int, today: date) -> str:
    """Why the yearly part of `year` cannot be written now; empty for this year and the one before."""
    if year > today.year:
        return _("Strategioppfølgingen for {year} åpner ved nyttår.").format(year=year)
    if year < today.year - 1:
        return _("Strategioppfølgingen for {year} er avsluttet.").format(year=year)
    return ""


def question_access(by: Actor, question: LeaderQuestion) -> QuestionAccess:
    """For pages: appointments as read once for this request. One query more for a contact."""
    if isinstance(by, SystemActor):
        return QuestionAccess(True, True, True, True)
    return _question_access(duties(by), question)


def fresh_question_access(by: Actor, question: LeaderQuestion) -> QuestionAccess:
    """The same with appointments read afresh: the actions' own check."""
    if isinstance(by, SystemActor):
        return QuestionAccess(True, True, True, True)
    return _question_access(read_duties(by), question) if isinstance(by, User) else QuestionAccess()


def _question_access(held: Duties, question: LeaderQuestion) -> QuestionAccess:
    asker, asked = question.from_unit_id, question.to_unit_id
    drafts = asked in held.own_units
    # A unit without a leader is not silenced by it: its contact answers, and nobody else in its name.
    answers = asked in held.leader_units or (drafts and not has_leader(asked))
    inside = Permission.READ_INTERNAL in held.permissions
    return QuestionAccess(
        reads=inside or bool({asker, asked} & (held.own_units | held.units_below)),
        drafts=drafts,
        answers=answers,
        withdraws=asker in held.leader_units,
    )


def may_ask(by: Actor, unit_id: int) -> bool:
    """Whether somebody may ask on behalf of the unit, by fresh appointments: its own leader may."""
    if isinstance(by, SystemActor):
        return True
    return isinstance(by, User) and unit_id in read_duties(by).leader_units


def has_leader(unit_id: int) -> bool:
    """Whether somebody leads the unit today, or stands in for who does."""
    rows = Appointment.objects.current().filter(unit_id=unit_id, role__in=LEADING_ROLES)
    return bool(rows.filter(user__is_active=True).exists())


def why_not_open(question: LeaderQuestion) -> str:
    """Why the question can be neither answered nor withdrawn now; empty when it can."""
    if question.answered_at is not None:
        return _("Spørsmålet er besvart.")
    if question.withdrawn_at is not None:
        return _("Spørsmålet er trukket.")
    return ""

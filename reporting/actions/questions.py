"""Questions from one unit's leader to another unit, with a deadline."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.year import unfit_deadlines
from organisation.models import Unit
from organisation.queries.units import active_units
from organisation.rules import hold_units
from reporting.models import LeaderQuestion
from reporting.rules.leaders import fresh_question_access, may_ask, why_not_open
from web.actor_columns import actor_values
from web.actors import Actor, SystemActor, acting
from web.concurrency import save_versioned
from web.refusals import Closed, Refusal, Refused, refuse


def ask(
    *,
    by: Actor,
    from_unit: Unit,
    to_unit: Unit,
    question: str,
    due_on: date,
    is_example: bool = False,
) -> LeaderQuestion:
    """A leader asks another unit, to be answered by the day `due_on`.

    Raises PermissionDenied for anybody but the unit's own leader, and Refused.
    """
    with acting(by, _("Stilte et spørsmål til en annen virksomhet")):
        hold_units([from_unit.pk, to_unit.pk])
        if not may_ask(by, from_unit.pk):
            raise PermissionDenied
        text = question.strip()
        if not text:
            raise Refused(Refusal(_("Skriv hva du spør om."), field="question"))
        if from_unit.pk == to_unit.pk:
            raise Refused(Refusal(_("Velg en annen virksomhet enn din egen."), field="to_unit"))
        if not active_units().filter(pk=to_unit.pk).exists():
            raise Refused(Refusal(_("Virksomheten finnes ikke lenger. Velg en annen."), field="to_unit"))
        if due_on < timezone.localdate() and not isinstance(by, SystemActor):
            raise Refused(Refusal(_("Skriv en svarfrist i dag eller senere."), field="due_on"))
        refuse(*unfit_deadlines(by, {"due_on": due_on}))
        return LeaderQuestion.objects.create(
            from_unit=from_unit,
            to_unit=to_unit,
            question=text,
            due_on=due_on,
            **actor_values("asked_by", by),
            is_example=is_example,
        )


def draft_answer(*, by: Actor, question: LeaderQuestion, version: int, text: str) -> LeaderQuestion:
    """Somebody in the unit that is asked writes for its leader. Only the unit's own people see it.

    Raises PermissionDenied, Refused when the question is closed, and StaleObject.
    """
    with acting(by, _("Skrev utkast til svar")):
        fresh = _open(question)
        if not fresh_question_access(by, fresh).drafts:
            raise PermissionDenied
        _refuse_closed(fresh)
        if fresh.draft != text.strip():
            save_versioned(fresh, expected=version, fields={"draft": text.strip()})
        return fresh


def answer_question(*, by: Actor, question: LeaderQuestion, version: int, text: str) -> LeaderQuestion:
    """The leader of the unit that is asked answers. The answer stands.

    Raises PermissionDenied, Refused without an answer, Closed when the question is closed, and StaleObject.
    """
    with acting(by, _("Svarte på et spørsmål fra en annen virksomhet")):
        fresh = _open(question)
        if not fresh_question_access(by, fresh).answers:
            raise PermissionDenied
        _refuse_closed(fresh)
        if not text.strip():
            raise Refused(Refusal(_("Skriv svaret."), field="text"))
        fields = {
            "answer": text.strip(),
            "answered_at": timezone.now(),
            **actor_values("answered_by", by),
            "draft": "",
        }
        save_versioned(fresh, expected=version, fields=fields)
        return fresh


def withdraw_question(*, by: Actor, question: LeaderQuestion) -> LeaderQuestion:
    """The leader who asked no longer needs an answer. Withdrawing twice does nothing.

    Raises PermissionDenied, and Refused when it is answered.
    """
    with acting(by, _("Trakk et spørsmål")):
        fresh = _open(question)
        if not fresh_question_access(by, fresh).withdraws:
            raise PermissionDenied
        if fresh.withdrawn_at is not None:
            return fresh
        _refuse_closed(fresh)
        save_versioned(fresh, expected=fresh.version, fields={"withdrawn_at": timezone.now()})
        return fresh


def _open(question: LeaderQuestion) -> LeaderQuestion:
    rows = LeaderQuestion.objects.select_for_update(of=("self",))
    return rows.select_related("from_unit", "to_unit").get(pk=question.pk)


def _refuse_closed(question: LeaderQuestion) -> None:
    if sentence := why_not_open(question):
        raise Closed(sentence)

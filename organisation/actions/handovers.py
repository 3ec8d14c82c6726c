"""Handovers: a role with a last day, who takes over, and a note about the task."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import LEADING_ROLES, Role
from organisation.models import Appointment, Handover, User
from organisation.queries.unowned import owned_by
from organisation.rules import may_hand_over
from organisation.words.handovers import handover_mail
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.mail import Letter, queue_mail
from web.refusals import Closed, Refusal, Refused

# The note goes a year after the last day: by then whoever took over knows the task.
NOTE_KEPT = timedelta(days=365)


def save_handover(
    *,
    by: Actor,
    appointment: Appointment,
    successor: User | None,
    note: str,
    confirm: bool,
    expected: int,
) -> Handover:
    """Who takes over a role that ends, and the note; `confirm` tells those concerned.

    `expected` 0: nothing stood there. What she owns is moved the day after the last one, by a job, or at
    once when that day is here. Raises PermissionDenied, StaleObject, Closed when it has been moved, and
    Refused for a role without a last day and for a successor who cannot log in.
    """
    if not may_hand_over(by, appointment):
        raise PermissionDenied
    with acting(by, _("Overlevering")):
        fresh = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
        _refuse_what_is_wrong(fresh, successor, confirm)
        there, _made = Handover.objects.get_or_create(appointment=fresh)
        if there.done_at is not None:
            raise Closed(_("Overleveringen er gjennomført. Det som åpnes senere, gis en ny eier for seg."))
        assert fresh.valid_to is not None
        fields = {
            "successor": successor,
            "note": note.strip(),
            "note_until": fresh.valid_to + NOTE_KEPT if note.strip() else None,
            "confirmed_at": timezone.now() if confirm else there.confirmed_at,
        }
        save_versioned(there, expected=max(expected, 1), fields=fields)
        if confirm:
            queue_mail(_letters(there))
            if fresh.valid_to < timezone.localdate():
                _move(by, there)
    return there


def carry_out_due_handovers(*, by: Actor, today: date | None = None) -> int:
    """Moves what people own to their successors, the day after their last one; gives how many handovers."""
    today, done = today or timezone.localdate(), 0
    due = Handover.objects.filter(
        confirmed_at__isnull=False,
        done_at=None,
        successor__isnull=False,
        appointment__valid_to__lt=today,
    )
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        with acting(by, _("Overlevering gjennomført")):
            there = Handover.objects.select_for_update(of=("self",)).get(pk=pk)
            if there.done_at is None and there.successor_id is not None:
                _move(by, there)
                done += 1
    return done


def empty_old_notes(*, by: Actor, today: date | None = None) -> int:
    """Takes away notes that have had their year; gives how many."""
    today = today or timezone.localdate()
    with acting(by, _("Notat slettet etter ett år")):
        old = Handover.objects.exclude(note="").filter(note_until__lte=today)
        return old.update(note="", note_until=None)


def move_what_she_owns(*, by: Actor, person: User, successor: User, day: date) -> int:
    """Gives all a person owns to another, room by room in the rooms' order; gives how many kinds."""
    with transaction.atomic():
        moved = [one for one in owned_by(person.pk, day) if one.move is not None]
        for one in moved:
            assert one.move is not None
            one.move(by, successor.pk, day)
    return len(moved)


def _move(by: Actor, there: Handover) -> None:
    appointment = there.appointment
    if there.successor is not None:
        move_what_she_owns(
            by=by, person=appointment.user, successor=there.successor, day=timezone.localdate()
        )
    save_versioned(there, expected=there.version, fields={"done_at": timezone.now()})


def _letters(there: Handover) -> list[Letter]:
    """To the successor, those who lead the unit, and Klima; not to whoever did it or leaves."""
    appointment = there.appointment
    today = timezone.localdate()
    leads = Q(role__in=LEADING_ROLES, unit_id=appointment.unit_id) if appointment.unit_id else Q(pk=None)
    roles = Appointment.objects.valid_on(today).filter(leads | Q(role=Role.CLIMATE_EDITOR))
    told = Q(pk__in=roles.values("user")) | Q(pk=there.successor_id)
    path = reverse("organisation:handover", args=[appointment.pk])
    letters = []
    for person in User.objects.filter(told, is_active=True).exclude(pk=appointment.user_id).order_by("pk"):
        words = handover_mail(there, person.name, path)
        letters.append(
            Letter(
                key=f"handover:{there.pk}:{there.version}:{person.pk}",
                kind="handover",
                recipient_id=person.pk,
                address=person.email,
                name=person.name,
                subject=words.subject,
                text=words.text,
                about_url=path,
            )
        )
    return letters


def _refuse_what_is_wrong(appointment: Appointment, successor: User | None, confirm: bool) -> None:
    if appointment.valid_to is None:
        raise Refused(_("Rollen har ingen siste dag. Sett den først."))
    if successor is not None and successor.pk == appointment.user_id:
        raise Refused(Refusal(_("Velg en annen enn den som slutter."), field="successor"))
    if successor is not None and not successor.is_active:
        raise Refused(
            Refusal(_("{name} kan ikke logge inn. Velg en annen.").format(name=successor.name), "successor")
        )
    if confirm and successor is None and owned_by(appointment.user_id, timezone.localdate()):
        raise Refused(Refusal(_("Velg hvem som tar over det som trenger en ny eier."), field="successor"))

"""Appointments: who has which role where, from–to."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from organisation.enums import MUNICIPALITY_ROLES, UNIT_ROLES, AppointmentSource, LoginLogKind, Role
from organisation.models.dates import DatedQuerySet, dated_range, dates_in_order
from organisation.models.labels import ROLE_LABELS, SOURCE_LABELS, role_choices
from organisation.models.people import User
from organisation.models.units import Unit
from web.history import tracked


def _logs_changes_of_roles() -> pgtrigger.Trigger:
    """A line in the login log for a role that is given, changed or ended, whatever path it comes by."""
    return pgtrigger.Trigger(
        name="logs_changes_of_roles",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("who", "jsonb"), ("told", "text"), ("held", "organisation_appointment")],
        func=f"""
        IF TG_OP = 'INSERT' THEN
            told := '{LoginLogKind.ROLE_GIVEN}'; held := NEW;
        ELSIF TG_OP = 'DELETE' THEN
            told := '{LoginLogKind.ROLE_ENDED}'; held := OLD;
        ELSIF (OLD.user_id, OLD.role, OLD.unit_id, OLD.valid_from, OLD.valid_to)
            IS NOT DISTINCT FROM (NEW.user_id, NEW.role, NEW.unit_id, NEW.valid_from, NEW.valid_to) THEN
            RETURN NULL;
        ELSIF OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL THEN
            told := '{LoginLogKind.ROLE_ENDED}'; held := NEW;
        ELSE
            told := '{LoginLogKind.ROLE_CHANGED}'; held := NEW;
        END IF;
        -- What history's own triggers read; empty outside of a deed.
        who := NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb;
        INSERT INTO organisation_loginlogentry (kind, user_id, role, at, by_id, by_system)
        VALUES (told, held.user_id, held.role, now(), (who ->> 'actor_id')::bigint,
            COALESCE(who ->> 'system', ''));
        RETURN NULL;
        """,  # noqa: S608 - only codes
    )


@tracked()
class Appointment(models.Model):
    """One person's role, in one unit or for the whole municipality, from–to."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(_("rolle"), max_length=20, choices=role_choices)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("virksomhet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    valid_from = models.DateField(_("fra"))
    valid_to = models.DateField(_("til"), null=True, blank=True)
    source = models.CharField(
        _("ført inn"),
        max_length=20,
        choices=[(s.value, SOURCE_LABELS[s]) for s in AppointmentSource],
        default=AppointmentSource.PORTAL,
    )
    version = models.PositiveIntegerField(_("versjon"), default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="appointment_unit_only_for_unit_roles",
                condition=Q(role__in=sorted(UNIT_ROLES), unit__isnull=False)
                | Q(role__in=sorted(MUNICIPALITY_ROLES), unit__isnull=True),
            ),
            ExclusionConstraint(
                name="appointment_not_twice_at_once",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (Func(F("unit"), Value(0), function="coalesce"), RangeOperators.EQUAL),
                    (dated_range(), RangeOperators.OVERLAPS),
                ],
            ),
            dates_in_order("appointment_dates_in_order"),
            models.CheckConstraint(
                name="appointment_source_known", condition=Q(source__in=list(AppointmentSource))
            ),
            models.CheckConstraint(
                name="appointment_stand_in_has_an_end",
                condition=~Q(role=Role.STAND_IN) | Q(valid_to__isnull=False),
            ),
        ]
        triggers: ClassVar = [_logs_changes_of_roles()]

    def __str__(self) -> str:
        return f"{self.user}: {ROLE_LABELS[Role(self.role)]}"

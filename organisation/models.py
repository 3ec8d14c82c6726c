"""Units (a dated tree), users, and appointments: who has which role where, from–to."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.enums import MUNICIPALITY_ROLES, UNIT_ROLES, LoginLogKind, Role, UnitKind
from web.actor_columns import actor_columns, at_most_one_actor
from web.history import tracked
from web.offices import naming_chief
from web.triggers import append_only

UNIT_KIND_LABELS = {
    UnitKind.AREA: _("område"),
    UnitKind.UNIT: _("virksomhet"),
    UnitKind.STAFF: _("stab"),
    UnitKind.ENTERPRISE: _("kommunalt foretak"),
}
ROLE_LABELS = {
    Role.CONTACT: _("kontaktperson"),
    Role.DEPUTY: _("vara for kontaktperson"),
    Role.LEADER: _("leder"),
    Role.CLIMATE_EDITOR: _("Virksomhet Klima"),
    Role.ANALYST: _("Oppfølging og analyse"),
    Role.EXECUTIVE: naming_chief(_("{chiefs} ledergruppe")),
    Role.AUDITOR: _("revisor"),
    Role.READER: _("leser"),
    Role.ADMIN: _("administrator"),
}

LOGIN_LOG_LABELS = {
    LoginLogKind.NAME_CHANGED: _("Navnet er endret"),
    LoginLogKind.EMAIL_CHANGED: _("E-postadressen er endret"),
}


def dated_range(start: str = "valid_from", end: str = "valid_to") -> Func:
    """The days from–to as a PostgreSQL range, last day included, open-ended where `end` is null."""
    return Func(F(start), F(end), Value("[]"), function="daterange")


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with a first and a last day; the last day is included, none means still valid."""

    def valid_on(self, day: date) -> DatedQuerySet:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def current(self) -> DatedQuerySet:
        return self.valid_on(timezone.localdate())


def dates_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
    )


@tracked()
class Unit(models.Model):
    """A part of the municipality as a legal entity: area, unit, staff or municipal enterprise (KF)."""

    name = models.CharField(_("navn"), max_length=120)
    kind = models.CharField(
        _("type"), max_length=20, choices=[(k.value, UNIT_KIND_LABELS[k]) for k in UnitKind]
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("hører til"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    coordinates_network = models.BooleanField(_("koordinerer Klimalaget"), default=False)
    valid_from = models.DateField(_("fra"), default=date(2020, 1, 1))
    valid_to = models.DateField(_("til"), null=True, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("virksomhet eller foretak")
        verbose_name_plural = _("virksomheter og foretak")
        constraints: ClassVar = [
            models.UniqueConstraint(name="unit_name_once", fields=["name", "valid_from"]),
            models.UniqueConstraint(
                name="unit_one_network_coordinator",
                fields=["coordinates_network"],
                condition=Q(coordinates_network=True, valid_to__isnull=True),
            ),
            models.CheckConstraint(name="unit_kind_known", condition=Q(kind__in=list(UnitKind))),
            models.CheckConstraint(name="unit_not_its_own_parent", condition=~Q(parent=F("id"))),
            dates_in_order("unit_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


def _logs_changes_of_who_she_is() -> pgtrigger.Trigger:
    """A line in the login log for a changed name or address, whatever path the change comes by."""
    return pgtrigger.Trigger(
        name="logs_changed_name_and_email",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("name", "email"),
        condition=pgtrigger.Q(old__name__df=pgtrigger.F("new__name"))
        | pgtrigger.Q(old__email__df=pgtrigger.F("new__email")),
        declare=[("who", "jsonb")],
        func=f"""
        -- What history's own triggers read; empty outside of a deed.
        who := NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb;
        INSERT INTO organisation_loginlogentry (kind, user_id, at, by_id, by_system)
        SELECT told.kind, NEW.id, now(), (who ->> 'actor_id')::bigint, COALESCE(who ->> 'system', '')
        FROM (VALUES
            ('{LoginLogKind.NAME_CHANGED}', OLD.name IS DISTINCT FROM NEW.name),
            ('{LoginLogKind.EMAIL_CHANGED}', OLD.email IS DISTINCT FROM NEW.email)
        ) AS told(kind, is_so)
        WHERE told.is_so;
        RETURN NULL;
        """,  # noqa: S608 - only codes
    )


@tracked(exclude=["password", "last_login", "name", "email"])
class User(AbstractBaseUser):
    """A person who logs in. What she may do stands in her appointments, never here.

    Her name and address stand in this row only, and other tables point at it: the day she is erased, it is
    one row.
    """

    email = models.EmailField(_("e-postadresse"), unique=True)
    name = models.CharField(_("navn"), max_length=120)
    is_active = models.BooleanField(_("aktiv"), default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_email_lower_case", condition=Q(email=Func(F("email"), function="lower"))
            ),
        ]
        triggers: ClassVar = [_logs_changes_of_who_she_is()]

    def __str__(self) -> str:
        return self.name


@tracked()
class Appointment(models.Model):
    """One person's role, in one unit or for the whole municipality, from–to."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(_("rolle"), max_length=20, choices=[(r.value, ROLE_LABELS[r]) for r in Role])
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
        ]

    def __str__(self) -> str:
        return f"{self.user}: {ROLE_LABELS[Role(self.role)]}"


class LoginLogEntry(models.Model):
    """What happened to somebody's way in, never what it was before or after. Append-only.

    Written by the database. Nobody stands for a change made outside of an operation.
    """

    kind = models.CharField(
        _("hendelse"), max_length=20, choices=[(k.value, LOGIN_LOG_LABELS[k]) for k in LoginLogKind]
    )
    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("når"), default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("linje i innloggingsloggen")
        verbose_name_plural = _("linjer i innloggingsloggen")
        constraints: ClassVar = [
            models.CheckConstraint(name="login_log_kind_known", condition=Q(kind__in=list(LoginLogKind))),
            at_most_one_actor("login_log_by_one"),
        ]
        triggers: ClassVar = append_only(deletable_after="LOGIN_LOG_KEPT_DAYS", since="at")

    def __str__(self) -> str:
        return f"{LOGIN_LOG_LABELS[LoginLogKind(self.kind)]}: {self.user}"

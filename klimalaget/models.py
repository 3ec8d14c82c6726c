"""Klimalaget: one seat per unit, the people who fill the seats, and their meetings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klimalaget.enums import SeatKind
from organisation.models import DatedQuerySet, Unit, dated_range, dates_in_order
from web.history import tracked

SEAT_KIND_LABELS = {
    SeatKind.FIXED: _("fast plass"),
    SeatKind.VOLUNTARY: _("frivillig"),
    SeatKind.OUTSIDE: _("utenfor"),
}

# Why a unit has a seat: the three reasons of the network's mandate.
BASIS_LABELS = {
    "carries_out_measures": _("gjennomfører klimatiltak og prosjekter"),
    "makes_plans": _("lager planer og strategier der klima er sentralt"),
    "large_emissions": _("representerer en sektor med store utslipp"),
}


@tracked()
class Seat(models.Model):
    """A unit's place in Klimalaget, and why it has it."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("virksomhet"), on_delete=models.PROTECT, related_name="seat"
    )
    kind = models.CharField(
        _("plass"), max_length=20, choices=[(kind.value, SEAT_KIND_LABELS[kind]) for kind in SeatKind]
    )
    carries_out_measures = models.BooleanField(BASIS_LABELS["carries_out_measures"], default=False)
    makes_plans = models.BooleanField(BASIS_LABELS["makes_plans"], default=False)
    large_emissions = models.BooleanField(BASIS_LABELS["large_emissions"], default=False)
    outside_reason = models.CharField(_("hvorfor virksomheten står utenfor"), max_length=300, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("plass i Klimalaget")
        verbose_name_plural = _("plasser i Klimalaget")
        constraints: ClassVar = [
            models.CheckConstraint(name="seat_kind_known", condition=Q(kind__in=list(SeatKind))),
            models.CheckConstraint(
                name="seat_has_basis_or_reason",
                condition=Q(kind=SeatKind.OUTSIDE) & ~Q(outside_reason="")
                | Q(kind=SeatKind.VOLUNTARY, outside_reason="")
                | Q(kind=SeatKind.FIXED, outside_reason="")
                & (Q(carries_out_measures=True) | Q(makes_plans=True) | Q(large_emissions=True)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)


@tracked()
class Membership(models.Model):
    """A person who fills a seat, with a deputy, from–to."""

    seat = models.ForeignKey(
        Seat, verbose_name=_("plass"), on_delete=models.PROTECT, related_name="memberships"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("medlem"),
        on_delete=models.PROTECT,
        related_name="klimalaget_memberships",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vara"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="klimalaget_deputyships",
    )
    valid_from = models.DateField(_("fra"))
    valid_to = models.DateField(_("til"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlemskap")
        verbose_name_plural = _("medlemskap")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="membership_one_member_at_a_time",
                expressions=[(F("seat"), RangeOperators.EQUAL), (dated_range(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="membership_deputy_is_another", condition=Q(deputy__isnull=True) | ~Q(deputy=F("member"))
            ),
            dates_in_order("membership_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.seat}"


@tracked()
class Meeting(models.Model):
    title = models.CharField(_("møte"), max_length=160)
    starts_at = models.DateTimeField(_("når"))
    place = models.CharField(_("sted"), max_length=160, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)

    class Meta:
        verbose_name = _("møte i Klimalaget")
        verbose_name_plural = _("møter i Klimalaget")
        ordering: ClassVar = ["starts_at"]

    def __str__(self) -> str:
        return self.title

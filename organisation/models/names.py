"""What the municipality and its bodies are called. Bodies are renamed on a day, and keep what they were."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import Body, Switch
from organisation.models.dates import DatedQuerySet, dated_range, dates_in_order
from organisation.models.labels import BODY_LABELS
from web.history import tracked

THE_ONE = 1
LEADER_LEVELS = (1, 2, 3)


def all_switches() -> list[str]:
    """What is on where nobody has chosen: all of it."""
    return [switch.value for switch in Switch]


@tracked()
class Municipality(models.Model):
    """The municipality the portal is for: one row at most, which the key itself sees to."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    name = models.CharField(_("navn"), max_length=60)
    number = models.CharField(_("kommunenummer"), max_length=4)
    organisation = models.CharField(_("navn på organisasjonen"), max_length=120)
    chief_title = models.CharField(_("tittel på øverste leder"), max_length=40, default="kommunedirektør")
    network = models.CharField(_("navn på klimanettverket"), max_length=60, default="Klimalaget")
    leader_levels = models.PositiveSmallIntegerField(_("antall ledernivåer"), default=2)
    switched_on = ArrayField(
        models.CharField(max_length=20), verbose_name=_("det som er i bruk"), default=all_switches, blank=True
    )
    # Whether administrators and those who lead the climate work must log in with two steps.
    mfa_required = models.BooleanField(_("totrinn er påkrevd"), default=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")
        constraints: ClassVar = [
            models.CheckConstraint(name="municipality_only_one", condition=Q(id=THE_ONE)),
            models.CheckConstraint(
                name="municipality_number_of_four_digits", condition=Q(number__regex=r"^[0-9]{4}$")
            ),
            models.CheckConstraint(
                name="municipality_switches_known",
                condition=Q(switched_on__contained_by=[switch.value for switch in Switch]),
            ),
            models.CheckConstraint(
                name="municipality_leader_levels", condition=Q(leader_levels__in=LEADER_LEVELS)
            ),
            models.CheckConstraint(
                name="municipality_all_named",
                condition=~Q(name="") & ~Q(organisation="") & ~Q(chief_title="") & ~Q(network=""),
            ),
        ]

    def __str__(self) -> str:
        return self.organisation


@tracked()
class BodyName(models.Model):
    """What a body is called from a day to a day: by itself, spoken of, and as what is its own."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("kommune"), on_delete=models.CASCADE, related_name="body_names"
    )
    body = models.CharField(
        _("organ"), max_length=20, choices=[(body.value, BODY_LABELS[body]) for body in Body]
    )
    name = models.CharField(_("navn"), max_length=80)
    definite = models.CharField(_("bestemt form"), max_length=80)
    genitive = models.CharField(_("eieform"), max_length=80)
    valid_from = models.DateField(_("fra"))
    valid_to = models.DateField(_("til"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("navn på et organ")
        verbose_name_plural = _("navn på organer")
        constraints: ClassVar = [
            models.CheckConstraint(name="body_name_body_known", condition=Q(body__in=list(Body))),
            models.CheckConstraint(
                name="body_name_in_all_forms", condition=~Q(name="") & ~Q(definite="") & ~Q(genitive="")
            ),
            ExclusionConstraint(
                name="body_name_one_at_a_time",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (dated_range(), RangeOperators.OVERLAPS),
                ],
            ),
            dates_in_order("body_name_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

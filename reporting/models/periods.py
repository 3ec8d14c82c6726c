"""Reporting periods, where reporting happens, and the steps of the analysis unit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.models import ClimateBudget
from organisation.models import Unit
from reporting.enums import PeriodKind, PeriodStepKind, Place
from reporting.models import protection
from reporting.models.labels import PERIOD_KIND_LABELS, PERIOD_STEP_LABELS, PLACE_LABELS
from web.actor_columns import actor_columns, has_actor, no_actor
from web.history import tracked

_PLACES = [(place.value, PLACE_LABELS[place]) for place in Place]


@tracked()
class ReportingSettings(models.Model):
    """How this municipality reports. There is one row, made when something is first changed."""

    place = models.CharField(_("hvor det rapporteres"), max_length=10, choices=_PLACES, default=Place.HERE)
    area_approves = models.BooleanField(_("området godkjenner før kvalitetssikringen"), default=False)
    first_reminder_days = models.PositiveSmallIntegerField(
        _("første påminnelse, dager før fristen"), default=14
    )
    second_reminder_days = models.PositiveSmallIntegerField(
        _("andre påminnelse, dager før fristen"), default=3
    )
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("innstillinger for rapportering")
        verbose_name_plural = _("innstillinger for rapportering")
        constraints: ClassVar = [
            models.CheckConstraint(name="reporting_settings_one_row", condition=Q(pk=1)),
            models.CheckConstraint(name="reporting_settings_place_known", condition=Q(place__in=list(Place))),
            models.CheckConstraint(
                name="reporting_settings_reminders_in_order",
                condition=Q(first_reminder_days__gt=F("second_reminder_days")),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Innstillinger for rapportering")


@tracked()
class UnitReportingSetting(models.Model):
    """Where one unit reports, when that is another place than the municipality's."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("virksomhet"), on_delete=models.PROTECT, related_name="reporting_setting"
    )
    place = models.CharField(_("hvor det rapporteres"), max_length=10, choices=_PLACES)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("innstilling for en virksomhet")
        verbose_name_plural = _("innstillinger for virksomheter")
        constraints: ClassVar = [
            models.CheckConstraint(name="unit_reporting_place_known", condition=Q(place__in=list(Place)))
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {PLACE_LABELS[Place(self.place)]}"


@tracked()
class Period(models.Model):
    """A reporting period, bound to the adopted budget it reports against. Deadlines are instants."""

    year = models.PositiveSmallIntegerField(_("år"))
    kind = models.CharField(
        _("periode"), max_length=2, choices=[(kind.value, PERIOD_KIND_LABELS[kind]) for kind in PeriodKind]
    )
    budget = models.ForeignKey(
        ClimateBudget, verbose_name=_("klimabudsjett"), on_delete=models.PROTECT, related_name="periods"
    )
    opens_at = models.DateTimeField(_("åpner"))
    contact_deadline = models.DateTimeField(_("frist for kontaktpersoner"))
    leader_deadline = models.DateTimeField(_("frist for ledere"))
    closes_at = models.DateTimeField(_("lukkes"))
    # When the closing was done. From then on nothing is changed but by a correction.
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)
    case_number = models.CharField(_("saksnummer"), max_length=40, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("rapporteringsperiode")
        verbose_name_plural = _("rapporteringsperioder")
        constraints: ClassVar = [
            models.UniqueConstraint(name="period_once", fields=["year", "kind"]),
            models.CheckConstraint(name="period_kind_known", condition=Q(kind__in=list(PeriodKind))),
            models.CheckConstraint(
                name="period_dates_in_order",
                condition=Q(
                    opens_at__lt=F("contact_deadline"),
                    contact_deadline__lte=F("leader_deadline"),
                    leader_deadline__lte=F("closes_at"),
                ),
            ),
        ]
        triggers: ClassVar = [protection.period_closes_once(), protection.period_stays_when_closed()]

    def __str__(self) -> str:
        return gettext("%(kind)s %(year)s") % {
            "kind": PERIOD_KIND_LABELS[PeriodKind(self.kind)],
            "year": self.year,
        }

    @property
    def code(self) -> str:
        return f"{self.year}-{self.kind}"


@tracked()
class PeriodStep(models.Model):
    """A step of the analysis unit in a period: done, by whom, and what was found."""

    period = models.ForeignKey(
        Period, verbose_name=_("periode"), on_delete=models.PROTECT, related_name="steps"
    )
    kind = models.CharField(
        _("steg"), max_length=20, choices=[(kind.value, PERIOD_STEP_LABELS[kind]) for kind in PeriodStepKind]
    )
    due_at = models.DateTimeField(_("frist"), null=True, blank=True)
    done_at = models.DateTimeField(_("gjort"), null=True, blank=True)
    done_by, done_by_system, done_by_name = actor_columns("done_by", _("gjort av"))
    comment = models.TextField(_("merknad"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("steg i perioden")
        verbose_name_plural = _("steg i perioden")
        constraints: ClassVar = [
            models.UniqueConstraint(name="period_step_once", fields=["period", "kind"]),
            models.CheckConstraint(name="period_step_known", condition=Q(kind__in=list(PeriodStepKind))),
            models.CheckConstraint(
                name="period_step_done_by_somebody",
                condition=Q(done_at__isnull=True) & no_actor("done_by")
                | Q(done_at__isnull=False) & has_actor("done_by"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {PERIOD_STEP_LABELS[PeriodStepKind(self.kind)]}"

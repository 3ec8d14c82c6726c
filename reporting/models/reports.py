"""A unit's report: its measures' statuses, its log, and what was sent."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.models import Line
from climate_portal.web.history import tracked
from organisation.models import Unit
from reporting.enums import (
    NEEDS_NEW_DATE,
    OFF_PLAN,
    TRANSITIONS,
    DecisionLevel,
    Place,
    ReportState,
    Status,
)
from reporting.models.labels import (
    DECISION_LEVEL_LABELS,
    PLACE_LABELS,
    REPORT_STATE_LABELS,
    STATUS_LABELS,
)
from reporting.models.periods import Period
from strategy.models import Measure

_ALLOWED = ", ".join(
    f"('{origin}', '{target}')" for origin, targets in TRANSITIONS.items() for target in sorted(targets)
)
_OFF_PLAN = ", ".join(f"'{status}'" for status in sorted(OFF_PLAN))
_NEEDS_NEW_DATE = ", ".join(f"'{status}'" for status in sorted(NEEDS_NEW_DATE))


@tracked()
class UnitReport(models.Model):
    """One unit's report in one period."""

    period = models.ForeignKey(
        Period, verbose_name=_("periode"), on_delete=models.PROTECT, related_name="reports"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("virksomhet"), on_delete=models.PROTECT, related_name="reports"
    )
    state = models.CharField(
        _("tilstand"),
        max_length=20,
        choices=[(state.value, REPORT_STATE_LABELS[state]) for state in ReportState],
        default=ReportState.DRAFT,
    )
    leader_comment = models.TextField(_("kommentar fra leder"), blank=True)
    climate_comment = models.TextField(_("kommentar fra Klima"), blank=True)
    return_comment = models.TextField(_("hvorfor rapporten er returnert"), blank=True)
    # Where it is answered, as the settings said when the period opened. No unit answers twice.
    place = models.CharField(
        _("hvor det rapporteres"),
        max_length=10,
        choices=[(place.value, PLACE_LABELS[place]) for place in Place],
        default=Place.HERE,
    )
    # Null: the period's own. A later date is Klima's extension, logged in DeadlineExtension.
    contact_deadline = models.DateTimeField(_("egen frist for kontaktperson"), null=True, blank=True)
    leader_deadline = models.DateTimeField(_("egen frist for leder"), null=True, blank=True)
    needs_area = models.BooleanField(_("området skal godkjenne"), default=False)
    area_approved_at = models.DateTimeField(_("godkjent av området"), null=True, blank=True)
    # Only for a KF: when its board treated the matter, and where its own report is found.
    board_date = models.DateField(_("behandlet i styret"), null=True, blank=True)
    enterprise_report = models.CharField(_("foretakets egen rapport"), max_length=300, blank=True)
    # Set while a report is corrected after the period closed.
    correction_reason = models.TextField(_("hvorfor rapporten rettes"), blank=True)
    # Set when Klima lets reminders go further up than the unit's leader.
    escalation_released_at = models.DateTimeField(_("varsling oppover frigitt"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sendt inn"), null=True, blank=True)
    approved_at = models.DateTimeField(_("godkjent"), null=True, blank=True)
    assured_at = models.DateTimeField(_("kvalitetssikret"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("rapport")
        verbose_name_plural = _("rapporter")
        constraints: ClassVar = [
            models.UniqueConstraint(name="report_once_per_unit_and_period", fields=["period", "unit"]),
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=list(ReportState))),
            models.CheckConstraint(
                name="report_submitted_has_time",
                condition=Q(state__in=[ReportState.DRAFT, ReportState.RETURNED])
                | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_returned_has_comment",
                condition=~Q(state=ReportState.RETURNED) | ~Q(return_comment=""),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="state_along_the_table",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
                func=f"""
                IF (OLD.state, NEW.state) NOT IN ({_ALLOWED}) THEN
                    RAISE EXCEPTION 'a report cannot go from % to %', OLD.state, NEW.state
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
                """,
            ),
            # A draft may be incomplete; what is sent may not. The form says the same: rules/reports.py.
            pgtrigger.Trigger(
                name="complete_when_submitted",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Condition("NEW.state = 'submitted' AND OLD.state <> 'submitted'"),
                func=f"""
                IF EXISTS (
                    SELECT 1 FROM reporting_measurestatus
                    WHERE report_id = NEW.id AND (
                        status = ''
                        OR confirmed_at IS NULL
                        OR status IN ({_OFF_PLAN}) AND (cause = '' OR corrective_action = '')
                        OR status IN ({_NEEDS_NEW_DATE}) AND new_date IS NULL
                        OR (decision_level = '') <> (decision_question = '')
                        OR NEW.place = 'here' AND decision_follow_up = '' AND EXISTS (
                            SELECT 1 FROM reporting_deviation
                            WHERE measure_id = reporting_measurestatus.measure_id
                                AND state = 'open' AND decision_id IS NOT NULL
                        )
                    )
                ) THEN
                    RAISE EXCEPTION 'an incomplete report cannot be submitted'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
                """,  # noqa: S608 - only codes from enums.py
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.period}"

    @property
    def contact_due(self) -> datetime:
        """When the contact's answer is due, an extension included."""
        return self.contact_deadline or self.period.contact_deadline

    @property
    def leader_due(self) -> datetime:
        """When the leader's approval is due, an extension included."""
        return self.leader_deadline or self.period.leader_deadline


@tracked()
class MeasureStatus(models.Model):
    """What a unit says about one of its measures. Unanswered until the status is given."""

    report = models.ForeignKey(
        UnitReport, verbose_name=_("rapport"), on_delete=models.CASCADE, related_name="statuses"
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.PROTECT, related_name="statuses"
    )
    # Null for a virkemiddel that has no line in the budget.
    line = models.ForeignKey(
        Line,
        verbose_name=_("linje i klimabudsjettet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statuses",
    )
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    status = models.CharField(
        _("status"),
        max_length=30,
        blank=True,
        choices=[(status.value, STATUS_LABELS[status]) for status in Status],
    )
    indicator_value = models.DecimalField(
        _("resultat"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    what_happened = models.TextField(_("hva har skjedd siden sist"), max_length=1000, blank=True)
    cause = models.TextField(_("årsak"), max_length=1000, blank=True)
    corrective_action = models.TextField(_("hva dere gjør"), max_length=1000, blank=True)
    new_date = models.DateField(_("når det er tatt igjen"), null=True, blank=True)
    delayed_share = models.DecimalField(
        _("andel som er forsinket, prosent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    decision_level = models.CharField(
        _("hvem skal avgjøre"),
        max_length=20,
        blank=True,
        choices=[(level.value, DECISION_LEVEL_LABELS[level]) for level in DecisionLevel],
    )
    decision_question = models.TextField(_("hva skal avgjøres"), max_length=500, blank=True)
    # What has come of a decision that an earlier report asked for.
    decision_follow_up = models.TextField(_("hva er gjort med beslutningen"), max_length=1000, blank=True)
    # One address per line.
    links = models.TextField(_("lenker til vedlegg"), max_length=2000, blank=True)
    # When the unit last stood behind the answer. What is filled in from the last period is not confirmed.
    confirmed_at = models.DateTimeField(_("bekreftet"), null=True, blank=True)
    # Why the measure came to this report after the period opened; empty when it was there from the start.
    added_reason = models.CharField(_("hvorfor tiltaket kom til senere"), max_length=300, blank=True)
    imported_from = models.ForeignKey(
        "reporting.StatusImport",
        verbose_name=_("importert fra"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statuses",
    )
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("status for tiltak")
        verbose_name_plural = _("status for tiltak")
        constraints: ClassVar = [
            models.UniqueConstraint(name="status_once_per_measure", fields=["report", "measure"]),
            models.CheckConstraint(name="status_known", condition=Q(status="") | Q(status__in=list(Status))),
            models.CheckConstraint(
                name="status_delay_only_when_off_plan",
                condition=Q(status__in=sorted(OFF_PLAN))
                | Q(cause="", corrective_action="", new_date__isnull=True, delayed_share__isnull=True),
            ),
            # Nobody stands behind an answer that says nothing.
            models.CheckConstraint(
                name="status_confirmed_says_something",
                condition=Q(confirmed_at__isnull=True) | ~Q(status=""),
            ),
            models.CheckConstraint(
                name="status_share_in_range",
                condition=Q(delayed_share__isnull=True) | Q(delayed_share__gt=0, delayed_share__lte=100),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="only_while_editable",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("report_state", "text"), ("report_place", "text")],
                func="""
                IF TG_OP <> 'INSERT' THEN
                    SELECT state INTO report_state
                    FROM reporting_unitreport WHERE id = OLD.report_id FOR SHARE;
                    IF report_state NOT IN ('draft', 'returned') THEN
                        RAISE EXCEPTION 'a submitted report cannot be changed'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                SELECT state, place INTO report_state, report_place
                FROM reporting_unitreport WHERE id = NEW.report_id FOR SHARE;
                IF report_state NOT IN ('draft', 'returned') THEN
                    RAISE EXCEPTION 'a submitted report cannot be changed'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                -- A file never speaks for a unit that answers here.
                IF NEW.imported_from_id IS NOT NULL AND report_place <> 'there' THEN
                    RAISE EXCEPTION 'a unit that answers in the portal is not answered for by a file'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.report}"

    @property
    def off_plan(self) -> bool:
        return self.status in OFF_PLAN


class ReportTransition(models.Model):
    """The log of a report's states. Append-only."""

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    by_name = models.CharField(max_length=120)
    comment = models.TextField(blank=True)

    class Meta:
        verbose_name = _("overgang")
        verbose_name_plural = _("overganger")
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.from_state} → {self.to_state}"

    @property
    def to_label(self) -> str:
        return str(REPORT_STATE_LABELS[ReportState(self.to_state)])


class ReportVersion(models.Model):
    """A submission, frozen as it was sent. A correction is the next number. Append-only."""

    report = models.ForeignKey(UnitReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    submitted_by_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("innsendt versjon")
        verbose_name_plural = _("innsendte versjoner")
        constraints: ClassVar = [
            models.UniqueConstraint(name="report_version_once", fields=["report", "number"])
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.report}, versjon {self.number}"


class DeadlineExtension(models.Model):
    """A unit was given more time: how long, why, and by whom. Append-only."""

    report = models.ForeignKey(UnitReport, on_delete=models.PROTECT, related_name="extensions")
    contact_deadline = models.DateTimeField()
    leader_deadline = models.DateTimeField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    by_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("utsatt frist")
        verbose_name_plural = _("utsatte frister")
        constraints: ClassVar = [
            models.CheckConstraint(name="extension_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="extension_dates_in_order", condition=Q(contact_deadline__lte=F("leader_deadline"))
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.contact_deadline}"

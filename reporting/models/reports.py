"""A unit's report: its measures' statuses, its log, and what was sent."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budget.models import Line
from organisation.models import Unit
from reporting.enums import (
    OFF_PLAN,
    Place,
    ReportState,
    Status,
)
from reporting.models import protection
from reporting.models.labels import (
    PLACE_LABELS,
    STATUS_LABELS,
    decision_level_choices,
    report_state_choices,
)
from reporting.models.periods import Period
from strategy.models import Measure
from web.history import tracked


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
        choices=report_state_choices,
        default=ReportState.DRAFT,
    )
    leader_comment = models.TextField(_("kommentar fra leder"), blank=True)
    climate_comment = models.TextField(_("kommentar ved kvalitetssikringen"), blank=True)
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
    # Only for a KF: when its board treats the matter, or that nobody knows yet; where its report is found.
    board_date = models.DateField(_("behandles i styret"), null=True, blank=True)
    board_pending = models.BooleanField(_("datoen for styrebehandling er ikke satt"), default=False)
    enterprise_report = models.CharField(_("foretakets egen rapport"), max_length=300, blank=True)
    # Set while a report is corrected after the period closed: why, and the state it was opened from.
    correction_reason = models.TextField(_("hvorfor rapporten rettes"), blank=True)
    correction_origin = models.CharField(_("tilstand før retting"), max_length=20, blank=True)
    # The unit that took over the measures when this one closed; the report then has nothing left in it.
    handed_over_to = models.ForeignKey(
        Unit,
        verbose_name=_("overført til"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports_taken_over",
    )
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
            models.CheckConstraint(
                name="report_correction_has_origin",
                condition=Q(correction_reason="", correction_origin="")
                | ~Q(correction_reason="") & Q(correction_origin__in=list(ReportState)),
            ),
            models.CheckConstraint(
                name="report_area_after_leader",
                condition=Q(area_approved_at__isnull=True)
                | Q(state__in=[ReportState.APPROVED, ReportState.ASSURED]),
            ),
            models.CheckConstraint(
                name="report_extended_in_order",
                condition=Q(contact_deadline__isnull=True, leader_deadline__isnull=True)
                | Q(contact_deadline__isnull=False, contact_deadline__lte=F("leader_deadline")),
            ),
            models.CheckConstraint(
                name="report_board_date_or_none_yet",
                condition=Q(board_date__isnull=True) | Q(board_pending=False),
            ),
        ]
        triggers: ClassVar = [
            protection.report_along_the_table(),
            protection.area_is_not_skipped(),
            protection.complete_when_submitted(),
            protection.report_frozen_when_closed(),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.period}"

    @property
    def contact_due(self) -> datetime:
        """When the contact's answer is due: the period's deadline, or the unit's own when that is later."""
        return max(self.contact_deadline or self.period.contact_deadline, self.period.contact_deadline)

    @property
    def leader_due(self) -> datetime:
        """When the leader's approval is due: the period's deadline, or the unit's own when that is later."""
        return max(self.leader_deadline or self.period.leader_deadline, self.period.leader_deadline)

    @property
    def extended(self) -> bool:
        """Whether the unit has a later deadline than the others."""
        period = self.period
        return self.contact_due > period.contact_deadline or self.leader_due > period.leader_deadline

    @property
    def is_corrected(self) -> bool:
        """Whether the report is open for correction after the period closed."""
        return self.correction_reason != ""


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
        choices=decision_level_choices,
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
            ),
            protection.part_frozen_when_closed(),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.report}"

    @property
    def adopted_title(self) -> str:
        """The measure's title as the budget has it, where it has one. Reads line and measure."""
        return (self.line.adopted_title if self.line else "") or self.measure.title

    @property
    def off_plan(self) -> bool:
        return self.status in OFF_PLAN

"""Tertial reporting: periods, one report per unit, the status of each measure, and publications."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.models import ClimateBudget, Line
from climate_portal.web.history import tracked
from climate_portal.web.offices import naming_chief
from organisation.models import Unit
from reporting.enums import (
    NEEDS_NEW_DATE,
    OFF_PLAN,
    TRANSITIONS,
    DecisionLevel,
    OrderState,
    PeriodKind,
    ReportState,
    Status,
)
from strategy.models import Measure

PERIOD_KIND_LABELS = {
    PeriodKind.FIRST_TERTIAL: _("1. tertial"),
    PeriodKind.SECOND_TERTIAL: _("2. tertial"),
    PeriodKind.ANNUAL: _("årsrapport"),
}
REPORT_STATE_LABELS = {
    ReportState.DRAFT: _("Under arbeid"),
    ReportState.SUBMITTED: _("Til godkjenning hos virksomhetsleder"),
    ReportState.APPROVED: _("Godkjent av leder"),
    ReportState.ASSURED: _("Kvalitetssikret av Klima"),
    ReportState.RETURNED: _("Returnert"),
}
STATUS_LABELS = {
    Status.NOT_STARTED_PLANNED: _("Ikke startet, etter plan"),
    Status.SHOULD_HAVE_STARTED: _("Skulle vært i gang"),
    Status.ON_TRACK: _("I rute"),
    Status.DELAYED: _("Forsinket"),
    Status.STOPPED: _("Stoppet"),
    Status.POSTPONED: _("Utsatt, vedtatt"),
    Status.COMPLETED: _("Gjennomført"),
}
DECISION_LEVEL_LABELS = {
    DecisionLevel.LEADER: _("virksomhetslederen"),
    DecisionLevel.DIRECTOR: _("direktøren"),
    DecisionLevel.EXECUTIVE: naming_chief(_("{chiefs} ledergruppe")),
    DecisionLevel.COUNCIL: _("kommunestyret"),
}
_ALLOWED = ", ".join(
    f"('{origin}', '{target}')" for origin, targets in TRANSITIONS.items() for target in sorted(targets)
)
_OFF_PLAN = ", ".join(f"'{status}'" for status in sorted(OFF_PLAN))
_NEEDS_NEW_DATE = ", ".join(f"'{status}'" for status in sorted(NEEDS_NEW_DATE))


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

    def __str__(self) -> str:
        return gettext("%(kind)s %(year)s") % {
            "kind": PERIOD_KIND_LABELS[PeriodKind(self.kind)],
            "year": self.year,
        }

    @property
    def code(self) -> str:
        return f"{self.year}-{self.kind}"


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
    board_date = models.DateField(_("behandlet i styret"), null=True, blank=True)
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
            # A draft may be incomplete; what is sent may not. The form says the same (reporting/rules.py).
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
                        OR status IN ({_OFF_PLAN}) AND (cause = '' OR corrective_action = '')
                        OR status IN ({_NEEDS_NEW_DATE}) AND new_date IS NULL
                        OR (decision_level = '') <> (decision_question = '')
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
                declare=[("report_state", "text")],
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
                SELECT state INTO report_state FROM reporting_unitreport WHERE id = NEW.report_id FOR SHARE;
                IF report_state NOT IN ('draft', 'returned') THEN
                    RAISE EXCEPTION 'a submitted report cannot be changed'
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


class Publication(models.Model):
    """A leadership summary, frozen: the data, the PDF and their hash. Append-only."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField(_("nummer"))
    data = models.JSONField()
    data_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(_("SHA-256"), max_length=64)
    published_at = models.DateTimeField(_("publisert"), default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    published_by_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("publikasjon")
        verbose_name_plural = _("publikasjoner")
        constraints: ClassVar = [
            models.UniqueConstraint(name="publication_number_once", fields=["period", "number"])
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return gettext("%(period)s, nr. %(number)s") % {"period": self.period, "number": self.number}


class SummaryOrder(models.Model):
    """A summary somebody has ordered: the worker makes it, the page shows how far it has come."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="orders")
    state = models.CharField(max_length=20, default=OrderState.QUEUED)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    ordered_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    # A preview is for the person who ordered it and is not published; its bytes stand here.
    preview = models.BooleanField(default=False)
    pdf = models.BinaryField(null=True)
    publication = models.ForeignKey(Publication, null=True, on_delete=models.PROTECT, related_name="orders")
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("bestilt sammendrag")
        verbose_name_plural = _("bestilte sammendrag")
        constraints: ClassVar = [
            models.CheckConstraint(name="order_state_known", condition=Q(state__in=list(OrderState)))
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.state}"

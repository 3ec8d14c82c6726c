"""What a unit proposes in its report, and what Klima answers."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reporting.enums import ProposalKind, ProposalState
from reporting.models import protection
from reporting.models.labels import PROPOSAL_KIND_LABELS, PROPOSAL_STATE_LABELS
from reporting.models.reports import UnitReport
from strategy.models import Measure
from web.actor_columns import actor_columns, has_actor, no_actor
from web.history import tracked


@tracked()
class MeasureProposal(models.Model):
    """Something a unit proposes in its report: a new measure, or that one of its own has ended."""

    report = models.ForeignKey(
        UnitReport, verbose_name=_("rapport"), on_delete=models.CASCADE, related_name="proposals"
    )
    kind = models.CharField(
        _("forslag"),
        max_length=10,
        choices=[(kind.value, PROPOSAL_KIND_LABELS[kind]) for kind in ProposalKind],
    )
    # What has ended; or what became of a new one that Klima took in.
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("tiltak"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    title = models.CharField(_("tittel"), max_length=200, blank=True)
    reason = models.TextField(_("begrunnelse"), max_length=1000)
    state = models.CharField(
        _("tilstand"),
        max_length=10,
        choices=[(state.value, PROPOSAL_STATE_LABELS[state]) for state in ProposalState],
        default=ProposalState.OPEN,
    )
    answer = models.TextField(_("svar på forslaget"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)
    answered_by, answered_by_system, answered_by_name = actor_columns("answered_by", _("besvart av"))
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("forslag i en rapport")
        verbose_name_plural = _("forslag i rapporter")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="proposal_of_its_kind",
                condition=Q(kind=ProposalKind.NEW)
                & ~Q(title="")
                & (Q(measure__isnull=True) | Q(state=ProposalState.ACCEPTED))
                | Q(kind=ProposalKind.END, measure__isnull=False),
            ),
            models.CheckConstraint(name="proposal_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="proposal_state_known", condition=Q(state__in=list(ProposalState))),
            models.CheckConstraint(
                name="proposal_answered_by_somebody",
                condition=Q(state=ProposalState.OPEN, answered_at__isnull=True) & no_actor("answered_by")
                | ~Q(state=ProposalState.OPEN) & Q(answered_at__isnull=False) & has_actor("answered_by"),
            ),
            models.CheckConstraint(
                name="proposal_declined_with_reason",
                condition=~Q(state=ProposalState.DECLINED) | ~Q(answer=""),
            ),
            models.UniqueConstraint(
                name="proposal_end_once",
                fields=["report", "measure"],
                condition=Q(kind=ProposalKind.END),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="proposed_while_editable",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("report_state", "text")],
                func="""
                IF TG_OP <> 'INSERT' AND OLD.state <> 'open' THEN
                    RAISE EXCEPTION 'an answered proposal cannot be changed'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                IF TG_OP = 'UPDATE'
                    AND (NEW.report_id, NEW.kind, NEW.title, NEW.reason)
                        IS NOT DISTINCT FROM (OLD.report_id, OLD.kind, OLD.title, OLD.reason)
                    AND (NEW.kind = 'new' OR NEW.measure_id = OLD.measure_id)
                THEN
                    RETURN NEW; -- Klima's answer
                END IF;
                SELECT state INTO report_state FROM reporting_unitreport
                WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.report_id ELSE NEW.report_id END FOR SHARE;
                IF report_state NOT IN ('draft', 'returned') THEN
                    RAISE EXCEPTION 'what was proposed in a submitted report cannot be changed'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
                """,
            ),
            # Klima's answer may come after the close; what the unit proposed stays.
            protection.part_frozen_when_closed(
                open_columns=(
                    "measure_id",
                    "state",
                    "answer",
                    "answered_at",
                    "answered_by_id",
                    "answered_by_system",
                    "version",
                )
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.measure)

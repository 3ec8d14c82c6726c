"""Hearing rounds: a document's sections sent to units, their answers, and what Klima does with each remark.

A round carries the words it asks about itself. Rooms above that send their own documents on hearing link to
the round with a foreign key of their own.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from strategy.enums import Disposition, HearingState, Verdict
from strategy.models.labels import (
    DISPOSITION_LABELS,
    HEARING_STATE_LABELS,
    VERDICT_LABELS,
    choices,
    known_code,
)
from strategy.models.protection import hearing_answer, hearing_remark, hearing_round
from strategy.models.strategies import Strategy
from web.actor_columns import actor_columns, has_actor, no_actor
from web.history import tracked
from web.triggers import append_only


@tracked()
class HearingRound(models.Model):
    """One hearing of one document. `published` is the summary as readers got it; it never changes."""

    title = models.CharField(_("tittel"), max_length=200)
    strategy = models.ForeignKey(
        Strategy,
        verbose_name=_("strategi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hearings",
    )
    introduction = models.TextField(_("til dem som svarer"), blank=True)
    deadline = models.DateTimeField(_("frist"))
    state = models.CharField(
        _("tilstand"), max_length=20, choices=choices(HEARING_STATE_LABELS), default=HearingState.OPEN
    )
    sent_at = models.DateTimeField(_("sendt"))
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)
    published_at = models.DateTimeField(_("oppsummert"), null=True, blank=True)
    summary = models.TextField(_("oppsummering"), blank=True)
    published = models.JSONField(_("det som ble publisert"), null=True, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("høringsrunde")
        verbose_name_plural = _("høringsrunder")
        constraints: ClassVar = [
            known_code("hearing_state_known", "state", HearingState),
            models.CheckConstraint(
                name="hearing_published_is_whole",
                condition=~Q(state=HearingState.PUBLISHED)
                | Q(published__isnull=False, published_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="hearing_one_open_per_strategy",
                fields=["strategy"],
                condition=Q(state=HearingState.OPEN),
            ),
        ]
        triggers: ClassVar = hearing_round()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:hearing", args=[self.pk])


class HearingSection(models.Model):
    """A part of the document people answer to, as it read when it was sent."""

    round = models.ForeignKey(HearingRound, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(_("del"), max_length=200)
    text = models.TextField(_("tekst"), blank=True)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("del av høringen")
        verbose_name_plural = _("deler av høringen")
        constraints: ClassVar = [
            models.UniqueConstraint(name="hearing_section_once", fields=["round", "order"])
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.title


@tracked()
class HearingAnswer(models.Model):
    """One unit in one round: asked, and answered when it has a verdict."""

    round = models.ForeignKey(
        HearingRound, verbose_name=_("høringsrunde"), on_delete=models.CASCADE, related_name="answers"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("virksomhet"), on_delete=models.PROTECT, related_name="hearing_answers"
    )
    verdict = models.CharField(_("svar"), max_length=20, choices=choices(VERDICT_LABELS), blank=True)
    answered_at = models.DateTimeField(_("svart"), null=True, blank=True)
    answered_by, answered_by_system, answered_by_name = actor_columns("answered_by", _("svart av"))
    is_late = models.BooleanField(_("etter fristen"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("høringssvar")
        verbose_name_plural = _("høringssvar")
        constraints: ClassVar = [
            models.UniqueConstraint(name="hearing_answer_once_per_unit", fields=["round", "unit"]),
            models.CheckConstraint(
                name="hearing_verdict_known", condition=Q(verdict__in=["", *(v.value for v in Verdict)])
            ),
            models.CheckConstraint(
                name="hearing_answer_has_time",
                condition=Q(verdict="", answered_at=None) & no_actor("answered_by")
                | ~Q(verdict="") & Q(answered_at__isnull=False) & has_actor("answered_by"),
            ),
        ]
        triggers: ClassVar = hearing_answer()

    def __str__(self) -> str:
        return f"{self.unit}: {self.round}"


@tracked()
class HearingRemark(models.Model):
    """What a unit says about one section, and what Klima does with it."""

    answer = models.ForeignKey(
        HearingAnswer, verbose_name=_("høringssvar"), on_delete=models.CASCADE, related_name="remarks"
    )
    section = models.ForeignKey(
        HearingSection, verbose_name=_("del"), on_delete=models.PROTECT, related_name="remarks"
    )
    text = models.TextField(_("merknad"))
    disposition = models.CharField(
        _("hva vi gjør"), max_length=20, choices=choices(DISPOSITION_LABELS), blank=True
    )
    reason = models.TextField(_("begrunnelse"), blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("merknad")
        verbose_name_plural = _("merknader")
        constraints: ClassVar = [
            models.UniqueConstraint(name="hearing_remark_once_per_section", fields=["answer", "section"]),
            models.CheckConstraint(
                name="hearing_disposition_known",
                condition=Q(disposition__in=["", *(d.value for d in Disposition)]),
            ),
            models.CheckConstraint(
                name="hearing_disposition_has_reason",
                condition=Q(disposition__in=["", Disposition.INCLUDED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(name="hearing_remark_says_something", condition=~Q(text="")),
        ]
        triggers: ClassVar = hearing_remark()

    def __str__(self) -> str:
        return f"{self.answer.unit}: {self.section}"

"""What leaders say once a year about the strategy in their unit, and what they ask of each other."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from web.actor_columns import actor_columns, has_actor, no_actor, one_actor
from web.history import tracked


@tracked()
class StrategyFollowUp(models.Model):
    """How one unit follows up the climate strategy in one year. It counts when confirmed by the leader."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("virksomhet"), on_delete=models.PROTECT, related_name="strategy_follow_ups"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    anchoring = models.TextField(_("hvordan strategien er forankret i planene"), max_length=1500, blank=True)
    own_actions = models.TextField(_("egne grep"), max_length=1500, blank=True)
    competence = models.TextField(_("kompetanse"), max_length=1500, blank=True)
    asks = models.TextField(_("hva lederen ber om, og av hvem"), max_length=1500, blank=True)
    confirmed_at = models.DateTimeField(_("bekreftet"), null=True, blank=True)
    confirmed_by, confirmed_by_system, confirmed_by_name = actor_columns("confirmed_by", _("bekreftet av"))
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("strategioppfølging")
        verbose_name_plural = _("strategioppfølging")
        constraints: ClassVar = [
            models.UniqueConstraint(name="strategy_follow_up_once", fields=["unit", "year"]),
            models.CheckConstraint(
                name="strategy_follow_up_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True) & no_actor("confirmed_by")
                | Q(confirmed_at__isnull=False) & has_actor("confirmed_by"),
            ),
            models.CheckConstraint(
                name="strategy_follow_up_confirmed_says_something",
                condition=Q(confirmed_at__isnull=True)
                | ~Q(anchoring="", own_actions="", competence="", asks=""),
            ),
        ]
        triggers: ClassVar = [
            # A leader stands behind the words she read, never behind those that came later.
            pgtrigger.Trigger(
                name="changed_is_not_confirmed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                IF NEW.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at
                    AND (NEW.anchoring, NEW.own_actions, NEW.competence, NEW.asks)
                        IS DISTINCT FROM (OLD.anchoring, OLD.own_actions, OLD.competence, OLD.asks)
                THEN
                    RAISE EXCEPTION 'a change takes the confirmation away'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.year}"


@tracked()
class LeaderQuestion(models.Model):
    """A question from one unit's leader to another unit, with a deadline."""

    from_unit = models.ForeignKey(
        Unit, verbose_name=_("fra"), on_delete=models.PROTECT, related_name="questions_asked"
    )
    to_unit = models.ForeignKey(
        Unit, verbose_name=_("til"), on_delete=models.PROTECT, related_name="questions_received"
    )
    question = models.TextField(_("spørsmål"), max_length=1000)
    due_on = models.DateField(_("svarfrist"))
    asked_at = models.DateTimeField(_("stilt"), default=timezone.now)
    asked_by, asked_by_system, asked_by_name = actor_columns("asked_by", _("stilt av"))
    # What a contact has written for the leader to answer with.
    draft = models.TextField(_("utkast til svar"), max_length=2000, blank=True)
    answer = models.TextField(_("svar"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)
    answered_by, answered_by_system, answered_by_name = actor_columns("answered_by", _("besvart av"))
    withdrawn_at = models.DateTimeField(_("trukket"), null=True, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("spørsmål mellom ledere")
        verbose_name_plural = _("spørsmål mellom ledere")
        constraints: ClassVar = [
            models.CheckConstraint(name="question_to_another_unit", condition=~Q(from_unit=F("to_unit"))),
            models.CheckConstraint(name="question_says_something", condition=~Q(question="")),
            models.CheckConstraint(
                name="question_answered_or_withdrawn",
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="question_answered_by_somebody",
                condition=Q(answered_at__isnull=True, answer="") & no_actor("answered_by")
                | Q(answered_at__isnull=False) & ~Q(answer="") & has_actor("answered_by"),
            ),
            one_actor("question_asked_by_one", "asked_by"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="closed_question_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF OLD.answered_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
                    RAISE EXCEPTION 'an answered or withdrawn question cannot be changed'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                IF NEW.question <> OLD.question THEN
                    RAISE EXCEPTION 'a question that is asked cannot be reworded'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.question[:60]

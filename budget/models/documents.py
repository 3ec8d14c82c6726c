"""The climate budget as a document, the log of its states, and what it was in each of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.enums import OPEN_STATES, BudgetState, OverlapMethod, ReferenceRule
from budget.models.protection import budget_document, child_of_budget, guard_of_budget
from emissions.enums import Scope
from emissions.models import SCOPE_CHOICES, SCOPE_SLUGS, Edition
from strategy.models import Decision, Target
from web.actor_columns import actor_columns, one_actor
from web.history import tracked
from web.names import naming
from web.triggers import append_only

BUDGET_STATE_LABELS = {
    BudgetState.DRAFT: _("Utkast"),
    BudgetState.HANDED_OVER: naming(_("Klargjort for {chief}")),
    BudgetState.PROPOSED: naming(_("Foreslått av {chief}")),
    BudgetState.ADOPTED: naming(_("Vedtatt av {council}")),
    BudgetState.SUPERSEDED: _("Erstattet av en revisjon"),
}
REFERENCE_RULE_LABELS = {
    ReferenceRule.FLAT: _("Samme utslipp som siste regnskapsår"),
    ReferenceRule.TREND: _("Trend fra regnskapet"),
    ReferenceRule.TYPED: _("Lagt inn år for år"),
    ReferenceRule.IMPORTED: _("Lest inn fra fil"),
}
OVERLAP_METHOD_LABELS = {
    OverlapMethod.PRODUCT: _("felles utslippsgrunnlag"),
    OverlapMethod.FIXED: _("oppgitt antall tonn"),
    OverlapMethod.NONE: _("ingen overlapp"),
}
PLAN_YEARS = 4


def budget_state_choices() -> list[tuple[str, Any]]:
    """A function, so that no migration holds what anybody was called; the migrations name it."""
    return [(state.value, BUDGET_STATE_LABELS[state]) for state in BudgetState]


@tracked()
class ClimateBudget(models.Model):
    """A climate budget for one year, scope and target, built on one edition. Totals are never stored."""

    year = models.PositiveSmallIntegerField(_("år"))
    scope = models.CharField(_("systemgrense"), max_length=40, choices=SCOPE_CHOICES)
    revision = models.PositiveSmallIntegerField(_("revisjon"), default=1)
    state = models.CharField(
        _("tilstand"),
        max_length=20,
        choices=budget_state_choices,
        default=BudgetState.DRAFT,
    )
    target = models.ForeignKey(
        Target, verbose_name=_("mål"), on_delete=models.PROTECT, related_name="budgets"
    )
    edition = models.ForeignKey(
        Edition, verbose_name=_("utgave"), on_delete=models.PROTECT, related_name="budgets"
    )
    reference_rule = models.CharField(
        _("regel for referansebanen"),
        max_length=20,
        choices=[(rule.value, REFERENCE_RULE_LABELS[rule]) for rule in ReferenceRule],
        default=ReferenceRule.FLAT,
    )
    reference_note = models.TextField(_("om referansebanen"), blank=True)
    trend_years = models.PositiveSmallIntegerField(_("regnskapsår i trenden"), null=True, blank=True)
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("kopiert fra"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
    )
    adopted_on = models.DateField(_("vedtaksdato"), null=True, blank=True)
    case_number = models.CharField(_("saksnummer"), max_length=40, blank=True)
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("vedtaket i vedtaksregisteret"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="budgets",
    )
    # Copied at adoption from other rooms, so that the document stays what was adopted.
    adopted_base_year = models.PositiveSmallIntegerField(_("vedtatt basisår"), null=True, blank=True)
    adopted_target_year = models.PositiveSmallIntegerField(_("vedtatt målår"), null=True, blank=True)
    adopted_percent = models.DecimalField(
        _("vedtatt kutt i prosent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    adopted_target_title = models.CharField(_("vedtatt mål"), max_length=200, blank=True)
    table_sha256 = models.CharField(_("budsjettabellens SHA-256"), max_length=64, blank=True)
    # How the hashed text was made (`queries.fingerprint`): later forms hold more.
    table_form = models.PositiveSmallIntegerField(_("budsjettabellens form"), null=True, blank=True)
    # Where the edition knows more than was known when the budget was made; empty: all of the edition.
    inventory_until = models.PositiveSmallIntegerField(
        _("siste regnskapsår budsjettet bygger på"), null=True, blank=True
    )
    recorded_afterwards = models.BooleanField(_("ført inn i ettertid"), default=False)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("klimabudsjett")
        verbose_name_plural = _("klimabudsjetter")
        constraints: ClassVar = [
            models.UniqueConstraint(name="budget_revision_once", fields=["year", "scope", "revision"]),
            models.UniqueConstraint(
                name="budget_one_adopted", fields=["year", "scope"], condition=Q(state=BudgetState.ADOPTED)
            ),
            models.UniqueConstraint(
                name="budget_one_in_progress",
                fields=["year", "scope"],
                condition=Q(state__in=sorted(OPEN_STATES)),
            ),
            models.CheckConstraint(name="budget_scope_known", condition=Q(scope__in=list(Scope))),
            models.CheckConstraint(name="budget_state_known", condition=Q(state__in=list(BudgetState))),
            models.CheckConstraint(
                name="budget_adopted_is_complete",
                condition=Q(state__in=sorted(OPEN_STATES))
                | Q(adopted_on__isnull=False, adopted_target_year__isnull=False, table_form__isnull=False)
                & ~Q(case_number="")
                & Q(table_sha256__regex="^[0-9a-f]{64}$"),
            ),
            # Set by the very update that adopts, which the guard lets be the last.
            models.CheckConstraint(
                name="budget_decision_when_adopted",
                condition=Q(decision__isnull=True) | ~Q(state__in=sorted(OPEN_STATES)),
            ),
        ]
        triggers: ClassVar = budget_document()

    def __str__(self) -> str:
        name = f"Klimabudsjett {self.year}"
        return name if self.revision == 1 else f"{name}, revisjon {self.revision}"

    def get_absolute_url(self) -> str:
        address = reverse("budget:detail", args=[self.year, SCOPE_SLUGS[Scope(self.scope)]])
        return f"{address}?revisjon={self.revision}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def last_plan_year(self) -> int:
        return self.year + PLAN_YEARS - 1


@tracked()
class AdoptedCeiling(models.Model):
    """Utslippsrammen of one year as it was when the budget was adopted, percent below the base year."""

    budget = models.ForeignKey(
        ClimateBudget,
        verbose_name=_("klimabudsjett"),
        on_delete=models.CASCADE,
        related_name="adopted_ceilings",
    )
    year = models.PositiveSmallIntegerField(_("år"))
    # Empty where the council adopted tonnes, and the target has no base year to hold them against.
    percent = models.DecimalField(
        _("kutt i prosent"), max_digits=20, decimal_places=15, null=True, blank=True
    )
    # Exact: six decimals of the base times twelve of the percent.
    tonnes = models.DecimalField(_("utslippsramme, tonn CO₂e"), max_digits=34, decimal_places=20)

    class Meta:
        verbose_name = _("utslippsramme ved vedtak")
        verbose_name_plural = _("utslippsrammer ved vedtak")
        constraints: ClassVar = [
            models.UniqueConstraint(name="adopted_ceiling_once_per_year", fields=["budget", "year"])
        ]
        triggers: ClassVar = child_of_budget()

    def __str__(self) -> str:
        return f"{self.budget} {self.year}"


class AdoptedDocument(models.Model):
    """What the council adopted before the portal, as PDF. Put in before adoption, and never changed."""

    budget = models.OneToOneField(
        ClimateBudget,
        verbose_name=_("klimabudsjett"),
        on_delete=models.CASCADE,
        related_name="adopted_document",
    )
    file_name = models.CharField(_("filnavn"), max_length=200)
    content = models.BinaryField(_("dokumentet"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("vedtaksdokument")
        verbose_name_plural = _("vedtaksdokumenter")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="adopted_document_hash_is_sha256", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            )
        ]
        triggers: ClassVar = [guard_of_budget(), *append_only()]

    def __str__(self) -> str:
        return f"{self.budget}: {self.file_name}"


class BudgetTransition(models.Model):
    """The log of a budget's states: who moved it, when, and with what words. Append-only."""

    budget = models.ForeignKey(
        ClimateBudget, verbose_name=_("klimabudsjett"), on_delete=models.CASCADE, related_name="transitions"
    )
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")
    comment = models.TextField(blank=True)

    class Meta:
        verbose_name = _("overgang")
        verbose_name_plural = _("overganger")
        constraints: ClassVar = [one_actor("budget_transition_by_one")]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.budget}: {self.from_state} → {self.to_state}"


class BudgetSnapshot(models.Model):
    """The budget's table as it was when it came into a state. Append-only; compared, never computed with."""

    transition = models.OneToOneField(
        BudgetTransition, verbose_name=_("overgang"), on_delete=models.CASCADE, related_name="snapshot"
    )
    budget = models.ForeignKey(
        ClimateBudget, verbose_name=_("klimabudsjett"), on_delete=models.CASCADE, related_name="snapshots"
    )
    state = models.CharField(_("tilstand"), max_length=20)
    content = models.JSONField(_("budsjettabellen"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("bevart tilstand")
        verbose_name_plural = _("bevarte tilstander")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="snapshot_hash_is_sha256", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            )
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.budget}: {self.state}"

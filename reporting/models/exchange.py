"""Figures and statuses that come from other systems, a file at a time, and what they are held against."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.models import Line
from reporting.models.periods import Period
from web.actor_columns import actor_columns, one_actor
from web.history import tracked
from web.triggers import append_only


class StatusImport(models.Model):
    """A file of statuses from the system where some units report. Append-only."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="status_imports")
    file_name = models.CharField(_("fil"), max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("rader"))
    at = models.DateTimeField(_("importert"), default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("import av statuser")
        verbose_name_plural = _("importer av statuser")
        constraints: ClassVar = [one_actor("status_import_by_one")]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.period}: {self.file_name}"


class MoneyImport(models.Model):
    """A file of accounting figures per row of the økonomiplan. The newest of a period counts. Append-only."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="money_imports")
    file_name = models.CharField(_("fil"), max_length=200)
    sha256 = models.CharField(max_length=64)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    at = models.DateTimeField(_("importert"), default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("import av regnskapstall")
        verbose_name_plural = _("importer av regnskapstall")
        constraints: ClassVar = [one_actor("money_import_by_one")]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.period}: {self.file_name}"


class PlanRowMoney(models.Model):
    """What one row of the økonomiplan has had and used so far this year, NOK. Append-only."""

    source = models.ForeignKey(MoneyImport, on_delete=models.PROTECT, related_name="rows")
    plan_row = models.CharField(_("rad i økonomiplanen"), max_length=120)
    budgeted = models.DecimalField(_("budsjett, kr"), max_digits=16, decimal_places=2, null=True)
    spent = models.DecimalField(_("brukt, kr"), max_digits=16, decimal_places=2, null=True)
    forecast = models.DecimalField(_("prognose for året, kr"), max_digits=16, decimal_places=2, null=True)
    comment = models.CharField(_("merknad"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("regnskapstall for en rad")
        verbose_name_plural = _("regnskapstall for rader")
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_row_once_per_import", fields=["source", "plan_row"])
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.plan_row


@tracked()
class PlanLink(models.Model):
    """Which row of the økonomiplan a line gets its money from, where the adopted budget says none or another.

    The budget's own reference is frozen with it; the analyst's is kept here.
    """

    line = models.OneToOneField(
        Line, verbose_name=_("linje i klimabudsjettet"), on_delete=models.PROTECT, related_name="plan_link"
    )
    plan_row = models.CharField(_("rad i økonomiplanen"), max_length=120)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("kobling til økonomiplanen")
        verbose_name_plural = _("koblinger til økonomiplanen")
        constraints: ClassVar = [models.CheckConstraint(name="plan_link_has_row", condition=~Q(plan_row=""))]

    def __str__(self) -> str:
        return f"{self.line}: {self.plan_row}"

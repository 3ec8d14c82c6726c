"""Decisions about lines that share a source: how their common part is counted once, or that there is none."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.enums import OverlapMethod
from budget.models.documents import OVERLAP_METHOD_LABELS, ClimateBudget
from budget.models.lines import Line
from budget.models.protection import (
    child_of_budget,
    child_of_overlap,
    line_in_one_overlap,
    year_in_one_overlap,
)
from emissions.models import Source
from web.history import tracked


@tracked()
class Overlap(models.Model):
    """Lines that act on the same emissions of one source, and how their common part is counted once."""

    budget = models.ForeignKey(
        ClimateBudget, verbose_name=_("klimabudsjett"), on_delete=models.CASCADE, related_name="overlaps"
    )
    source = models.ForeignKey(Source, verbose_name=_("utslippskilde"), on_delete=models.PROTECT)
    method = models.CharField(
        _("metode"),
        max_length=20,
        choices=[(method.value, OVERLAP_METHOD_LABELS[method]) for method in OverlapMethod],
    )
    reason = models.TextField(_("begrunnelse"))
    decided_by = models.CharField(_("avgjort av"), max_length=120)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("overlapp")
        verbose_name_plural = _("overlapp")
        constraints: ClassVar = [
            models.CheckConstraint(name="overlap_method_known", condition=Q(method__in=list(OverlapMethod))),
            models.CheckConstraint(name="overlap_has_reason", condition=~Q(reason="")),
        ]
        triggers: ClassVar = child_of_budget()

    def __str__(self) -> str:
        return f"{self.source}: {OVERLAP_METHOD_LABELS[OverlapMethod(self.method)]}"


@tracked()
class OverlapYear(models.Model):
    """Shared basis (product) or stated tonnes (fixed) of an overlap in one year, tCO2e."""

    overlap = models.ForeignKey(
        Overlap, verbose_name=_("overlapp"), on_delete=models.CASCADE, related_name="years"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    tonnes = models.DecimalField(_("tonn CO₂e"), max_digits=20, decimal_places=6)

    class Meta:
        verbose_name = _("overlapp i ett år")
        verbose_name_plural = _("overlapp per år")
        constraints: ClassVar = [
            models.UniqueConstraint(name="overlap_year_once", fields=["overlap", "year"]),
            models.CheckConstraint(name="overlap_year_not_negative", condition=Q(tonnes__gte=0)),
        ]
        triggers: ClassVar = [*child_of_overlap(), year_in_one_overlap()]

    def __str__(self) -> str:
        return f"{self.overlap} {self.year}"


@tracked()
class OverlapMember(models.Model):
    """A line that takes part in an overlap."""

    overlap = models.ForeignKey(
        Overlap, verbose_name=_("overlapp"), on_delete=models.CASCADE, related_name="members"
    )
    line = models.ForeignKey(
        Line, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="overlap_memberships"
    )

    class Meta:
        verbose_name = _("tiltak i overlapp")
        verbose_name_plural = _("tiltak i overlapp")
        constraints: ClassVar = [
            models.UniqueConstraint(name="overlap_member_once", fields=["overlap", "line"])
        ]
        triggers: ClassVar = [*child_of_overlap(), line_in_one_overlap()]

    def __str__(self) -> str:
        return f"{self.overlap}: {self.line}"

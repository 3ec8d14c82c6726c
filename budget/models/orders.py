"""The budget as PDF, ordered on its page and made by the worker."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.enums import OrderState
from budget.models.documents import ClimateBudget


class DocumentOrder(models.Model):
    """A PDF somebody has ordered: hers alone, and kept until she orders the next of the same budget."""

    budget = models.ForeignKey(ClimateBudget, on_delete=models.CASCADE, related_name="document_orders")
    state = models.CharField(max_length=20, default=OrderState.QUEUED)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    ordered_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    pdf = models.BinaryField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("bestilt klimabudsjett")
        verbose_name_plural = _("bestilte klimabudsjetter")
        constraints: ClassVar = [
            models.CheckConstraint(name="document_order_state_known", condition=Q(state__in=list(OrderState)))
        ]

    def __str__(self) -> str:
        return f"{self.budget}: {self.state}"

"""Publications: what was read, frozen with its rendering; and the orders that make them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from publishing.enums import Audience, OrderState
from publishing.models.labels import audience_choices
from reporting.models import Period
from web.actor_columns import actor_columns, one_actor
from web.triggers import append_only


class Publication(models.Model):
    """A summary for one audience, frozen: data, PDF, archive copy and their hashes. Append-only."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="publications")
    audience = models.CharField(
        _("for hvem"),
        max_length=20,
        choices=audience_choices,
        default=Audience.LEADERSHIP,
    )
    # The area, when it is made for one.
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    number = models.PositiveSmallIntegerField(_("nummer"))
    case_number = models.CharField(_("saksnummer"), max_length=40, blank=True)
    data = models.JSONField()
    data_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(_("SHA-256"), max_length=64)
    # The same pages as PDF/A-2a, and the text for pasting where the audience has one.
    archive_pdf = models.BinaryField(null=True)
    archive_pdf_sha256 = models.CharField(max_length=64, blank=True)
    html = models.TextField(blank=True)
    published_at = models.DateTimeField(_("publisert"), default=timezone.now)
    published_by, published_by_system, published_by_name = actor_columns("published_by", _("publisert av"))

    class Meta:
        verbose_name = _("publikasjon")
        verbose_name_plural = _("publikasjoner")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="publication_number_once",
                fields=["period", "audience", "unit", "number"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="publication_audience_known", condition=Q(audience__in=list(Audience))
            ),
            one_actor("publication_published_by_one", "published_by"),
            models.CheckConstraint(
                name="publication_of_an_area_names_it",
                condition=Q(audience=Audience.AREA, unit__isnull=False)
                | ~Q(audience=Audience.AREA) & Q(unit__isnull=True),
            ),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return gettext("%(period)s, nr. %(number)s") % {"period": self.period, "number": self.number}


class SummaryOrder(models.Model):
    """A summary somebody has ordered: the worker makes it, the page shows how far it has come."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="orders")
    audience = models.CharField(max_length=20, default=Audience.LEADERSHIP)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")
    state = models.CharField(max_length=20, default=OrderState.QUEUED)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    ordered_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    # A preview is for the person who ordered it and is not published; its bytes stand here.
    preview = models.BooleanField(default=False)
    case_number = models.CharField(max_length=40, blank=True)
    pdf = models.BinaryField(null=True)
    publication = models.ForeignKey(Publication, null=True, on_delete=models.PROTECT, related_name="orders")
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("bestilt sammendrag")
        verbose_name_plural = _("bestilte sammendrag")
        constraints: ClassVar = [
            models.CheckConstraint(name="order_state_known", condition=Q(state__in=list(OrderState))),
            models.CheckConstraint(name="order_audience_known", condition=Q(audience__in=list(Audience))),
            models.CheckConstraint(
                name="order_of_an_area_names_it",
                condition=Q(audience=Audience.AREA, unit__isnull=False)
                | ~Q(audience=Audience.AREA) & Q(unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.state}"

"""The municipality's year: when its things come, and the days nobody is asked for anything."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import DATED_EACH_YEAR, LONGEST_PAUSE, YearMark
from organisation.models.labels import YEAR_MARK_LABELS
from organisation.models.names import THE_ONE
from web.history import tracked

_LAST_WEEK = 53
_SHORT_MONTHS = (4, 6, 9, 11)
_FEBRUARY = 2


def year_mark_choices() -> list[tuple[str, object]]:
    """A function, since labels have names in them."""
    return [(mark.value, YEAR_MARK_LABELS[mark]) for mark in YearMark]


@tracked()
class YearTable(models.Model):
    """Quiet days, and the version of the whole year: one row at most, and until then the usual."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    first_week = models.PositiveSmallIntegerField(_("første stille uke"), null=True, blank=True)
    last_week = models.PositiveSmallIntegerField(_("siste stille uke"), null=True, blank=True)
    easter = models.BooleanField(_("stille i påskeuken"), default=False)
    december_from = models.PositiveSmallIntegerField(_("stille fra, i desember"), null=True, blank=True)
    january_until = models.PositiveSmallIntegerField(_("stille til, i januar"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("året")
        verbose_name_plural = _("året")
        constraints: ClassVar = [
            models.CheckConstraint(name="year_table_only_one", condition=Q(id=THE_ONE)),
            models.CheckConstraint(
                name="year_table_weeks",
                condition=Q(first_week__isnull=True, last_week__isnull=True)
                | Q(
                    first_week__isnull=False,
                    last_week__isnull=False,
                    first_week__gte=1,
                    last_week__lte=_LAST_WEEK,
                    last_week__gte=F("first_week"),
                    last_week__lt=F("first_week") + LONGEST_PAUSE,
                ),
            ),
            models.CheckConstraint(
                name="year_table_turn_of_the_year",
                condition=Q(december_from__isnull=True, january_until__isnull=True)
                | Q(
                    december_from__isnull=False,
                    january_until__isnull=False,
                    december_from__range=(1, 31),
                    january_until__range=(1, 31),
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Året"))


@tracked()
class YearDate(models.Model):
    """A day chosen in place of the usual: of every year, or of one."""

    table = models.ForeignKey(
        YearTable, verbose_name=_("året"), on_delete=models.CASCADE, related_name="dates"
    )
    mark = models.CharField(_("hva"), max_length=20, choices=year_mark_choices)
    year = models.PositiveSmallIntegerField(_("år"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("måned"))
    day = models.PositiveSmallIntegerField(_("dag"))

    class Meta:
        verbose_name = _("dag i året")
        verbose_name_plural = _("dager i året")
        constraints: ClassVar = [
            models.CheckConstraint(name="year_date_mark_known", condition=Q(mark__in=list(YearMark))),
            models.CheckConstraint(
                name="year_date_of_a_year_we_know",
                condition=Q(year__isnull=True) | Q(year__range=(2000, 2100)),
            ),
            models.CheckConstraint(
                name="year_date_dated_each_year",
                condition=~Q(mark__in=sorted(DATED_EACH_YEAR)) | Q(year__isnull=False),
            ),
            # 29 February is a day of one year, and not of every.
            models.CheckConstraint(
                name="year_date_exists",
                condition=Q(month__range=(1, 12), day__range=(1, 31))
                & ~Q(month__in=_SHORT_MONTHS, day=31)
                & ~Q(month=_FEBRUARY, day__gt=29)
                & ~Q(month=_FEBRUARY, day=29, year__isnull=True),
            ),
            models.UniqueConstraint(name="year_date_once", fields=["mark", "year"], nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return str(YEAR_MARK_LABELS[YearMark(self.mark)])

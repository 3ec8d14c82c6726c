"""Editions of emission statistics and their figures. Never edited, only added."""

from __future__ import annotations

from typing import ClassVar, Literal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emissions.enums import MissingReason, Scope
from emissions.models.labels import MISSING_LABELS, SCOPE_CHOICES
from web.actor_columns import actor_columns, one_actor
from web.triggers import append_only

_WHEN_UNDONE = """
IF NOT EXISTS (
    SELECT 1 FROM emissions_editionundone
    WHERE edition_number = OLD.edition AND made_in_transaction = txid_current()
) THEN
    RAISE EXCEPTION 'an edition is taken away whole and with a reason, or not at all';
END IF;
RETURN OLD;
"""


def _stamped() -> pgtrigger.Trigger:
    """Writes the transaction into the row, whatever the statement said."""
    return pgtrigger.Trigger(
        name="stamp_transaction",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func="NEW.made_in_transaction := txid_current(); RETURN NEW;",
    )


def _deleted_only_when_undone(edition: Literal["OLD.id", "OLD.edition_id"]) -> pgtrigger.Trigger:
    """Lets a row go only in the transaction that has written that its edition is undone."""
    return pgtrigger.Trigger(
        name="deleted_only_when_undone",
        operation=pgtrigger.Delete,
        when=pgtrigger.Before,
        func=_WHEN_UNDONE.replace("OLD.edition", edition),
    )


class Municipality(models.Model):
    """A municipality with today's number and the numbers it, or what was merged into it, had before."""

    name = models.CharField(_("kommune"), max_length=80, unique=True)
    number = models.CharField(_("kommunenummer"), max_length=4, blank=True)
    former_numbers = ArrayField(
        models.CharField(max_length=4), verbose_name=_("tidligere numre"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")

    def __str__(self) -> str:
        return self.name


class Sector(models.Model):
    name = models.CharField(_("sektor"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("sektor")
        verbose_name_plural = _("sektorer")

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """An emission source of a sector. An empty name is the sector as a whole: the file had no sources."""

    sector = models.ForeignKey(
        Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, related_name="sources"
    )
    name = models.CharField(_("utslippskilde"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("utslippskilde")
        verbose_name_plural = _("utslippskilder")
        constraints: ClassVar = [
            models.UniqueConstraint(name="source_once_per_sector", fields=["sector", "name"])
        ]

    def __str__(self) -> str:
        return self.name or gettext("%(sector)s, alle kilder") % {"sector": self.sector.name}


class Edition(models.Model):
    """One dated publication for one municipality and scope. In force is the latest published."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("kommune"), on_delete=models.PROTECT, related_name="editions"
    )
    scope = models.CharField(_("systemgrense"), max_length=40, choices=SCOPE_CHOICES)
    publisher = models.CharField(_("utgiver"), max_length=120)
    published = models.DateField(_("publisert"))
    file_name = models.CharField(_("fil"), max_length=255)
    file_sha256 = models.CharField(_("filens SHA-256"), max_length=64)
    shape = models.CharField(_("filens form"), max_length=40)
    rows_read = models.PositiveIntegerField(_("rader lest"))
    rows_used = models.PositiveIntegerField(_("rader brukt"))
    oddities = models.JSONField(_("merknader"), default=list)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    imported_by, imported_by_system, imported_by_name = actor_columns("imported_by", _("importert av"))
    imported_at = models.DateTimeField(_("importert"), default=timezone.now)
    # Set by trigger: the transaction that made the edition. Figures come in that one or never.
    made_in_transaction = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("utgave")
        verbose_name_plural = _("utgaver")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="edition_once_per_date", fields=["municipality", "scope", "publisher", "published"]
            ),
            models.UniqueConstraint(
                name="edition_file_once", fields=["municipality", "scope", "file_sha256"]
            ),
            models.CheckConstraint(name="edition_scope_known", condition=Q(scope__in=list(Scope))),
            models.CheckConstraint(
                name="edition_hash_is_sha256", condition=Q(file_sha256__regex="^[0-9a-f]{64}$")
            ),
            one_actor("edition_imported_by_one", "imported_by"),
        ]
        triggers: ClassVar = [
            _stamped(),
            *append_only(deletable=True),
            _deleted_only_when_undone("OLD.id"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.published.year}"


class EditionUndone(models.Model):
    """That an edition was taken away again, by whom and why, and what it was. Never edited or deleted.

    The row is also the key: in the transaction that writes it, and only there, the edition may be deleted.
    """

    edition_number = models.BigIntegerField(_("utgavens nummer"), unique=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("kommune"), on_delete=models.PROTECT, related_name="undone_editions"
    )
    scope = models.CharField(_("systemgrense"), max_length=40, choices=SCOPE_CHOICES)
    publisher = models.CharField(_("utgiver"), max_length=120)
    published = models.DateField(_("publisert"))
    file_name = models.CharField(_("fil"), max_length=255)
    file_sha256 = models.CharField(_("filens SHA-256"), max_length=64)
    rows_read = models.PositiveIntegerField(_("rader lest"))
    rows_used = models.PositiveIntegerField(_("rader brukt"))
    imported_by, imported_by_system, imported_by_name = actor_columns("imported_by", _("importert av"))
    imported_at = models.DateTimeField(_("importert"))
    undone_by, undone_by_system, undone_by_name = actor_columns("undone_by", _("angret av"))
    undone_at = models.DateTimeField(_("angret"), default=timezone.now)
    reason = models.TextField(_("hvorfor"))
    # Set by trigger, as an edition's own.
    made_in_transaction = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("angret utgave")
        verbose_name_plural = _("angrede utgaver")
        constraints: ClassVar = [
            models.CheckConstraint(name="edition_undone_for_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="edition_undone_scope_known", condition=Q(scope__in=list(Scope))),
            one_actor("edition_undone_imported_by_one", "imported_by"),
            one_actor("edition_undone_by_one", "undone_by"),
        ]
        triggers: ClassVar = [_stamped(), *append_only()]

    def __str__(self) -> str:
        return f"{self.municipality} {self.published.year}"


class Figure(models.Model):
    """Emissions of one source in one year, in tCO2e; or the reason why there is no number."""

    # No index of their own: figures are asked for by edition, where the unique key begins, and each index
    # costs an import a sixth of its time.
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="figures", db_index=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures", db_index=False)
    year = models.PositiveSmallIntegerField(_("år"))
    gas = models.CharField(_("klimagass"), max_length=20, blank=True)
    tonnes = models.DecimalField(_("tonn CO₂e"), max_digits=20, decimal_places=6, null=True)
    missing_reason = models.CharField(
        _("hvorfor tallet mangler"),
        max_length=30,
        blank=True,
        choices=[(reason.value, MISSING_LABELS[reason]) for reason in MissingReason],
    )

    class Meta:
        verbose_name = _("utslippstall")
        verbose_name_plural = _("utslippstall")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="figure_once_per_key",
                fields=["edition", "source", "year", "gas"],
                include=["tonnes"],
            ),
            models.CheckConstraint(
                name="figure_not_negative", condition=Q(tonnes__isnull=True) | Q(tonnes__gte=0)
            ),
            models.CheckConstraint(
                name="figure_number_or_reason",
                condition=Q(tonnes__isnull=False, missing_reason="")
                | Q(tonnes__isnull=True, missing_reason__in=list(MissingReason)),
            ),
            models.CheckConstraint(name="figure_year_plausible", condition=Q(year__gte=1970, year__lte=2200)),
        ]
        triggers: ClassVar = [
            *append_only(deletable=True),
            _deleted_only_when_undone("OLD.edition_id"),
            # Statement level: a row trigger would cost more than the import itself.
            pgtrigger.Trigger(
                name="only_with_its_edition",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="new_figures"),
                func="""
                IF EXISTS (
                    SELECT 1 FROM (SELECT DISTINCT edition_id FROM new_figures) AS touched
                    JOIN emissions_edition AS edition ON edition.id = touched.edition_id
                    WHERE edition.made_in_transaction <> txid_current()
                ) THEN
                    RAISE EXCEPTION 'an edition is never added to after its import';
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.year}"

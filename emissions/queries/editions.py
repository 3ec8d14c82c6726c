"""Which editions there are, and which is in force."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import PROTECT, ManyToOneRel, QuerySet

from emissions.enums import Scope
from emissions.models import Edition, Figure, Municipality, Sector, Source, UploadReading
from web.sorting import NorskSort


def _newest_first(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    return editions.select_related("municipality", "imported_by").order_by(
        "-published", "-imported_at", "-pk"
    )


def edition_in_force(municipality: str, scope: Scope) -> Edition | None:
    """The latest published edition of a municipality and scope, of two on one day the one imported last."""
    return _newest_first(Edition.objects.filter(municipality__name__iexact=municipality, scope=scope)).first()


def editions_in_force(scope: Scope) -> list[Edition]:
    """The edition in force of every municipality that has one in this scope, by name; one query."""
    latest = (
        Edition.objects.filter(scope=scope)
        .order_by("municipality", "-published", "-imported_at", "-pk")
        .distinct("municipality")
        .values("pk")
    )
    return list(
        Edition.objects.filter(pk__in=latest)
        .select_related("municipality", "imported_by")
        .order_by(NorskSort("municipality__name"))
    )


def editions_of(municipality: Municipality, scope: str) -> list[Edition]:
    """All editions of a municipality and scope, the one in force first."""
    return list(_newest_first(Edition.objects.filter(municipality=municipality, scope=scope)))


def built_on(edition: Edition) -> list[str]:
    """Names of the kinds of things that keep the edition from being undone, in any room; one query each.

    Figures and the upload are the edition's own, and go with it.
    """
    kinds = {
        str(relation.related_model._meta.verbose_name)
        for relation in Edition._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
        and relation.on_delete is PROTECT
        and relation.related_model not in (Figure, UploadReading)
        and relation.related_model._base_manager.filter(**{relation.field.name: edition}).exists()
    }
    return sorted(kinds)


def edition_from_file(municipality: str, scope: Scope, sha256: str) -> Edition | None:
    """The edition that this very file has become, if it has."""
    return (
        Edition.objects.filter(municipality__name__iexact=municipality, scope=scope, file_sha256=sha256)
        .select_related("municipality")
        .first()
    )


def unseen_labels(labels: Collection[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Those of (sector, source) that no edition has used; a None source is the sector itself. Two queries."""
    if not labels:
        return []
    sectors = set(Sector.objects.values_list("name", flat=True))
    sources = set(Source.objects.values_list("sector__name", "name"))
    return [
        (sector, source)
        for sector, source in labels
        if (sector not in sectors if source is None else (sector, source) not in sources)
    ]

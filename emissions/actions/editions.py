"""A new edition with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from emissions.enums import MissingReason, Scope
from emissions.models import Edition, Figure, Municipality, Sector, Source
from organisation.rules import Permission, require
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.formats import format_date
from web.names import names, own_municipality
from web.refusals import Refused

# As the database's own limit; a reader lets nothing later than 2100 through.
FIRST_YEAR = 1970


# Sector, source (None: the file has none), year, gas (None: gases are summed), tCO2e.
FigureData = tuple[str, str | None, int, str | None, Decimal]
# Sector, source, year and why there is no figure.
MissingData = tuple[str, str | None, int, MissingReason]


@dataclass(frozen=True, slots=True)
class EditionData:
    """What a read file says of one municipality. `figures` are unique per sector, source, year and gas."""

    file_name: str
    file_sha256: str
    shape: str
    rows_read: int
    rows_used: int
    figures: Sequence[FigureData]
    oddities: Sequence[str]
    missing: Sequence[MissingData] = ()


def add_edition(
    *,
    by: Actor,
    data: EditionData,
    municipality: str,
    scope: Scope,
    published: date,
    publisher: str,
    is_example: bool = False,
) -> tuple[Edition, bool]:
    """Add an edition with all its figures (tCO2e), or return the one that the same file made before.

    The second value says whether something was written. Raises Refused for a date in the future,
    for one that has an edition from another file, for names too long to keep and while the municipality has
    none, and PermissionDenied.
    """
    require(by, Permission.IMPORT_EMISSIONS)
    publisher, municipality = publisher.strip(), municipality.strip()
    if not names().municipality and municipality == own_municipality():
        raise Refused(
            _("Kommunen har ikke fått navn ennå. Skriv navnet på siden «Navn», eller velg kommune.")
        )
    _refuse_unfit(data.figures, municipality, published, publisher)
    with acting(by, _("Import av utslippsstatistikk")):
        owner = _locked_municipality(municipality)
        same = Edition.objects.filter(municipality=owner, scope=scope, file_sha256=data.file_sha256).first()
        if same:
            return same, False
        _refuse_second_on_date(owner, scope, publisher, published)
        edition = Edition.objects.create(
            municipality=owner,
            scope=scope,
            publisher=publisher,
            published=published,
            file_name=data.file_name[:255],
            file_sha256=data.file_sha256,
            shape=data.shape,
            rows_read=data.rows_read,
            rows_used=data.rows_used,
            oddities=list(data.oddities),
            is_example=is_example,
            **actor_values("imported_by", by),
        )
        _copy_figures(edition, data.figures, data.missing)
    return edition, True


def _refuse_unfit(figures: Sequence[FigureData], municipality: str, published: date, publisher: str) -> None:
    """What the database would refuse without a sentence of its own."""
    if published > timezone.localdate():
        raise Refused(_("Publiseringsdatoen er fram i tid. Skriv datoen statistikken ble publisert."))
    if not publisher:
        raise Refused(_("Utgiveren mangler. Skriv hvem som har publisert statistikken."))
    labels: list[tuple[Any, Iterable[str | None]]] = [
        (Municipality._meta.get_field("name"), [municipality]),
        (Edition._meta.get_field("publisher"), [publisher]),
        (Sector._meta.get_field("name"), {figure[0] for figure in figures}),
        (Source._meta.get_field("name"), {figure[1] for figure in figures}),
        (Figure._meta.get_field("gas"), {figure[3] for figure in figures}),
    ]
    for field, texts in labels:
        too_long = next((text for text in texts if text and len(text) > field.max_length), None)
        if too_long:
            raise Refused(
                _("«%(start)s …» er for langt. %(what)s kan ha høyst %(most)d tegn.")
                % {
                    "start": too_long[:40].strip(),
                    "what": capfirst(field.verbose_name),
                    "most": field.max_length,
                }
            )
    years = {figure[2] for figure in figures}
    if min(years, default=FIRST_YEAR) < FIRST_YEAR:
        raise Refused(
            _(
                "Filen har tall for %(year)d, men klimaregnskapet begynner i %(first)d. "
                "Ta bort de eldre radene, og prøv igjen."
            )
            % {"year": min(years), "first": FIRST_YEAR}
        )


def _locked_municipality(name: str) -> Municipality:
    """The municipality's row, locked: two imports for one municipality come one after the other."""
    known = Municipality.objects.filter(name__iexact=name).values_list("name", flat=True).first()
    number = names().number if name == own_municipality() else ""
    Municipality.objects.get_or_create(name=known or name, defaults={"number": number})
    return Municipality.objects.select_for_update().get(name=known or name)


def _refuse_second_on_date(owner: Municipality, scope: Scope, publisher: str, published: date) -> None:
    if Edition.objects.filter(
        municipality=owner, scope=scope, publisher=publisher, published=published
    ).exists():
        raise Refused(
            _(
                "%(municipality)s har allerede en utgave fra %(publisher)s publisert %(date)s, fra en annen "
                "fil. Utgaver endres ikke: skriv datoen den nye statistikken ble publisert."
            )
            % {"municipality": owner.name, "publisher": publisher, "date": format_date(published)}
        )


def _copy_figures(edition: Edition, figures: Sequence[FigureData], missing: Sequence[MissingData]) -> None:
    named = [(figure[0], figure[1]) for figure in figures] + [(one[0], one[1]) for one in missing]
    sources = _source_ids({(sector, source or "") for sector, source in named})
    copy_in = "COPY emissions_figure (edition_id, source_id, year, gas, tonnes, missing_reason) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy_in) as copy:
        for sector, source, year, gas, tonnes in figures:
            copy.write_row((edition.pk, sources[sector, source or ""], year, gas or "", tonnes, ""))
        for sector, source, year, reason in missing:
            copy.write_row((edition.pk, sources[sector, source or ""], year, "", None, reason.value))


def _source_ids(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of the sources by (sector, source), those that were missing made; four queries."""
    wanted = set(names)
    Sector.objects.bulk_create(
        [Sector(name=sector) for sector in sorted({sector for sector, _source in wanted})],
        ignore_conflicts=True,
    )
    sectors = dict(Sector.objects.values_list("name", "pk"))
    Source.objects.bulk_create(
        [Source(sector_id=sectors[sector], name=source) for sector, source in sorted(wanted)],
        ignore_conflicts=True,
    )
    return {
        (sector, source): pk
        for pk, sector, source in Source.objects.values_list("pk", "sector__name", "name")
        if (sector, source) in wanted
    }

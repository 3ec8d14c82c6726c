"""Two editions side by side as a spreadsheet: what the page shows, a row per year and sector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from emissions.models import MISSING_LABELS, Edition
from emissions.queries.accounts import Amount
from emissions.queries.comparisons import EditionComparison
from web.formats import format_date
from web.sheets.writing import Column, Sheet, write_csv, write_xlsx


def comparison_csv(comparison: EditionComparison) -> bytes:
    """One row per year and sector, changed ones first; then the sums per year."""
    return write_csv(_sheet(comparison))


def comparison_xlsx(comparison: EditionComparison) -> bytes:
    """The same rows, typed."""
    return write_xlsx([_sheet(comparison)])


def _sheet(comparison: EditionComparison) -> Sheet:
    before, after = _name(comparison.before), _name(comparison.after)
    return Sheet(
        name=_("Sammenligning"),
        columns=[
            Column(_("Kommune")),
            Column(_("År"), "integer"),
            Column(_("Sektor")),
            Column(_("Tonn CO₂e, {edition}").format(edition=before), "number"),
            Column(_("Tonn CO₂e, {edition}").format(edition=after), "number"),
            Column(_("Endring, tonn CO₂e"), "number"),
            Column(_("Endring, prosent"), "number"),
            Column(_("Endret")),
            Column(_("Merknad")),
        ],
        rows=_rows(comparison),
    )


def _name(edition: Edition) -> str:
    return f"{edition.publisher}, {format_date(edition.published)}"


def _rows(comparison: EditionComparison) -> Iterator[Sequence[object]]:
    for one in (*comparison.moved, *comparison.unmoved, *comparison.totals):
        yield (
            comparison.before.municipality.name,
            one.year,
            one.sector or _("Sum"),
            one.before.tonnes if one.before else None,
            one.after.tonnes if one.after else None,
            one.difference,
            None if one.percent is None else round(one.percent, 1),
            one.has_moved,
            "; ".join(note for note in (_note(one.before), _note(one.after)) if note),
        )


def _note(amount: Amount | None) -> str:
    if amount is None:
        return _("ingen rad i en av utgavene")
    return ", ".join(str(MISSING_LABELS[reason]) for reason in amount.reasons)

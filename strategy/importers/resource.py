"""django-import-export on measures: it parses and validates row by row, and never saves.

Confirming a file is one action of ours; see `confirming`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, instance_loaders, widgets

from strategy.models import Measure
from strategy.queries.measure_table import MeasureRecord, Names
from strategy.words.measure_columns import COLUMNS, FIRST_YEAR, LAST_YEAR, REQUIRED, empty_value, split_list
from web.formats import folded, whole_number
from web.register import parsing
from web.register.columns import Column
from web.sheets.cells import Moment
from web.sheets.dry_run import DryRunResource

Lookup = Mapping[str, Any]
# Of a name, a code's word or a year.
LONGEST_WORD = 250


class CellWidget(widgets.Widget):
    """One cell to one value, or ValueError with a sentence for people."""

    def __init__(self, column: Column, lookups: Mapping[str, Lookup]) -> None:
        super().__init__()
        self.column = column
        self.lookups = lookups

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if self.column.kind in ("date", "number", "integer"):
            text = value.text if isinstance(value, Moment) else value
            return parsing.CellWidget(self.column, None).clean(text)
        if isinstance(value, Moment):
            raise ValueError(
                _("«%(value)s» er en dato. Gjør cellen om til tekst, og skriv verdien på nytt.")
                % {"value": value.text}
            )
        text = str(value or "").strip()
        most = self.column.longest if self.column.kind in ("text", "long_text") else LONGEST_WORD
        if len(text) > most and not self.column.several:
            raise ValueError(_("Teksten er for lang. Den kan ha høyst %(most)s tegn.") % {"most": most})
        if self.column.kind == "year":
            return year_of(text)
        if self.column.kind not in ("choice", "link"):
            return text
        if self.column.several:
            return frozenset(self._known(word) for word in split_list(text))
        return self._known(text) if text else empty_value(self.column)

    def _known(self, word: str) -> Any:
        lookup = self.lookups[self.column.name]
        key = folded(word)
        if key in lookup:
            return lookup[key]
        if self.column.kind == "choice":
            allowed = ", ".join(str(label) for label in self.column.words.values())
            raise ValueError(
                _("Skriv ett av disse: %(allowed)s. Du skrev «%(word)s».")
                % {"allowed": allowed, "word": word[:80]}
            )
        raise ValueError(_UNKNOWN[self.column.name]() % {"word": word[:80]})


_UNKNOWN: dict[str, Callable[[], str]] = {
    "unit": lambda: _("Vi kjenner ingen virksomhet som heter «%(word)s». Skriv navnet som i malen."),
    "contributing": lambda: _(
        "Vi kjenner ingen virksomhet som heter «%(word)s». Skriv navnene slik de står i malen, "
        "med semikolon mellom."
    ),
    "sources": lambda: _(
        "Vi kjenner ingen utslippskilde som heter «%(word)s». Skriv «sektor: kilde», "
        "med semikolon mellom flere."
    ),
    "needs": lambda: _(
        "Det finnes ikke noe tiltak med nummer «%(word)s», verken i portalen eller i filen. "
        "Skriv numrene med semikolon mellom."
    ),
}


def year_of(text: str) -> int | None:
    if not text:
        return None
    if not FIRST_YEAR <= whole_number(text, 0) <= LAST_YEAR:
        raise ValueError(
            _("Skriv et årstall mellom %(first)s og %(last)s. Du skrev «%(text)s».")
            % {"first": FIRST_YEAR, "last": LAST_YEAR, "text": text[:40]}
        )
    return int(text)


class KnownMeasures(instance_loaders.BaseInstanceLoader):
    """Measures by number, read once for the whole file."""

    def get_instance(self, row: Mapping[str, Any]) -> Measure | None:
        record = self.resource.records.get(str(row.get("code") or "").strip())
        return record.measure if record else None


class MeasureResource(DryRunResource):
    """Rows of measures."""

    class Meta:
        instance_loader_class = KnownMeasures
        import_id_fields = ("code",)

    def __init__(self, records: Mapping[str, MeasureRecord], names: Names, new_codes: set[str]) -> None:
        super().__init__()
        self.records = records
        self.cleaned = []
        lookups = _lookups(names, new_codes)
        for column in COLUMNS:
            self.fields[column.name] = fields.Field(
                attribute=column.name,
                column_name=column.name,
                widget=CellWidget(column, lookups),
            )

    def init_instance(self, row: Any = None) -> Measure:
        return Measure()

    def validate_instance(
        self, instance: Measure, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What the row says about itself; what it takes other rows to see is asked by the plan."""
        wrong: dict[str, Any] = dict(import_validation_errors or {})
        values = self.cleaned[-1]
        for name in REQUIRED:
            if name in values and not values[name] and name not in wrong:
                wrong[name] = ValidationError(_("Må fylles ut."))
        if wrong:
            raise ValidationError(wrong)


def _lookups(names: Names, new_codes: set[str]) -> dict[str, Lookup]:
    def by_key(known: Mapping[Any, Any]) -> dict[str, Any]:
        return {folded(word): key for key, word in known.items()}

    lookups: dict[str, Lookup] = {}
    for column in COLUMNS:
        if column.kind == "choice":
            lookups[column.name] = by_key(column.words)
        elif column.kind == "link":
            lookups[column.name] = by_key(names.of(column.name))
    # A measure that the file itself brings has no id yet: it goes by its number.
    needs = {code.casefold(): code for code in (*names.codes.values(), *new_codes)}
    return lookups | {"needs": needs}

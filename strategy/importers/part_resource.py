"""django-import-export on milestones and indicators: it parses row by row, and never saves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export import fields, instance_loaders, widgets

from strategy.importers.resource import year_of
from strategy.models import TERTIALS, Indicator, Milestone
from strategy.words.measure_columns import FIRST_YEAR, LAST_YEAR
from strategy.words.part_columns import PartSheet
from web.formats import parse_norsk_dato, parse_norsk_tall
from web.register.columns import Column
from web.sheets.cells import Moment
from web.sheets.dry_run import DryRunResource

DECIMALS, WHOLE_DIGITS = 2, 12


class PartWidget(widgets.Widget):
    """One cell to one value, or ValueError with a sentence for people; an empty cell is None."""

    def __init__(self, column: Column, *, is_workbook: bool) -> None:
        super().__init__()
        self.column = column
        self.is_workbook = is_workbook

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, str) and not value.strip():
            return None
        if self.column.kind == "date":
            return _date(value)
        if isinstance(value, Moment):
            raise ValueError(
                _("«%(value)s» er en dato. Gjør cellen om til tekst, og skriv verdien på nytt.")
                % {"value": value.text}
            )
        if self.column.kind == "number":
            return self._number(value)
        text = _text(value)
        if self.column.kind == "year":
            return year_of(text)
        if self.column.name == "tertial":
            return _tertial(text)
        if self.column.kind == "integer":
            return _whole(text)
        return self._word(text)

    def _word(self, text: str) -> str:
        if self.column.kind == "choice":
            return self._code(text)
        if len(text) > self.column.longest:
            raise ValueError(
                _("Teksten er for lang. Den kan ha høyst %(most)s tegn.") % {"most": self.column.longest}
            )
        return text

    def _code(self, word: str) -> str:
        codes = {str(label).casefold(): code for code, label in self.column.words.items()}
        if word.casefold() not in codes:
            allowed = ", ".join(str(label) for label in self.column.words.values())
            raise ValueError(
                _("Skriv ett av disse: %(allowed)s. Du skrev «%(word)s».")
                % {"allowed": allowed, "word": word[:80]}
            )
        return str(codes[word.casefold()])

    def _number(self, value: Any) -> Decimal:
        if isinstance(value, str):
            if self.is_workbook:
                raise ValueError(
                    _("«%(text)s» er lagret som tekst. Gjør om cellen til tall.") % {"text": value[:40]}
                )
            number = parse_norsk_tall(value)
        else:
            # A spreadsheet keeps fifteen digits; what comes after them is noise of its own.
            number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
        exact = number.quantize(Decimal(1).scaleb(-DECIMALS)) if abs(number) < 10**WHOLE_DIGITS else None
        if exact is None:
            raise ValueError(
                _("Tallet er for stort. Det kan ha høyst %(max)s sifre før komma.") % {"max": WHOLE_DIGITS}
            )
        if exact != number:
            raise ValueError(_("Skriv tallet med færre desimaler, høyst %(max)s.") % {"max": DECIMALS})
        return exact


def _date(value: Any) -> date:
    if isinstance(value, int | float):
        raise ValueError(
            _(
                "«%(value)s» er et tall, ikke en dato. "
                "Gjør cellen om til dato, eller skriv for eksempel 31.12.2026."
            )
            % {"value": _text(value)}
        )
    day = parse_norsk_dato(value.text if isinstance(value, Moment) else value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            _("Skriv en dato mellom %(first)s og %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


def _text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    return str(value).strip()


def _tertial(text: str) -> int:
    number = text.removesuffix("tertial").strip().removesuffix(".")
    if number not in [str(one) for one in range(1, TERTIALS + 1)]:
        raise ValueError(
            _("Skriv 1, 2 eller 3, eller la feltet stå tomt for hele året. Du skrev «%(text)s».")
            % {"text": text[:40]}
        )
    return int(number)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(
            _("Skriv nummeret fra filen du lastet ned, eller la feltet stå tomt. Du skrev «%(text)s».")
            % {"text": text[:40]}
        )
    return int(text)


class _NoneYet(instance_loaders.BaseInstanceLoader):
    """Which milestone or indicator a row is about takes other rows to see; the plan finds it."""

    def get_instance(self, row: Mapping[str, Any]) -> None:
        return None


class PartResource(DryRunResource):
    """Rows of one of the sheets."""

    class Meta:
        instance_loader_class = _NoneYet
        import_id_fields = ("code",)

    def __init__(self, sheet: PartSheet, *, is_workbook: bool) -> None:
        super().__init__()
        self.cleaned = []
        self.sheet = sheet
        for column in sheet.columns:
            self.fields[column.name] = fields.Field(
                attribute=column.name,
                column_name=column.name,
                widget=PartWidget(column, is_workbook=is_workbook),
            )

    def init_instance(self, row: Any = None) -> Model:
        return Milestone() if self.sheet.code == "milestones" else Indicator()

    def validate_instance(
        self, instance: Model, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What must be filled in whatever the row is about."""
        wrong: dict[str, Any] = dict(import_validation_errors or {})
        values = self.cleaned[-1]
        for column in self.sheet.columns:
            if column.required and values.get(column.name, "") is None and column.name not in wrong:
                wrong[column.name] = ValidationError(_("Må fylles ut."))
        if wrong:
            raise ValidationError(wrong)

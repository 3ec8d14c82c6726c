"""django-import-export on the files of registers: it parses and validates row by row, and never saves.

Confirming a file is one action of ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export import fields, instance_loaders, widgets

from web.formats import folded, parse_norsk_dato, parse_norsk_tall
from web.register.columns import Column
from web.register.file_table import FileTable
from web.sheets.dry_run import DryRunResource, dry_run

# Word in lower case → what it means: a code, or a row.
Lookup = Mapping[str, Any]
MOST = Decimal(10) ** 12
_PARSED = ("number", "integer", "year", "date")


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row of the file: its number, what it says by column, what stood there, and (column, sentence) of
    what is wrong.
    """

    number: int
    values: dict[str, Any]
    source: Mapping[str, Any]
    wrong: list[tuple[str, str]]


class CellWidget(widgets.Widget):
    """One cell to one value, or ValueError with a sentence for people."""

    def __init__(self, column: Column, lookup: Lookup | None) -> None:
        super().__init__()
        self.column = column
        self.lookup = lookup

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if self.column.reader is not None:
            return self.column.reader(value)
        text = str(value or "").strip()
        if self.column.kind == "yes_no":
            return _yes_no(text)
        if self.column.kind not in _PARSED:
            return self._text(text)
        if not text:
            return None
        if self.column.kind == "date":
            return parse_norsk_dato(text)
        if self.column.kind in ("integer", "year"):
            return _integer(text)
        return _amount(text, self.column.decimals)

    def _text(self, text: str) -> Any:
        if len(text) > self.column.longest:
            raise ValueError(
                _("Teksten er for lang. Den kan ha høyst {most} tegn.").format(most=self.column.longest)
            )
        if self.lookup is None or not text:
            return text
        key = folded(text)
        if key not in self.lookup:
            if self.column.unknown:
                raise ValueError(str(self.column.unknown))
            allowed = ", ".join(sorted({str(value) for value in self.lookup.values()}))
            raise ValueError(
                _("Skriv ett av disse: {allowed}. Det står «{text}».").format(allowed=allowed, text=text[:80])
            )
        return self.lookup[key]


def _yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in ("", "ja", "nei"):
        raise ValueError(_("Skriv ja eller nei. Det står «{text}».").format(text=text[:40]))
    return word == "ja"


def _integer(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(_("Skriv et helt tall. Det står «{text}».").format(text=text[:40]))
    return int(text)


def _amount(text: str, decimals: int) -> Decimal:
    number = parse_norsk_tall(text)
    if abs(number) >= MOST:
        raise ValueError(_("Tallet er for stort."))
    rounded = number.quantize(Decimal(1).scaleb(-decimals))
    # A workbook's binary floats have noise beyond what anybody typed.
    if abs(rounded - number) > Decimal("0.000001"):
        most = {0: _("Skriv et helt tall."), 2: _("Skriv tallet med høyst to desimaler.")}
        raise ValueError(most.get(decimals, _("Skriv tallet med høyst {n} desimaler.").format(n=decimals)))
    return rounded


class _NoInstances(instance_loaders.BaseInstanceLoader):
    """Nothing is looked up here: the plan knows what each row is about."""

    def get_instance(self, row: Mapping[str, Any]) -> Model | None:
        return None


class FileResource(DryRunResource):
    """Rows of a file, by column."""

    class Meta:
        instance_loader_class = _NoInstances
        import_id_fields = ()

    def __init__(self, model: type[Model], columns: Sequence[Column], lookups: Mapping[str, Lookup]) -> None:
        super().__init__()
        self.model = model
        self.cleaned = []
        for column in columns:
            if column.read:
                self.fields[column.name] = fields.Field(
                    attribute=column.name,
                    column_name=column.name,
                    widget=CellWidget(column, lookups.get(column.name)),
                )

    def init_instance(self, row: Any = None) -> Model:
        return self.model()

    def validate_instance(
        self, instance: Model, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if import_validation_errors:
            raise ValidationError(import_validation_errors)


def parsed_rows(table: FileTable, resource: FileResource) -> list[ParsedRow]:
    """A dry run of django-import-export; its two kinds of errors become one."""
    rows: list[ParsedRow] = []
    for number, source, values, problem in dry_run(table.rows, table.numbers, resource):
        wrong = [
            (name, sentence)
            for name, sentences in (problem.message_dict.items() if problem else ())
            for sentence in sentences
        ]
        rows.append(ParsedRow(number, values, source, wrong))
    return rows

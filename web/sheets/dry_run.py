"""django-import-export in dry run: it parses and validates row by row, and never saves.

Confirming a file is one action of ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db.models import Model
from import_export import resources


class DryRunResource(resources.Resource):
    """Rows to cleaned values by field, in `cleaned` under the dataset's row index; nothing is saved."""

    cleaned: list[dict[str, Any]]

    class Meta:
        clean_model_instances = True
        use_transactions = True
        rollback_on_validation_errors = True
        skip_diff = True
        skip_html_diff = True
        skip_unchanged = False
        use_bulk = False

    def import_instance(self, instance: Model, row: Any, **kwargs: Any) -> None:
        """Every cell of the row, also after the first wrong one, so that all errors are told at once."""
        values: dict[str, Any] = {}
        self.cleaned.append(values)
        wrong: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name not in row:
                continue
            try:
                values[name] = field.clean(row)
            except ValueError as problem:
                wrong[name] = ValidationError(str(problem))
        if wrong:
            raise ValidationError(wrong)

    def do_instance_save(self, instance: Model, is_create: bool) -> None:
        """Nothing: the file is written by an action, or not at all."""


def dry_run(
    rows: tablib.Dataset, numbers: Collection[int], resource: DryRunResource
) -> Iterator[tuple[int, dict[str, Any], dict[str, Any], ValidationError | None]]:
    """Each row's number, what stood there, its cleaned values, and what is wrong with them."""
    result = resource.import_data(
        rows,
        dry_run=True,
        raise_errors=False,
        use_transactions=True,
        rollback_on_validation_errors=True,
    )
    for error in result.base_errors:
        raise error.error
    for number, source, values, parsed in zip(numbers, rows.dict, resource.cleaned, result.rows, strict=True):
        for failure in parsed.errors:
            raise failure.error
        yield number, source, values, parsed.validation_error

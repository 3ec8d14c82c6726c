"""The form for how many live in a municipality, and the filters of the register."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from emissions.models import Municipality, Population
from emissions.queries.population import municipalities_in_register
from emissions.words.population_columns import COLUMNS
from web.register.forms import RegisterFilter, RegisterForm
from web.sorting import NorskSort


def _municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.order_by(NorskSort("name"))


class PopulationForm(RegisterForm):
    """Inhabitants on 1 January of one year. The municipality and the year say which row it is."""

    columns = COLUMNS
    links = {"municipality": _municipalities}

    def __init__(self, *args: Any, row: Population | None = None, **kwargs: Any) -> None:
        """With a row, its municipality and year stand: a version belongs to that row and no other."""
        super().__init__(*args, **kwargs)
        if row is not None:
            own = Municipality.objects.filter(pk=row.municipality_id)
            self.fields["municipality"].queryset = own  # type: ignore[attr-defined]
        for name in ("municipality", "year"):
            self.fields[name].disabled = row is not None
        self.fields["version"].disabled = row is None
        self.fields["inhabitants"].error_messages["max_decimal_places"] = _(
            "Skriv folketallet som et helt tall."
        )


class PopulationFilter(RegisterFilter):
    columns = COLUMNS
    links = {"municipality": municipalities_in_register}

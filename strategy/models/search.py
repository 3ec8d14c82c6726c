"""Columns the database makes out of a measure's text, so that it can be found and sorted."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Lower

CONFIGURATION = "norwegian"
# Accents people leave out. Æ, ø and å are letters of their own; `unaccent` would take them too, and is not
# immutable, so it cannot stand in a generated column.
ACCENTED = "éèêëáàâäóòôöúùûüíìîïñç"
PLAIN = "eeeeaaaaoooouuuuiiiinc"


class NeverFetched(models.GeneratedField):
    """Filtered and ordered by, never read: NULL comes back, so that wide lists stay light."""

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        return "NULL", []


def _folded(expression: Any) -> Func:
    return Func(
        Lower(expression),
        Value(ACCENTED),
        Value(PLAIN),
        function="translate",
        output_field=models.TextField(),
    )


def fold(text: str) -> str:
    """A search as the columns hold their text: lower case, without the accents people leave out."""
    return text.lower().translate(str.maketrans(ACCENTED, PLAIN))


def search_vector() -> Any:
    """The words in their stems: number and title weigh more than the description."""
    return (
        SearchVector(_folded(F("code")), config=CONFIGURATION, weight="A")
        + SearchVector(_folded(F("title")), config=CONFIGURATION, weight="A")
        + SearchVector(_folded(F("description")), config=CONFIGURATION, weight="C")
    )


def search_letters() -> Any:
    """Number and title letter by letter, for parts of words."""
    return Func(
        _folded(F("code")),
        Value(" "),
        _folded(F("title")),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=models.TextField(),
    )

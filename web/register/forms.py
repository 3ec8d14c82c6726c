"""The form of a register's row, and the filters of its list, made of its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Model, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.forms import HeltallField, LongTextField, NorskDatoField, NorskTallField, PortalForm
from web.register.columns import Column

# The rows a «link» column chooses among, asked when the form is made.
Links = Mapping[str, Callable[[], QuerySet[Any]]]
SEARCH = "sok"
# How words are brought to their stem, and how many of them narrow a list: the address may hold anything.
LANGUAGE, MOST_WORDS = "norwegian", 8
_YEAR = gettext_lazy("Skriv et årstall med fire sifre, for eksempel 2024.")


class RegisterForm(PortalForm):
    """A row of a register: the columns that stand in the form, and the version it was read at.

    Another order than the columns': `field_order`. Rules between fields: `clean`, as in any form.
    """

    columns: ClassVar[Sequence[Column]] = ()
    links: ClassVar[Links] = {}

    version = HeltallField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own = type(self).base_fields
        made = {
            column.name: field_of(column, self.links)
            for column in self.columns
            if column.in_form and column.name not in own
        }
        # Before Django copies them, so that the order and the texts of the fields are as in any form.
        self.base_fields = {**made, **own}  # type: ignore[misc]
        self.needed_at_times = frozenset(column.name for column in self.columns if column.at_times)  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    @property
    def names(self) -> list[str]:
        """The fields that are the row's own, of those this form has."""
        return [column.name for column in self.columns if column.name in self.fields]

    def values(self) -> dict[str, Any]:
        """What the form says of the row, by field; asked when it is valid."""
        return {name: self.cleaned_data[name] for name in self.names}

    @classmethod
    def initial_of(cls, row: Model) -> dict[str, Any]:
        """What a stored row says, by field, with its version."""
        names = [column.name for column in cls.columns if column.in_form and hasattr(row, column.name)]
        return {name: getattr(row, name) for name in (*names, "version")}


def field_of(column: Column, links: Links) -> forms.Field:
    """The form field of one column."""
    common = {
        "label": column.label or column.header,
        "required": column.required,
        "help_text": column.help,
    }
    return _FIELDS[column.kind](column, links, common)


def _text(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=column.longest, **common)


def _long_text(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    return LongTextField(max_length=column.longest, rows=column.lines, **common)


def _number(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    return NorskTallField(
        max_digits=18,
        decimal_places=column.decimals,
        min_value=column.least,
        max_value=column.most,
        **common,
    )


def _integer(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput({"size": 6, "inputmode": "numeric", "autocomplete": "off"})
    return HeltallField(min_value=column.least, max_value=column.most, widget=widget, **common)


def _year(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    field = _integer(column, links, common)
    between = _("Skriv et årstall fra {least} til {most}.").format(least=column.least, most=column.most)
    field.error_messages |= {"invalid": _YEAR, "min_value": between, "max_value": between}
    return field


def _date(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    return NorskDatoField(**common)


def _choice(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    choices = [(code, capfirst(str(word))) for code, word in column.words.items()]
    if not column.required:
        choices.insert(0, ("", str(column.empty or _("Ikke valgt"))))
    return forms.ChoiceField(choices=choices, **common)


def _yes_no(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**(common | {"required": False}))


def _link(column: Column, links: Links, common: dict[str, Any]) -> forms.Field:
    field = forms.ModelChoiceField(
        queryset=links[column.name](), empty_label=str(column.empty or _("Ikke valgt")), **common
    )
    if column.unknown:
        field.error_messages["invalid_choice"] = column.unknown
    return field


_FIELDS: Mapping[str, Callable[[Column, Links, dict[str, Any]], forms.Field]] = {
    "text": _text,
    "long_text": _long_text,
    "number": _number,
    "integer": _integer,
    "year": _year,
    "date": _date,
    "choice": _choice,
    "yes_no": _yes_no,
    "link": _link,
}


class RegisterFilter(PortalForm):
    """The filters of a list, in the address by the columns' Norwegian names. Fields of its own come last.

    `extra_names`: field → its name in the address.
    """

    columns: ClassVar[Sequence[Column]] = ()
    links: ClassVar[Links] = {}
    extra_names: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.addresses = {
            **{column.name: column.filter for column in self.columns if column.filter},
            "text": SEARCH,
            **self.extra_names,
        }
        made = {column.name: self._filter_of(column) for column in self.columns if column.filter}
        if any(column.searched for column in self.columns):
            made["text"] = forms.CharField(label=_("Søk"), max_length=100, required=False)
        self.base_fields = {**made, **type(self).base_fields}  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    def add_prefix(self, field_name: str) -> str:
        return self.addresses.get(field_name, field_name)

    def _filter_of(self, column: Column) -> forms.Field:
        label = column.filter_label or column.header
        if column.kind == "link":
            # Read once, for the check of the address and the choice on the page.
            rows = cache(
                lambda: [("", _("Alle")), *((row.pk, str(row)) for row in self.links[column.name]())]
            )
            return forms.TypedChoiceField(
                label=label, required=False, choices=rows, coerce=int, empty_value=None
            )
        if column.kind == "yes_no":
            return forms.BooleanField(label=label, required=False)
        choices = [("", _("Alle")), *((code, capfirst(str(word))) for code, word in column.words.items())]
        return forms.ChoiceField(label=label, required=False, choices=choices)

    @property
    def chosen(self) -> dict[str, Any]:
        """What the address asks for, by field; what makes no sense is left out, and is in `errors`."""
        if not hasattr(self, "cleaned_data"):
            self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the rows the address asks for; what the form has of its own is asked by the caller."""
        chosen = self.chosen
        for column in self.columns:
            if column.filter and column.name in chosen:
                rows = rows.filter(**{column.name: chosen[column.name]})
        words = str(chosen.get("text", "")).split()[:MOST_WORDS]
        searched = [column.name for column in self.columns if column.searched]
        if words:
            rows = rows.alias(register_words=SearchVector(*searched, config=LANGUAGE))
        for word in words:
            # In any form Norwegian has of it, or as part of another.
            found = Q(register_words=SearchQuery(word, config=LANGUAGE))
            for name in searched:
                found |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(found)
        return rows

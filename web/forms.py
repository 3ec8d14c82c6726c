"""Forms on the design system: renderer, base form, and the fields people fill in with Norwegian text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from web.formats import (
    format_number,
    format_numeric_date,
    parse_heltall,
    parse_norsk_dato,
    parse_norsk_tall,
)
from web.personal_text import new_national_ids, new_phones
from web.told import tell
from web.unseen import told_of_fields, without_unseen

REQUIRED = gettext_lazy("Må fylles ut.")
REQUIRED_CHOICE = gettext_lazy("Velg ett av alternativene.")
REQUIRED_FILE = gettext_lazy("Velg en fil.")
_NOT_LISTED = gettext_lazy("Velg ett av alternativene i listen.")
NATIONAL_ID = gettext_lazy("Dette ligner et fødselsnummer. Ta det bort: det skal ikke stå her.")
PHONE = gettext_lazy("Dette ligner et telefonnummer. Ta det bort, eller kryss av for å lagre likevel.")
# By code, what is said where a field has no sentence of its own; Django's are in another voice.
_SENTENCES = {
    "max_length": gettext_lazy(
        "Teksten er for lang. Den kan ha høyst %(limit_value)s tegn, og har nå %(show_value)s."
    ),
    "min_length": gettext_lazy("Teksten er for kort. Den må ha minst %(limit_value)s tegn."),
    "invalid_choice": _NOT_LISTED,
    "invalid_list": _NOT_LISTED,
    "invalid_pk_value": _NOT_LISTED,
}
_FILE_SENTENCES = {
    "invalid": REQUIRED_FILE,
    "missing": REQUIRED_FILE,
    "empty": gettext_lazy("Filen er tom. Velg en annen."),
    "max_length": gettext_lazy("Navnet på filen er for langt. Det kan ha høyst %(max)s tegn."),
}
_EMAIL_SENTENCES = {"invalid": gettext_lazy("Skriv en e-postadresse, for eksempel navn@eksempel.no.")}
_SLUG_SENTENCES = {"invalid": gettext_lazy("Skriv bare bokstavene a til z, tall, bindestrek og understrek.")}


class PortalBoundField(BoundField):
    """What the field template asks about a field, in its own words."""

    @property
    def kind(self) -> str:
        """«choices» (a fieldset), «checkbox» (label after the box) or «field»."""
        if self.use_fieldset:
            return "choices"
        return "checkbox" if isinstance(self.field.widget, forms.CheckboxInput) else "field"

    @property
    def marked_optional(self) -> bool:
        """«Valgfritt» is said only where the form also has fields that must be filled in."""
        # The renderer also draws forms that are no PortalForm.
        at_times: frozenset[str] = getattr(self.form, "needed_at_times", frozenset())
        if self.field.required or self.kind == "checkbox" or self.name in at_times:
            return False
        return any(field.field.required for field in self.form.visible_fields() if field.name != self.name)

    @property
    def counter(self) -> int | None:
        return getattr(self.field.widget, "counter", None)

    @property
    def keep_name(self) -> str:
        """The name of the box by which a text that looks like it has a telephone number is saved anyway."""
        asked: set[str] = getattr(self.form, "asks_to_keep", set())
        return keep_name(self.html_name) if self.name in asked else ""

    @property
    def is_kept(self) -> bool:
        return bool(self.keep_name) and self.keep_name in self.form.data

    @property
    def link_id(self) -> str:
        """The id an error link leads to: the control itself, or a group's first option."""
        return f"{self.auto_id}_0" if self.kind == "choices" else str(self.auto_id)


class PortalFormRenderer(TemplatesSetting):
    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = PortalBoundField


class PortalForm(forms.Form):
    """Base of the portal's forms. The server validates, so the browser's own bubbles are off.

    Render as `{% include "ds/error_summary.html" with form=form only %}` and
    `<form method="post" action="…" novalidate>{% csrf_token %}{{ form }}…</form>`.
    """

    use_required_attribute = False
    # Fields that may be empty, but not always: one of two, or asked for by another answer. Not «Valgfritt».
    needed_at_times: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        # Text that has a telephone number, it seems: saved when whoever wrote it says so.
        self.asks_to_keep: set[str] = set()

    def besides_fields(self) -> dict[str, str]:
        """What the form holds that is no field of its own, such as rows: label and text, for a conflict."""
        return {}

    def full_clean(self) -> None:
        """What is typed is cleaned without the signs nobody sees, and whoever typed it is told."""
        # Not before: forms add fields of their own after they are made.
        for field in self.fields.values():
            _speak_plainly(field)
        if self.is_bound:
            self._take_away_unseen()
        super().full_clean()
        if self.is_bound:
            self._ask_about_people()

    @property
    def keep_names(self) -> list[str]:
        """What the boxes of its running texts post as, whether they are asked about or not."""
        texts = [name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return [keep_name(self.add_prefix(name)) for name in texts]

    def _ask_about_people(self) -> None:
        """A fødselsnummer is refused, and a telephone number asked about, in text of several lines.

        What stood there before was somebody's choice, and is not asked about again.
        """
        for name, field in self.fields.items():
            typed = self.cleaned_data.get(name)
            if not isinstance(field.widget, forms.Textarea) or not isinstance(typed, str):
                continue
            before = str(self.get_initial_for_field(field, name) or "")
            if new_national_ids(typed, before):
                self.add_error(name, str(NATIONAL_ID))
            elif new_phones(typed, before):
                self.asks_to_keep.add(name)
                if keep_name(self.add_prefix(name)) not in self.data:
                    self.add_error(name, str(PHONE))

    def _take_away_unseen(self) -> None:
        changed: dict[str, str] = {}
        for name, field in self.fields.items():
            typed = self.data.get(self.add_prefix(name)) if _is_typed(field) else None
            if isinstance(typed, str) and (plain := without_unseen(typed)) != typed:
                changed[name] = plain
        if not changed:
            return
        posted = self.data
        data = posted.copy() if isinstance(posted, QueryDict) else dict(posted)
        for name, plain in changed.items():
            data[self.add_prefix(name)] = plain
        self.data = data
        tell(told_of_fields(str(self.fields[name].label or name) for name in changed))


def keep_name(html_name: str) -> str:
    """What the box «Lagre likevel» of a field posts as."""
    return f"{html_name}-behold"


def _is_typed(field: forms.Field) -> bool:
    """Text somebody writes; a password, or what a page sends along unseen, is nobody's to change."""
    return isinstance(field.widget, forms.TextInput | forms.EmailInput | forms.URLInput | forms.Textarea)


def _speak_plainly(field: forms.Field) -> None:
    """Gives the field the portal's sentences in place of Django's; its own stay."""
    sentences = {**_SENTENCES, "required": REQUIRED}
    if isinstance(field, forms.FileField):
        sentences |= {**_FILE_SENTENCES, "required": REQUIRED_FILE}
    elif isinstance(field, forms.ChoiceField):
        sentences["required"] = REQUIRED_CHOICE
    elif isinstance(field, forms.EmailField):
        sentences |= _EMAIL_SENTENCES
    elif isinstance(field, forms.SlugField):
        sentences |= _SLUG_SENTENCES
    for code, sentence in sentences.items():
        if field.error_messages.get(code) in (None, _from_django(field, code)):
            field.error_messages[code] = str(sentence)


def _from_django(field: forms.Field, code: str) -> Any:
    """What Django's own class of the field says."""
    theirs = (kind for kind in type(field).__mro__ if kind.__module__.startswith("django."))
    said = (vars(kind).get("default_error_messages", {}) for kind in theirs)
    return next((sentences[code] for sentences in said if code in sentences), None)


class CounterTextarea(forms.Textarea):
    """A text area that counts down. It lets people write past the limit and cut afterwards."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 3) -> None:
        super().__init__({"rows": rows, "cols": None, **(attrs or {})})
        self.counter: int | None = None

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return {name: value for name, value in attrs.items() if value is not None}


class LongTextField(forms.CharField):
    """Running text with a counter when it has a limit."""

    def __init__(self, *, max_length: int | None = None, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", CounterTextarea(rows=rows))
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages.setdefault(
            "max_length", gettext_lazy("Teksten er for lang. Den kan ha høyst %(limit_value)s tegn.")
        )
        if isinstance(self.widget, CounterTextarea):
            self.widget.counter = max_length

    def to_python(self, value: Any) -> str:
        """A form posts CR LF where the same text saved by htmx has LF: the same text is the same."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class NorskTallWidget(forms.TextInput):
    """Plain text on purpose: number inputs hide errors and refuse the decimal comma and minus sign."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"size": 12, "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal | int | float):
            return format_number(value)
        return super().format_value(value)


class NorskTallField(forms.DecimalField):
    """A number written the Norwegian way. Cleans to Decimal."""

    widget = NorskTallWidget
    default_error_messages = {
        "too_high": gettext_lazy("Skriv et tall som er {limit} eller lavere."),
        "too_low": gettext_lazy("Skriv et tall som er {limit} eller høyere."),
        "max_digits": gettext_lazy("Tallet er for langt. Det kan ha høyst %(max)s sifre."),
        "max_decimal_places": gettext_lazy("Skriv tallet med færre desimaler, høyst %(max)s."),
        "max_whole_digits": gettext_lazy("Tallet er for stort. Det kan ha høyst %(max)s sifre før komma."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for validator in self.validators:
            if isinstance(validator, MaxValueValidator | MinValueValidator):
                name = "too_high" if isinstance(validator, MaxValueValidator) else "too_low"
                limit = format_number(validator.limit_value)
                validator.message = format_lazy(self.error_messages[name], limit=limit)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        try:
            return parse_norsk_tall(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class HeltallField(forms.IntegerField):
    """A whole number in plain digits; Django's own field also reads «1_000» and digits of other scripts."""

    default_error_messages = {
        "invalid": gettext_lazy("Skriv et helt tall med sifrene 0–9."),
        "max_value": gettext_lazy("Skriv et tall som er %(limit_value)s eller lavere."),
        "min_value": gettext_lazy("Skriv et tall som er %(limit_value)s eller høyere."),
    }

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip():
            try:
                return parse_heltall(value)
            except ValueError as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return super().to_python(value)


class NorskDatoWidget(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"size": 18, "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return format_numeric_date(value) if isinstance(value, date) else super().format_value(value)


class NorskDatoField(forms.DateField):
    """A date written as «31.12.2026», «31. desember 2026» or «2026-12-31»."""

    widget = NorskDatoWidget

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return parse_norsk_dato(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


@dataclass(frozen=True)
class ErrorLink:
    """One line of an error summary. `href` is empty for what concerns the whole form.

    `message` is the text without the field's label, as it stands beside the field.
    """

    text: str
    href: str
    message: str = ""


def error_links(source: forms.BaseForm | Iterable[forms.BaseForm] | None) -> list[ErrorLink]:
    """Every error of one form, or of several, in the order of the fields on the page."""
    if not source:
        return []
    several = [source] if isinstance(source, forms.BaseForm) else list(source)
    return [link for form in several if form.is_bound for link in _links_of(form)]


def _links_of(form: forms.BaseForm) -> Iterable[ErrorLink]:
    for message in form.non_field_errors():
        yield ErrorLink(str(message), "")
    for field in form:
        for message in field.errors:
            if field.is_hidden:
                yield ErrorLink(str(message), "")
                continue
            target = field.link_id if isinstance(field, PortalBoundField) else field.auto_id
            yield ErrorLink(f"{_as_lead_in(str(field.label))}{message}", f"#{target}", str(message))


def _as_lead_in(label: str) -> str:
    """«Elbiler levert: », but no colon after a question."""
    if not label:
        return ""
    return f"{label} " if label[-1] in "?!.:" else f"{label}: "

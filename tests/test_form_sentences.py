"""Every form says what is wrong in the portal's own words, never in Django's."""

from __future__ import annotations

import copy
import gettext
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from web.forms import PortalForm

pytestmark = pytest.mark.django_db
ROOMS = ("organisation", "emissions", "strategy", "budget", "reporting", "publishing", "klimalaget", "web")
# NUL never comes so far: `web/readable_request.py` refuses it.
POSTED: tuple[Any, ...] = ("", "x" * 6000, "999999", "-1", ["999999"], ["x"])


def form_classes() -> list[type[forms.BaseForm]]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if "forms" in found.name or "columns" in found.name or "fields" in found.name:
                importlib.import_module(found.name)
    return sorted(_below(forms.BaseForm), key=lambda kind: (kind.__module__, kind.__name__))


def _below(kind: type) -> set[type[forms.BaseForm]]:
    own = {one for one in kind.__subclasses__() if one.__module__.split(".")[0] in ROOMS}
    return own.union(*(_below(one) for one in kind.__subclasses__()))


def djangos_sentences() -> list[re.Pattern[str]]:
    """What Django says in bokmål, with anything where its values go."""
    locale = Path(django.__file__).parent / "conf" / "locale"
    catalog = gettext.translation("django", str(locale), languages=["nb"])._catalog  # type: ignore[attr-defined]
    texts = {text for text in catalog.values() if len(re.sub(r"%\(\w+\)[sd]", "", text)) > 12}
    return [re.compile(re.sub(r"%\\\(\w+\\\)[sd]", ".*", re.escape(text)), re.DOTALL) for text in texts]


def said(form: PortalForm, name: str, value: Any) -> list[str]:
    """What the form says of one field when the value is posted in it."""
    form.fields = {name: form.fields[name]}
    file = isinstance(form.fields[name], forms.FileField)
    form.is_bound, form.data = True, {} if file else {name: value}
    form.files = {name: SimpleUploadedFile("f" * 120 + ".csv", b"")} if file and value else {}
    form.full_clean()
    return list(form.errors.get(name, []))


class _Plain(PortalForm):
    """Its fields are put in afterwards, as some forms do themselves."""


def _fields() -> Iterator[tuple[str, forms.Field]]:
    for kind in form_classes():
        for name, field in kind.base_fields.items():  # type: ignore[attr-defined]
            yield f"{kind.__module__}.{kind.__name__}.{name}", field


def test_every_form_is_one_of_the_portals() -> None:
    assert len(form_classes()) > 60
    assert [kind for kind in form_classes() if not issubclass(kind, PortalForm)] == []


def test_no_field_speaks_with_djangos_voice() -> None:
    theirs = djangos_sentences()
    found = []
    for name, field in _fields():
        for value in POSTED:
            form = _Plain()
            form.fields["it"] = copy.deepcopy(field)
            found += [(name, one) for one in said(form, "it", value) if any(s.fullmatch(one) for s in theirs)]
    assert found == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (forms.CharField(), "", "Må fylles ut."),
        (forms.TimeField(), "", "Må fylles ut."),
        (
            forms.CharField(max_length=160),
            "x" * 440,
            "Teksten er for lang. Den kan ha høyst 160 tegn, og har nå 440.",
        ),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Velg ett av alternativene i listen."),
        (forms.MultipleChoiceField(choices=[("a", "A")]), ["b"], "Velg ett av alternativene i listen."),
        (forms.CharField(error_messages={"required": "Skriv en kommentar."}), "", "Skriv en kommentar."),
    ],
)
def test_fields_added_afterwards_say_the_same(field: forms.Field, value: Any, sentence: str) -> None:
    form = _Plain()
    form.fields["it"] = copy.deepcopy(field)
    assert said(form, "it", value) == [sentence]


def test_the_test_knows_djangos_voice() -> None:
    theirs = djangos_sentences()
    for sentence in (
        "Feltet er påkrevet.",
        "Sørg for at denne verdien har 160 eller færre tegn (den har nå 440).",
    ):
        assert any(one.fullmatch(sentence) for one in theirs), sentence

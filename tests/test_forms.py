"""Forms on the design system: labels, help, errors and the Norwegian fields."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from tests.html_rules import broken_rules, one_line
from web.forms import (
    LongTextField,
    NorskDatoField,
    NorskTallField,
    PortalForm,
    error_links,
)


class ReportForm(PortalForm):
    status = forms.ChoiceField(
        label="Hvordan ligger tiltaket an?",
        choices=[("on_track", "I rute"), ("delayed", "Forsinket")],
        widget=forms.RadioSelect,
    )
    result = NorskTallField(label="Elbiler levert", help_text="Måltall 24.", max_digits=6, decimal_places=1)
    happened = LongTextField(label="Hva har skjedd siden sist?", max_length=20, required=False)
    day = NorskDatoField(label="Når er det tatt igjen?", required=False)
    agreed = forms.BooleanField(label="Bekreftet", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("happened") == "feil":
            raise forms.ValidationError("Skjemaet henger ikke sammen.")
        return self.cleaned_data


def _page(form: forms.BaseForm) -> str:
    summary = '{% include "ds/error_summary.html" with form=form only %}'
    template = Template(summary + '<form method="post" action="/x/">{% csrf_token %}{{ form }}</form>')
    return one_line(template.render(Context({"form": form, "csrf_token": "x" * 64})))


def _posted(**more: str) -> ReportForm:
    return ReportForm({"status": "on_track", "result": "11", **more})


def test_every_field_has_label_help_and_design_system_class() -> None:
    html = _page(ReportForm())
    assert '<label class="ds-label" for="id_result">Elbiler levert</label>' in html
    assert 'id="id_result_helptext">Måltall 24.' in html
    assert 'aria-describedby="id_result_helptext"' in html
    assert html.count('class="ds-input"') == 7 - 1  # the hidden one has no look
    assert " required" not in html
    assert 'type="number"' not in html
    assert broken_rules(html) == []


def test_optional_is_said_only_where_fields_are_mixed() -> None:
    class AllOptional(PortalForm):
        comment = forms.CharField(required=False)

    assert _page(ReportForm()).count("Valgfritt") == 2
    assert "Valgfritt" not in _page(AllOptional())


def test_errors_stand_by_the_field_and_in_a_summary_that_links_to_it() -> None:
    form = ReportForm({"result": "ca 400", "happened": "feil", "day": "31.02.2026"})
    html = _page(form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_result_helptext id_result_error"' in html
    assert 'data-field="validation" id="id_result_error">Skriv et tall, for eksempel 1\u00a0234,5.' in html
    assert [(link.text, link.href) for link in error_links(form)] == [
        ("Skjemaet henger ikke sammen.", ""),
        ("Hvordan ligger tiltaket an? Velg ett av alternativene.", "#id_status_0"),
        ("Elbiler levert: Skriv et tall, for eksempel 1\u00a0234,5.", "#id_result"),
        ("Når er det tatt igjen? Datoen finnes ikke. Skriv for eksempel 31.12.2026.", "#id_day"),
    ]
    assert 'id="id_status_0"' in html
    assert broken_rules(html) == []
    assert "ds-error-summary" not in _page(ReportForm())


def test_text_typed_by_people_is_escaped_everywhere() -> None:
    html = _page(_posted(happened="<script>alert(1)</script>", status="<b>"))
    assert "<script" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1,25", "Skriv tallet med færre desimaler, høyst 1."),
        ("1234567", "Tallet er for langt. Det kan ha høyst 6 sifre."),
        ("1.234", "Mener du 1\u00a0234 eller 1,234?"),
        ("", "Må fylles ut."),
        (" \u00a0", "Må fylles ut."),
    ],
)
def test_numbers_refused(typed: str, message: str) -> None:
    form = _posted(result=typed)
    assert not form.is_valid()
    assert form.errors["result"][0].startswith(message)


def test_number_limits_speak_norwegian() -> None:
    field = NorskTallField(min_value=-1000, max_value=Decimal("1500"))
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("2 000")
    assert refused.value.messages == ["Skriv et tall som er 1\u00a0500 eller lavere."]
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("−2 000")
    assert refused.value.messages == ["Skriv et tall som er −1\u00a0000 eller høyere."]


def test_numbers_and_dates_come_back_as_people_write_them() -> None:
    form = _posted(result="\u2212 1\u202f234,5", day="31. mai 2027")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["result"] == Decimal("-1234.5")
    assert form.cleaned_data["day"] == date(2027, 5, 31)
    again = _page(ReportForm(initial={"result": Decimal("1234.50"), "day": date(2027, 5, 31)}))
    assert 'value="1\u00a0234,5"' in again
    assert 'value="31.05.2027"' in again


def test_unchanged_figures_do_not_count_as_changes() -> None:
    initial = {"status": "on_track", "result": Decimal("1234.5"), "day": date(2027, 5, 31)}
    form = ReportForm({"status": "on_track", "result": "1 234,50", "day": "31. mai 2027"}, initial=initial)
    assert form.changed_data == []


def test_a_counter_counts_without_cutting() -> None:
    html = _page(ReportForm())
    assert 'data-field="counter" data-limit="20"' in html
    assert "maxlength" not in html.split("<textarea")[1].split(">")[0]
    too_long = _posted(happened="x" * 21)
    assert too_long.errors["happened"] == ["Teksten er for lang. Den kan ha høyst 20 tegn."]


def test_options_of_a_select_are_written_as_django_would() -> None:
    class Choosing(PortalForm):
        unit = forms.ChoiceField(
            label="Virksomhet",
            choices=[("", "Alle"), ("1", "Vei & <vann>"), ("Områder", [('"2"', "Ledelsen"), (3, "Staben")])],
        )

    own = _page(Choosing({"unit": '"2"'}))
    options = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)</option>', own)
    assert options == [
        ("", "", "Alle"),
        ("1", "", "Vei &amp; &lt;vann&gt;"),
        ("&quot;2&quot;", " selected", "Ledelsen"),
        ("3", "", "Staben"),
    ]
    assert broken_rules(own) == []

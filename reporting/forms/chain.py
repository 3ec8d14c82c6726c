"""Forms of the chain: settings, measures that come and go, who answers, corrections, and a KF's board."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit, User
from organisation.queries.units import responsible_choices
from reporting.actions.settings import SettingsAnswers
from reporting.enums import Place
from reporting.models import PLACE_LABELS, ReportingSettings, UnitReport
from reporting.queries.settings import UnitPlace
from strategy.models import Measure
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)
from web.names import naming

_PLACES = [(place.value, capfirst(str(PLACE_LABELS[place]))) for place in Place]


class VersionedForm(PortalForm):
    """A form about a row that may have moved on."""

    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, version: int, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"version": version, **(initial or {})})


def reason_field(label: Any, help_text: Any = "") -> LongTextField:
    return LongTextField(label=label, max_length=500, rows=2, help_text=help_text)


class SettingsForm(VersionedForm):
    """The municipality's settings, and each unit's own place."""

    place = forms.ChoiceField(
        label=_("Hvor rapporterer virksomhetene?"),
        choices=_PLACES,
        widget=forms.RadioSelect,
        help_text=_("Ingen svarer to ganger. Statuser fra virksomhetsstyringssystemet leses inn fra fil."),
    )
    area_approves = forms.BooleanField(
        label=naming(_("Området godkjenner rapportene før {climate_name} kvalitetssikrer dem")),
        required=False,
        help_text=_("Uten dette får området rapportene til orientering."),
    )
    first_reminder_days = HeltallField(
        label=_("Første påminnelse, dager før fristen"),
        min_value=1,
        max_value=90,
        widget=forms.TextInput({"size": 4}),
    )
    second_reminder_days = HeltallField(
        label=_("Andre påminnelse, dager før fristen"),
        min_value=1,
        max_value=90,
        widget=forms.TextInput({"size": 4}),
    )

    def __init__(self, data: Any = None, *, settings: ReportingSettings, units: Iterable[UnitPlace]) -> None:
        self.units = list(units)
        initial = {
            "place": settings.place,
            "area_approves": settings.area_approves,
            "first_reminder_days": settings.first_reminder_days,
            "second_reminder_days": settings.second_reminder_days,
        }
        super().__init__(data, version=settings.version, initial=initial)
        for one in self.units:
            self.fields[self.name_of(one)] = forms.ChoiceField(
                label=one.unit.name,
                choices=[("", _("Som kommunen")), *_PLACES],
                initial=one.place,
                required=False,
            )

    @staticmethod
    def name_of(one: UnitPlace) -> str:
        return f"unit-{one.unit.pk}"

    def unit_rows(self) -> list[tuple[Unit, forms.BoundField]]:
        return [(one.unit, self[self.name_of(one)]) for one in self.units]

    def own_fields(self) -> list[forms.BoundField]:
        """The municipality's own fields."""
        return [field for field in self.visible_fields() if not field.name.startswith("unit-")]

    def answers(self) -> SettingsAnswers:
        data = self.cleaned_data
        return SettingsAnswers(
            place=Place(data["place"]),
            area_approves=data["area_approves"],
            first_reminder_days=data["first_reminder_days"],
            second_reminder_days=data["second_reminder_days"],
        )

    def places(self) -> dict[int, Place | None]:
        """Each unit's own place; None: as the municipality."""
        chosen = {one.unit.pk: self.cleaned_data[self.name_of(one)] for one in self.units}
        return {unit: Place(place) if place else None for unit, place in chosen.items()}


class UseSettingsForm(PortalForm):
    expected = HeltallField(widget=forms.HiddenInput, min_value=0)
    reason = reason_field(_("Hvorfor tas innstillingene i bruk nå?"), _("Står i loggen til hver rapport."))


class SetUpForm(VersionedForm):
    place = forms.ChoiceField(
        label=_("Hvor svarer virksomheten i denne perioden?"), choices=_PLACES, widget=forms.RadioSelect
    )
    needs_area = forms.BooleanField(
        label=naming(_("Området godkjenner rapporten før {climate_name} kvalitetssikrer den")),
        required=False,
    )
    reason = reason_field(_("Hvorfor endres dette?"), _("Står i loggen til rapporten."))


class MeasureField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.title}"


class UnitForm(PortalForm):
    """Asks for a unit that can answer for a measure."""

    unit = forms.ModelChoiceField(label=_("Virksomhet eller foretak"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = responsible_choices()  # type: ignore[attr-defined]


class AddMeasureForm(UnitForm):
    measure = MeasureField(label=_("Tiltak"), queryset=Measure.objects.none())
    field_order = ("measure", "unit", "reason")

    def __init__(self, *args: Any, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = measures  # type: ignore[attr-defined]
        self.fields["unit"].label = _("Hvem skal svare?")
        self.fields["reason"] = reason_field(
            _("Hvorfor legges tiltaket til nå?"), _("Står ved tiltaket i rapporten.")
        )


class MoveForm(UnitForm):
    """To another unit, with a reason: one measure, or all of a report."""

    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, version: int, unit: int | None = None) -> None:
        super().__init__(data, initial={"version": version, "unit": unit})
        self.fields["unit"].label = _("Hvem skal svare?")
        self.fields["reason"] = reason_field(_("Hvorfor?"), _("Står i loggen til begge rapportene."))


class ReporterForm(PortalForm):
    user = forms.ModelChoiceField(label=_("Hvem skal rapportere?"), queryset=User.objects.none())
    reason = reason_field(_("Hvorfor?"), _("Står i loggen til rapporten."))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class CorrectionForm(VersionedForm):
    TO_UNIT, STEPS = "svar", "steg"

    how = forms.ChoiceField(label=_("Hva gjenstår?"), widget=forms.RadioSelect)
    reason = reason_field(
        _("Hvorfor åpnes rapporten?"), _("Virksomheten og alle som leser rapporten, ser det.")
    )

    def __init__(self, data: Any = None, *, report: UnitReport, only_answers: bool) -> None:
        super().__init__(data, version=report.version, initial={"how": self.TO_UNIT})
        choices = [(self.TO_UNIT, _("Virksomheten skal svare eller rette svarene"))]
        if not only_answers:
            choices.append((self.STEPS, _("Bare godkjenning eller kvalitetssikring; svarene står som de er")))
        self.fields["how"].choices = choices  # type: ignore[attr-defined]
        if only_answers:
            del self.fields["how"]

    @property
    def to_unit(self) -> bool:
        return self.cleaned_data.get("how", self.TO_UNIT) == self.TO_UNIT


class BoardForm(VersionedForm):
    """When a KF's board treats the report, and where the KF's own report is."""

    board_date = NorskDatoField(
        label=_("Når behandler styret rapporten?"),
        required=False,
        help_text=_(
            "En dato som er passert, eller en som er planlagt. Rapporten kan sendes før styret møtes."
        ),
    )
    board_pending = forms.BooleanField(label=_("Datoen er ikke satt ennå"), required=False)
    own_report = forms.CharField(
        label=_("Foretakets egen rapport"),
        required=False,
        max_length=300,
        help_text=_("En lenke, eller sak og dokument i arkivet."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, report: UnitReport) -> None:
        initial = {
            "board_date": report.board_date,
            "board_pending": report.board_pending,
            "own_report": report.enterprise_report,
        }
        super().__init__(data, version=report.version, initial=initial)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "board_date" in self.errors:
            return data
        if data.get("board_date") is None and not data.get("board_pending"):
            self.add_error("board_date", _("Skriv datoen, eller kryss av for at den ikke er satt ennå."))
        if data.get("board_date") is not None and data.get("board_pending"):
            self.add_error("board_pending", _("Du har skrevet en dato. Fjern krysset, eller datoen."))
        return data

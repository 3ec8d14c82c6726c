"""Forms of one line: what it says about itself, its sources, estimates, costs and funding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields as fields_of
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.actions.figures import CostChange, RangeChange
from budget.actions.lines import LineDetails
from budget.enums import CostKind
from budget.forms.decisions import decision_choices
from budget.forms.tables import FigureField, TableForm, TableRow
from budget.models import COST_KIND_LABELS, Cost, Effect
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, Source
from strategy.models import Measure
from strategy.queries.decisions import choosable_decisions
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    NorskTallField,
    PortalForm,
)

DETAIL_FIELDS = tuple(field.name for field in fields_of(LineDetails))
SOURCE_ROWS = 5


class LineForm(PortalForm):
    """One line: an effect per year and what the line says about itself."""

    def __init__(
        self, *args: Any, years: Iterable[int], effects: Mapping[int, Effect], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years = tuple(years)
        for year in self.years:
            effect = effects.get(year)
            self.fields[f"effect-{year}"] = NorskTallField(
                label=_("Effekt {year}, tonn CO₂e").format(year=year),
                required=False,
                min_value=0,
                max_digits=20,
                decimal_places=6,
                initial=effect.tonnes.normalize() if effect else None,
            )
            self.fields[f"version-{year}"] = HeltallField(
                widget=forms.HiddenInput, initial=effect.version if effect else 0, min_value=0
            )
        self.order_fields([*(name for name in self.fields if "-" in name), *self.fields])
        self.fields["decision_id"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Ingen")),
            *decision_choices(choosable_decisions()),
        ]

    @property
    def details(self) -> LineDetails:
        """What the line says beside its figures, once the form is valid."""
        return LineDetails(**{name: self.cleaned_data[name] for name in DETAIL_FIELDS})

    already_counted = NorskTallField(
        label=_("Allerede med i regnskapet, tonn CO₂e"),
        help_text=_("Det av effekten som vises i siste regnskapsår. Trekkes fra hvert år."),
        min_value=0,
        max_digits=20,
        decimal_places=6,
        initial=Decimal(0),
    )
    assumptions = LongTextField(label=_("Metode og forutsetninger"), required=False, rows=5)
    calculated_by = forms.CharField(label=_("Regnet ut av"), max_length=120, required=False)
    calculated_on = NorskDatoField(label=_("Regnet ut"), required=False)
    attachment_url = forms.URLField(
        label=_("Lenke til vedlegg"),
        help_text=_("Regneark, rapport eller sak som viser utregningen."),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Skriv en hel adresse, for eksempel https://arkiv.drammen.example/1.")},
    )
    plan_reference = forms.CharField(
        label=_("Rad i økonomiplanen"),
        help_text=_("Nummeret eller navnet på raden der pengene står."),
        max_length=120,
        required=False,
    )
    decision_reference = forms.CharField(
        label=_("Vedtak, i ord"),
        help_text=_("Saken tiltaket er vedtatt i, når den ikke står i vedtaksregisteret."),
        max_length=160,
        required=False,
    )
    decision_id = forms.TypedChoiceField(
        label=_("Vedtak i vedtaksregisteret"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Vedtaket finnes ikke i registeret. Velg et annet.")},
    )
    extra_cost_nok = NorskTallField(
        label=_("Samlet merkostnad over hele levetiden, kroner"),
        help_text=_(
            "Brukes bare til kroner per tonn, sammen med levetid og rente. Minus foran når tiltaket sparer "
            "penger. Det budsjettet koster hvert år, står under «Kostnader» og regnes ikke av dette tallet."
        ),
        max_digits=16,
        decimal_places=2,
        required=False,
    )
    lifetime_years = HeltallField(
        label=_("Levetid, år"),
        min_value=1,
        max_value=200,
        required=False,
        widget=forms.TextInput(attrs={"size": 5, "autocomplete": "off"}),
        error_messages={
            "invalid": _("Skriv et helt antall år."),
            "min_value": _("Skriv et antall år fra 1 til 200."),
            "max_value": _("Skriv et antall år fra 1 til 200."),
        },
    )
    discount_percent = NorskTallField(
        label=_("Kalkulasjonsrente, prosent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    not_quantified_reason = forms.CharField(
        label=_("Hvorfor tiltaket ikke er tallfestet"),
        help_text=_("Bare for tiltak uten tall i tonn."),
        max_length=300,
        required=False,
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)


def source_choices(sources: Iterable[Source]) -> list[tuple[str, Any]]:
    """Sources under their sectors, for a select; the first is none."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for source in sources:
        groups.setdefault(source.sector.name, []).append((str(source.pk), str(source)))
    return [("", gettext("Ingen")), *groups.items()]


class SourcesForm(TableForm):
    """How a line's effect is split over emission sources."""

    caption = _("Utslippskilder og andel av effekten")
    columns = (_("Nr."), _("Utslippskilde"), _("Andel, prosent"))
    text_columns = 2

    def __init__(
        self,
        *args: Any,
        sources: Iterable[Source],
        stored: Mapping[int, Decimal],
        version: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = source_choices(sources)
        rows = [*stored.items(), *[(None, None)] * max(2, SOURCE_ROWS - len(stored))]
        self.numbers = range(1, len(rows) + 1)
        for number, (source, share) in enumerate(rows, start=1):
            label = gettext("Utslippskilde {number}").format(number=number)
            self.fields[f"source-{number}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=str(source) if source else ""
            )
            self.fields[f"share-{number}"] = FigureField(
                label=gettext("Andel {number}, prosent").format(number=number),
                required=False,
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                initial=share.normalize() + 0 if share else None,
            )
        self.fields["version"] = HeltallField(widget=forms.HiddenInput, min_value=0, initial=version)

    def rows(self) -> list[TableRow]:
        return [
            TableRow(
                str(number),
                self.cells(f"source-{number}", f"share-{number}"),
            )
            for number in self.numbers
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        shares: dict[int, Decimal] = {}
        for number in self.numbers:
            source, share = cleaned.get(f"source-{number}"), cleaned.get(f"share-{number}")
            if bool(source) != bool(share):
                raise ValidationError(
                    gettext("Velg både utslippskilde og andel i rad {number}, eller ingen av dem.").format(
                        number=number
                    )
                )
            if source and share:
                if int(source) in shares:
                    raise ValidationError(gettext("Hver utslippskilde kan stå én gang."))
                shares[int(source)] = share
        cleaned["shares"] = shares
        return cleaned


class NewLineForm(SourcesForm):
    """A measure for the budget, with the boundary its effect counts in and the sources it acts on."""

    measure = forms.ModelChoiceField(
        label=_("Tiltak"),
        queryset=Measure.objects.none(),
        empty_label=_("Velg tiltak"),
        help_text=_("Tiltak fra strategien som ikke allerede står i budsjettet eller i referansebanen."),
        error_messages={"invalid_choice": _("Velg et av tiltakene i listen.")},
    )
    scope = forms.ChoiceField(
        label=_("Hvor effekten kommer"),
        choices=[(scope.value, SCOPE_LABELS[scope]) for scope in Scope],
        widget=forms.RadioSelect,
        help_text=_("Effekt utenfor budsjettets systemgrense vises for seg, og regnes ikke med."),
    )
    assumptions = LongTextField(label=_("Metode og forutsetninger"), required=False, rows=4)
    already_counted = NorskTallField(
        label=_("Allerede med i regnskapet, tonn CO₂e"),
        help_text=_("Det av effekten som vises i siste regnskapsår. Skriv 0 når ingenting er det."),
        min_value=0,
        max_digits=20,
        decimal_places=6,
    )
    not_quantified_reason = forms.CharField(
        label=_("Hvorfor tiltaket ikke er tallfestet"),
        help_text=_("Bare for tiltak uten tall i tonn."),
        max_length=300,
        required=False,
    )

    def __init__(
        self, *args: Any, measures: Any, sources: Iterable[Source], scope: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, sources=sources, stored={}, version=0, **kwargs)
        del self.fields["version"]
        choice = self.fields["measure"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = measures
        self.fields["scope"].initial = scope


class RangesForm(TableForm):
    """Low and high estimate of each year's effect."""

    caption = _("Lavt og høyt anslag, tonn CO₂e")

    def __init__(self, *args: Any, effects: Sequence[Effect], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.effects = effects
        self.columns = (_("År"), _("Lavt"), _("Effekt"), _("Høyt"))
        words = {"low": _("Lavt anslag {year}, tonn"), "high": _("Høyt anslag {year}, tonn")}
        for effect in effects:
            for name, label in words.items():
                stored = getattr(effect, name)
                self.fields[f"{name}-{effect.year}"] = FigureField(
                    label=str(label).format(year=effect.year),
                    required=False,
                    min_value=0,
                    max_digits=20,
                    decimal_places=6,
                    initial=None if stored is None else stored.normalize() + 0,
                )
            self.fields[f"version-{effect.year}"] = HeltallField(
                widget=forms.HiddenInput, min_value=0, initial=effect.range_version
            )

    def rows(self) -> list[TableRow]:
        return [
            TableRow(str(one.year), [self[f"low-{one.year}"], one.tonnes, self[f"high-{one.year}"]])
            for one in self.effects
        ]

    @property
    def changes(self) -> list[RangeChange]:
        data = self.cleaned_data
        return [
            RangeChange(
                one.year, data[f"low-{one.year}"], data[f"high-{one.year}"], data[f"version-{one.year}"]
            )
            for one in self.effects
        ]


class CostsForm(TableForm):
    """Merkostnad per year and kind."""

    caption = _("Kostnader per år, kroner")

    def __init__(
        self, *args: Any, years: Sequence[int], costs: Mapping[tuple[int, str], Cost], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years = tuple(years)
        self.columns = (_("År"), *(str(label).capitalize() for label in COST_KIND_LABELS.values()))
        for year in self.years:
            for kind in CostKind:
                cost = costs.get((year, kind))
                self.fields[f"{kind}-{year}"] = FigureField(
                    label=f"{str(COST_KIND_LABELS[kind]).capitalize()} {year}, kroner",
                    required=False,
                    min_value=0,
                    max_digits=16,
                    decimal_places=2,
                    initial=cost.nok.normalize() + 0 if cost else None,
                )
                self.fields[f"version-{kind}-{year}"] = HeltallField(
                    widget=forms.HiddenInput, min_value=0, initial=cost.version if cost else 0
                )

    def rows(self) -> list[TableRow]:
        return [
            TableRow(str(year), self.cells(*(f"{kind}-{year}" for kind in CostKind))) for year in self.years
        ]

    @property
    def changes(self) -> list[CostChange]:
        data = self.cleaned_data
        return [
            CostChange(year, kind, data[f"{kind}-{year}"], data[f"version-{kind}-{year}"])
            for year in self.years
            for kind in CostKind
        ]


class FundingForm(PortalForm):
    """Money from outside, and when it has to be reported."""

    scheme = forms.CharField(
        label=_("Ordning"), help_text=_("For eksempel Klimasats 2027 eller Enova."), max_length=80
    )
    applied_nok = NorskTallField(
        label=_("Søkt, kroner"), min_value=0, max_digits=16, decimal_places=2, required=False
    )
    granted_nok = NorskTallField(
        label=_("Gitt, kroner"),
        help_text=_("Tomt betyr at det ikke er avgjort. Skriv 0 ved avslag."),
        min_value=0,
        max_digits=16,
        decimal_places=2,
        required=False,
    )
    deadline = NorskDatoField(label=_("Søknadsfrist"), required=False)
    report_due = NorskDatoField(label=_("Rapporteringsfrist"), required=False)


class VersionedFundingForm(FundingForm):
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

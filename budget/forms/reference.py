"""Forms of the reference path: one source, and a policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.actions.reference import PathYear
from budget.enums import ReferenceRule
from budget.forms.creating import TrendYearsField
from budget.forms.tables import FigureField, TableForm, TableRow
from budget.models import REFERENCE_RULE_LABELS
from strategy.enums import Level
from strategy.models import LEVEL_LABELS, Measure
from web.forms import (
    HeltallField,
    LongTextField,
    PortalForm,
)

COMPUTED = (ReferenceRule.FLAT, ReferenceRule.TREND)


class ReferenceSourceForm(TableForm):
    """The path of one source: by a rule, or typed year by year."""

    caption = _("Referansebanen år for år, tonn CO₂e")
    columns = (_("År"), _("Tonn"), _("Lavt anslag"), _("Høyt anslag"))
    rule = forms.ChoiceField(
        label=_("Regel"),
        choices=[(rule.value, REFERENCE_RULE_LABELS[rule]) for rule in ReferenceRule],
        widget=forms.RadioSelect,
        help_text=_("De to første regner ut årene, og tallene i tabellen blir skrevet over."),
    )
    trend_years = TrendYearsField()
    note = LongTextField(
        label=_("Begrunnelse"), help_text=_("Hva banen bygger på, og hva som er regnet med."), required=False
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, path: Mapping[int, PathYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = tuple(path)
        words = {
            "tonnes": _("Referansebane {year}, tonn"),
            "low": _("Lavt anslag {year}, tonn"),
            "high": _("Høyt anslag {year}, tonn"),
        }
        for year, figures in path.items():
            for name, label in words.items():
                stored = getattr(figures, name)
                self.fields[f"{name}-{year}"] = FigureField(
                    label=str(label).format(year=year),
                    required=False,
                    min_value=0,
                    max_digits=20,
                    decimal_places=6,
                    initial=None if stored is None else stored.normalize() + 0,
                )

    def rows(self) -> list[TableRow]:
        names = ("tonnes", "low", "high")
        return [TableRow(str(year), self.cells(*(f"{name}-{year}" for name in names))) for year in self.years]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("rule") not in COMPUTED:
            for year in self.years:
                name = f"tonnes-{year}"
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Skriv tonn, eller 0."))
        if cleaned.get("rule") != ReferenceRule.TREND:
            cleaned["trend_years"] = None
        return cleaned

    @property
    def path(self) -> dict[int, PathYear]:
        """The figures of the table; for a rule that computes them, nothing."""
        data = self.cleaned_data
        if data["rule"] in COMPUTED:
            return {}
        return {
            year: PathYear(data[f"tonnes-{year}"], data[f"low-{year}"], data[f"high-{year}"])
            for year in self.years
        }


class PolicyForm(PortalForm):
    """A national or regional policy the reference path already holds."""

    measure = forms.ModelChoiceField(
        label=_("Tiltak i strategien"),
        queryset=Measure.objects.none(),
        empty_label=_("Ingen: skriv navnet under"),
        required=False,
        help_text=_("Statlige og regionale tiltak som ikke er tiltak i budsjettet."),
    )
    title = forms.CharField(
        label=_("Hva det heter"), max_length=200, required=False, help_text=_("Når det ikke står i listen.")
    )
    level = forms.ChoiceField(
        label=_("Nivå"),
        choices=[(level.value, LEVEL_LABELS[level]) for level in (Level.NATIONAL, Level.REGIONAL)],
        initial=Level.NATIONAL,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["measure"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = measures

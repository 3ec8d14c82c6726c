"""Forms that put a draft on another edition or target."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.enums import ReferenceRule
from budget.forms.creating import AlreadyCountedForm, EditionChoice, TargetChoice, TrendYearsField
from budget.models import REFERENCE_RULE_LABELS, ClimateBudget
from budget.queries.basis import NewBasis
from emissions.models import Edition
from strategy.models import Target
from web.forms import (
    HeltallField,
    PortalForm,
)

KEEP = "behold"


class BasisForm(PortalForm):
    """The target and edition to stand on, and how the reference path is to reach its years.

    Sent by GET, with Norwegian names in the address.
    """

    NAMES = {"target": "mal", "edition": "utgave", "rule": "regel", "trend_years": "trendar"}

    target = TargetChoice(label=_("Mål"), queryset=Target.objects.none(), empty_label=None)
    edition = EditionChoice(
        label=_("Utgave av klimaregnskapet"), queryset=Edition.objects.none(), empty_label=None
    )
    rule = forms.ChoiceField(
        label=_("Referansebanen"),
        choices=[
            (KEEP, _("Behold den som den er")),
            *(
                (rule.value, REFERENCE_RULE_LABELS[rule])
                for rule in (ReferenceRule.FLAT, ReferenceRule.TREND)
            ),
        ],
        widget=forms.RadioSelect,
        help_text=_("Kan beholdes når den har tall for alle kilder og år budsjettet får."),
    )
    trend_years = TrendYearsField()

    def __init__(self, *args: Any, budget: ClimateBudget, targets: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget = budget
        for name, queryset in (("target", targets), ("edition", editions)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        target, edition = data.get("target"), data.get("edition")
        if target and edition and (target.pk, edition.pk) == (self.budget.target_id, self.budget.edition_id):
            self.add_error(
                None, gettext("Budsjettet bygger allerede på dette. Velg en annen utgave eller et annet mål.")
            )
        is_trend = data.get("rule") == ReferenceRule.TREND
        if is_trend and not data.get("trend_years") and "trend_years" not in self.errors:
            self.add_error("trend_years", _("Skriv hvor mange år trenden bygger på."))
        return data

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)

    @property
    def basis(self) -> NewBasis:
        """What is asked for, once the form is valid."""
        data = self.cleaned_data
        rule = None if data["rule"] == KEEP else ReferenceRule(data["rule"])
        trend_years = data["trend_years"] if rule == ReferenceRule.TREND else None
        return NewBasis(data["target"], data["edition"], rule, trend_years)


class ConfirmBasisForm(AlreadyCountedForm):
    """Yes, with the answer for every line that is asked about. Nothing is filled in beforehand."""

    version = HeltallField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def suggested(self, is_effect: bool) -> str:
        return gettext("Forslag: effekten i {year}") if is_effect else gettext("Nå")

"""Forms of the steps a budget goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.actions.transitions import CASE_NUMBER_LENGTH
from budget.forms.decisions import decision_choices
from strategy.enums import DecisionBody
from strategy.queries.decisions import choosable_decisions
from web.forms import HeltallField, LongTextField, NorskDatoField, PortalForm
from web.names import naming

ANOTHER = "ny"


class StepForm(PortalForm):
    """`version`: of the budget, as it was when the step was asked about."""

    version = HeltallField(widget=forms.HiddenInput, min_value=0)


class CommentForm(StepForm):
    """Words to those who take over."""

    comment = LongTextField(label=_("Kommentar"), max_length=1000, required=False)


class DecisionForm(PortalForm):
    """The council's decision, and which entry of the register it is when it stands there already."""

    adopted_on = NorskDatoField(
        label=_("Vedtaksdato"), help_text=naming(_("Dagen {council} vedtok budsjettet."))
    )
    case_number = forms.CharField(
        label=_("Saksnummer"), max_length=CASE_NUMBER_LENGTH, help_text=_("For eksempel 25/101.")
    )
    decision = forms.ChoiceField(
        label=_("Vedtaket i vedtaksregisteret"),
        required=False,
        help_text=_("Velg det her hvis det allerede er ført inn. Ellers fører vi det inn."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {str(one.pk): one for one in choosable_decisions(DecisionBody.COUNCIL)}
        if not self.decisions:
            del self.fields["decision"]
            return
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Ikke ført inn ennå")),
            (ANOTHER, gettext("Ikke ført inn, men saken har andre vedtak i registeret")),
            *decision_choices(self.decisions.values()),
        ]

    def clean(self) -> dict[str, Any]:
        """What the action takes: the decision itself, and whether the case has others."""
        data = super().clean() or self.cleaned_data
        chosen = data.get("decision", "")
        return data | {"decision": self.decisions.get(chosen), "another_in_case": chosen == ANOTHER}


class AdoptionForm(DecisionForm, StepForm):
    """The decision about a budget that is proposed."""

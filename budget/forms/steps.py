"""Forms of the steps a budget goes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.actions.transitions import CASE_NUMBER_LENGTH
from climate_portal.web.forms import LongTextField, NorskDatoField, PortalForm


class CommentForm(PortalForm):
    """Words to those who take over."""

    comment = LongTextField(label=_("Kommentar"), max_length=1000, required=False)


class AdoptionForm(PortalForm):
    adopted_on = NorskDatoField(label=_("Vedtaksdato"), help_text=_("Dagen kommunestyret vedtok budsjettet."))
    case_number = forms.CharField(
        label=_("Saksnummer"), max_length=CASE_NUMBER_LENGTH, help_text=_("For eksempel 25/101.")
    )

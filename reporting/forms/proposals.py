"""The forms of a proposal: the unit's own words, and Klima's answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.actions.proposals import ProposalText
from reporting.enums import ProposalKind
from reporting.models import MeasureProposal, MeasureStatus
from strategy.enums import MeasureState
from strategy.models import MEASURE_KIND_LABELS, MEASURE_STATE_LABELS, Measure
from strategy.rules import next_states
from web.forms import (
    HeltallField,
    LongTextField,
    PortalForm,
)

ACCEPT, DECLINE = "inn", "ut"
# Where a measure that has ended may go; the strategy says which of them it can reach.
_ENDED = (MeasureState.DONE, MeasureState.POSTPONED, MeasureState.DISCONTINUED)


class ProposalForm(PortalForm):
    """A new measure has a title, one that has ended is chosen among the report's own."""

    title = forms.CharField(
        label=gettext_lazy("Hva er tiltaket?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv hva tiltaket er.")},
    )
    measure = forms.TypedChoiceField(
        label=gettext_lazy("Hvilket tiltak er avsluttet?"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Velg et av tiltakene i rapporten."),
            "invalid_choice": gettext_lazy("Velg et av tiltakene i rapporten."),
        },
    )
    reason = LongTextField(
        max_length=1000, rows=4, error_messages={"required": gettext_lazy("Skriv hvorfor.")}
    )
    version = HeltallField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, kind: ProposalKind, statuses: Iterable[MeasureStatus], data: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        self.measures: dict[int, Measure] = {one.measure_id: one.measure for one in statuses}
        if kind == ProposalKind.NEW:
            del self.fields["measure"]
            self.fields["reason"].label = _("Hva vil det gi, og hvorfor bør det tas inn?")
        else:
            del self.fields["title"]
            choices: Any = [(pk, str(measure)) for pk, measure in self.measures.items()]
            self.fields["measure"].choices = [("", _("Velg tiltak")), *choices]  # type: ignore[attr-defined]
            self.fields["reason"].label = _("Hvorfor er det avsluttet?")

    def text(self) -> ProposalText:
        """The valid form as a proposal."""
        given = self.cleaned_data
        return ProposalText(
            kind=self.kind,
            title=given.get("title", ""),
            measure=self.measures.get(given.get("measure", 0)),
            reason=given["reason"],
        )


class ProposalAnswerForm(PortalForm):
    """Klima takes a proposal in, and says as what; or does not, and says why."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Hva svarer du?"),
        choices=[(ACCEPT, gettext_lazy("Ta inn")), (DECLINE, gettext_lazy("Ikke ta inn"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg om forslaget tas inn.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Tiltakets nummer"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"size": 12}),
    )
    title = forms.CharField(label=gettext_lazy("Tittel"), max_length=250, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[(code.value, label) for code, label in MEASURE_KIND_LABELS.items()],
        required=False,
    )
    state = forms.ChoiceField(label=gettext_lazy("Flytt tiltaket til"), required=False)
    answer = LongTextField(
        label=gettext_lazy("Svar til virksomheten"),
        help_text=gettext_lazy("Må skrives når forslaget ikke tas inn."),
        required=False,
        max_length=1000,
        rows=3,
    )
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(self, proposal: MeasureProposal, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.is_new = proposal.kind == ProposalKind.NEW
        if self.is_new:
            del self.fields["state"]
            return
        for name in ("code", "title", "kind"):
            del self.fields[name]
        assert proposal.measure is not None
        allowed = [one for one in next_states(proposal.measure.state) if one in _ENDED]
        words = _("La det stå som «{state}»").format(state=proposal.measure.get_state_display())
        choices: Any = [(one.value, MEASURE_STATE_LABELS[one]) for one in allowed]
        self.fields["state"].choices = [*choices, ("", words)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        accepted = given.get("verdict") == ACCEPT
        if given.get("verdict") == DECLINE and not given.get("answer"):
            self.add_error("answer", _("Skriv hvorfor forslaget ikke tas inn."))
        if accepted and self.is_new:
            for name, sentence in (
                ("code", _("Skriv nummeret tiltaket skal ha.")),
                ("title", _("Skriv tittelen tiltaket skal ha.")),
                ("kind", _("Velg type.")),
            ):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, sentence)
        return given

    @property
    def accepts(self) -> bool:
        return bool(self.cleaned_data["verdict"] == ACCEPT)

    def new_state(self) -> MeasureState | None:
        chosen = self.cleaned_data["state"]
        return MeasureState(chosen) if chosen else None

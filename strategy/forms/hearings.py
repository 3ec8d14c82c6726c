"""Forms of hearing rounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from organisation.queries.units import responsible_choices, unanswered_for
from strategy.enums import Disposition, Verdict
from strategy.forms.strategies import Checkboxes
from strategy.models import DISPOSITION_LABELS, VERDICT_LABELS, HearingSection
from web.formats import OSLO
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)


class UnitsField(forms.ModelMultipleChoiceField):
    default_error_messages = {
        "invalid_choice": _("En av virksomhetene er nedlagt eller finnes ikke lenger. Velg på nytt."),
        "invalid_pk_value": _("En av virksomhetene finnes ikke. Velg på nytt."),
    }


class AskedField(UnitsField):
    """Says of a unit, before it is asked, that nobody will see the question."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unmanned: frozenset[int] = frozenset()

    def label_from_instance(self, obj: Any) -> str:
        if obj.pk not in self.unmanned:
            return str(obj)
        return gettext("{unit} – har verken leder eller kontakt, så ingen får spørsmålet").format(unit=obj)


class SendForm(PortalForm):
    """A hearing: who is asked, and until when."""

    title = forms.CharField(label=_("Tittel"), max_length=200)
    last_day = NorskDatoField(
        label=_("Svarfrist"), help_text=_("Siste dag det kan svares. Fristen er ved midnatt.")
    )
    introduction = LongTextField(
        label=_("Til dem som svarer"),
        max_length=2000,
        required=False,
        help_text=_("Hva dere særlig vil ha svar på."),
    )
    units = AskedField(
        queryset=Unit.objects.none(),
        label=_("Virksomheter og foretak som skal svare"),
        widget=Checkboxes,
        error_messages={"required": _("Velg minst én virksomhet eller ett foretak.")},
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["units"]
        assert isinstance(units, AskedField)
        units.unmanned = frozenset(unanswered_for().order_by().values_list("pk", flat=True))
        units.queryset = responsible_choices()

    def deadline(self) -> datetime:
        """The last second of the last day, in Oslo."""
        return datetime.combine(self.cleaned_data["last_day"], time(23, 59, 59), tzinfo=OSLO)


class AnswerForm(PortalForm):
    """A unit's answer: a verdict, and a text per section."""

    verdict = forms.ChoiceField(
        label=_("Har dere merknader?"),
        choices=[(one.value, VERDICT_LABELS[one]) for one in Verdict],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om dere har merknader eller ikke.")},
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, sections: Iterable[HearingSection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = list(sections)
        for section in self.sections:
            self.fields[f"section-{section.pk}"] = LongTextField(
                label=section.title, max_length=4000, required=False, help_text=section.text
            )

    def remarks(self) -> dict[int, str]:
        """Text per section id."""
        return {section.pk: self.cleaned_data[f"section-{section.pk}"] for section in self.sections}


class DisposeForm(PortalForm):
    needed_at_times = frozenset({"reason"})

    disposition = forms.ChoiceField(
        label=_("Hva gjør vi med merknaden?"),
        choices=[(one.value, capfirst(str(DISPOSITION_LABELS[one]))) for one in Disposition],
        widget=forms.RadioSelect,
    )
    reason = LongTextField(
        label=_("Begrunnelse"),
        max_length=2000,
        required=False,
        help_text=_("Må fylles ut når merknaden ikke er tatt inn. Virksomheten og alle andre kan lese den."),
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)


class CloseForm(PortalForm):
    """Nothing to fill in: the round as it stood when the question was asked."""

    version = HeltallField(widget=forms.HiddenInput, min_value=0)


class PublishForm(PortalForm):
    summary = LongTextField(
        label=_("Oppsummering"),
        max_length=4000,
        rows=6,
        help_text=_("Det viktigste fra høringen, for alle som bruker portalen."),
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

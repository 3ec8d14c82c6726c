"""Forms about measures."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from emissions.models import Source
from organisation.models import Unit
from organisation.queries import responsible_choices
from strategy import rules
from strategy.actions.measures import MeasureHead
from strategy.models import (
    CO_BENEFIT_LABELS,
    EXTERNAL_KIND_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
    Measure,
    Responsibility,
)
from strategy.models.labels import choices
from strategy.queries.measure_table import MeasureRecord, source_name
from web.formats import format_date
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)
from web.sorting import NorskSort

FIRST_YEAR, LAST_YEAR = 2000, 2100


class ResponsibleForm(PortalForm):
    """Which unit answers for a measure, and from which day. `now` is who does today."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Ansvarlig virksomhet eller foretak"),
        help_text=_("Vedtatte klimabudsjetter beholder virksomheten de ble vedtatt med."),
        empty_label=_("Velg virksomhet"),
        error_messages={
            "required": _("Velg hvem som skal være ansvarlig."),
            "invalid_choice": _("Virksomheten finnes ikke lenger. Velg en annen."),
        },
    )
    valid_from = NorskDatoField(
        label=_("Gjelder fra"),
        help_text=_("Den første dagen virksomheten svarer for tiltaket. Kan også være fram i tid."),
    )
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: Responsibility | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["unit"].queryset = responsible_choices()  # type: ignore[attr-defined]

    def clean_valid_from(self) -> date:
        """A day within reason, and never one that would erase who has answered until now."""
        day: date = self.cleaned_data["valid_from"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Velg en dato mellom %(first)s og %(last)s."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        if self.now and day < self.now.valid_from:
            raise ValidationError(
                _("%(unit)s tok over %(day)s. Velg den datoen eller en senere."),
                params={"unit": self.now.unit.name, "day": format_date(self.now.valid_from)},
            )
        return day


class YearField(HeltallField):
    """A year, typed as text: number inputs hide errors."""

    widget = forms.TextInput(attrs={"size": 6, "inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)
        sentence = _("Skriv et årstall mellom %(first)s og %(last)s.")
        words = {"first": FIRST_YEAR, "last": LAST_YEAR}
        for validator in self.validators:
            validator.message = sentence % words  # type: ignore[attr-defined]
        self.error_messages["invalid"] = sentence % words

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class SourceChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return source_name(obj)


class MeasureForm(PortalForm):
    """What a measure is. `measure` is the one edited, None for a new one, which also gets unit and state."""

    code = forms.CharField(
        label=_("Nummer"),
        max_length=20,
        help_text=_("Står i adressen og i klimabudsjettet, for eksempel T7. Uten mellomrom."),
        widget=forms.TextInput(attrs={"size": 12}),
    )
    title = forms.CharField(label=_("Tittel"), max_length=250)
    kind = forms.ChoiceField(
        label=_("Type"),
        choices=choices(MEASURE_KIND_LABELS),
        help_text=_("Tiltak kutter utslipp selv. Virkemidler får andre til å kutte."),
    )
    level = forms.ChoiceField(label=_("Nivå"), choices=choices(LEVEL_LABELS))
    state = forms.ChoiceField(label=_("Tilstand"), choices=choices(MEASURE_STATE_LABELS))
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        required=False,
        label=_("Ansvarlig virksomhet eller foretak"),
        empty_label=_("Ingen ennå"),
        error_messages={"invalid_choice": _("Virksomheten finnes ikke lenger. Velg en annen.")},
    )
    description = LongTextField(label=_("Beskrivelse"), max_length=4000, rows=5, required=False)
    start_year = YearField(label=_("Fra år"), required=False)
    end_year = YearField(label=_("Til år"), required=False)
    decision_reference = forms.CharField(
        label=_("Vedtak"),
        max_length=200,
        required=False,
        help_text=_("Hvem som vedtok tiltaket, og i hvilken sak."),
    )
    external_actor = forms.CharField(
        label=_("Ekstern aktør"),
        max_length=160,
        required=False,
        help_text=_("Når andre gjennomfører, og virksomheten følger opp."),
    )
    external_kind = forms.ChoiceField(
        label=_("Slags aktør"),
        choices=[("", _("Ikke valgt")), *choices(EXTERNAL_KIND_LABELS)],
        required=False,
    )
    needs = forms.CharField(
        label=_("Avhenger av"),
        required=False,
        max_length=400,
        help_text=_("Numrene til tiltak som må gjennomføres først, med komma mellom."),
    )
    co_benefits = forms.MultipleChoiceField(
        label=_("Tilleggsgevinster"),
        choices=choices(CO_BENEFIT_LABELS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    co_benefits_note = forms.CharField(label=_("Om tilleggsgevinstene"), max_length=400, required=False)
    contributing = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.none(),
        label=_("Virksomheter som bidrar"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sources = SourceChoices(
        queryset=Source.objects.none(),
        label=_("Utslippskilder tiltaket virker på"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: MeasureRecord | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = Source.objects.select_related("sector").order_by(  # type: ignore[attr-defined]
            "sector__name", "name"
        )
        units = responsible_choices()
        if record is None:
            del self.fields["version"]
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
            self.fields["contributing"].queryset = units  # type: ignore[attr-defined]
            return
        del self.fields["unit"], self.fields["state"]
        # A unit that has closed since stays ticked until somebody takes it away.
        closed = Unit.objects.filter(pk__in=record.contributing)
        self.fields["contributing"].queryset = (  # type: ignore[attr-defined]
            Unit.objects.filter(Q(pk__in=units.values("pk")) | Q(pk__in=closed.values("pk"))).order_by(
                NorskSort("name")
            )
        )

    def clean_needs(self) -> frozenset[int]:
        """Ids of the measures named."""
        codes = {word for word in re.split(r"[,;\s]+", self.cleaned_data["needs"]) if word}
        found = dict(Measure.objects.filter(code__in=codes).values_list("code", "pk"))
        if unknown := sorted(codes - set(found)):
            raise ValidationError(
                _("Det finnes ikke noe tiltak med nummer %(codes)s. Rett det, eller ta det bort."),
                params={"codes": ", ".join(unknown)},
            )
        return frozenset(found.values())

    def head(self) -> MeasureHead:
        """What the valid form says, as the action takes it."""
        data = self.cleaned_data
        plain = ("code", "title", "kind", "level", "description", "external_actor", "external_kind")
        more = ("start_year", "end_year", "decision_reference", "co_benefits_note", "needs")
        return MeasureHead(
            **{name: data[name] for name in (*plain, *more)},
            co_benefits=tuple(data["co_benefits"]),
            contributing=frozenset(unit.pk for unit in data["contributing"]),
            sources=frozenset(source.pk for source in data["sources"]),
        )


class MoveForm(PortalForm):
    """Where a measure goes from where it stands."""

    needed_at_times = frozenset({"reason"})

    state = forms.ChoiceField(label=_("Ny tilstand"), widget=forms.RadioSelect)
    reason = LongTextField(
        label=_("Begrunnelse"),
        max_length=1000,
        required=False,
        help_text=_("Må fylles ut når tiltaket blir utsatt eller avviklet."),
    )
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (one.value, MEASURE_STATE_LABELS[one]) for one in rules.next_states(state)
        ]

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
from organisation.queries.units import responsible_choices
from strategy import rules
from strategy.actions.measures import MeasureHead, head_with
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
from strategy.words.measure_columns import BY_NAME, COLUMNS, FIRST_YEAR, LAST_YEAR
from web.formats import format_date
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)
from web.register.forms import RegisterForm
from web.sorting import NorskSort


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


class MeasureForm(RegisterForm):
    """What a measure is. `record` is the one edited, None for a new one, which also gets unit and state.

    Written here are those that look otherwise than their column; the rest are made of the columns.
    """

    columns = COLUMNS
    links = {"unit": responsible_choices}
    field_order = (
        *("code", "title", "kind", "level", "state", "unit", "description", "start_year", "end_year"),
        *("decision_reference", "external_actor", "external_kind", "needs", "co_benefits"),
        "co_benefits_note",
    )

    code = forms.CharField(
        label=BY_NAME["code"].header,
        max_length=BY_NAME["code"].longest,
        help_text=BY_NAME["code"].help,
        widget=forms.TextInput(attrs={"size": 12}),
    )
    kind = forms.ChoiceField(
        label=BY_NAME["kind"].header,
        choices=choices(MEASURE_KIND_LABELS),
        help_text=BY_NAME["kind"].help,
    )
    level = forms.ChoiceField(label=BY_NAME["level"].header, choices=choices(LEVEL_LABELS))
    state = forms.ChoiceField(label=BY_NAME["state"].header, choices=choices(MEASURE_STATE_LABELS))
    start_year = YearField(label=BY_NAME["start_year"].header, required=False)
    end_year = YearField(label=BY_NAME["end_year"].header, required=False)
    external_kind = forms.ChoiceField(
        label=BY_NAME["external_kind"].header,
        choices=[("", _("Ikke valgt")), *choices(EXTERNAL_KIND_LABELS)],
        required=False,
    )
    needs = forms.CharField(
        label=BY_NAME["needs"].header,
        required=False,
        max_length=400,
        help_text=BY_NAME["needs"].help,
    )
    co_benefits = forms.MultipleChoiceField(
        label=BY_NAME["co_benefits"].header,
        choices=choices(CO_BENEFIT_LABELS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contributing = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.none(),
        label=BY_NAME["contributing"].label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sources = SourceChoices(
        queryset=Source.objects.none(),
        label=BY_NAME["sources"].label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, record: MeasureRecord | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = Source.objects.select_related("sector").order_by(  # type: ignore[attr-defined]
            "sector__name", "name"
        )
        units = responsible_choices()
        if record is None:
            del self.fields["version"]
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

    @classmethod
    def initial_of(cls, row: MeasureRecord) -> dict[str, Any]:  # type: ignore[override]
        """What a stored measure says, by field; who answers for it and its state are changed elsewhere."""
        needs = Measure.objects.filter(pk__in=row.needs).order_by("code_key").values_list("code", flat=True)
        linked = {
            "contributing": row.contributing,
            "sources": row.sources,
            "needs": ", ".join(needs),
        }
        said = super().initial_of(row.measure) | linked
        return {name: value for name, value in said.items() if name != "state"}

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
        said = self.values()
        return head_with(
            {
                **said,
                "co_benefits": tuple(said["co_benefits"]),
                "contributing": frozenset(unit.pk for unit in said["contributing"]),
                "sources": frozenset(source.pk for source in said["sources"]),
            }
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

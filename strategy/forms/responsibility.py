"""Moving measures from one unit to another: who, to whom, from when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organisation.models import Unit
from organisation.queries.units import responsible_choices
from strategy.models import Measure
from strategy.queries.measure_list import answering_units
from strategy.queries.responsibility import MovableMeasure
from web.formats import whole_number
from web.forms import NorskDatoField, PortalForm


class ReassignForm(PortalForm):
    from_unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Fra virksomhet"),
        empty_label=_("Velg virksomhet"),
        help_text=_("Også en virksomhet som skal legges ned. Bare de som har tiltak, står her."),
    )
    to_unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Til virksomhet"), empty_label=_("Velg virksomhet")
    )
    since = NorskDatoField(
        label=_("Gjelder fra"), help_text=_("Den første dagen den nye virksomheten svarer for tiltakene.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_unit"].queryset = answering_units()  # type: ignore[attr-defined]
        self.fields["to_unit"].queryset = responsible_choices()  # type: ignore[attr-defined]


class TickedField(forms.MultipleChoiceField):
    """Measures as they were seen, «id-version»: what stands now is not what was ticked."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return _seen(value) is not None


class MoveMeasuresForm(PortalForm):
    """Which of the measures are moved; all of them until somebody unticks one."""

    tiltak = TickedField(
        label=_("Tiltak som flyttes"),
        error_messages={"required": _("Kryss av for minst ett tiltak.")},
    )

    def __init__(self, data: Any, *, rows: Sequence[MovableMeasure]) -> None:
        super().__init__(data, initial={"tiltak": [seen_as(row.measure) for row in rows]})
        self.rows = rows

    @property
    def ticked(self) -> dict[int, int]:
        """Measure → version as it was seen."""
        return dict(one for value in self["tiltak"].value() or () if (one := _seen(str(value))))

    @property
    def changed_sentence(self) -> str:
        """What others have changed since it was ticked, or moved to another unit."""
        now = {row.measure.pk: row.measure.version for row in self.rows}
        changed = [pk for pk, version in self.ticked.items() if now.get(pk) != version]
        codes = list(
            Measure.objects.filter(pk__in=changed).order_by("code_key").values_list("code", flat=True)
        )
        sentence = ngettext(
            "%(count)s tiltak er endret av andre siden forhåndsvisningen: %(codes)s. Ingenting er flyttet. "
            "Se over listen slik den er nå, og bekreft igjen.",
            "%(count)s tiltak er endret av andre siden forhåndsvisningen: %(codes)s. Ingenting er flyttet. "
            "Se over listen slik den er nå, og bekreft igjen.",
            len(codes),
        )
        return sentence % {"count": len(codes), "codes": ", ".join(codes)}


def seen_as(measure: Measure) -> str:
    return f"{measure.pk}-{measure.version}"


def _seen(value: str) -> tuple[int, int] | None:
    pk, version = (whole_number(part, -1) for part in value.partition("-")[::2])
    return (pk, version) if min(pk, version) >= 0 else None

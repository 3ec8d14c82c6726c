"""Forms for climate budgets that were adopted before the portal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.actions.record_adopted import FILE_NAME_LENGTH, AdoptedFile
from budget.forms.creating import HeadForm
from budget.forms.transitions import DecisionForm, StepForm
from web.formats import parse_norsk_tall
from web.forms import REQUIRED, LongTextField
from web.sheets.words import megabytes

WITHOUT_MEASURES, MEASURES_FIRST = "uten", "tiltak"
_YEAR_AND_TONNES = re.compile(r"([0-9]{4})(?:\s*[:;=]\s*|\s+)(.+)")


class AdoptedForm(DecisionForm):
    """The decision, the ceilings in tonnes where they were adopted so, and the document."""

    ceilings = LongTextField(
        label=_("Utslippsrammer i vedtaket"),
        required=False,
        rows=4,
        max_length=2000,
        help_text=_(
            "Ett år på hver linje: året, så tonn CO₂e, for eksempel «2026: 210\u00a0000». "
            "År du ikke skriver, følger målet."
        ),
    )
    document = forms.FileField(
        label=_("Vedtaket som PDF"),
        required=False,
        max_length=FILE_NAME_LENGTH,
        help_text=_("Høyst 5 MB. Alle som leser budsjettet, kan laste det ned."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_ceilings(self) -> dict[int, Decimal]:
        """Tonnes per year; empty where nothing is written."""
        found: dict[int, Decimal] = {}
        for number, line in enumerate(self.cleaned_data["ceilings"].splitlines(), start=1):
            if not line.strip():
                continue
            year, tonnes = _read(line.strip(), number)
            if year in found:
                raise ValidationError(gettext("{year} står to ganger.").format(year=year))
            found[year] = tonnes
        return found

    def clean_document(self) -> AdoptedFile | None:
        """The whole file; whether it is a PDF is for the action to say. One too large is not read."""
        file: UploadedFile | None = self.cleaned_data.get("document")
        if not file:
            return None
        most: int = settings.REGISTER_UPLOAD_MAX_BYTES
        if file.size and file.size > most:
            text = gettext("Filen er på {size}. Den kan være høyst {limit}. Lagre den som en mindre PDF.")
            raise ValidationError(text.format(size=megabytes(file.size), limit=megabytes(most)))
        return AdoptedFile(file.name or "", file.read())


def _read(line: str, number: int) -> tuple[int, Decimal]:
    """The year and the tonnes of one line. Raises ValidationError."""
    found = _YEAR_AND_TONNES.fullmatch(line)
    try:
        if found:
            return int(found[1]), parse_norsk_tall(found[2])
    except ValueError:
        pass
    text = gettext("Linje {number}: skriv året og så rammen i tonn, for eksempel «2026: 210\u00a0000».")
    raise ValidationError(text.format(number=number))


class RecordDraftForm(AdoptedForm, StepForm):
    """A draft that is filled in, and was adopted before the portal."""


class RecordForm(AdoptedForm, HeadForm):
    """A whole budget with its reference path and ceilings, or the head of one whose measures come first."""

    field_order = (
        *("year", "target", "edition", "reference_rule", "trend_years", "measures"),
        *("adopted_on", "case_number", "decision", "ceilings", "document"),
    )
    needed_at_times: ClassVar[frozenset[str]] = frozenset({"adopted_on", "case_number"})

    measures = forms.ChoiceField(
        label=_("Tiltakene i budsjettet"),
        choices=[
            (WITHOUT_MEASURES, _("Uten tiltak: bare referansebane og utslippsrammer")),
            (MEASURES_FIRST, _("Legg inn tiltakene først")),
        ],
        initial=WITHOUT_MEASURES,
        widget=forms.RadioSelect,
        help_text=_(
            "Legger du inn tiltakene først, lager vi et utkast. Resten av skjemaet fyller du ut når "
            "tiltakene er på plass."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.needed_at_times:
            self.fields[name].required = False
        self.fields["reference_rule"].help_text = _(
            "Banen utslippene ville fulgt uten tiltak, regnet fra de årene utgaven hadde før budsjettåret."
        )

    def clean(self) -> dict[str, Any]:
        """What belongs to the end is not asked of, nor taken from, whoever begins with the measures."""
        data = super().clean()
        if data.get("measures") == MEASURES_FIRST:
            for name in ("adopted_on", "case_number", "ceilings", "document"):
                if data.get(name):
                    text = _(
                        "Dette fører du inn når tiltakene er på plass. Tøm feltet, eller velg uten tiltak."
                    )
                    self.add_error(name, text)
            return data
        for name in self.needed_at_times:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, REQUIRED)
        return data

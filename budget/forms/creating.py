"""Forms that make a budget: from nothing, or from last year's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.calculations.reference import LEAST_TREND_YEARS
from budget.enums import ReferenceRule
from budget.forms.tables import FigureField, TableForm, TableRow
from budget.models import REFERENCE_RULE_LABELS, ClimateBudget
from budget.queries.copying import LineToAsk
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, Edition
from strategy.enums import StrategyState
from strategy.models import STRATEGY_STATE_LABELS, Target
from web.formats import format_date, format_percent
from web.forms import (
    HeltallField,
    PortalForm,
)

RULES = (ReferenceRule.FLAT, ReferenceRule.TREND)
# What «Bruk forslagene» is called in what it sends.
SUGGESTIONS = "forslag"


class TargetChoice(forms.ModelChoiceField):
    """Told apart by strategy and promise: two strategies may have a target by the same name."""

    def label_from_instance(self, obj: Target) -> str:
        scope = str(SCOPE_LABELS[Scope(obj.scope)]).lower()
        strategy = obj.strategy
        if strategy.state != StrategyState.ADOPTED:
            text = gettext("{strategy}, {state}")
            state = str(STRATEGY_STATE_LABELS[StrategyState(strategy.state)]).lower()
            named = text.format(strategy=strategy.title, state=state)
        else:
            named = strategy.title
        if obj.percent is None or obj.base_year is None:
            return f"{obj.title} – {named} ({scope})"
        text = gettext("{title}: −{percent} i {year} fra {base} – {strategy} ({scope})")
        return text.format(
            title=obj.title,
            percent=format_percent(obj.percent),
            year=obj.target_year,
            base=obj.base_year,
            strategy=named,
            scope=scope,
        )


class EditionChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Edition) -> str:
        text = gettext("{publisher}, publisert {day} ({scope})")
        scope = str(SCOPE_LABELS[Scope(obj.scope)]).lower()
        return text.format(publisher=obj.publisher, day=format_date(obj.published), scope=scope)


class BudgetChoice(forms.ModelChoiceField):
    """Told apart by scope: two budgets of a year have the same name."""

    def label_from_instance(self, obj: ClimateBudget) -> str:
        scope = str(SCOPE_LABELS[Scope(obj.scope)]).lower()
        return gettext("{budget} ({scope})").format(budget=obj, scope=scope)


class TrendYearsField(HeltallField):
    """How many inventory years a trend is drawn through."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Antall regnskapsår i trenden"),
            help_text=_("Bare for trend. De nyeste årene i utgaven."),
            min_value=LEAST_TREND_YEARS,
            max_value=50,
            required=False,
            widget=forms.TextInput(attrs={"size": 5, "autocomplete": "off"}),
            error_messages={
                "invalid": _("Skriv et helt antall år."),
                "min_value": _("Skriv minst 2 år."),
                "max_value": _("Skriv høyst 50 år."),
            },
            **kwargs,
        )


class HeadForm(PortalForm):
    """Year, target (which gives the scope), edition and rule."""

    year = HeltallField(
        label=_("Budsjettår"),
        help_text=_("Planperioden er de fire årene fra og med dette."),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"size": 6, "autocomplete": "off"}),
        error_messages={
            "invalid": _("Skriv året med fire sifre, for eksempel 2027."),
            "min_value": _("Skriv et år fra 2000 til 2100."),
            "max_value": _("Skriv et år fra 2000 til 2100."),
        },
    )
    target = TargetChoice(
        label=_("Mål"),
        queryset=Target.objects.none(),
        empty_label=_("Velg mål"),
        help_text=_("Målet bestemmer systemgrensen og målåret."),
    )
    edition = EditionChoice(
        label=_("Utgave av klimaregnskapet"),
        queryset=Edition.objects.none(),
        empty_label=_("Velg utgave"),
        help_text=_("Må ha samme systemgrense som målet."),
    )
    reference_rule = forms.ChoiceField(
        label=_("Referansebanen begynner med"),
        choices=[(rule.value, REFERENCE_RULE_LABELS[rule]) for rule in RULES],
        initial=ReferenceRule.FLAT,
        widget=forms.RadioSelect,
        help_text=_("Du kan endre kilde for kilde, eller lese inn en egen bane fra fil etterpå."),
    )
    trend_years = TrendYearsField()

    def __init__(self, *args: Any, targets: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose(target=targets, edition=editions)

    def _choose(self, **rows: Any) -> None:
        """The rows each field chooses among."""
        for name, queryset in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset

    def clean(self) -> dict[str, Any]:
        """What can be said before anybody has gone through the lines; the action asks everything again."""
        data = super().clean() or self.cleaned_data
        year, target, edition = data.get("year"), data.get("target"), data.get("edition")
        if target and edition and target.scope != edition.scope:
            self.add_error("edition", _("Velg en utgave med samme systemgrense som målet."))
        if target and year and ClimateBudget.objects.filter(year=year, scope=target.scope).exists():
            text = gettext("Det finnes allerede et klimabudsjett for {year} med denne systemgrensen.")
            self.add_error("year", text.format(year=year))
        is_trend = data.get("reference_rule") == ReferenceRule.TREND
        if is_trend and not data.get("trend_years") and "trend_years" not in self.errors:
            self.add_error("trend_years", _("Skriv hvor mange år trenden bygger på."))
        return data


class NewBudgetForm(HeadForm):
    """The head, and what to copy from."""

    copy_from = BudgetChoice(
        label=_("Kopier tiltakene fra"),
        queryset=ClimateBudget.objects.none(),
        empty_label=_("Ingen: begynn uten tiltak"),
        required=False,
        help_text=_("Et vedtatt budsjett for et tidligere år. Du ser over hvert tiltak før noe lages."),
    )

    def __init__(self, *args: Any, adopted: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose(copy_from=adopted)

    def clean(self) -> dict[str, Any]:
        """What is copied is earlier, and of the same scope."""
        data = super().clean()
        year, target, source = data.get("year"), data.get("target"), data.get("copy_from")
        if source and target and source.scope != target.scope:
            self.add_error("copy_from", _("Velg et budsjett med samme systemgrense som målet."))
        if source and year and source.year >= year:
            self.add_error("copy_from", _("Velg et budsjett for et tidligere år."))
        return data


class AlreadyCountedForm(TableForm):
    """What of each line's effect an edition already shows. Nothing is filled in beforehand."""

    caption = _("Allerede med i regnskapet, tonn CO₂e")

    def __init__(self, *args: Any, lines: Sequence[LineToAsk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        if any(line.suggestion is not None for line in lines):
            self.suggestions = SUGGESTIONS
        year = lines[0].year if lines else ""
        self.columns = (
            _("Tiltak"),
            self.suggested(bool(lines) and lines[0].is_effect).format(year=year),
            gettext("Allerede med i regnskapet for {year}").format(year=year),
        )
        for line in lines:
            self.fields[f"counted-{line.pk}"] = FigureField(
                label=gettext("Allerede med i regnskapet, {line}, tonn").format(line=line.name),
                min_value=0,
                max_digits=20,
                decimal_places=6,
                error_messages={"required": gettext("Skriv et tall, eller 0.")},
            )

    def suggested(self, is_effect: bool) -> str:
        """What the column of suggestions is called; {year} is the edition's last year."""
        raise NotImplementedError

    def rows(self) -> list[TableRow]:
        return [
            TableRow(line.name, [line.suggestion, self[f"counted-{line.pk}"]], line.unit)
            for line in self.lines
        ]

    def with_suggestions(self) -> QueryDict:
        """What was sent, with the suggestion in each field left empty. Nothing typed is replaced."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        for line in self.lines:
            name = f"counted-{line.pk}"
            if line.suggestion is not None and not str(data.get(name, "")).strip():
                data[name] = self.fields[name].widget.format_value(line.suggestion)
        return data

    @property
    def already_counted(self) -> dict[int, Decimal]:
        return {line.pk: self.cleaned_data[f"counted-{line.pk}"] for line in self.lines}


class CopyForwardForm(AlreadyCountedForm):
    """What the new edition shows of the lines that are copied."""

    def suggested(self, is_effect: bool) -> str:
        if is_effect:
            return gettext("Forslag: effekten i {year} i det vedtatte budsjettet")
        return gettext("Forslag: det samme som i det vedtatte budsjettet")

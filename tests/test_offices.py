"""One setting says what the municipality calls its chief executive."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from budget.models import BUDGET_STATE_LABELS
from web import offices


def test_sentences_follow_the_setting(monkeypatch):
    label = offices.naming_chief(gettext_lazy("Klargjør for {chief}, til {chiefs} bord"))
    assert isinstance(label, Promise)
    assert str(label) == "Klargjør for rådmannen, til rådmannens bord"
    monkeypatch.setattr(offices, "CHIEF_EXECUTIVE", "kommunedirektøren")
    assert str(label) == "Klargjør for kommunedirektøren, til kommunedirektørens bord"
    assert "Foreslått av kommunedirektøren" in [str(label) for label in BUDGET_STATE_LABELS.values()]

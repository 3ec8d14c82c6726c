"""The slots are a closed set, and hold what they say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser

from organisation.models import User
from web import contributions
from web.contributions import (
    SLOTS,
    CalendarEntry,
    Evidence,
    Slot,
    SummarySection,
    Task,
    UnknownSlot,
    collect,
    register,
)

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
NOBODY = User(name="Kontakt Eksempel")


@pytest.fixture(autouse=True)
def no_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions, "_providers", {slot: [] for slot in SLOTS})


def task(title: str) -> Task:
    return Task(title=title, detail="", url="/", button="Åpne")


def test_what_is_registered_is_collected_in_order() -> None:
    def reports(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
        yield task(f"Rapport {now.year}")

    def briefings(user: AbstractBaseUser, now: datetime) -> list[Task]:
        return [task("Les"), task("Fortell")]

    register(contributions.min_side_task, reports)
    register(contributions.min_side_task, briefings)
    found = collect(contributions.min_side_task, NOBODY, NOW)
    assert [item.title for item in found] == ["Rapport 2026", "Les", "Fortell"]


def test_nobody_registered_is_nothing() -> None:
    assert collect(contributions.calendar_entry, NOBODY, date(2026, 1, 1), date(2026, 12, 31)) == []


def test_each_slot_has_its_own_arguments_and_items() -> None:
    register(contributions.calendar_entry, lambda user, start, end: [CalendarEntry(start, "Først")])
    register(contributions.summary_section, lambda period_id: [SummarySection(f"Periode {period_id}")])
    register(contributions.measure_evidence, lambda user, measure_id: [Evidence("Effekt", "420 tonn")])
    start = date(2026, 1, 1)
    assert collect(contributions.calendar_entry, NOBODY, start, start) == [CalendarEntry(start, "Først")]
    assert collect(contributions.summary_section, 7)[0].title == "Periode 7"
    assert collect(contributions.measure_evidence, NOBODY, 3)[0].detail == "420 tonn"
    assert {slot.name for slot in SLOTS} == {
        "min_side_task", "calendar_entry", "summary_section", "measure_evidence", "decision_evidence",
        "mail_objection", "holding", "first_day_step", "retention",
    }  # fmt: skip


@pytest.mark.parametrize(
    "slot", [Slot("min_side_task", Task), Slot("other", Task), "min_side_task", None, []]
)
def test_there_are_no_other_slots(slot: Any) -> None:
    with pytest.raises(UnknownSlot):
        register(slot, lambda: [])
    with pytest.raises(UnknownSlot):
        collect(slot)


def test_a_provider_is_registered_once() -> None:
    def provider(period_id: int) -> list[SummarySection]:
        return []

    register(contributions.summary_section, provider)
    with pytest.raises(ValueError, match="already"):
        register(contributions.summary_section, provider)


def test_a_slot_holds_its_own_kind_only() -> None:
    register(contributions.summary_section, lambda period_id: ["tekst"])  # type: ignore[arg-type, return-value]
    with pytest.raises(TypeError, match="summary_section"):
        collect(contributions.summary_section, 1)

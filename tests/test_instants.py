"""Deadlines on the nights the clock is changed, and how they are written and read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import gettext_lazy as _

from web.formats import OSLO, format_datetime, is_twice
from web.instant_fields import InstantForm
from web.instants import oslo_instant, parse_klokkeslett, twice_sentence

AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2026, 9, 10), time(23, 59), utc(2026, 9, 10, 21, 59)),
        (date(2026, 12, 31), time(23, 59), utc(2026, 12, 31, 22, 59)),
        # The night with 25 hours: the hour from 02.00 comes twice, and the later is meant.
        (AUTUMN, time(1, 59), utc(2026, 10, 24, 23, 59)),
        (AUTUMN, time(2, 0), utc(2026, 10, 25, 1, 0)),
        (AUTUMN, time(2, 30), utc(2026, 10, 25, 1, 30)),
        (AUTUMN, time(2, 59), utc(2026, 10, 25, 1, 59)),
        (AUTUMN, time(3, 0), utc(2026, 10, 25, 2, 0)),
        (AUTUMN, time(23, 59), utc(2026, 10, 25, 22, 59)),
        # The night with 23 hours: the hour from 02.00 is skipped.
        (SPRING, time(1, 59), utc(2027, 3, 28, 0, 59)),
        (SPRING, time(3, 0), utc(2027, 3, 28, 1, 0)),
        (SPRING, time(23, 59), utc(2027, 3, 28, 21, 59)),
    ],
)
def test_a_day_and_a_time_are_one_instant(day: date, at: time, instant: datetime) -> None:
    found = oslo_instant(day, at)
    assert found == instant
    assert found.tzinfo is UTC
    shown = found.astimezone(OSLO)
    assert (shown.date(), shown.time()) == (day, at)


@pytest.mark.parametrize("at", [time(2, 0), time(2, 30), time(2, 59)])
def test_a_time_that_never_comes_is_refused_with_a_sentence(at: time) -> None:
    with pytest.raises(ValueError, match=r"finnes ikke 28\.\smars 2027: den natten stilles klokken fram"):
        oslo_instant(SPRING, at)


@pytest.mark.parametrize("day", [AUTUMN, SPRING])
def test_no_other_minute_of_those_days_is_refused_or_ambiguous(day: date) -> None:
    """Every minute the clock shows is one instant; 60 are shown twice in October, 60 never in March."""
    refused, twice = [], []
    for minute in range(24 * 60):
        at = (datetime.combine(day, time()) + timedelta(minutes=minute)).time()
        try:
            found = oslo_instant(day, at)
        except ValueError:
            refused.append(at)
            continue
        if is_twice(found):
            twice.append(at)
    hour = [time(2, minute) for minute in range(60)]
    assert (refused, twice) == (([], hour) if day == AUTUMN else (hour, []))


def test_what_comes_twice_says_which_is_meant() -> None:
    first, later = utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)
    assert plain(format_datetime(first)) == "25. oktober 2026 kl. 02.30 (sommertid)"
    assert plain(format_datetime(later)) == "25. oktober 2026 kl. 02.30 (vintertid)"
    assert plain(format_datetime(utc(2026, 10, 25, 2, 30))) == "25. oktober 2026 kl. 03.30"
    assert "Vi bruker den siste" in twice_sentence(later)
    assert "Dette er den første" in twice_sentence(first)
    assert twice_sentence(utc(2026, 10, 25, 2, 30)) == ""


@pytest.mark.parametrize(
    ("text", "at"),
    [("23.59", time(23, 59)), ("23:59", time(23, 59)), ("2359", time(23, 59)), ("8", time(8)),
     ("kl. 08.00", time(8)), (" 0.05 ", time(0, 5))],
)  # fmt: skip
def test_a_time_of_day_is_read_as_people_write_it(text: str, at: time) -> None:
    assert parse_klokkeslett(text) == at


@pytest.mark.parametrize("text", ["", "ti", "24.00", "23.60", "23.5", "12345", "-1", "١٢.٣٠"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Skriv"):
        parse_klokkeslett(text)


class Deadline(InstantForm):
    instants = (("due", _("Frist")),)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.add_instants()


def test_the_form_says_what_it_chose_and_what_it_refuses() -> None:
    chosen = Deadline({"due_day": "25.10.2026", "due_time": "02.30"})
    assert chosen.is_valid()
    assert chosen.cleaned_data["due"] == utc(2026, 10, 25, 1, 30)
    assert [plain(note) for note in chosen.notes()] == [
        "Klokken 02.30 kommer to ganger 25. oktober 2026, fordi klokken stilles tilbake. Vi bruker den siste."
    ]
    refused = Deadline({"due_day": "28.03.2027", "due_time": "02.30"})
    assert not refused.is_valid()
    assert "finnes ikke 28. mars 2027" in plain(refused.errors["due_time"][0])


def test_an_instant_left_alone_keeps_the_hour_and_second_it_had() -> None:
    """The first 02.30, and 23.59.59: not something the two fields can say."""
    for stored in (utc(2026, 10, 25, 0, 30), utc(2026, 9, 10, 21, 59, 59)):
        shown = Deadline(stored={"due": stored})
        day, at = shown["due_day"], shown["due_time"]
        posted = {"due_day": day.field.widget.format_value(day.value()),
                  "due_time": at.field.widget.format_value(at.value())}  # fmt: skip
        form = Deadline(posted, stored={"due": stored})
        assert form.is_valid()
        assert form.cleaned_data["due"] == stored


def test_both_fields_must_be_written() -> None:
    form = Deadline({"due_day": "", "due_time": "23.59"})
    assert not form.is_valid()
    assert list(form.errors) == ["due_day"]
    assert "due" not in form.cleaned_data

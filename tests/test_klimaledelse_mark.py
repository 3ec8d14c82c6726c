"""The focus area that is Klimaledelse is found by its mark, whatever it is called."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leadership.queries import leadership_measures
from organisation.models import User
from strategy.actions.strategies import create_version
from tests.cast import Cast
from tests.strategy_world import adopt, make_draft

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def test_the_mark_is_given_shown_and_taken_along(cast: Cast, as_user: AsUser) -> None:
    draft = make_draft()
    area = draft.focus_areas.get(title="Mobilitet")
    url = f"/strategi/innsatsomrade/{area.pk}/"
    klima = as_user(cast.klima)
    page = klima.get(url)
    assert page.status_code == 200
    assert "Dette er Klimaledelse" in page.text
    form = {"title": "Styring", "description": "", "is_leadership": "on", "version": str(draft.version)}
    assert klima.post(url, form).status_code == 303
    area.refresh_from_db()
    assert area.is_leadership
    assert leadership_measures() == []  # a draft says nothing yet
    adopt(draft)
    assert sum(len(theme.measures) for theme in leadership_measures()) == 2
    copy = create_version(by=cast.klima, source=draft, title="Klimastrategi 2036")
    assert list(copy.focus_areas.filter(is_leadership=True).values_list("title", flat=True)) == ["Styring"]

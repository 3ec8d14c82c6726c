"""What is published about an area, which stays as it was."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from publishing.enums import Audience
from publishing.models import Publication
from tests.holdings import held_by, queries_to_ask
from tests.leadership_world import Board
from tests.leadership_world import board as board
from web.contributions import HoldingGoes

pytestmark = pytest.mark.django_db


def test_publications_about_an_area_stay(board: Board) -> None:
    asked = queries_to_ask(board.cast.area)
    board.publish(Audience.AREA, unit=board.cast.area)
    found = held_by(board.cast.area)["publications"]
    assert (found.sentence, found.goes, found.move) == ("1 publikasjon", HoldingGoes.STAYS, None)
    assert found.why == "Det som er publisert, endres ikke."
    assert queries_to_ask(board.cast.area) == asked
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.update(unit=board.cast.klima_unit)

"""What was frozen before its code moved is read back whole, and found unchanged."""

import json
from pathlib import Path
from typing import Any

import pytest

from publishing.actions import publications
from publishing.enums import Audience
from publishing.exports.summary_pdf import chapter_html
from publishing.models import Publication
from publishing.queries.chapter import Chapter
from publishing.queries.documents import thawed
from publishing.queries.plain import to_plain
from reporting.queries.frozen import content_sha256
from tests.leadership_world import Board, quick
from web.actors import DEMO

FROZEN = Path(__file__).parent / "data" / "frozen"
AUDIENCES = [Audience.LEADERSHIP, Audience.COMMITTEE, Audience.CHAPTER]


def frozen(audience: Audience) -> dict[str, Any]:
    return dict(json.loads((FROZEN / f"{audience}.json").read_text()))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_read_back_and_frozen_again_it_has_the_same_hash(audience: Audience) -> None:
    kept = frozen(audience)
    again = to_plain(thawed(Publication(audience=audience, data=kept["data"])))
    assert again == kept["data"]
    assert content_sha256(again) == kept["data_sha256"]


def test_one_changed_word_is_another_hash() -> None:
    kept = frozen(Audience.COMMITTEE)
    kept["data"]["answers"][0]["text"] += "."
    assert content_sha256(kept["data"]) != kept["data_sha256"]


@pytest.mark.django_db
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_same_content_published_again_is_the_old_publication(
    board: Board, audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = frozen(audience)
    old = Publication.objects.create(
        period=board.second, audience=audience, number=1, data=kept["data"], published_by_system=DEMO.code,
        data_sha256=kept["data_sha256"], pdf=b"som den var", pdf_sha256="",
    )  # fmt: skip
    monkeypatch.setattr(publications, "document_for", lambda *_args: thawed(old))
    found = publications.publish_summary(by=DEMO, period=board.second, render=quick, audience=audience)
    assert (found.pk, bytes(found.pdf)) == (old.pk, b"som den var")
    assert Publication.objects.filter(audience=audience).count() == 1


def test_the_chapter_to_paste_is_made_of_the_frozen_data() -> None:
    chapter = thawed(Publication(audience=Audience.CHAPTER, data=frozen(Audience.CHAPTER)["data"]))
    assert isinstance(chapter, Chapter)
    assert chapter.period_name in chapter_html(chapter, None)

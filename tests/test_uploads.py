"""An uploaded file between upload and receipt: whose it is, and when its bytes go."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import Cast
from tests.clock import NOW
from web.actors import DEMO, Actor
from web.jobs import let_go
from web.models import Upload, UploadPart
from web.refusals import Refused
from web.register.uploads import (
    UploadGone,
    choose_columns,
    confirm_once,
    content_of,
    keep_pieces,
    keep_upload,
    own_upload,
)

pytestmark = pytest.mark.django_db


def anybody(_by: Actor) -> None:
    """Who may is the register's own."""


def nobody(_by: Actor) -> None:
    raise PermissionDenied


def keep(by: Actor, content: bytes = b"a;b\n1;2\n", kind: str = "prove") -> Upload:
    return keep_upload(by=by, may=anybody, kind=kind, about="2026", file_name="fil.csv", content=content)


def test_the_bytes_go_after_a_day_and_the_name_and_the_sum_stay(cast: Cast) -> None:
    old = keep(cast.klima)
    with time_machine.travel(NOW + timedelta(hours=23), tick=False):
        young = keep(cast.klima)
        let_go()
        assert bytes(Upload.objects.get(pk=old.pk).content) == b"a;b\n1;2\n"
    with time_machine.travel(NOW + timedelta(days=1, minutes=1), tick=False):
        for _twice in range(2):
            let_go()
        kept = {upload.pk: bytes(upload.content) for upload in Upload.objects.all()}
    assert kept == {old.pk: b"", young.pk: b"a;b\n1;2\n"}
    gone = Upload.objects.get(pk=old.pk)
    assert (gone.file_name, gone.sha256) == ("fil.csv", hashlib.sha256(b"a;b\n1;2\n").hexdigest())


def keep_large(by: Actor, pieces: tuple[bytes, ...] = (b"a;b\n", b"1;", b"2\n")) -> Upload:
    return keep_pieces(by=by, may=anybody, kind="prove", file_name="stor.csv", pieces=iter(pieces))


def test_a_large_file_is_kept_in_pieces_and_is_the_same_file(cast: Cast) -> None:
    small, large = keep(cast.klima), keep_large(cast.klima)
    assert (bytes(large.content), large.parts.count()) == (b"", 3)
    assert content_of(large) == content_of(small) == b"a;b\n1;2\n"
    assert large.sha256 == small.sha256
    with time_machine.travel(NOW + timedelta(days=1, minutes=1), tick=False):
        let_go()
    assert not UploadPart.objects.exists()
    assert Upload.objects.get(pk=large.pk).sha256 == small.sha256


def test_a_confirmed_file_is_written_once_and_its_bytes_go(cast: Cast) -> None:
    written: list[bytes] = []

    def write(held: Upload) -> int:
        written.append(content_of(held))
        return 7

    for upload in (keep(cast.klima), keep_large(cast.klima)):
        for _click in range(2):
            assert confirm_once(by=cast.klima, may=anybody, upload=upload, reason="Prøve", write=write) == 7
        upload.refresh_from_db()
        assert (upload.written, upload.confirmed_at, content_of(upload)) == (7, NOW, b"")
        assert upload.sha256 == hashlib.sha256(b"a;b\n1;2\n").hexdigest()
    assert written == [b"a;b\n1;2\n"] * 2
    assert not UploadPart.objects.exists()


def test_what_is_refused_waits_for_another_try(cast: Cast) -> None:
    def refuse(_held: Upload) -> int:
        raise Refused("Nei.")

    upload = keep_large(cast.klima)
    with pytest.raises(Refused):
        confirm_once(by=cast.klima, may=anybody, upload=upload, reason="Prøve", write=refuse)
    upload.refresh_from_db()
    assert (upload.confirmed_at, content_of(upload)) == (None, b"a;b\n1;2\n")
    for stranger, may in ((cast.analyse, anybody), (cast.klima, nobody)):
        with pytest.raises((UploadGone, PermissionDenied)):
            confirm_once(by=stranger, may=may, upload=upload, reason="Prøve", write=refuse)
    with time_machine.travel(NOW + timedelta(days=1, minutes=1), tick=False), pytest.raises(UploadGone):
        confirm_once(by=cast.klima, may=anybody, upload=upload, reason="Prøve", write=refuse)


def test_a_file_is_its_uploaders_and_of_its_kind(cast: Cast) -> None:
    upload = keep(cast.klima)
    assert own_upload(cast.klima, "prove", "2026", upload.pk) == upload
    assert own_upload(cast.analyse, "prove", "2026", upload.pk) is None
    assert own_upload(cast.klima, "annet", "2026", upload.pk) is None
    assert own_upload(cast.klima, "prove", "2027", upload.pk) is None
    with pytest.raises(UploadGone):
        choose_columns(by=cast.analyse, may=anybody, upload=upload, columns={"a": "b"})


def test_those_who_may_not_write_it_may_not_leave_it_there(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        keep_upload(by=cast.klima, may=nobody, kind="prove", file_name="fil.csv", content=b"x")
    with pytest.raises(PermissionDenied):
        keep(DEMO)
    assert not Upload.objects.exists()


def test_the_database_keeps_no_content_of_what_is_confirmed(cast: Cast) -> None:
    upload = keep(cast.klima)
    rows = Upload.objects.filter(pk=upload.pk)
    for change in ({"confirmed_at": timezone.now()}, {"confirmed_at": timezone.now(), "written": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    # The neighbouring state passes.
    rows.update(confirmed_at=timezone.now(), written=1, content=b"")

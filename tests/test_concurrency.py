"""Two people save the same row: one succeeds, the other is told. Nothing is lost in silence."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django import forms
from django.db import connection, transaction

from organisation.enums import UnitKind
from organisation.models import Unit
from tests.small_site import make_user
from web.actors import acting
from web.concurrency import StaleObject, conflict_fields, save_versioned
from web.forms import PortalForm

EDITORS = 6
ROUNDS = 5


def make_unit(**fields: Any) -> Unit:
    return Unit.objects.create(**{"name": "Park", "kind": UnitKind.UNIT, **fields})


@pytest.mark.django_db
def test_saving_counts_the_version_up() -> None:
    unit = make_unit()
    save_versioned(unit, expected=1, fields={"name": "Park og idrett"})
    assert (unit.name, unit.version) == ("Park og idrett", 2)
    unit.refresh_from_db()
    assert (unit.name, unit.version) == ("Park og idrett", 2)


@pytest.mark.django_db
def test_only_the_named_fields_are_written() -> None:
    unit = make_unit()
    unit.kind = UnitKind.STAFF
    save_versioned(unit, expected=1, fields={"name": "Ny"})
    assert Unit.objects.get().kind == UnitKind.UNIT


@pytest.mark.django_db
def test_the_late_one_is_told_and_gets_the_row_as_it_is() -> None:
    mine, theirs = make_unit(), Unit.objects.get()
    save_versioned(theirs, expected=1, fields={"name": "Deres"})
    with pytest.raises(StaleObject) as caught:
        save_versioned(mine, expected=1, fields={"name": "Mitt"})
    assert (caught.value.obj.name, caught.value.obj.version) == ("Deres", 2)
    assert (mine.name, mine.version) == ("Park", 1)
    assert Unit.objects.get().name == "Deres"
    save_versioned(mine, expected=caught.value.obj.version, fields={"name": "Mitt"})
    assert Unit.objects.get().name == "Mitt"


@pytest.mark.django_db
def test_a_deleted_row_is_stale_with_nothing_to_show() -> None:
    unit = make_unit()
    Unit.objects.all().delete()
    with pytest.raises(StaleObject) as caught:
        save_versioned(unit, expected=1, fields={"name": "Mitt"})
    assert caught.value.obj is None


def edit_at_once(unit: Unit, save: Any) -> int:
    """How many editors, all having read the same version, were told that they had saved."""
    gate = threading.Barrier(EDITORS)
    user = make_user(f"{unit.pk}@drammen.example")

    def edit(number: int) -> bool:
        try:
            mine = Unit.objects.get(pk=unit.pk)
            gate.wait(timeout=10)
            with acting(user, "Prøve"):
                save(mine, f"Redaktør {number}, enhet {unit.pk}")
        except StaleObject:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(EDITORS) as pool:
        return sum(pool.map(edit, range(EDITORS)))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_saves() -> None:
    def save(unit: Unit, name: str) -> None:
        save_versioned(unit, expected=unit.version, fields={"name": name})

    for number in range(ROUNDS):
        unit = make_unit(name=f"Enhet {number}")
        assert edit_at_once(unit, save) == 1
        unit.refresh_from_db()
        assert unit.version == 2


@pytest.mark.django_db(transaction=True)
def test_control_without_the_version_updates_are_lost() -> None:
    def save(unit: Unit, name: str) -> None:
        unit.name = name
        unit.version += 1
        unit.save()

    saved = edit_at_once(unit := make_unit(), save)
    unit.refresh_from_db()
    assert saved == EDITORS
    assert unit.version < 1 + saved, "the harness must be able to see an update get lost"


class UnitForm(PortalForm):
    name = forms.CharField(label="Navn på enheten")
    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in UnitKind])
    parent = forms.ModelChoiceField(Unit.objects.all(), required=False)


@pytest.mark.django_db
def test_both_sides_of_a_conflict_are_in_words() -> None:
    area = make_unit(name="Byutvikling", kind=UnitKind.AREA)
    unit = make_unit(name="Deres", kind=UnitKind.ENTERPRISE)
    form = UnitForm({"name": "Mitt", "kind": "stab", "parent": str(area.pk)})
    assert form.is_valid()
    yours, theirs = conflict_fields(form, unit, ["name", "kind", "parent"])
    assert [(field.label, field.value, field.display) for field in yours] == [
        ("Navn på enheten", "Mitt", "Mitt"),
        ("Kind", "stab", "stab"),
        ("Parent", str(area.pk), "Byutvikling"),
    ]
    assert [(field.value, field.display) for field in theirs] == [
        ("Deres", "Deres"),
        ("KF", "kommunalt foretak"),
        ("", "–"),
    ]


@pytest.mark.django_db
def test_a_stale_save_leaves_the_transaction_usable() -> None:
    unit = make_unit()
    with transaction.atomic():
        with pytest.raises(StaleObject):
            save_versioned(unit, expected=9, fields={"name": "Mitt"})
        assert Unit.objects.get().name == "Park"

"""Units and people from files by commands: all of it or nothing, a line for each fault."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from organisation.enums import AppointmentSource
from organisation.importers.personnel_file import ENDS_LEADER, ENDS_MANY
from organisation.models import Appointment, Unit, User
from organisation.words import people_columns, unit_columns
from tests.cast import Cast
from web.commands import PortalCommand, SeveralFaults

pytestmark = pytest.mark.django_db


def said(command: str, path: Path, rows: str, *options: str) -> str:
    path.write_text(rows, encoding="utf-8")
    out = StringIO()
    call_command(command, str(path), *options, stdout=out)
    return out.getvalue()


def test_units_are_counted_and_written(cast: Cast, tmp_path: Path) -> None:
    path, rows = (
        tmp_path / "v.csv",
        "Navn;Type;Hører til;Til\nVei;virksomhet;Tjenester og drift;\nKlima;virksomhet;;\n",
    )
    counts = {"new": 1, "changed": 0, "ended": 0, "unchanged": 1}
    assert json.loads(said("import_units", path, rows, "--json", "--dry-run")) == counts
    assert not Unit.objects.filter(name="Vei").exists()
    assert json.loads(said("import_units", path, rows, "--json", "--by", "admin@drammen.example")) == counts
    assert Unit.objects.get(name="Vei").parent == cast.area
    again = {"new": 0, "changed": 0, "ended": 0, "unchanged": 2}
    assert json.loads(said("import_units", path, rows, "--json")) == again


def test_each_fault_is_a_line(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "Navn;E-post;Rolle\nNy Eksempel;ny@x.no;lederr\n;to@x.no;leser\n"
    with pytest.raises(SeveralFaults) as faults:
        said("import_people", tmp_path / "p.csv", rows)
    assert faults.value.sentences == (
        "rad 2, kolonne Rolle: «lederr» finnes ikke. Mente du «leder»?",
        "rad 3, kolonne Navn: Må fylles ut.",
    )
    assert not User.objects.filter(email__endswith="@x.no").exists()
    # On the command line each has a line of its own on standard error, and the exit is 1.
    err = StringIO()
    command: Any = PortalCommand(stderr=err)
    command._called_from_command_line = True
    monkeypatch.setattr(PortalCommand, "handle", lambda *_a, **_o: (_ for _ in ()).throw(faults.value))
    with pytest.raises(SystemExit) as ended:
        command.execute(force_color=False, no_color=True, skip_checks=True, stderr=None, stdout=None)
    assert (ended.value.code, len(err.getvalue().splitlines())) == (1, 2)


def test_who_may_not_is_told_before_anything_is_read(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="har ikke rett til å endre organisasjonen"):
        said("import_units", tmp_path / "v.csv", "x", "--by", "klima@drammen.example")
    with pytest.raises(CommandError, match="Ingen bruker har"):
        said("import_units", tmp_path / "v.csv", "x", "--by", "ukjent@drammen.example")
    with pytest.raises(CommandError, match="finnes ikke"):
        call_command("import_units", str(tmp_path / "ingen.csv"))


def test_the_personnel_file_asks_and_is_told(cast: Cast, tmp_path: Path) -> None:
    Appointment.objects.filter(user=cast.leder).update(source=AppointmentSource.FILE)
    people = [person for name, person in cast.people().items() if name != "leder"]
    rows = "Navn;E-post;Lønn\n" + "".join(f"{one.name};{one.email};7654321\n" for one in people)
    rows += "En Annen;annen.her@x.no;7654321\n"
    path, options = tmp_path / "a.csv", ("--from-personnel", "--json")
    with pytest.raises(SeveralFaults) as asked:
        said("import_people", path, rows, *options)
    [line] = asked.value.sentences
    assert line.startswith("ends_leader: En leder eller stedfortreder slutter: Leder Eksempel")
    assert Appointment.objects.get(user=cast.leder).valid_to is None
    counts = json.loads(said("import_people", path, rows, *options, "--accept", "ends_leader"))
    assert counts == {"new": 0, "changed": 0, "ended": 1, "unchanged": 12}
    assert Appointment.objects.get(user=cast.leder).valid_to is not None
    told = said("import_people", path, rows, "--from-personnel")
    assert "1 rad gjelder ingen i portalen." in told
    with pytest.raises(CommandError, match="gyldig fødselsnummer") as refused:
        said("import_people", path, rows + "To;to@x.no;30108299939\n", "--from-personnel")
    assert "30108299939" not in str(refused.value)
    with pytest.raises(CommandError, match="er ikke noe å godta"):
        said("import_people", path, rows, "--from-personnel", "--accept", "alt")


@pytest.mark.parametrize("columns", [unit_columns.COLUMNS, people_columns.COLUMNS])
def test_every_column_is_documented(columns: Any) -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "utveksling.md").read_text()
    for column in columns:
        row = f"| {column.header} | `{column.name}` | {'ja' if column.read else 'nei'} |"
        assert (row in page) == column.in_file, row
    assert all(f"`{code}`" in page for code in (ENDS_MANY, ENDS_LEADER))

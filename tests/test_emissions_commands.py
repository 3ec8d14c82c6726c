"""`import_emissions` and `emissions_table`: data on standard output, one Norwegian line when refused."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from emissions.management.commands import emissions_table, import_emissions
from emissions.models import Edition, Figure
from tests import files
from tests.cast import Cast

REAL = Path(__file__).with_name("data") / "utslipp_tre_kommuner.csv"
IMPORT = ["--scope", "community_direct", "--published", "2025-12-16"]


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def bring_in(file: Path = REAL, *more: object) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(run("import_emissions", file, *IMPORT, "--json", *more))
    return data


def skien() -> dict[tuple[str, str, int], Decimal]:
    """Skien's figures, read with nothing but the standard library."""
    sums: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    with REAL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Kommune"] == "Skien":
                key = row["Sektor"].strip(), row["Utslippskilde"].strip(), int(row["År"])
                sums[key] += Decimal(row["Utslipp"])
    return sums


@pytest.mark.django_db
def test_import_tells_what_it_did() -> None:
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for (_sector, _source, year), tonnes in skien().items():
        expected[str(year)] += tonnes
    result = bring_in(REAL, "--municipality", "Skien")
    assert list(result) == ["edition", "rows_read", "rows_used", "unchanged", "years"]
    assert result["edition"] == Edition.objects.get().pk
    assert (result["rows_read"], result["unchanged"]) == (3906, False)
    assert {year: Decimal(tonnes) for year, tonnes in result["years"].items()} == expected
    assert bring_in(REAL, "--municipality", "Skien") == result | {"unchanged": True}
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    tried = bring_in(REAL, "--municipality", "Skien", "--dry-run")
    assert tried["edition"] is None
    assert not Edition.objects.exists()
    done = bring_in(REAL, "--municipality", "Skien")
    assert tried | {"edition": done["edition"]} == done
    again = bring_in(REAL, "--municipality", "Skien", "--dry-run")
    assert again == done | {"unchanged": True}


@pytest.mark.django_db
def test_the_default_is_the_portals_own_municipality(tmp_path: Path) -> None:
    file = tmp_path / "drammen.csv"
    file.write_bytes(files.county_csv())
    assert bring_in(file)["years"] == {"2009": "6763.728256", "2011": "90"}
    assert Edition.objects.get().municipality.name == "Drammen"


def test_an_import_is_somebodys(cast: Cast, tmp_path: Path) -> None:
    bring_in(REAL, "--municipality", "Skien", "--by", "KLIMA@drammen.example")
    assert Edition.objects.get().imported_by == cast.klima


@pytest.mark.django_db
def test_the_table_is_what_the_file_says() -> None:
    bring_in(REAL, "--municipality", "Skien")
    rows = json.loads(
        run("emissions_table", "--scope", "community_direct", "--municipality", "Skien", "--json")
    )
    assert all(list(row) == ["sector", "source", "year", "tonnes"] for row in rows)
    assert {(r["sector"], r["source"], r["year"]): Decimal(r["tonnes"]) for r in rows} == skien()
    keys = [(row["sector"], row["source"], row["year"]) for row in rows]
    assert keys == sorted(keys)
    assert all("E" not in row["tonnes"] and isinstance(row["year"], int) for row in rows)
    some = json.loads(
        run("emissions_table", "--scope=community_direct", "--municipality=skien", "--year=2009", "--json")
    )
    assert some == [row for row in rows if row["year"] == 2009]


@pytest.mark.django_db
def test_the_table_sums_gases_and_says_null_without_sources(tmp_path: Path) -> None:
    file = tmp_path / "fil.xlsx"
    file.write_bytes(files.all_municipalities())
    bring_in(file)
    table = ["emissions_table", "--scope", "community_direct", "--year", 2009, "--json"]
    cars = {"sector": "Veitrafikk", "source": "Personbiler", "year": 2009, "tonnes": "100.75"}
    assert cars in json.loads(run(*table))
    file.write_bytes(files.sector_csv())
    bring_in(file, "--published", "2025-12-17")
    assert {row["source"] for row in json.loads(run(*table))} == {None}


@pytest.mark.django_db
def test_the_edition_in_force_is_the_latest_published(tmp_path: Path) -> None:
    corrected = tmp_path / "rettet.csv"
    corrected.write_bytes(REAL.read_bytes().replace(b",3.54\n", b",4.54\n", 1))
    bring_in(corrected, "--municipality", "Skien", "--published", "2026-01-15")
    bring_in(REAL, "--municipality", "Skien")  # imported last, but published first
    table = run("emissions_table", "--scope=community_direct", "--municipality=Skien", "--year=2009")
    assert "Annen mobil forbrenning\tBehandling av avfall\t2009\t309.59\n" in table


REFUSED = [
    (["import_emissions", "finnes-ikke.csv", *IMPORT], "Filen finnes-ikke.csv finnes ikke."),
    (["import_emissions", "/tmp", *IMPORT], "Filen /tmp kan ikke leses."),
    (["import_emissions", "{real}", *IMPORT], "Drammen finnes ikke i filen."),
    (["import_emissions", "{real}", "--published", "2025-12-16"], "Systemgrensen mangler."),
    (["import_emissions", "{real}", "--scope", "alt", "--published", "2025-12-16"], "«alt» er ikke en"),
    (["import_emissions", "{real}", "--scope", "community_direct"], "Publiseringsdatoen mangler."),
    (
        ["import_emissions", "{real}", "--scope", "community_direct", "--published", "16.12.2025"],
        "«16.12.2025» er ikke en dato.",
    ),
    (
        ["import_emissions", "{real}", *IMPORT[:3], "2999-01-01", "--municipality", "Skien", "--dry-run"],
        "Publiseringsdatoen er fram i tid.",
    ),
    (["import_emissions", "{real}", *IMPORT, "--by", "ingen@her.no"], "Ingen bruker har e-postadressen"),
    (["import_emissions", "{real}", *IMPORT, "--by", "leder@drammen.example"], "har ikke rett til"),
    (["import_emissions", "{page}", *IMPORT], "Filen er en nettside"),
    (["import_emissions", "{large}", *IMPORT], "Grensen for opplasting er 60"),
    (["emissions_table", "--scope", "community_direct"], "Klimaregnskapet har ingen utgave for Drammen"),
    (["emissions_table"], "Systemgrensen mangler."),
    (["emissions_table", "--scope", "community_direct", "--year", "i fjor"], "er ikke et årstall"),
]


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED)
def test_bad_input_is_one_line_and_writes_nothing(
    cast: Cast,
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = {"real": REAL, "page": tmp_path / "side.xlsx", "large": tmp_path / "stor.csv"}
    made["page"].write_text("<!doctype html><html><body>Feil side</body></html>")
    with made["large"].open("wb") as file:
        file.truncate(61 * 1024 * 1024)
    command = {"import_emissions": import_emissions, "emissions_table": emissions_table}[
        arguments[0]
    ].Command()
    parser = command.create_parser("manage.py", arguments[0])
    options = vars(parser.parse_args([text.format(**made) for text in arguments[1:]]))
    command._called_from_command_line = True  # as manage.py does
    with pytest.raises(SystemExit) as leaving:
        command.execute(**(options | {"skip_checks": True}))
    out, err = capsys.readouterr()
    assert leaving.value.code == 1
    assert out == ""
    assert err.startswith(sentence) or sentence in err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert not Edition.objects.exists()
    assert not Figure.objects.exists()

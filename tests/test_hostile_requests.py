"""No request makes the portal fail: every route asked with hostile addresses, queries, forms and files.

The addresses are those of the route table and of the demo's own rows (`tests.test_permissions`), the choice
among them is seeded: the same requests every time. What is answered, is for other tests; here it is only
never a 5xx. Two controls plant one, and the sweeps must see it.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.http import urlencode

from tests import files
from tests.demo_world import client_for
from tests.test_permissions import GET, POST, Case, draft_step, period_page, plain
from web.register import file_table

pytestmark = pytest.mark.usefixtures("demo_db")

NUMBERS: tuple[int, ...] = (0, 2**31, 2**63 - 1, 2**63, 10**40)
TEXTS = ("\x00", "a\x00b", "%FF", "\ud800", "\u202e", "１２", "2026-T\u0662", "'\"<&", "\n", "x" * 3000)
VALUES = (
    *("0", "-1", "9" * 19, "9" * 400, "1_0", "１２", "1e400", "nan", "", "\ufffd", "\u200b", "x" * 5000),
    *("2026-13-99", "00.00.0000", "99:99", "[]", "'", "\u202e\u00ad", "٣", "1,5", "alle", "True"),
)
# Every name the views look for in an address.
QUERY_NAMES = (
    *("side", "periode", "fra", "til", "niva", "nr", "vis", "sted", "kilde", "kommune", "grense", "sorter"),
    *("visning", "grupper", "virksomhet", "revisjon", "mal", "utgave", "regel", "tiltak", "for", "melding"),
    *("under", "alle", "tilstand", "omrade", "text", "year", "kind", "budget", "next", "endringer", "sok"),
    *("from_unit", "to_unit", "status", "body", "unit", "q", "ulagret", "spor", "steg", "slug", "utkast"),
)
_FIELD = re.compile(rb'<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)"')


def somebody(case: Case, order: int) -> str:
    """One who may, by turns with one who may not: a refusal has code of its own."""
    allowed = sorted(case.allowed)
    turn = order % 4
    return ("", "annen", "utvalg")[order % 3] if turn == 3 or not allowed else allowed[turn % len(allowed)]


class Sweep:
    """Sends requests as several people, each undone, and notes every 5xx."""

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {}
        self.statuses: Counter[int] = Counter()
        self.failed: list[str] = []

    def client(self, login: str) -> Client:
        if login not in self.clients:
            self.clients[login] = client_for(login)
            self.clients[login].raise_request_exception = False
        return self.clients[login]

    def send(
        self,
        method: str,
        url: str,
        login: str,
        form: dict[str, Any] | None = None,
        *,
        follow: bool = False,
        **extra: Any,
    ) -> bytes:
        """The page, or with `follow` the one it leads to.

        A form is posted as a browser does, anything else by what `extra` says.
        """
        client = self.client(login)
        with transaction.atomic():
            answer = client.post(url, form, **extra) if form else client.generic(method, url, **extra)
            if answer.status_code == 303 and follow:
                answer = client.get(answer["Location"])
            transaction.set_rollback(True)
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.failed.append(f"{method} {url[:120]!a} {login}: {answer.status_code}")
        return b"" if answer.streaming else bytes(answer.content)


def spoilt_addresses(url: str) -> Iterator[str]:
    """The address with each of its parts in turn replaced by what no part should be."""
    try:
        match = resolve(url.partition("?")[0])
    except Resolver404:
        return
    for name, value in match.kwargs.items():
        hostile: tuple[object, ...] = NUMBERS if isinstance(value, int) else TEXTS
        for one in hostile:
            try:
                yield reverse(match.view_name, kwargs={**match.kwargs, name: one})
            except (NoReverseMatch, UnicodeEncodeError):
                continue


def sweep_addresses(sweep: Sweep, cases: dict[str, Case]) -> None:
    for order, case in enumerate(cases.values()):
        for number, url in enumerate(spoilt_addresses(case.url())):
            sweep.send("GET", url, somebody(case, order + number))


def test_addresses() -> None:
    sweep = Sweep()
    sweep_addresses(sweep, GET)
    sweep_addresses(sweep, {name: case for name, case in POST.items() if name not in GET})
    assert sweep.failed == []
    # Not all are stopped at the gate: most get as far as a view.
    assert sweep.statuses[404] > 300
    assert sweep.statuses[400] > 100


def test_queries() -> None:
    sweep, chance = Sweep(), random.Random(20260907)
    for order, case in enumerate(GET.values()):
        path = case.url().partition("?")[0]
        login = somebody(case, order if order % 4 != 3 else 0)
        for query in (
            "a=%00",
            "%ff=%ed%a0%80",
            urlencode({name: chance.choice(VALUES) for name in QUERY_NAMES}),
        ):
            sweep.send("GET", f"{path}?{query}", login)
        sweep.send("GET", f"{path}?{urlencode(dict.fromkeys(QUERY_NAMES, chance.choice(VALUES)))}", login)
    assert sweep.failed == []
    assert sweep.statuses[200] > 150


def test_forms() -> None:
    """The fields of the page itself, each filled with something hostile, with and without htmx."""
    sweep, chance = Sweep(), random.Random(8422026)
    for order, (name, case) in enumerate(POST.items()):
        url, login = case.url(), next(iter(sorted(case.allowed)), "klima")
        page = sweep.send("GET", url, login) if name in GET else b""
        names = {found.decode() for found in _FIELD.findall(page)} - {"csrfmiddlewaretoken", "file"}
        names |= {"version", "submission_token", "fingerprint", "seen", "payload", "for", "kommune", "step"}
        htmx = {"headers": {"HX-Request": "true"}} if order % 2 else {}
        sweep.send("POST", url, login, {field: chance.choice(VALUES) for field in names}, **htmx)
        sweep.send("POST", url, login, {**dict.fromkeys(names, "1"), chance.choice(sorted(names)): "a\x00b"})
    assert sweep.failed == []
    assert sweep.statuses[422] > 30


# --- What comes around a request ------------------------------------------------------------------


def test_headers_and_encodings() -> None:
    sweep = Sweep()
    url = reverse("budget:index")
    for login in ("", "klima"):
        for headers in (
            {"Referer": "http://[x/"},
            {"HX-Request": "true", "HX-Current-URL": "http://[x/"},
            {"HX-Request": "true", "HX-Current-URL": "%00", "HX-Current-URL-URI-AutoEncoded": "true"},
            {"HX-Request": "true", "HX-Target": "\x00"},
            {"Cookie": 'sessionid="\\000aaaaaaaaaaaaa"; csrftoken="\\000"; messages="\\000"'},
        ):
            sweep.send("GET", f"{url}?a=1", login, headers=headers)
            sweep.send("POST", url, login, headers=headers)
    assert sweep.failed == []


PART = 'Content-Disposition: form-data; name="file"; filename{}\r\nContent-Type: text/csv{}'


@pytest.mark.parametrize(
    "part",
    [
        PART.format('="a\x00b.csv"', ""),
        PART.format("*=hex''%41.csv", ""),
        PART.format("*=utf-8''%00%ED%A0%80.csv", ""),
        PART.format('="' + "x" * 900 + '.csv"', ""),
        PART.format('="../../etc/passwd"', ""),
        PART.format('="a.csv"', "; charset=hex"),
        PART.format('="a.csv"', "\r\nContent-Transfer-Encoding: base64"),
    ],
    ids=["nul", "codec", "surrogate", "long", "path", "charset", "base64"],
)
def test_names_of_files(part: str) -> None:
    sweep = Sweep()
    body = f"--x\r\n{part}\r\n\r\nIndikator;Periode;Verdi\r\n--x--\r\n".encode("latin-1")
    for address in UPLOADS.values():
        sweep.send("POST", address(), "klima", data=body, content_type="multipart/form-data; boundary=x")
    assert sweep.failed == []


# --- Files ----------------------------------------------------------------------------------------

UPLOADS = {
    "emissions:import": plain("emissions:import"),
    "emissions:own_upload": plain("emissions:own_upload"),
    "emissions:population_import": plain("emissions:population_import"),
    "organisation:units_file": plain("organisation:units_file"),
    "organisation:people_file": plain("organisation:people_file"),
    "organisation:personnel_file": plain("organisation:personnel_file"),
    "strategy:import_measures": plain("strategy:import_measures"),
    "strategy:barometer_import": plain("strategy:barometer_import"),
    "budget:import_reference": draft_step("import_reference"),
    "budget:line_import": draft_step("line_import"),
    "budget:record_adopted": plain("budget:record_adopted"),
    "budget:record_draft": draft_step("record_draft"),
    "reporting:import_statuses": period_page("import_statuses"),
    "reporting:import_money": period_page("import_money"),
}


UNMARKED = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def made_text(headers: str, row: str) -> Iterator[tuple[str, bytes]]:
    """A CSV file that begins well, in every form that has stopped a reader."""
    text = f"{headers}\n{row}\n"
    yield "cr", text.replace("\n", "\r").encode()
    yield "cr_quoted", f'{headers}\n"a\rb";{row}\n'.encode()
    yield "field", f"{headers}\n{'x' * 140_000};{row}\n".encode()
    yield "quote", f'{headers}\n"{row}\n'.encode()
    yield "nul", f"{headers}\n\x00{row}\n".encode()
    yield "nul_utf16", f"{headers}\n\x00{row}\n".encode("utf-16")
    for encoding in (*UNMARKED, "utf-16", "utf-32", "utf-7", "cp865"):
        yield encoding, text.encode(encoding, "replace")
    yield "utf32_mark", b"\xff\xfe\x00\x00" + text.encode("utf-32-le")
    yield "utf32_be_mark", b"\x00\x00\xfe\xff" + text.encode("utf-32-be")
    yield "surrogate", b"\xff\xfe" + text.encode("utf-16-le") + b"\x00\xd8"
    yield "unseen", text.replace(";", "\u200b;\u202e").encode()
    for number in ("1_000", "１２", "٣", "1e-400", "1e5", "inf", "nan", "9" * 5000, "-0", "1e999999999"):
        yield f"number_{number[:6]}", f"{headers}\n{';'.join([number] * len(headers.split(';')))}\n".encode()


HEADERS = {
    "emissions:import": "Kommune;År;Sektor;Utslippskilde;Utslipp",
    "emissions:population_import": "Kommune;År;Innbyggere 1. januar;Kilde",
    "organisation:units_file": "Navn;Type;Hører til;Fra;Til",
    "organisation:people_file": "Navn;E-post;Rolle;Virksomhet;Fra;Til",
    "organisation:personnel_file": "Navn;E-post;Enhet;Stilling;Rolle;Fra;Til",
    "strategy:import_measures": "Nummer;Tittel;Type;Første år",
    "strategy:barometer_import": "Indikator;Periode;Verdi;Mangler fordi;Kilde",
    "budget:import_reference": "Sektor;Utslippskilde;År;Tonn;Lavt anslag;Høyt anslag",
    "reporting:import_statuses": "Virksomhet;Tiltak;Status;Årsak",
    "reporting:import_money": "Rad i planen;Budsjett;Brukt;Prognose;Merknad",
}


def raw_cells(*values: str) -> bytes:
    """A workbook whose number cells hold what is no number."""
    cells = "".join(f"<c><v>{value}</v></c>" for value in values)
    sheet = f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>".encode()
    return files.with_part(files.workbook({"A": [("x",)]}), "xl/worksheets/sheet1.xml", sheet)


def made_workbooks() -> Iterator[tuple[str, bytes]]:
    """Few: each is read in a process of its own."""
    whole = files.workbook(
        {"A": [("Nummer", "Tittel", "Type"), ("T1", "a\u200b", 10**300), (True, -1e300, 0)]}
    )
    yield "numbers", raw_cells("1_000", "１２", "1e999", "inf", "nan", "9" * 4000)
    yield "truncated", whole[: len(whole) // 2]
    yield "nul", files.with_part(whole, "xl/worksheets/sheet1.xml", b"<worksheet>\x00</worksheet>")
    yield "bomb", files.bomb(10)
    yield "whole", whole


def plain_files(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    yield from (("empty", b""), ("nul", bytes(100)), ("mark", b"\xff\xfe"), ("pk", b"PK\x03\x04"))
    yield "page", b"<!DOCTYPE html><html><body>x</body></html>"
    yield "ole", files.ole("Workbook")
    for number in range(12):
        yield f"random_{number}", chance.randbytes(chance.randrange(1, 600))


def who_uploads(name: str) -> str:
    if name.startswith("organisation:"):
        return "admin"
    return "analyse" if name == "reporting:import_money" else "klima"


def sweep_files(sweep: Sweep, name: str, hostile: Iterator[tuple[str, bytes]]) -> None:
    url = UPLOADS[name]()
    login = who_uploads(name)
    for kind, content in hostile:
        for ending in ("csv", "xlsx")[: 1 if kind.startswith(("random", "number")) else 2]:
            before = len(sweep.failed)
            form = {"file": SimpleUploadedFile(f"a.{ending}", content), "version": "0"}
            form["document"] = SimpleUploadedFile(f"a.{ending}", content)
            # To the preview, which shows the rows.
            sweep.send("POST", url, login, form, follow=True)
            sweep.failed[before:] = [f"{kind}.{ending}: {line}" for line in sweep.failed[before:]]


@pytest.mark.parametrize("name", sorted(UPLOADS))
def test_files(name: str) -> None:
    sweep = Sweep()
    sweep_files(sweep, name, plain_files(random.Random(name)))
    if name in HEADERS:
        headers = HEADERS[name]
        sweep_files(sweep, name, made_text(headers, ";".join("1" for _ in headers.split(";"))))
    sweep_files(sweep, name, made_workbooks())
    assert sweep.failed == []
    assert sweep.statuses[422] > 25


NUL = "Filen har tegn som ikke kan leses (NUL). Lagre den som CSV UTF-8 eller .xlsx, og prøv igjen."
# Workbooks only, or PDF: what they say is that the file is none.
NO_TEXT = {"emissions:own_upload", "budget:line_import", "budget:record_adopted", "budget:record_draft"}


@pytest.mark.parametrize("name", sorted(set(UPLOADS) - NO_TEXT))
@pytest.mark.parametrize("encoding", ["utf-8", *UNMARKED])
def test_text_with_nul_is_told_what_to_do(name: str, encoding: str) -> None:
    nul = "\x00" if encoding == "utf-8" else ""
    content = f"{HEADERS[name]}\nÅs – {nul}en rad;1\n".encode(encoding)
    login = who_uploads(name)
    form = {"file": SimpleUploadedFile("a.csv", content), "version": "0"}
    answer = client_for(login).post(UPLOADS[name](), form)
    assert (answer.status_code, NUL in answer.content.decode()) == (422, True)


# --- Controls: a fault that is planted is seen ----------------------------------------------------


def test_control_without_the_middleware_addresses_fail(settings) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "readable_request" not in name]
    sweep = Sweep()
    sweep_addresses(sweep, {name: GET[name] for name in ("strategy:measure", "publishing:progress")})
    assert any("500" in line for line in sweep.failed)


def test_control_a_reader_that_stumbles_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(*_arguments: object) -> None:
        raise AssertionError("planted")

    monkeypatch.setattr(file_table, "register_rows", stumbles)
    sweep = Sweep()
    sweep_files(sweep, "strategy:barometer_import", iter([("planted", b"Indikator;Periode;Verdi\n")]))
    assert sweep.failed

"""Money per row of the økonomiplan: imported by the analyst, linked to lines, never asked of a contact."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pgtrigger
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from budget.models import Line
from organisation.models import User
from reporting.actions import money as module
from reporting.actions.money import MoneyRow, import_money, link_line
from reporting.actions.period_steps import finish_step, set_step_deadline
from reporting.enums import PeriodStepKind
from reporting.importers.money import plan_money
from reporting.models import MoneyImport, Period, PeriodStep, PlanLink
from reporting.queries.money import money_of, period_money
from reporting.queries.period_steps import steps_of
from reporting.views.money_import import money_import
from tests import file_imports
from tests.cast import Cast
from tests.file_imports import confirm, keep
from tests.html_rules import broken_rules, parse
from tests.owner import as_owner
from tests.reporting_world import DEADLINE, NOW, World, build
from tests.test_reporting_races import at_once
from web.actors import DEMO
from web.concurrency import StaleObject
from web.contributions import collect, min_side_task
from web.refusals import Refused
from web.register.uploads import ImportChanged

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
HEAD = ("Rad i økonomiplanen", "Budsjett, kr", "Brukt, kr", "Prognose for året, kr", "Merknad")
ROWS = (MoneyRow("Elbiler", Decimal(1000), Decimal(400), Decimal(900)), MoneyRow("Annet", spent=Decimal(5)))


def text_of(response: Any) -> str:
    main = next(node for node in parse(response.content.decode()).walk() if node.tag == "main")
    return re.sub(r"\s+", " ", main.all_text())


def file_of(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([HEAD, *rows])
    return out.getvalue().encode("utf-8-sig")


def line(world: World, code: str) -> Line:
    return Line.objects.get(budget=world.budget, measure__code=code)


def link(world: World, code: str, row: str) -> None:
    link_line(by=DEMO, line=line(world, code), plan_row=row, version=0)


def give(world: World, *rows: MoneyRow) -> MoneyImport:
    newest = MoneyImport.objects.order_by("-pk").first()
    return import_money(
        by=world.cast.analyse,
        period=world.period,
        file_name="okonomi.csv",
        sha256="0" * 64,
        rows=rows or ROWS,
        seen=newest.pk if newest else None,
    )


def take_in(world: World, content: bytes, by: User | None = None) -> int:
    return file_imports.take_in(money_import(world.period), by or world.cast.analyse, content, "okonomi.csv")


# --- Per line


def test_money_of_a_line_is_its_rows(world: World) -> None:
    link(world, "T1", "  ELBILER ")
    give(world)
    found = money_of(world.period)
    assert set(found) == {line(world, "T1").pk}
    one = found[line(world, "T1").pk]
    assert (one.row.plan_row, one.shared_with) == ("Elbiler", ())
    assert (one.row.budgeted, one.row.spent, one.row.forecast) == (1000, 400, 900)


def test_a_shared_row_is_never_divided(world: World) -> None:
    for code in ("T1", "T2", "K1"):
        link(world, code, "Elbiler")
    link(world, "T3", "Annet")
    give(world)
    found = money_of(world.period)
    assert found[line(world, "T1").pk].shared_with == ("K1", "T2")
    assert found[line(world, "T2").pk].row.spent == 400
    units = {one.unit: one for one in period_money(world.period).units}
    transport = units[world.cast.transport.name]
    # Two lines on one row, and one on another: each row once.
    assert (transport.rows, transport.spent, transport.shared) == (2, 405, True)
    assert transport.budgeted == 1000


def test_unknown_is_not_zero(world: World) -> None:
    link(world, "T1", "Annet")
    give(world)
    amounts = money_of(world.period)[line(world, "T1").pk].row
    assert (amounts.budgeted, amounts.spent) == (None, 5)
    assert period_money(world.period).units[0].budgeted is None


def test_the_newest_file_counts(world: World) -> None:
    link(world, "T1", "Elbiler")
    give(world)
    give(world, MoneyRow("Elbiler", spent=Decimal(0)))
    one = money_of(world.period)[line(world, "T1").pk]
    assert (one.row.budgeted, one.row.spent) == (None, 0)
    give(world, MoneyRow("Annet", spent=Decimal(1)))
    assert money_of(world.period) == {}


def test_what_lacks_a_link_or_a_line(world: World) -> None:
    link(world, "T1", "Elbiler")
    link(world, "T2", "Finnes ikke")
    give(world)
    found = period_money(world.period)
    assert [one.line.measure.code for one in found.unlinked] == ["K1", "T3", "T4"]
    assert [one.line.measure.code for one in found.not_in_file] == ["T2"]
    assert [row.plan_row for row in found.loose_rows] == ["Annet"]


@pytest.mark.django_db(transaction=True)
def test_the_budgets_own_reference_is_used_until_the_analyst_links(cast: Cast, clock: object) -> None:
    world = build(cast, 1)
    found = line(world, "T1")
    # Past the adoption's lock, as the budget would have had it.
    with as_owner(), pgtrigger.ignore():
        Line.objects.filter(pk=found.pk).update(plan_reference="elbiler")
    give(world)
    assert money_of(world.period)[found.pk].row.spent == 400
    link(world, "T1", "Annet")
    assert money_of(world.period)[found.pk].row.spent == 5
    link_line(by=world.cast.analyse, line=found, plan_row="", version=1)
    assert money_of(world.period)[found.pk].row.spent == 400


def test_queries_do_not_grow(cast: Cast, clock: object) -> None:
    counts = []
    for number, measures in enumerate((1, 3)):
        world = build(cast, measures, year=2026 + number, prefix=str(number))
        for one in range(1, measures + 1):
            link(world, f"{number}T{one}", "Elbiler")
        import_money(by=DEMO, period=world.period, file_name="x", sha256="0" * 64, rows=ROWS, seen=None)
        with CaptureQueriesContext(connection) as caught:
            assert len(money_of(world.period)) == measures
            period_money(world.period)
        counts.append(len(caught))
    assert counts[0] == counts[1] == 7


# --- Import


def test_a_file_comes_in_whole(world: World) -> None:
    content = file_of(
        ("Elbiler", "1 000 000", "400 000,50", "900000", "Levert i juni."),
        ("Annet", "", "-5", "", ""),
    )
    assert take_in(world, content) == 2
    rows = {row.plan_row: row for row in MoneyImport.objects.get().rows.all()}
    assert rows["Elbiler"].spent == Decimal("400000.50")
    assert rows["Elbiler"].comment == "Levert i juni."
    assert (rows["Annet"].budgeted, rows["Annet"].spent) == (None, -5)
    plan = plan_money(world.period, content, "okonomi.csv")
    assert ([row.outcome for row in plan.rows], plan.is_ready) == (["unchanged", "unchanged"], False)
    news = plan_money(
        world.period, file_of(("elbiler", "1000000", "500000", "900000", "Levert i juni.")), "x.csv"
    )
    assert (news.rows[0].changes, news.gone) == ([("Brukt, kr", "400\u00a0000,5", "500\u00a0000")], ["Annet"])


def test_what_the_file_has_no_column_for_stays(world: World) -> None:
    """The page of the upload says so, and the preview shows no change."""
    give(world)
    content = "Rad i økonomiplanen;Brukt, kr\nElbiler;450\nAnnet;5\nNytt;0\n".encode("utf-8-sig")
    plan = plan_money(world.period, content, "x.csv")
    assert [row.changes for row in plan.rows] == [
        [("Brukt, kr", "400", "450")],
        [],
        # Zero is an amount, also the first time it is said.
        [("Brukt, kr", "", "0")],
    ]
    take_in(world, content)
    rows = {row.plan_row: row for row in MoneyImport.objects.latest("pk").rows.all()}
    assert (rows["Elbiler"].budgeted, rows["Elbiler"].spent, rows["Elbiler"].forecast) == (1000, 450, 900)
    assert (rows["Nytt"].budgeted, rows["Nytt"].spent) == (None, 0)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("", "1", "1", "1", "")], "Rad i økonomiplanen: Må fylles ut."),
        ([("A", "", "", "", "x")], "Brukt, kr: Skriv minst ett beløp."),
        ([("A", "", "mye", "", "")], "Brukt, kr: Skriv et tall, for eksempel 1\u00a0234,5."),
        ([("A", "", "1,234", "", "")], "Brukt, kr: Skriv tallet med høyst to desimaler."),
        ([("A", "", "9" * 14, "", "")], "Brukt, kr: Tallet er for stort."),
        (
            [("A", "1", "1", "", ""), (" a", "1", "1", "", "")],
            "Rad i økonomiplanen: Raden står også i rad 2. Behold bare den ene.",
        ),
    ],
)
def test_what_is_wrong_in_a_row(world: World, rows: list[tuple[str, ...]], sentence: str) -> None:
    plan = plan_money(world.period, file_of(*rows), "x.csv")
    assert sentence in [f"{header}: {words}" for row in plan.rows for header, words in row.errors]
    with pytest.raises(ImportChanged):
        take_in(world, file_of(*rows))
    assert not MoneyImport.objects.exists()


def test_a_file_against_another_file(world: World) -> None:
    content = file_of(("Elbiler", "1", "1", "1", ""))
    upload = keep(money_import(world.period), world.cast.analyse, content, "x.csv")
    old = plan_money(world.period, content, "x.csv")
    give(world)
    with pytest.raises(ImportChanged):
        confirm(money_import(world.period), world.cast.analyse, upload, old.fingerprint)
    with pytest.raises(StaleObject):
        import_money(
            by=world.cast.analyse, period=world.period, file_name="x", sha256="0" * 64, rows=ROWS, seen=None
        )


def test_a_closed_period_takes_no_figures(world: World) -> None:
    Period.objects.update(closed_at=NOW)
    with pytest.raises(Refused, match="lukket"):
        give(world)


@pytest.mark.parametrize("name", ["klima", "kontakt", "leder", "direktor", "radmann", "revisor", "admin"])
def test_only_the_analyst_brings_money_and_links(world: World, as_user: AsUser, name: str) -> None:
    user = world.cast.people()[name]
    for operation in (
        lambda: take_in(world, file_of(("A", "1", "1", "1", "")), by=user),
        lambda: link_line(by=user, line=line(world, "T1"), plan_row="A", version=0),
        lambda: finish_step(by=user, period=world.period, kind=PeriodStepKind.MONEY, version=0),
    ):
        with pytest.raises(PermissionDenied):
            operation()
    client = as_user(user)
    read = 200 if name in ("klima", "radmann", "revisor", "admin") else 403
    assert client.get("/rapportering/2026-T2/penger/").status_code == read
    assert client.get("/rapportering/2026-T2/penger/import/").status_code == 403
    assert client.get("/rapportering/2026-T2/steg/money/").status_code == 403
    assert "Importer regnskapstall" not in client.get("/rapportering/2026-T2/penger/").content.decode()


# --- The pages


def test_the_analyst_walks_through_the_pages(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.analyse)
    empty = client.get("/rapportering/2026-T2/penger/")
    assert "Ingen regnskapstall er importert" in text_of(empty)
    link_page = f"/rapportering/2026-T2/penger/linje/{line(world, 'T1').pk}/"
    shown = client.get(link_page)
    done = client.post(link_page, {"plan_row": "Elbiler", "version": "0"})
    assert (done.status_code, PlanLink.objects.get().plan_row) == (303, "Elbiler")
    assert client.post(link_page, {"plan_row": "Annet", "version": "0"}).status_code == 409
    start = client.get("/rapportering/2026-T2/penger/import/")
    template = client.get("/rapportering/2026-T2/penger/mal/")
    book = load_workbook(io.BytesIO(template.content))
    assert list(book["Regnskapstall"].values)[1][0] == "Elbiler"
    content = file_of(("Elbiler", "1000", "400", "900", ""), ("Annet", "", "5", "", ""))
    kept = client.post(
        "/rapportering/2026-T2/penger/import/", {"file": SimpleUploadedFile("okonomi.csv", content)}
    )
    preview = client.get(kept["Location"])
    mark = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', preview.content.decode())
    assert mark
    assert client.post(kept["Location"], {"fingerprint": "x"}).status_code == 409
    assert client.post(kept["Location"], {"fingerprint": mark[1]}).status_code == 303
    page = client.get("/rapportering/2026-T2/penger/")
    words = text_of(page)
    assert "Annet: 5 kr brukt" in words
    assert "1 000" in words
    for answer in (empty, shown, start, preview, page):
        assert broken_rules(answer.content.decode()) == []
    bad = client.post(
        "/rapportering/2026-T2/penger/import/",
        {"file": SimpleUploadedFile("okonomi.csv", file_of(("A", "", "x", "", "")))},
    )
    wrong = client.get(bad["Location"])
    assert "Last ned feilrader" in text_of(wrong)
    sheet = load_workbook(io.BytesIO(client.get(f"{bad['Location']}feil/").content)).active
    assert list(sheet.values)[1][:2] == (2, "Brukt, kr: Skriv et tall, for eksempel 1\u00a0234,5.")
    other_budget = build(world.cast, 1, year=2027, prefix="X")
    foreign = line(other_budget, "XT1").pk
    assert client.get(f"/rapportering/2026-T2/penger/linje/{foreign}/").status_code == 404


# --- Steps


def test_steps_have_deadlines_before_anything_is_stored(world: World) -> None:
    assert [(step.kind, step.due_at, step.done) for step in steps_of(world.period)] == [
        (PeriodStepKind.PLAN_LINKS, DEADLINE, False),
        (PeriodStepKind.MONEY, DEADLINE + timedelta(days=7), False),
        (PeriodStepKind.CHAPTER, DEADLINE + timedelta(days=14), False),
    ]
    assert not PeriodStep.objects.exists()


def test_the_reporting_page_has_every_task_of_min_side(world: World, as_user: AsUser) -> None:
    """The two pages once had a list each, and the analyst's steps stood on one of them only."""
    for user in (world.cast.analyse, world.cast.kontakt, world.cast.leder):
        tasks = [one for one in collect(min_side_task, user, NOW) if one.url.startswith("/rapportering/")]
        page = text_of(as_user(user).get("/rapportering/"))
        assert tasks
        assert [one.title for one in tasks if one.title not in page] == []


def test_the_analyst_finishes_a_step(world: World, as_user: AsUser) -> None:
    titles = [task.title for task in collect(min_side_task, world.cast.analyse, NOW)]
    assert "Kobling til økonomiplanen, 2. tertial 2026" in titles
    assert not [
        task for task in collect(min_side_task, world.cast.klima, NOW) if "økonomiplanen" in task.title
    ]
    client = as_user(world.cast.analyse)
    url = "/rapportering/2026-T2/steg/plan_links/"
    assert client.post(url, {"comment": "Tre mangler.", "version": "0"}).status_code == 303
    step = PeriodStep.objects.get()
    assert (step.done_at, step.done_by_name, step.comment) == (NOW, "Analyse Eksempel", "Tre mangler.")
    assert client.post(url, {"comment": "Igjen.", "version": "0"}).status_code == 303
    assert PeriodStep.objects.get().comment == "Tre mangler."
    titles = [task.title for task in collect(min_side_task, world.cast.analyse, NOW)]
    assert "Kobling til økonomiplanen, 2. tertial 2026" not in titles
    page = text_of(client.get("/rapportering/2026-T2/penger/"))
    assert "av Analyse Eksempel" in page
    assert client.post(f"{url}apne/", {"version": str(step.version)}).status_code == 303
    assert PeriodStep.objects.get().done_at is None
    assert client.get("/rapportering/2026-T2/steg/noe/").status_code == 404


def test_klima_and_the_analyst_set_deadlines(world: World, as_user: AsUser) -> None:
    url = "/rapportering/2026-T2/steg/chapter/frist/"
    assert as_user(world.cast.revisor).get(url).status_code == 403
    assert as_user(world.cast.klima).post(url, {"due_on": "14.09.2026", "version": "0"}).status_code == 303
    due = steps_of(world.period)[2].due_at
    assert due == datetime.fromisoformat("2026-09-14T23:59:00+02:00")
    stale = as_user(world.cast.analyse).post(url, {"due_on": "", "version": "0"})
    assert stale.status_code == 409
    assert as_user(world.cast.analyse).post(url, {"due_on": "", "version": "1"}).status_code == 303
    assert steps_of(world.period)[2].due_at == DEADLINE + timedelta(days=14)


def test_no_task_when_the_deadline_is_far_off(world: World, clock: time_machine.Coordinates) -> None:
    clock.move_to(NOW - timedelta(days=9))
    set_step_deadline(
        by=world.cast.klima,
        period=world.period,
        kind=PeriodStepKind.PLAN_LINKS,
        version=0,
        due_at=NOW + timedelta(days=60),
    )
    tasks = collect(min_side_task, world.cast.analyse, NOW - timedelta(days=9))
    assert "Kobling til økonomiplanen, 2. tertial 2026" not in [task.title for task in tasks]


# --- What the database holds, and two at once


def test_the_database_refuses(world: World) -> None:
    give(world)
    link(world, "T1", "Elbiler")
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE reporting_planlink SET plan_row = ''",
            "UPDATE reporting_planrowmoney SET spent = 1",
            "DELETE FROM reporting_moneyimport",
            "INSERT INTO reporting_periodstep (period_id, kind, done_by_system, comment, version) "
            f"VALUES ({world.period.pk}, 'money', 'x', '', 1)",
        ):
            with pytest.raises(Exception, match=r"violates|append-only: cannot"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("UPDATE reporting_planlink SET plan_row = 'x'")


@pytest.fixture
def committed(transactional_db: None, cast: Cast, clock: object) -> World:
    return build(cast, 1)


def _both_import(world: World) -> list[Any]:
    user = User.objects.get(pk=world.cast.analyse.pk)
    return at_once(
        *[
            lambda: import_money(
                by=user, period=world.period, file_name="x", sha256="0" * 64, rows=ROWS, seen=None
            )
        ]
        * 2
    )


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once(committed: World) -> None:
    results = sorted(type(result).__name__ for result in _both_import(committed))
    assert results == ["MoneyImport", "StaleObject"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_count(committed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the race is real, and this harness can see it."""
    both = threading.Barrier(2)

    class Unlocked:
        def __init__(self, *_args: Any, **_kwargs: Any) -> None: ...

        def get(self, pk: int) -> Period:
            return Period.objects.get(pk=pk)

    class Periods:
        @staticmethod
        def select_for_update(**_options: Any) -> Unlocked:
            both.wait(10)
            return Unlocked()

    class FakePeriod:
        objects = Periods

    monkeypatch.setattr(module, "Period", FakePeriod)
    real = MoneyImport.objects.create

    def late(**fields: Any) -> MoneyImport:
        both.wait(10)
        return real(**fields)

    monkeypatch.setattr(MoneyImport.objects, "create", late)
    results = [type(result).__name__ for result in _both_import(committed)]
    assert results == ["MoneyImport", "MoneyImport"]


def test_a_line_has_one_link(world: World) -> None:
    link(world, "T1", "Elbiler")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanLink.objects.create(line=line(world, "T1"), plan_row="Annet")

"""Every field of a register is known everywhere it must be: one that is not would be emptied in silence.

A register's fields are its model's. `missing` names each place that does not know one of them; what is
deliberately elsewhere stands beside the place, with the reason.
"""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.db import models
from django.test.utils import isolate_apps
from django.urls import reverse

from emissions.actions.own_operations import ActivityChange
from emissions.actions.population import save_population
from emissions.forms.own_operations import ActivityForm
from emissions.forms.population import PopulationForm
from emissions.importers.activities import ReadActivity
from emissions.models import Activity, Municipality, Population, Sector, Source
from emissions.words import activity_columns
from organisation.actions.appointments import change_dates, give_role
from organisation.actions.people import change_person
from organisation.actions.people_file import NewPerson, NewRole
from organisation.actions.unit_file import NewUnit
from organisation.actions.units import create_unit
from organisation.enums import Role
from organisation.forms.people import DatesForm, PersonForm, RoleForm
from organisation.forms.units import UnitForm
from organisation.models import Appointment, Unit, User
from organisation.words import people_columns, unit_columns
from reporting.actions.money import MoneyRow
from reporting.actions.reports import StatusAnswers
from reporting.forms.statuses import StatusForm
from reporting.importers.statuses import ANSWERS
from reporting.models import MeasureStatus, PlanRowMoney
from reporting.queries import exchange
from reporting.words import money_columns
from reporting.words.exchange import STATUS_COLUMNS
from strategy.actions import measure_plan
from strategy.actions.barometer import ValueData
from strategy.actions.decisions import DecisionData
from strategy.actions.measures import MeasureHead
from strategy.exports.measures import measures_file
from strategy.forms.barometer import BarometerIndicatorForm, ValueForm
from strategy.forms.decisions import DecisionForm
from strategy.forms.measure_plan import IndicatorForm, MilestoneForm, TargetRow
from strategy.forms.measures import MeasureForm
from strategy.importers.measures import head_from
from strategy.importers.part_resource import PartResource
from strategy.importers.resource import MeasureResource
from strategy.models import (
    BarometerIndicator,
    BarometerValue,
    Decision,
    Indicator,
    IndicatorTarget,
    Measure,
    Milestone,
)
from strategy.queries.measure_table import MeasureRecord, Names, measure_records
from strategy.views.measure_import import measure_import
from strategy.words import barometer_columns, decision_columns, measure_columns
from strategy.words.measure_columns import empty_value
from strategy.words.part_columns import INDICATORS, MILESTONES
from tests.file_imports import take_in
from web.register.columns import Column

VERSION = {"version": "the form's own: which version it was read at"}
EXAMPLE = {"is_example": "only the demo makes examples; no form decides it"}


@dataclass(frozen=True)
class Place:
    """Somewhere that must know a register's fields, and those it knows by name.

    `elsewhere`: field → why it is not here. `called`: field → what it is called here.
    """

    name: str
    known: Collection[str]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)

    def knows(self, name: str) -> bool:
        return self.called.get(name, name) in self.known


@dataclass(frozen=True)
class Register:
    """`elsewhere` are fields of the model that are nobody's to type."""

    model: type[models.Model]
    places: Sequence[Place]
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def own_fields(model):
    """The names of what the model stores and somebody says: not its key, nor what the database works out."""
    return [
        one.name
        for one in model._meta.concrete_fields
        if not one.primary_key and not isinstance(one, models.GeneratedField)
    ]


def missing(register):
    return [
        f"{register.model.__name__}.{name}: not in {place.name}"
        for name in own_fields(register.model)
        if name not in register.elsewhere
        for place in register.places
        if name not in place.elsewhere and not place.knows(name)
    ]


def untrue(register):
    """Exceptions for fields there are none of, and for those that are known after all."""
    there = own_fields(register.model)
    lists = [register.elsewhere, *(place.elsewhere for place in register.places)]
    gone = [name for one in lists for name in one if name not in there]
    known = [
        f"{name}: in {place.name} after all"
        for place in register.places
        for name in place.elsewhere
        if place.knows(name)
    ]
    return gone + known


# --- The registers, and what is deliberately elsewhere -----------------------------------------------------


def names(columns):
    return {column.name for column in columns}


def of(data):
    return {one.name for one in fields(data)}


def takes(action):
    return set(inspect.signature(action).parameters)


def compared(form):
    """What a conflict shows side by side: the visible fields."""
    return {bound.name for bound in form.visible_fields()}


def history(model, **elsewhere):
    return Place("history", {one.name for one in model.pgh_event_model._meta.concrete_fields}, elsewhere)


def measures():
    record = MeasureRecord(measure=Measure())
    edited = MeasureForm(record=record)
    moved = {"state": "moved by an action of its own, with a reason"}
    values = {one.name: empty_value(one) for one in measure_columns.COLUMNS}
    return Register(
        Measure,
        [
            Place("the action's data", of(MeasureHead), moved),
            Place("what the action writes", head_from(values).columns(), moved),
            Place("the new form", MeasureForm().fields),
            Place("the form", edited.fields, moved),
            Place("what the form begins with", MeasureForm.initial_of(record), moved),
            Place("the conflict", compared(edited), moved),
            Place("the file out", names(measure_columns.COLUMNS)),
            Place("the file in", MeasureResource({}, Names(), set()).fields),
            history(Measure),
        ],
        {
            **dict.fromkeys(
                ("assured_at", "assured_by", "assured_by_system"),
                "Klima's stamp on a plan",
            ),
            "plan_changed_at": "written with the plan",
            **VERSION,
            **EXAMPLE,
        },
    )


def part(model, sheet, form, add, edit):
    return Register(
        model,
        [
            Place("the action's data, new", takes(add)),
            Place("the action's data", takes(edit)),
            Place("the form", form.fields),
            Place("what the form begins with", type(form).initial_of(model())),
            Place("the conflict", compared(form)),
            Place("the file out", names(sheet.own)),
            Place("the file in", PartResource(sheet, is_workbook=True).fields),
            history(model),
        ],
        {"measure": "stands in the address, and by its number in the file", **VERSION},
    )


def milestones():
    actions = measure_plan.add_milestone, measure_plan.edit_milestone
    return part(Milestone, MILESTONES, MilestoneForm(), *actions)


def indicators():
    actions = measure_plan.add_indicator, measure_plan.edit_indicator
    return part(Indicator, INDICATORS, IndicatorForm(), *actions)


def targets():
    return Register(
        IndicatorTarget,
        [
            Place("the action's data", of(measure_plan.TargetValue)),
            Place("the form", TargetRow().fields),
            Place("the file out", names(INDICATORS.targets)),
            Place("the file in", PartResource(INDICATORS, is_workbook=True).fields),
            history(IndicatorTarget),
        ],
        {"indicator": "the one it is a target of"},
    )


def decisions():
    moved = dict.fromkeys(("status", "closed_on"), "moved by an action of its own")
    return Register(
        Decision,
        [
            Place("the action's data", of(DecisionData), moved),
            Place("the form", DecisionForm().fields, moved | EXAMPLE),
            Place("what the form begins with", DecisionForm.initial_of(Decision(pk=0)), moved | EXAMPLE),
            Place("the conflict", compared(DecisionForm()), moved | EXAMPLE),
            # Vedtaksrapportering writes why in the cell of what is not known.
            Place("the file out", names(decision_columns.COLUMNS)),
            history(Decision),
        ],
        VERSION,
    )


def barometer_indicators():
    form = BarometerIndicatorForm(dict.fromkeys(own_fields(BarometerIndicator), ""))
    form.is_valid()
    form.cleaned_data = dict.fromkeys(form.fields)
    return Register(
        BarometerIndicator,
        [
            # The action takes fields by name, as the form gives them.
            Place("the action's data", form.values()),
            Place("the form", form.fields),
            Place("the conflict", compared(form)),
            history(BarometerIndicator),
        ],
        VERSION | EXAMPLE,
    )


def barometer_values():
    form = ValueForm(indicator=BarometerIndicator(frequency="quarter"))
    return Register(
        BarometerValue,
        [
            Place("the action's data", of(ValueData)),
            Place("the form", form.fields),
            Place("the conflict", compared(form)),
            Place("the file out and in", names(barometer_columns.COLUMNS)),
            history(BarometerValue),
        ],
        {"indicator": "stands in the address, and by its name in the file", **VERSION},
    )


def populations():
    return Register(
        Population,
        [
            Place("the action's data", takes(save_population)),
            Place("the form", PopulationForm().fields),
            Place("the conflict", compared(PopulationForm())),
            history(Population),
        ],
        VERSION,
    )


def money_rows():
    return Register(
        PlanRowMoney,
        [
            Place("the action's data", of(MoneyRow)),
            Place("the file out and in", names(money_columns.COLUMNS)),
        ],
        {"source": "the import the row came with"},
    )


def statuses():
    return Register(
        MeasureStatus,
        [
            Place("the action's data", of(StatusAnswers)),
            Place("the form", StatusForm.base_fields),
            Place("the file out", exchange._ANSWERED),
            Place("the file's headings", names(STATUS_COLUMNS)),
            Place("the file in", ANSWERS),
            history(MeasureStatus),
        ],
        {
            **dict.fromkeys(("report", "measure", "line", "order"), "which measure it is, from the budget"),
            "confirmed_at": "written with the answer",
            "added_reason": "said when the measure came to the report",
            "imported_from": "the file it came with",
            **VERSION,
        },
    )


def activities():
    key = dict.fromkeys(("unit", "activity_type", "year"), "chosen before the form")
    reason = {"missing_reason": "reason"}
    columns = {
        "unit": activity_columns.UNIT,
        "activity_type": activity_columns.ACTIVITY,
        "year": activity_columns.YEAR,
        "quantity": activity_columns.QUANTITY,
        # A number or why there is none, in the same cell.
        "missing_reason": activity_columns.QUANTITY,
        "note": activity_columns.NOTE,
    }
    read = {"unit": "unit_id", "activity_type": "type_id", **reason}
    one_box = {"quantity": "amount", "missing_reason": "amount"}
    return Register(
        Activity,
        [
            Place("the action's data", of(ActivityChange), called=reason),
            Place("the form", ActivityForm(measure="kWh").fields, key, one_box),
            Place("the file out", names(activity_columns.COLUMNS), called=columns),
            Place("the file in", of(ReadActivity), called=read),
            history(Activity),
        ],
        {
            **dict.fromkeys(("entered_by", "entered_by_system"), "whoever saves it"),
            **VERSION,
            **EXAMPLE,
        },
    )


def filed(columns):
    return {column.name for column in columns if column.in_file}


def units():
    closed = {"valid_to": "closed by a change with its own day"}
    form = UnitForm(units=Unit.objects.none())
    return Register(
        Unit,
        [
            Place("the action's data", takes(create_unit), closed),
            Place("the form", form.fields, closed),
            Place("the conflict", compared(form), closed),
            Place("the file out", filed(unit_columns.COLUMNS)),
            Place("the file in", of(NewUnit)),
            history(Unit),
        ],
        {"coordinates_network": "set up with the network", **VERSION, **EXAMPLE},
    )


def people():
    erased = "her name and address stand in one row, so that erasing her is one row"
    form = PersonForm()
    return Register(
        User,
        [
            Place("the action's data", takes(change_person)),
            Place("the form", form.fields),
            Place("the conflict", compared(form)),
            Place("the list and its files", names(people_columns.COLUMNS)),
            Place("the file out", filed(people_columns.COLUMNS)),
            Place("the file in", of(NewPerson)),
            history(User, name=erased, email=erased),
        ],
        {
            "is_active": "shut out and let in by actions of their own",
            "invited_at": "written with the invitation",
            "last_login": "written when she logs in",
            "links_used": "counted when a one-time link is used",
            "sessions_ended": "counted when she signs out everywhere",
            "mail_failed_at": "written when a mail does not arrive",
            "erased_at": "written when her name gives way",
            "password": "hers alone",
            **VERSION,
        },
    )


def roles():
    here = {"source": "what is typed here is the portal's"}
    stands = dict.fromkeys(("user", "role", "unit"), "stands: another role is another row") | here
    form = RoleForm(roles=list(Role), units=Unit.objects.none())
    called = {"user": "email"}
    return Register(
        Appointment,
        [
            Place("the action's data", takes(give_role)),
            Place("the dates' action", takes(change_dates), stands),
            Place("the form", form.fields, here, called),
            Place("the dates' form", DatesForm().fields, stands),
            Place("the conflict", compared(DatesForm()), stands),
            Place("the file out", filed(people_columns.COLUMNS), called=called),
            Place("the file in", of(NewRole), {"source": "a file's rows have the file"}, {"user": "person"}),
            history(Appointment),
        ],
        VERSION,
    )


REGISTERS: tuple[Callable[[], Register], ...] = (
    *(measures, milestones, indicators, targets, decisions, barometer_indicators, barometer_values),
    *(populations, money_rows, statuses, activities, units, people, roles),
)
each_register = pytest.mark.parametrize("make", REGISTERS, ids=lambda make: make.__name__)


@each_register
@pytest.mark.django_db
def test_every_field_is_known_in_every_place(make):
    found = missing(make())
    assert not found, "\n".join(found)


@each_register
@pytest.mark.django_db
def test_what_is_elsewhere_is_so(make):
    assert untrue(make()) == []


@each_register
@pytest.mark.django_db
def test_one_more_field_is_missed_in_every_place(make):
    """The negative control: a scratch copy of the model with one field more."""
    register = make()
    with isolate_apps():
        stored = {name: models.TextField() for name in (*own_fields(register.model), "scratch_note")}
        meta = type("Meta", (), {"app_label": "scratch"})
        scratch = type(
            register.model.__name__, (models.Model,), {"__module__": __name__, "Meta": meta, **stored}
        )
    told = missing(replace(register, model=scratch))
    name = f"{register.model.__name__}.scratch_note"
    assert told == [f"{name}: not in {place.name}" for place in register.places]


@pytest.mark.parametrize("form", [MeasureForm, MilestoneForm, IndicatorForm, DecisionForm])
@pytest.mark.django_db
def test_a_form_follows_its_columns(form):
    more = Column("scratch_note", "Merknad", longest=40)
    scratch = type("Scratch", (form,), {"columns": (*form.columns, more)})
    assert "scratch_note" in scratch().fields
    assert "scratch_note" in scratch().names


def test_a_head_is_made_of_all_its_fields_or_not_at_all():
    values = {column.name: empty_value(column) for column in measure_columns.COLUMNS}
    head_from(values)
    for one in of(MeasureHead) - {"needs", "co_benefits"}:
        with pytest.raises(KeyError, match=one):
            head_from({name: value for name, value in values.items() if name != one})


# --- Written through the form and the file, and read back --------------------------------------------------


def filled(model, names, **given):
    """A value for each of the fields, made of what the model says of it; none is empty."""
    values = {}
    for number, name in enumerate(names):
        one = model._meta.get_field(name)
        if name in given:
            values[name] = given[name]
        elif one.choices:
            values[name] = one.choices[-1][0]
        elif isinstance(one, models.CharField | models.TextField):
            values[name] = f"{name} ærlig"[: one.max_length or 100]
        elif isinstance(one, models.DateField):
            values[name] = date(2026, 1, 1) + timedelta(days=number)
        elif isinstance(one, models.BooleanField):
            values[name] = True
        elif isinstance(one, models.DecimalField):
            values[name] = Decimal("12.50")
        elif isinstance(one, models.IntegerField):
            values[name] = 2030 + number if "year" in name else 10 + number
        else:
            raise AssertionError(f"{model.__name__}.{name}: say in the test what to fill it with")
    assert all(value not in (None, "", [], ()) for value in values.values())
    return values


def typed(form):
    """What a browser sends of the form as it is shown."""
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, forms.BooleanField):
            data |= {bound.html_name: "on"} if value else {}
        elif isinstance(value, list | tuple | set | frozenset):
            data[bound.html_name] = [str(one) for one in value]
        else:
            shown = bound.field.widget.format_value(value)
            data[bound.html_name] = "" if shown is None else shown
    return data


def stored(row, names):
    now = type(row).objects.get(pk=row.pk)
    return {name: getattr(now, name) for name in names}


def saved_twice(client, form, values, new_url, edit_url, find):
    """Entered through the form, and saved again as the next one meets it; the row."""
    assert client.post(new_url, typed(form)).status_code == 303
    row = find()
    assert stored(row, values) == values
    url = edit_url(row)
    assert client.post(url, typed(client.get(url).context["form"])).status_code == 303
    assert stored(row, values) == values
    return row


def said_by(register, *without):
    return [name for name in own_fields(register.model) if name not in {*register.elsewhere, *without}]


@pytest.fixture
def full_measure(cast, as_user):
    """A measure with every field filled, through the form, and its links."""
    source = Source.objects.create(sector=Sector.objects.create(name="Veitrafikk"), name="Personbiler")
    client = as_user(cast.klima)
    first = typed(
        MeasureForm(
            initial={"code": "T1", "title": "Først", "kind": "tiltak", "level": "municipal", "state": "idea"}
        )
    )
    assert client.post(reverse("strategy:new_measure"), first).status_code == 303
    register = measures()
    values = filled(
        Measure, said_by(register), code="T9", state="proposed", co_benefits=["noise", "air_quality"]
    )
    linked = {
        "unit": cast.transport.pk,
        "contributing": [cast.kitchen.pk],
        "sources": [source.pk],
        "needs": "T1",
    }
    # The links are not the model's own; each that a measure has is filled.
    assert set(linked) == of(MeasureRecord) - {"measure"}
    return saved_twice(
        client,
        MeasureForm(initial=values | linked),
        values,
        reverse("strategy:new_measure"),
        lambda row: reverse("strategy:edit_measure", args=[row.code]),
        lambda: Measure.objects.get(code="T9"),
    )


def whole(measure):
    record = measure_records([Measure.objects.get(pk=measure.pk)])[0]
    links = {name: getattr(record, name) for name in of(MeasureRecord) - {"measure"}}
    assert all(links.values())
    own = stored(measure, said_by(measures()))
    # A file has them in the order of the alphabet.
    return own | {"co_benefits": sorted(own["co_benefits"])} | links


@pytest.mark.django_db
@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_a_measure_comes_back_whole_through_the_form_and_the_file(cast, full_measure, file_format):
    before = whole(full_measure)
    content = measures_file(Measure.objects.all(), file_format)
    optional = {name for name in said_by(measures()) if Measure._meta.get_field(name).blank}
    emptied = {name: Measure._meta.get_field(name).get_default() for name in optional}
    Measure.objects.filter(pk=full_measure.pk).update(**emptied)
    for links in (full_measure.contributions, full_measure.source_links, full_measure.needs_links):
        links.all().delete()
    assert take_in(measure_import(), cast.klima, content, f"tiltak.{file_format}") == 1
    assert whole(full_measure) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "new", "edit", "form", "sheet"),
    [
        (milestones, "new_milestone", "milestone", MilestoneForm, MILESTONES),
        (indicators, "new_indicator", "indicator", IndicatorForm, INDICATORS),
    ],
)
def test_a_part_comes_back_whole_through_the_form_and_the_file(
    cast, as_user, full_measure, make, new, edit, form, sheet
):
    register, client = make(), as_user(cast.klima)
    values = filled(register.model, said_by(register))
    row = saved_twice(
        client,
        form(initial=values),
        values,
        reverse(f"strategy:{new}", args=["T9"]),
        lambda row: reverse(f"strategy:{edit}", args=["T9", row.pk]),
        lambda: register.model.objects.get(measure=full_measure),
    )
    content = measures_file(Measure.objects.all(), "xlsx")
    others = {
        one.name: "annet" if one.get_internal_type() == "CharField" else None
        for name in values
        if not (one := register.model._meta.get_field(name)).choices and (one.blank or one.name == sheet.key)
    }
    register.model.objects.filter(pk=row.pk).update(**others)
    assert take_in(measure_import(), cast.klima, content, "tiltak.xlsx") == 1
    assert stored(row, values) == values


@pytest.mark.django_db
def test_a_decision_comes_back_whole_through_the_form(cast, as_user):
    register = decisions()
    names = said_by(register, "status", "closed_on", *EXAMPLE)
    values = filled(Decision, names, unit=cast.transport, deadline=date(2027, 1, 1))
    saved_twice(
        as_user(cast.klima),
        DecisionForm(initial=values | {"unit": cast.transport.pk}),
        values,
        reverse("strategy:decision_new"),
        lambda row: reverse("strategy:decision_edit", args=[row.pk]),
        Decision.objects.get,
    )


@pytest.mark.django_db
def test_an_indicator_of_the_barometer_comes_back_whole_through_the_form(cast, as_user):
    sector = Sector.objects.create(name="Veitrafikk")
    values = filled(BarometerIndicator, said_by(barometer_indicators()), sector=sector)
    saved_twice(
        as_user(cast.klima),
        BarometerIndicatorForm(initial=values | {"sector": sector.pk, "version": 0}),
        values,
        reverse("strategy:barometer_new"),
        lambda row: reverse("strategy:barometer_edit", args=[row.pk]),
        BarometerIndicator.objects.get,
    )


@pytest.mark.django_db
def test_a_population_comes_back_whole_through_the_form(cast, as_user):
    town = Municipality.objects.create(number="3301", name="Drammen")
    values = filled(Population, said_by(populations()), municipality=town, year=2024)
    saved_twice(
        as_user(cast.klima),
        PopulationForm(initial=values | {"municipality": town.pk, "version": 0}),
        values,
        reverse("emissions:population_new"),
        lambda row: reverse("emissions:population_edit", args=[row.pk]),
        Population.objects.get,
    )

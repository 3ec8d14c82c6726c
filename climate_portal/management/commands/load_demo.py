"""Load the demo municipality, once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from climate_portal.demo_data.budgets import load_budgets
from climate_portal.demo_data.dates import dates_for
from climate_portal.demo_data.emissions import (
    COMMUNITY_PUBLISHED,
    EARLIER_PUBLISHED,
    OWN_PUBLISHED,
    community_file,
    earlier_community_file,
    load_populations,
    own_operations_file,
)
from climate_portal.demo_data.estimates import load_estimates, load_factors
from climate_portal.demo_data.hearing import load_hearing
from climate_portal.demo_data.klimalaget import load_network
from climate_portal.demo_data.leaders import load_leaders
from climate_portal.demo_data.looking_back import load_past_budget, load_scenario
from climate_portal.demo_data.measure_plans import load_measure_plans
from climate_portal.demo_data.messages import fill_letter_box, load_messages
from climate_portal.demo_data.organisation import load_changes, load_names, load_organisation
from climate_portal.demo_data.own_operations import load_own_operations
from climate_portal.demo_data.registers import load_barometer, load_decisions
from climate_portal.demo_data.reports import load_reports
from climate_portal.demo_data.strategy import load_strategies
from emissions.enums import Scope
from emissions.importers.editions import import_edition
from emissions.models import Edition
from organisation.models import User
from web.actors import DEMO, acting
from web.names import names_read_once, naming, own_municipality


class Command(BaseCommand):
    help = "Laster demokommunen. Gjør ingenting hvis den alt er lastet."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not settings.DEMO:
            raise CommandError("Demodata lastes bare når PORTAL_DEMO=1 eller DEBUG er på.")
        if User.objects.exists():
            self.stdout.write("Demodata er lastet fra før.")
            return
        with transaction.atomic():
            load_demo()
        fill_letter_box()
        self.stdout.write("Demodata er lastet.")


@names_read_once()
def load_demo() -> None:
    """Everything a stranger needs to walk the whole loop; facts as facts, the rest marked as examples."""
    dates = dates_for(timezone.now())
    with acting(DEMO, "Demodata"):
        load_names()
        units = load_organisation()
        community = _edition(Scope.COMMUNITY_DIRECT)
        _edition(Scope.OWN_OPERATIONS_DIRECT)
        _imported(
            Scope.COMMUNITY_DIRECT,
            content=earlier_community_file(own_municipality()),
            file_name="eksempel-drammen-2024.csv",
            published=EARLIER_PUBLISHED,
        )
        load_populations(community.municipality)
        load_own_operations(units)
        targets = load_strategies(units)
        load_measure_plans()
        load_barometer(dates)
        load_decisions(units, dates)
        load_network(units, dates)
        load_factors()
        load_hearing(units, community, dates)
        load_past_budget(targets[Scope.COMMUNITY_DIRECT])
        budget = load_budgets(community, targets[Scope.COMMUNITY_DIRECT])
        load_estimates()
    # Reports are made by the units' own people, each with an action of her own.
    load_reports(budget, dates)
    load_leaders(budget.year, dates)
    load_messages()
    load_scenario(budget)
    with acting(DEMO, "Demodata"):
        load_changes(units, dates)


def _edition(scope: Scope) -> Edition:
    own = scope == Scope.OWN_OPERATIONS_DIRECT
    return _imported(
        scope,
        content=(own_operations_file if own else community_file)(own_municipality()),
        file_name="eksempel-egen-virksomhet.csv" if own else "eksempel-drammen.csv",
        published=OWN_PUBLISHED if own else COMMUNITY_PUBLISHED,
    )


def _imported(scope: Scope, *, content: bytes, file_name: str, published: date) -> Edition:
    return import_edition(
        by=DEMO,
        content=content,
        file_name=file_name,
        municipality=own_municipality(),
        scope=scope,
        published=published,
        publisher=naming("{climate}"),
        is_example=True,
    ).edition

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate

from web.contributions import Retention, register, retention
from web.sheets.workbook import check_spreadsheet_reading
from web.triggers import keep_the_rules


def ages() -> list[Retention]:
    # Models are not loaded when this module is.
    from web.retention import own_ages  # noqa: PLC0415

    return own_ages()


class WebConfig(AppConfig):
    name = "web"
    label = "web"

    def ready(self) -> None:
        checks.register(check_spreadsheet_reading)
        register(retention, ages)
        post_migrate.connect(keep_the_rules, sender=self)

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate

from web.sheets.workbook import check_spreadsheet_reading
from web.triggers import keep_the_rules


class WebConfig(AppConfig):
    name = "web"
    label = "web"

    def ready(self) -> None:
        checks.register(check_spreadsheet_reading)
        post_migrate.connect(keep_the_rules, sender=self)

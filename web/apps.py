from django.apps import AppConfig
from django.db.models.signals import post_migrate

from web.triggers import keep_the_rules


class WebConfig(AppConfig):
    name = "web"
    label = "web"

    def ready(self) -> None:
        post_migrate.connect(keep_the_rules, sender=self)

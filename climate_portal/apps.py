from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from climate_portal.database_checks import give_rights
from web.contributions import min_side_task, register


class PortalConfig(AppConfig):
    """The composition root: holds the commands that need every room."""

    name = "climate_portal"
    label = "portal"

    def ready(self) -> None:
        # Django tells only of apps that have models.
        post_migrate.connect(give_rights, sender=apps.get_app_config("web"))

        # Models are not loaded when this module is.
        from climate_portal.home.operations import operation_tasks  # noqa: PLC0415

        register(min_side_task, operation_tasks)

from django.apps import AppConfig

from web.contributions import min_side_task, register


class PortalConfig(AppConfig):
    """The composition root: holds the commands that need every room."""

    name = "climate_portal"
    label = "portal"

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from climate_portal.home.operations import operation_tasks  # noqa: PLC0415

        register(min_side_task, operation_tasks)

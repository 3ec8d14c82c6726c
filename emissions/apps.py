from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import min_side_task, register


class EmissionsConfig(AppConfig):
    name = "emissions"
    verbose_name = _("Klimaregnskap")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from emissions.queries.waiting import activity_tasks  # noqa: PLC0415

        register(min_side_task, activity_tasks)

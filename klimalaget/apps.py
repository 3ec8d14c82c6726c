from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KlimalagetConfig(AppConfig):
    name = "klimalaget"
    verbose_name = _("Klimalaget")

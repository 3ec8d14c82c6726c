from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The composition root: holds the commands that need every room."""

    name = "climate_portal"
    label = "portal"

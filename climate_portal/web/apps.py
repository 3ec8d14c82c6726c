from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "climate_portal.web"
    label = "web"

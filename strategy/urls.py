from django.urls import path

from strategy import views

app_name = "strategy"
urlpatterns = [
    path("", views.index, name="index"),
    path("tiltak/<str:code>/", views.measure, name="measure"),
    path("tiltak/<str:code>/ansvarlig/", views.responsible, name="responsible"),
    path("klimabarometer/", views.barometer, name="barometer"),
    path("klimabarometer/last-ned/<str:file_format>", views.barometer_export, name="barometer_export"),
    path("klimabarometer/mal/<str:file_format>", views.barometer_template, name="barometer_template"),
    path("klimabarometer/importer/", views.barometer_import, name="barometer_import"),
    path("klimabarometer/importer/bekreft/", views.barometer_confirm, name="barometer_confirm"),
    path("klimabarometer/ny/", views.barometer_new, name="barometer_new"),
    path("klimabarometer/<int:pk>/", views.barometer_indicator, name="barometer_indicator"),
    path("klimabarometer/<int:pk>/rediger/", views.barometer_edit, name="barometer_edit"),
    path("klimabarometer/<int:pk>/tall/", views.barometer_value, name="barometer_value"),
    path("vedtak/", views.decisions, name="decisions"),
    path("vedtak/last-ned/<str:file_format>", views.decisions_export, name="decisions_export"),
    path("vedtak/ny/", views.decision_new, name="decision_new"),
    path("vedtak/<int:pk>/", views.decision, name="decision"),
    path("vedtak/<int:pk>/rediger/", views.decision_edit, name="decision_edit"),
    path("vedtak/<int:pk>/status/", views.decision_move, name="decision_move"),
    path("vedtak/<int:pk>/merknad/", views.decision_note, name="decision_note"),
    path("<slug:slug>/", views.detail, name="detail"),
]

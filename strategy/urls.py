from django.urls import path

from strategy import views

app_name = "strategy"
urlpatterns = [
    path("", views.index, name="index"),
    path("tiltak/", views.all_measures, name="measures"),
    path("tiltak/ny/", views.new_measure, name="new_measure"),
    path("tiltak/ansvar/", views.reassign, name="reassign"),
    path("tiltak/mal/", views.measure_template_file, name="measure_template"),
    path("tiltak/import/", views.import_measures, name="import_measures"),
    path("tiltak/import/<int:pk>/", views.import_measures_preview, name="import_measures_preview"),
    path("tiltak/last-ned/<slug:file_format>/", views.export_measures, name="export_measures"),
    path("tiltak/<str:code>/", views.measure, name="measure"),
    path("tiltak/<str:code>/rediger/", views.edit_measure, name="edit_measure"),
    path("tiltak/<str:code>/tilstand/", views.move_measure, name="move_measure"),
    path("tiltak/<str:code>/kvalitetssikre/", views.assure_measure, name="assure_measure"),
    path("tiltak/<str:code>/milepel/ny/", views.new_milestone, name="new_milestone"),
    path("tiltak/<str:code>/milepel/<int:pk>/", views.milestone, name="milestone"),
    path("tiltak/<str:code>/milepel/<int:pk>/fjern/", views.remove_milestone, name="remove_milestone"),
    path("tiltak/<str:code>/indikator/ny/", views.new_indicator, name="new_indicator"),
    path("tiltak/<str:code>/indikator/<int:pk>/", views.indicator, name="indicator"),
    path("tiltak/<str:code>/indikator/<int:pk>/fjern/", views.remove_indicator, name="remove_indicator"),
    path("tiltak/<str:code>/ansvarlig/", views.responsible, name="responsible"),
    path("<slug:slug>/", views.detail, name="detail"),
]

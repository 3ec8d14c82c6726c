from django.urls import path

from strategy import views

app_name = "strategy"
urlpatterns = [
    path("", views.index, name="index"),
    path("tiltak/<str:code>/", views.measure, name="measure"),
    path("tiltak/<str:code>/ansvarlig/", views.responsible, name="responsible"),
    # Words under /strategi/ that no strategy may have as its address: strategy.actions.documents.RESERVED
    path("ny/", views.new, name="new"),
    path("kommuneplanen/", views.plan, name="plan"),
    path("innsatsomrade/<int:pk>/", views.edit_area, name="edit_area"),
    path("innsatsomrade/<int:pk>/tema/", views.new_theme, name="new_theme"),
    path("tema/<int:pk>/", views.edit_theme, name="edit_theme"),
    path("plassering/<int:pk>/", views.edit_placement, name="edit_placement"),
    path("del/<str:kind>/<int:pk>/flytt/", views.move_part, name="move_part"),
    path("del/<str:kind>/<int:pk>/fjern/", views.remove_part, name="remove_part"),
    path("mal/<int:pk>/", views.target, name="target"),
    path("mal/<int:pk>/rediger/", views.edit_target, name="edit_target"),
    path("mal/<int:pk>/fjern/", views.remove_target, name="remove_target"),
    path("mal/<int:pk>/ramme/", views.ceiling, name="ceiling"),
    path("mal/<int:pk>/ny-start/", views.new_start, name="new_start"),
    path("mal/<int:pk>/indikator/", views.new_indicator, name="new_indicator"),
    path("malindikator/<int:pk>/", views.edit_indicator, name="edit_indicator"),
    path("malindikator/<int:pk>/verdi/", views.indicator_value, name="indicator_value"),
    path("horing/<int:pk>/", views.hearing, name="hearing"),
    path("horing/<int:pk>/svar/<int:unit>/", views.answer, name="hearing_answer"),
    path("horing/<int:pk>/avslutt/", views.close, name="close_hearing"),
    path("horing/<int:pk>/publiser/", views.publish, name="publish_hearing"),
    path("horing/merknad/<int:pk>/", views.dispose, name="dispose"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/rediger/", views.edit, name="edit"),
    path("<slug:slug>/ny-versjon/", views.new_version, name="new_version"),
    path("<slug:slug>/innsatsomrade/", views.new_area, name="new_area"),
    path("<slug:slug>/plasser/", views.place, name="place"),
    path("<slug:slug>/nytt-mal/", views.new_target, name="new_target"),
    path("<slug:slug>/horing/", views.send, name="send_hearing"),
    path("<slug:slug>/vedta/", views.adopt, name="adopt"),
    path("<slug:slug>/utkast/", views.take_back, name="take_back"),
    path("<slug:slug>/sammenlign/<slug:other>/", views.compare, name="compare"),
]

from django.urls import URLPattern, include, path

from budget import views

app_name = "budget"

# /budsjett/2027/kommunen-direkte/2/… is revision 2 of the document, where something is done to it.
_steps: list[URLPattern] = [
    path("lagre/", views.save_group, name="save_group"),
    path("lagre/<slug:view>/", views.save_figures, name="save_figures"),
    path("angre/", views.undo, name="undo"),
    path("klargjor/", views.hand_over, name="hand_over"),
    path("ta-tilbake/", views.take_back, name="take_back"),
    path("foresla/", views.propose, name="propose"),
    path("vedtak/", views.adopt, name="adopt"),
    path("revisjon/", views.start_revision, name="start_revision"),
]

urlpatterns = [
    path("", views.index, name="index"),
    path("tiltak/<int:line_id>/", views.line, name="line"),
    path("tiltak/<int:line_id>/rediger/", views.edit_line, name="edit_line"),
    path("celle/<int:line_id>/<int:year>/", views.save_cell, name="save_cell"),
    path("celle/<int:line_id>/<int:year>/<slug:figure>/", views.save_figure, name="save_figure"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<slug:scope>/", views.detail, name="detail"),
    path("<int:year>/<slug:scope>/last-ned/<slug:form>/", views.export, name="export"),
    path("<int:year>/<slug:scope>/<int:revision>/", include(_steps)),
]

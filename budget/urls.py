from django.urls import URLPattern, include, path

from budget import views

app_name = "budget"

# /budsjett/2027/kommunen-direkte/2/… is revision 2 of the document, where something is done to it.
_steps: list[URLPattern] = [
    path("lagre/", views.save_group, name="save_group"),
    path("klargjor/", views.hand_over, name="hand_over"),
    path("ta-tilbake/", views.take_back, name="take_back"),
    path("foresla/", views.propose, name="propose"),
    path("vedtak/", views.adopt, name="adopt"),
    path("revisjon/", views.start_revision, name="start_revision"),
    path("last-ned/", views.files, name="files"),
    path("kapittel/", views.chapter, name="chapter"),
    path("pdf/", views.order_document, name="order_document"),
    path("hva-om/", views.scenarios_list, name="scenarios"),
]
_scenario: list[URLPattern] = [
    path("", views.scenario, name="scenario"),
    path("rediger/", views.edit_scenario, name="edit_scenario"),
    path("slett/", views.delete_scenario, name="delete_scenario"),
    path("endring/<slug:slug>/", views.change_scenario, name="change_scenario"),
    path("endring/<int:change_id>/fjern/", views.remove_change, name="remove_change"),
]

urlpatterns = [
    path("", views.index, name="index"),
    path("tiltak/<int:line_id>/", views.line, name="line"),
    path("tiltak/<int:line_id>/rediger/", views.edit_line, name="edit_line"),
    path("celle/<int:line_id>/<int:year>/", views.save_cell, name="save_cell"),
    path("hva-om/<int:pk>/", include(_scenario)),
    path("pdf/<int:pk>/", views.document, name="document"),
    path("pdf/<int:pk>/last-ned/", views.document_pdf, name="document_pdf"),
    path("rammen/<slug:scope>/", views.kept, name="kept"),
    path("virksomhet/<int:pk>/", views.unit, name="unit"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<slug:scope>/", views.detail, name="detail"),
    path("<int:year>/<slug:scope>/last-ned/<slug:form>/", views.export, name="export"),
    path("<int:year>/<slug:scope>/<int:revision>/", include(_steps)),
]

from django.urls import URLPattern, include, path

from budget import views
from budget.views.blocks import in_block

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
    path("import/", views.line_import, name="line_import"),
    path("import/lagre/", views.line_import_confirm, name="line_import_confirm"),
    path("import/mal/", views.line_template_file, name="line_template"),
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
_parts: list[URLPattern] = [
    path("grunnlag/", views.change_basis, name="change_basis"),
    path("grunnlag/bytt/", views.confirm_basis, name="confirm_basis"),
    path("nytt-tiltak/", views.add_line, name="add_line"),
    path("overlapp/", views.overlaps, name="overlaps"),
    path("overlapp/ny/", views.add_overlap, name="add_overlap"),
    path("referansebane/", views.reference, name="reference"),
    path("referansebane/kilde/<int:source_id>/", views.edit_reference, name="edit_reference"),
    path("referansebane/virkemiddel/", views.add_policy, name="add_policy"),
    path("referansebane/fil/", views.reference_file, name="reference_file"),
    path("referansebane/les-inn/", views.import_reference, name="import_reference"),
    path("referansebane/les-inn/lagre/", views.confirm_reference, name="confirm_reference"),
]

urlpatterns = [
    path("", views.index, name="index"),
    path("tiltak/<int:line_id>/", views.line, name="line"),
    path("tiltak/<int:line_id>/rediger/", views.edit_line, name="edit_line"),
    path("tiltak/<int:line_id>/beregn/", views.estimate_choice, name="estimate_choice"),
    path("tiltak/<int:line_id>/beregn/<slug:calculator>/", views.estimate, name="estimate"),
    path("anslag/<int:estimate_id>/", views.estimate_again, name="estimate_again"),
    path("faktorer/", views.factors, name="factors"),
    path("tiltak/<int:line_id>/kilder/", views.edit_sources, name="edit_sources"),
    path("tiltak/<int:line_id>/anslag/", views.edit_ranges, name="edit_ranges"),
    path("tiltak/<int:line_id>/kostnader/", views.edit_costs, name="edit_costs"),
    path("tiltak/<int:line_id>/finansiering/", views.add_funding, name="add_funding"),
    path("tiltak/<int:line_id>/ta-ut/", views.remove_line, name="remove_line"),
    path("finansiering/<int:funding_id>/", views.edit_funding, name="edit_funding"),
    path("finansiering/<int:funding_id>/ta-bort/", views.remove_funding, name="remove_funding"),
    path("overlapp/<int:overlap_id>/", views.edit_overlap, name="edit_overlap"),
    path("overlapp/<int:overlap_id>/fjern/", views.remove_overlap, name="remove_overlap"),
    path("virkemiddel/<int:policy_id>/ta-ut/", views.remove_policy, name="remove_policy"),
    path("nytt/", views.create, name="create"),
    path("nytt/kopier/", views.copy_forward, name="copy_forward"),
    path("celle/<int:line_id>/<int:year>/", in_block(views.save_cell), name="save_cell"),
    path("hva-om/<int:pk>/", include(_scenario)),
    path("pdf/<int:pk>/", views.document, name="document"),
    path("pdf/<int:pk>/last-ned/", views.document_pdf, name="document_pdf"),
    path("rammen/<slug:scope>/", views.kept, name="kept"),
    path("virksomhet/<int:pk>/", views.unit, name="unit"),
    path("celle/<int:line_id>/<int:year>/<slug:figure>/", in_block(views.save_figure), name="save_figure"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<slug:scope>/", views.detail, name="detail"),
    path("<int:year>/<slug:scope>/last-ned/<slug:form>/", views.export, name="export"),
    path("<int:year>/<slug:scope>/endringer/", views.compare_states, name="compare"),
    path("<int:year>/<slug:scope>/<int:revision>/", include(_steps)),
    path("<int:year>/<slug:scope>/<int:revision>/", include(_parts)),
]

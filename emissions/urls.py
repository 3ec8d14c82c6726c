from django.urls import path

from emissions.views import (
    accounts,
    breakdown,
    editions,
    own_operations,
    own_operations_activity,
    own_operations_entry,
    own_operations_factors,
    own_operations_import,
    population,
)
from emissions.views.imports import columns, receipt, review, upload

app_name = "emissions"
urlpatterns = [
    path("", accounts.index, name="index"),
    path("eksport/<str:file_format>/", accounts.export, name="export"),
    path("utvikling/", breakdown.development, name="development"),
    path("fordeling/", breakdown.shares, name="shares"),
    path("to-aar/", breakdown.two_years, name="two_years"),
    path("sektor/", breakdown.sector, name="sector"),
    path("eksport/<slug:view>/<str:file_format>/", breakdown.export, name="export_view"),
    path("folketall/", population.register, name="population"),
    path("folketall/nytt/", population.new, name="population_new"),
    path("folketall/<int:pk>/", population.edit, name="population_edit"),
    path("utgave/<int:pk>/", accounts.edition, name="edition"),
    path("importer/", upload.upload, name="import"),
    path("importer/<int:pk>/", review.preview, name="import_preview"),
    path("importer/<int:pk>/lesing/", upload.reading, name="import_reading"),
    path("importer/<int:pk>/kolonner/", columns.columns, name="import_columns"),
    path("importer/<int:pk>/bekreft/", review.confirm, name="import_confirm"),
    path("importer/<int:pk>/kvittering/", receipt.receipt, name="import_receipt"),
    path("utgave/<int:pk>/angre/", receipt.undo, name="edition_undo"),
    path("utgaver/sammenlign/", editions.comparison, name="edition_comparison"),
    path("utgaver/sammenlign/<str:file_format>/", editions.export, name="edition_comparison_export"),
    path("egen-virksomhet/", own_operations.overview, name="own_operations"),
    path("egen-virksomhet/<int:year>/", own_operations.overview, name="own_year"),
    path("egen-virksomhet/<int:year>/last-ned/<str:file_format>/", own_operations.export, name="own_export"),
    path("egen-virksomhet/<int:year>/lukk/<str:scope>/", own_operations.close, name="own_close"),
    path("egen-virksomhet/<int:year>/for/", own_operations_entry.units, name="own_units"),
    path("egen-virksomhet/<int:year>/for/<int:unit_id>/", own_operations_entry.entry, name="own_entry"),
    path(
        "egen-virksomhet/<int:year>/for/<int:unit_id>/<int:type_id>/",
        own_operations_activity.activity,
        name="own_activity",
    ),
    path(
        "egen-virksomhet/celle/<int:unit_id>/<int:type_id>/<int:year>/",
        own_operations_entry.save_figure,
        name="own_cell",
    ),
    path("egen-virksomhet/<int:year>/mal.xlsx", own_operations_import.template, name="own_template"),
    path("egen-virksomhet/regneark/", own_operations_import.upload, name="own_upload"),
    path("egen-virksomhet/regneark/<int:pk>/", own_operations_import.preview, name="own_preview"),
    path("egen-virksomhet/faktorer/", own_operations_factors.factors, name="own_factors"),
    path("egen-virksomhet/faktorer/<int:pk>/", own_operations_factors.factor, name="own_factor"),
]

from django.urls import path

from emissions.views import accounts, editions, imports

app_name = "emissions"
urlpatterns = [
    path("", accounts.index, name="index"),
    path("eksport/<str:file_format>/", accounts.export, name="export"),
    path("utgave/<int:pk>/", accounts.edition, name="edition"),
    path("importer/", imports.upload, name="import"),
    path("importer/<int:pk>/", imports.preview, name="import_preview"),
    path("importer/<int:pk>/lesing/", imports.reading, name="import_reading"),
    path("importer/<int:pk>/kolonner/", imports.columns, name="import_columns"),
    path("importer/<int:pk>/bekreft/", imports.confirm, name="import_confirm"),
    path("importer/<int:pk>/kvittering/", imports.receipt, name="import_receipt"),
    path("utgave/<int:pk>/angre/", imports.undo, name="edition_undo"),
    path("utgaver/sammenlign/", editions.comparison, name="edition_comparison"),
    path("utgaver/sammenlign/<str:file_format>/", editions.export, name="edition_comparison_export"),
]

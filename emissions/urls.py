from django.urls import path

from emissions.views import accounts, imports

app_name = "emissions"
urlpatterns = [
    path("", accounts.index, name="index"),
    path("eksport/<str:file_format>/", accounts.export, name="export"),
    path("utgave/<int:pk>/", accounts.edition, name="edition"),
    path("importer/", imports.upload, name="import"),
    path("importer/<int:pk>/", imports.preview, name="import_preview"),
    path("importer/<int:pk>/bekreft/", imports.confirm, name="import_confirm"),
]

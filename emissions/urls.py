from django.urls import path

from emissions.views import accounts, imports, population, reading

app_name = "emissions"
urlpatterns = [
    path("", accounts.index, name="index"),
    path("eksport/<str:file_format>/", accounts.export, name="export"),
    path("utvikling/", reading.development, name="development"),
    path("fordeling/", reading.shares, name="shares"),
    path("to-aar/", reading.two_years, name="two_years"),
    path("sektor/", reading.sector, name="sector"),
    path("eksport/<slug:view>/<str:file_format>/", reading.export, name="export_view"),
    path("folketall/", population.register, name="population"),
    path("folketall/nytt/", population.new, name="population_new"),
    path("folketall/<int:pk>/", population.edit, name="population_edit"),
    path("utgave/<int:pk>/", accounts.edition, name="edition"),
    path("importer/", imports.upload, name="import"),
    path("importer/<int:pk>/", imports.preview, name="import_preview"),
    path("importer/<int:pk>/bekreft/", imports.confirm, name="import_confirm"),
]

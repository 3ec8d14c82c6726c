from django.urls import path

from organisation.views import names, units

app_name = "organisation"
urlpatterns = [
    path("", units.index, name="index"),
    path("navn/", names.index, name="names"),
    path("navn/kommunen/", names.municipality, name="municipality"),
    path("navn/organ/<slug:slug>/", names.body, name="body_name"),
]

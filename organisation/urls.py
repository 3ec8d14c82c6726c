from django.urls import path

from organisation.views import units

app_name = "organisation"
urlpatterns = [path("", units.index, name="index")]

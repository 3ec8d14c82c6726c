from django.urls import path

from klimalaget import views

app_name = "klimalaget"
urlpatterns = [path("", views.index, name="index")]

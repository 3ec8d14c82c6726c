from django.urls import path

from leadership import views

app_name = "leadership"
urlpatterns = [path("", views.index, name="index")]

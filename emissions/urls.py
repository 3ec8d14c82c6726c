from django.urls import URLPattern

app_name = "emissions"
urlpatterns: list[URLPattern] = []

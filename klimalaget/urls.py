from django.urls import URLPattern

app_name = "klimalaget"
urlpatterns: list[URLPattern] = []

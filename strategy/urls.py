from django.urls import path

from strategy import views

app_name = "strategy"
urlpatterns = [
    path("", views.index, name="index"),
    path("ny-utgave/", views.edition_effect, name="edition_effect"),
    path("tiltak/<str:code>/", views.measure, name="measure"),
    path("tiltak/<str:code>/ansvarlig/", views.responsible, name="responsible"),
    path("<slug:slug>/", views.detail, name="detail"),
]

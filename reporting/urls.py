from django.urls import URLPattern, path

from reporting.views import index, leadership, publications, publishing, reading, reports, steps

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("", index.index, name="index"),
    path("<str:code>/<int:unit>/", reports.report, name="report"),
    path("<str:code>/<int:unit>/lagre/<int:pk>/", reports.save_status, name="save_status"),
    path("<str:code>/<int:unit>/send/", reports.submit, name="submit"),
    path("<str:code>/<int:unit>/kvittering/", reading.receipt, name="receipt"),
    path("<str:code>/<int:unit>/godkjenn/", steps.approve, name="approve"),
    path("<str:code>/<int:unit>/returner/", steps.give_back, name="return"),
    path("<str:code>/<int:unit>/kvalitetssikre/", steps.assure, name="assure"),
    path("<str:code>/", leadership.dashboard, name="dashboard"),
    # What is published, and publishing it
    path("<str:code>/publikasjoner/", publications.publications, name="publications"),
    path("<str:code>/publikasjon/<int:number>/", publications.publication_pdf, name="publication_pdf"),
    path(
        "<str:code>/publikasjon/<str:whom>/<int:number>/<str:kind>/",
        publications.publication_file,
        name="publication_file",
    ),
    path("<str:code>/klimakapittel/", publications.chapter, name="chapter"),
    path("<str:code>/publiser/", publishing.publish, name="publish"),
    path("<str:code>/sammendrag/", publishing.order_summary, name="order_summary"),
    path("<str:code>/sammendrag/<int:pk>/", publishing.order, name="order"),
    path("<str:code>/sammendrag/<int:pk>/pdf/", publishing.order_pdf, name="order_pdf"),
]

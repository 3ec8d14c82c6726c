from django.urls import URLPattern, URLResolver, include, path

from publishing.views import dashboard, index, orders, progress, public_page, publications

app_name = "publishing"

# Under reporting's own address, and after it: a period's address begins with any word.
_reported = [
    path("", index.index, name="index"),
    path("<str:code>/", dashboard.dashboard, name="dashboard"),
    path("<str:code>/framdrift/", progress.progress, name="progress"),
    # What is published, and publishing it
    path("<str:code>/publikasjoner/", publications.publications, name="publications"),
    path("<str:code>/publikasjon/<int:number>/", publications.publication_pdf, name="publication_pdf"),
    path(
        "<str:code>/publikasjon/<str:whom>/<int:number>/<str:kind>/",
        publications.publication_file,
        name="publication_file",
    ),
    path("<str:code>/klimakapittel/", publications.chapter, name="chapter"),
    path("<str:code>/publiser/", orders.publish, name="publish"),
    path("<str:code>/sammendrag/", orders.order_summary, name="order_summary"),
    path("<str:code>/sammendrag/<int:pk>/", orders.order, name="order"),
    path("<str:code>/sammendrag/<int:pk>/pdf/", orders.order_pdf, name="order_pdf"),
]
# Without login
_open = [
    path("", public_page.public_page, name="public_page"),
    path("<str:code>/<int:number>/", public_page.public_publication, name="public_publication"),
    path("<str:code>/<int:number>/pdf/", public_page.public_publication_pdf, name="public_publication_pdf"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("rapportering/", include(_reported)),
    path("apent/", include(_open)),
]

from django.urls import URLPattern, path

from reporting.views import deviation_steps, deviations, exchange, index, leadership, reading, reports, steps

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("", index.index, name="index"),
    path("avvik/", deviations.deviations, name="deviations"),
    path("avvik/fil/<str:file_format>/", deviations.deviations_export, name="deviations_export"),
    path("avvik/<int:pk>/", deviations.deviation, name="deviation"),
    path("avvik/<int:pk>/ansvar/", deviation_steps.owner, name="deviation_owner"),
    path("avvik/<int:pk>/beslutning/", deviation_steps.decide, name="deviation_decide"),
    path("avvik/<int:pk>/lukk/", deviation_steps.close, name="deviation_close"),
    path("avvik/<int:pk>/apne/", deviation_steps.reopen, name="deviation_reopen"),
    path("<str:code>/<int:unit>/", reports.report, name="report"),
    path("<str:code>/<int:unit>/lagre/<int:pk>/", reports.save_status, name="save_status"),
    path("<str:code>/<int:unit>/send/", reports.submit, name="submit"),
    path("<str:code>/<int:unit>/kvittering/", reading.receipt, name="receipt"),
    path("<str:code>/<int:unit>/godkjenn/", steps.approve, name="approve"),
    path("<str:code>/<int:unit>/returner/", steps.give_back, name="return"),
    path("<str:code>/<int:unit>/kvalitetssikre/", steps.assure, name="assure"),
    path("<str:code>/statuser/", exchange.exchange, name="exchange"),
    path("<str:code>/statuser/fil/<str:file_format>/", exchange.export, name="export_statuses"),
    path("<str:code>/statuser/import/", exchange.import_statuses, name="import_statuses"),
    path("<str:code>/statuser/import/<int:pk>/", exchange.preview, name="import_preview"),
    path("<str:code>/statuser/import/<int:pk>/feil/", exchange.errors, name="import_errors"),
    path("<str:code>/", leadership.dashboard, name="dashboard"),
    path("<str:code>/publiser/", leadership.publish, name="publish"),
    path("<str:code>/sammendrag/", leadership.order_summary, name="order_summary"),
    path("<str:code>/sammendrag/<int:pk>/", leadership.order, name="order"),
    path("<str:code>/sammendrag/<int:pk>/pdf/", leadership.order_pdf, name="order_pdf"),
    path("<str:code>/publikasjon/<int:number>/", leadership.publication_pdf, name="publication_pdf"),
]

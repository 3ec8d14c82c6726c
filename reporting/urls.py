from django.urls import URLPattern, path

from reporting.views import index, leadership, messages, reading, reports, steps

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("", index.index, name="index"),
    path("kalender.ics", messages.calendar, name="calendar"),
    path("<str:code>/<int:unit>/", reports.report, name="report"),
    path("<str:code>/<int:unit>/lagre/<int:pk>/", reports.save_status, name="save_status"),
    path("<str:code>/<int:unit>/send/", reports.submit, name="submit"),
    path("<str:code>/<int:unit>/kvittering/", reading.receipt, name="receipt"),
    path("<str:code>/<int:unit>/godkjenn/", steps.approve, name="approve"),
    path("<str:code>/<int:unit>/returner/", steps.give_back, name="return"),
    path("<str:code>/<int:unit>/kvalitetssikre/", steps.assure, name="assure"),
    path("<str:code>/<int:unit>/varsle-oppover/", messages.release, name="release_escalation"),
    path("<str:code>/varsler/", messages.overview, name="messages"),
    path("<str:code>/varsler/tekst/", messages.planned, name="planned_message"),
    path("<str:code>/varsler/<int:pk>/", messages.message, name="message"),
    path("<str:code>/varsler/<int:pk>/prov-igjen/", messages.retry, name="retry_message"),
    path("<str:code>/", leadership.dashboard, name="dashboard"),
    path("<str:code>/publiser/", leadership.publish, name="publish"),
    path("<str:code>/sammendrag/", leadership.order_summary, name="order_summary"),
    path("<str:code>/sammendrag/<int:pk>/", leadership.order, name="order"),
    path("<str:code>/sammendrag/<int:pk>/pdf/", leadership.order_pdf, name="order_pdf"),
    path("<str:code>/publikasjon/<int:number>/", leadership.publication_pdf, name="publication_pdf"),
]

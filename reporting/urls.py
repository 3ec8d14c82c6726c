from django.urls import URLPattern, path

from reporting.views import (
    follow_ups,
    index,
    leadership,
    proposals,
    questions,
    reading,
    reports,
    steps,
)

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("", index.index, name="index"),
    # Before the periods, whose addresses begin with any word.
    path("forslag/", proposals.proposals, name="proposals"),
    path("strategioppfolging/<int:year>/", follow_ups.matrix, name="follow_ups"),
    path(
        "strategioppfolging/<int:year>/last-ned/<slug:file_format>/",
        follow_ups.export,
        name="follow_ups_export",
    ),
    path("strategioppfolging/<int:year>/<int:unit>/", follow_ups.follow_up, name="follow_up"),
    path(
        "strategioppfolging/<int:year>/<int:unit>/bekreft/",
        follow_ups.confirm,
        name="confirm_follow_up",
    ),
    path("sporsmal/", questions.questions, name="questions"),
    path("sporsmal/nytt/", questions.new_question, name="new_question"),
    path("sporsmal/<int:pk>/", questions.question, name="question"),
    path("sporsmal/<int:pk>/svar/", questions.answer_question, name="answer_question"),
    path("sporsmal/<int:pk>/trekk/", questions.withdraw_question, name="withdraw_question"),
    path("<str:code>/<int:unit>/", reports.report, name="report"),
    path("<str:code>/<int:unit>/lagre/<int:pk>/", reports.save_status, name="save_status"),
    path("<str:code>/<int:unit>/send/", reports.submit, name="submit"),
    path("<str:code>/<int:unit>/kvittering/", reading.receipt, name="receipt"),
    path("<str:code>/<int:unit>/godkjenn/", steps.approve, name="approve"),
    path("<str:code>/<int:unit>/returner/", steps.give_back, name="return"),
    path("<str:code>/<int:unit>/kvalitetssikre/", steps.assure, name="assure"),
    path("<str:code>/<int:unit>/forslag/<int:pk>/", proposals.edit_proposal, name="edit_proposal"),
    path("<str:code>/<int:unit>/forslag/<int:pk>/fjern/", proposals.remove_proposal, name="remove_proposal"),
    path("<str:code>/<int:unit>/forslag/<int:pk>/svar/", proposals.answer_proposal, name="answer_proposal"),
    path("<str:code>/<int:unit>/forslag/<slug:kind>/", proposals.propose, name="propose"),
    path("<str:code>/", leadership.dashboard, name="dashboard"),
    path("<str:code>/publiser/", leadership.publish, name="publish"),
    path("<str:code>/sammendrag/", leadership.order_summary, name="order_summary"),
    path("<str:code>/sammendrag/<int:pk>/", leadership.order, name="order"),
    path("<str:code>/sammendrag/<int:pk>/pdf/", leadership.order_pdf, name="order_pdf"),
    path("<str:code>/publikasjon/<int:number>/", leadership.publication_pdf, name="publication_pdf"),
]

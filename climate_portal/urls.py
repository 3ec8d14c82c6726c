"""Every address of the portal, and the one table that says who may ask for each.

A route that is not in ROUTES is refused, and fails the test suite.
"""

from django.urls import include, path

from climate_portal import home
from climate_portal.web import error_pages
from climate_portal.web.access import Route
from climate_portal.web.history import object_history
from organisation import views as organisation_views
from organisation.rules import Permission as P

ROUTES: dict[str, Route] = {
    # Anybody
    "live": Route("public", uses_database=False),
    "ready": Route("public", uses_database=False),  # answers 503 itself when the database is down
    "public_page": Route("public"),
    "account_login": Route("public", get_writes=True),
    "account_logout": Route("public", get_writes=True),
    # Whoever is logged in
    "min_side": Route("login"),
    "history": Route(P.READ_HISTORY),
    # Klimaregnskap
    "emissions:index": Route(P.READ_PUBLISHED),
    "emissions:export": Route(P.READ_PUBLISHED),
    "emissions:import": Route(P.IMPORT_EMISSIONS),
    "emissions:import_preview": Route(P.IMPORT_EMISSIONS),
    "emissions:import_confirm": Route(P.IMPORT_EMISSIONS),
    "emissions:edition": Route(P.READ_PUBLISHED),
    # Strategi
    "strategy:index": Route(P.READ_PUBLISHED),
    "strategy:detail": Route(P.READ_PUBLISHED),
    "strategy:measure": Route(P.READ_PUBLISHED),
    "strategy:responsible": Route(P.EDIT_STRATEGY),
    "strategy:barometer": Route(P.READ_PUBLISHED),
    "strategy:barometer_export": Route(P.READ_PUBLISHED),
    "strategy:barometer_indicator": Route(P.READ_PUBLISHED),
    "strategy:barometer_template": Route(P.EDIT_STRATEGY),
    "strategy:barometer_import": Route(P.EDIT_STRATEGY),
    "strategy:barometer_confirm": Route(P.EDIT_STRATEGY),
    "strategy:barometer_new": Route(P.EDIT_STRATEGY),
    "strategy:barometer_edit": Route(P.EDIT_STRATEGY),
    "strategy:barometer_value": Route(P.EDIT_STRATEGY),
    "strategy:decisions": Route(P.READ_PUBLISHED),
    "strategy:decisions_export": Route(P.READ_PUBLISHED),
    "strategy:decision": Route(P.READ_PUBLISHED),
    "strategy:decision_new": Route(P.EDIT_STRATEGY),
    "strategy:decision_edit": Route(P.EDIT_STRATEGY),
    "strategy:decision_move": Route(P.EDIT_STRATEGY),
    # Whose decision it is, is asked of each: to a stranger the form does not exist (404).
    "strategy:decision_note": Route(P.READ_PUBLISHED),
    # Klimabudsjett
    "budget:index": Route(P.READ_PUBLISHED),
    "budget:year": Route(P.READ_PUBLISHED),
    "budget:detail": Route(P.READ_PUBLISHED),
    "budget:export": Route(P.READ_PUBLISHED),
    "budget:line": Route(P.READ_PUBLISHED),
    "budget:edit_line": Route(P.EDIT_BUDGET),
    "budget:save_cell": Route(P.EDIT_BUDGET, post_only=True),
    "budget:save_group": Route(P.EDIT_BUDGET, post_only=True),
    "budget:save_figure": Route(P.EDIT_BUDGET, post_only=True),
    "budget:save_figures": Route(P.EDIT_BUDGET, post_only=True),
    "budget:undo": Route(P.EDIT_BUDGET, post_only=True),
    "budget:hand_over": Route(P.EDIT_BUDGET),
    "budget:take_back": Route(P.READ_DRAFT_BUDGET),
    "budget:propose": Route(P.PROPOSE_BUDGET),
    "budget:adopt": Route(P.REGISTER_ADOPTION),
    "budget:start_revision": Route(P.EDIT_BUDGET),
    # Rapportering. Whose report it is, is asked of each report: a stranger's does not exist (404).
    "reporting:index": Route("login"),
    "reporting:report": Route("login"),
    "reporting:save_status": Route("login"),
    "reporting:submit": Route("login"),
    "reporting:receipt": Route("login"),
    "reporting:approve": Route("login"),
    "reporting:return": Route("login"),
    "reporting:assure": Route("login"),
    "reporting:dashboard": Route(P.READ_PUBLISHED),
    "reporting:order_summary": Route(P.PUBLISH_SUMMARY, post_only=True),
    "reporting:publish": Route(P.PUBLISH_SUMMARY),
    "reporting:order": Route(P.READ_DASHBOARD),
    "reporting:order_pdf": Route(P.READ_DASHBOARD),
    "reporting:publication_pdf": Route(P.READ_PUBLISHED),
    # Klimaledelse, Klimalaget, organisasjon
    "leadership:index": Route(P.READ_PUBLISHED),
    "klimalaget:index": Route(P.READ_NETWORK),
    "organisation:index": Route(P.READ_ORGANISATION),
}

urlpatterns = [
    path("", home.min_side, name="min_side"),
    path("live", home.live, name="live"),
    path("ready", home.ready, name="ready"),
    path("apent/", home.public_page, name="public_page"),
    path("logg-inn/", organisation_views.log_in, name="account_login"),
    path("logg-ut/", organisation_views.log_out, name="account_logout"),
    path("historikk/<str:model_label>/<int:pk>/", object_history, name="history"),
    path("klimaregnskap/", include("emissions.urls")),
    path("strategi/", include("strategy.urls")),
    path("budsjett/", include("budget.urls")),
    path("rapportering/", include("reporting.urls")),
    path("klimaledelse/", include("leadership.urls")),
    path("klimalaget/", include("klimalaget.urls")),
    path("organisasjon/", include("organisation.urls")),
]

handler400 = error_pages.bad_request
handler403 = error_pages.forbidden
handler404 = error_pages.not_found
handler500 = error_pages.server_error

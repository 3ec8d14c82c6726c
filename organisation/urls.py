from django.urls import path

from organisation.views import names, people, roles, units

app_name = "organisation"
urlpatterns = [
    path("", units.index, name="index"),
    path("ny/", units.new, name="new_unit"),
    path("personer/", people.register, name="people"),
    path("personer/ny/", roles.invite, name="invite"),
    path("personer/<int:pk>/", people.detail, name="person"),
    path("personer/<int:pk>/endre/", people.edit, name="edit_person"),
    path("personer/<int:pk>/steng-ute/", people.shut_out, name="shut_out"),
    path("personer/<int:pk>/slipp-inn/", people.take_back, name="take_back"),
    path("personer/<int:pk>/inviter/", people.send_again, name="send_again"),
    path("roller/<int:pk>/datoer/", roles.dates, name="role_dates"),
    path("roller/<int:pk>/avslutt/", roles.end, name="end_role"),
    path("roller/<int:pk>/trekk/", roles.withdraw, name="withdraw_role"),
    path("roller/<int:pk>/overlevering/", roles.handover, name="handover"),
    path("forslag/<int:pk>/<str:word>/", roles.answer, name="answer_proposal"),
    path("endringer/<int:pk>/avlys/", units.cancel, name="cancel_change"),
    path("<int:unit>/", units.detail, name="unit"),
    path("<int:unit>/rolle/", roles.give, name="give_role"),
    path("<int:unit>/foresla/", roles.propose, name="propose_role"),
    path("<int:unit>/endre/<str:word>/", units.change, name="change_unit"),
    path("navn/", names.index, name="names"),
    path("navn/kommunen/", names.municipality, name="municipality"),
    path("navn/organ/<slug:slug>/", names.body, name="body_name"),
]

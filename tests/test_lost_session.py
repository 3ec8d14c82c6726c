"""What somebody is told when she is logged out in the middle of something, or opens what is no page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.demo_world import client_for

pytestmark = pytest.mark.usefixtures("demo_db")


def test_the_login_page_says_that_nothing_was_saved() -> None:
    answer = client_for("").post(reverse("budget:save_cell", args=[1, 2027]), headers={"HX-Request": "true"})
    assert "ulagret=1" in answer["HX-Redirect"]
    page = client_for("").get(answer["HX-Redirect"])
    assert "ble ikke lagret" in page.text
    assert "ble ikke lagret" not in client_for("").get("/logg-inn/").text


def test_an_address_that_only_takes_forms_is_explained() -> None:
    answer = client_for("klima").get(reverse("budget:save_cell", args=[1, 2027]))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "tar bare imot skjemaer" in answer.text

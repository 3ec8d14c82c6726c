"""Min side: what waits for the person who is logged in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def min_side(request: HttpRequest) -> HttpResponse:
    return render(request, "home/min_side.html", {})

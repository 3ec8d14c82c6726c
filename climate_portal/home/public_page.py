"""The one page anybody may read without login."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def public_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/public_page.html", {})

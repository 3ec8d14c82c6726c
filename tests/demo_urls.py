"""The portal's addresses as they are with PORTAL_DEMO=1."""

from django.urls import URLPattern, URLResolver

from climate_portal import urls

urlpatterns: list[URLPattern | URLResolver] = [*urls.urlpatterns, *urls.DEMO_PATTERNS]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500

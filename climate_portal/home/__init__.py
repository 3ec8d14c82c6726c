"""The portal's own pages: Min side, the public page, and what monitoring asks."""

from climate_portal.home.demo_mail import demo_mail, demo_mail_text
from climate_portal.home.min_side import min_side
from climate_portal.home.public_page import public_page, public_publication, public_publication_pdf
from climate_portal.home.status import live, ready

__all__ = [
    "demo_mail",
    "demo_mail_text",
    "live",
    "min_side",
    "public_page",
    "public_publication",
    "public_publication_pdf",
    "ready",
]

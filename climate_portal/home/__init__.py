"""The portal's own pages: Min side, and what monitoring asks."""

from climate_portal.home.demo_mail import demo_mail, demo_mail_text
from climate_portal.home.min_side import min_side
from climate_portal.home.status import live, ready

__all__ = [
    "demo_mail",
    "demo_mail_text",
    "live",
    "min_side",
    "ready",
]

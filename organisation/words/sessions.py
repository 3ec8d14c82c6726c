"""Where somebody is logged in, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

# In this order: others say they are Chrome and Safari too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_in_words(user_agent: str) -> str:
    """«Firefox på Windows», or that nobody can tell."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    machine = next((name for sign, name in _MACHINES if sign in user_agent), "")
    if browser and machine:
        return _("{browser} på {machine}").format(browser=browser, machine=machine)
    return browser or machine or _("Ukjent nettleser")

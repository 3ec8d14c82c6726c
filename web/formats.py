"""Norwegian numbers, dates and times: written for people, and read from what people type.

Shared by pages, PDFs and spreadsheets, so the same figure never looks two ways.
"""

import re
import unicodedata
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal, localcontext
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
OSLO: tzinfo = ZoneInfo("Europe/Oslo")

MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

# Figures beyond this are typing errors, and unbounded input would cost time.
_MAX_DIGITS = 30
# Wide enough that rounding for display never fails on a figure that could be typed or stored.
_ROUNDING_PRECISION = 120
_NUMBER = re.compile(r"([+-]?)([0-9]*)(?:([.,])([0-9]+))?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTTED_DATE = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
_WORD_DATE = re.compile(r"([0-9]{1,2})\.?([a-zæøå]+)\.?([0-9]{4})")


def without_spaces(text: str) -> str:
    """Without every kind of space, the invisible ones pasted from spreadsheets and web pages included."""
    return "".join(
        sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in {"Zs", "Cf"}
    )


def folded(text: object) -> str:
    """A name or a word as it is compared: whatever its capitals and spaces."""
    return " ".join(str(text).casefold().split())


def parse_norsk_tall(text: str) -> Decimal:
    """The number somebody wrote, exactly as precise as written.

    All spaces are skipped, comma or point is the decimal mark, and U+2212 or an en dash is a minus.
    What can be read two ways is refused rather than guessed: «1.234» may be 1,234 or 1 234, and two
    marks («1.234,5») may be Norwegian or English.

    Raises ValueError with a Norwegian sentence that shows how to write it.
    """
    plain = without_spaces(text).replace(MINUS, "-").replace(EN_DASH, "-")
    match = _NUMBER.fullmatch(plain)
    if match is None or not any(sign.isdigit() for sign in plain):
        if re.fullmatch(r"[+-]?[0-9]+(?:[.,][0-9]+){2,}", plain):
            raise ValueError(
                _("Skriv tusen med mellomrom og desimaler med komma, for eksempel 1\u00a0234,5.")
            )
        raise ValueError(_("Skriv et tall, for eksempel 1\u00a0234,5."))
    sign, whole, mark, fraction = match.groups()
    if len(whole) + len(fraction or "") > _MAX_DIGITS:
        raise ValueError(_("Tallet er for langt. Skriv et tall, for eksempel 1\u00a0234,5."))
    grouped = bool(re.search(r"[0-9]\s+[0-9]", text))
    if mark == "." and len(fraction) == 3 and 1 <= len(whole) <= 3 and whole.strip("0") and not grouped:
        question = _(
            "Mener du {thousands} eller {decimal}? Skriv tusen med mellomrom og desimaler med komma."
        )
        raise ValueError(question.format(thousands=f"{whole}{NBSP}{fraction}", decimal=f"{whole},{fraction}"))
    return Decimal(f"{sign}{whole or '0'}.{fraction}" if fraction else f"{sign}{whole}")


def parse_heltall(text: str) -> int:
    """The whole number in plain digits, spaces between them skipped, as «2 027» or «-3».

    Raises ValueError with a Norwegian sentence, also for what no column can hold.
    """
    plain = without_spaces(text).replace(MINUS, "-")
    if not _WHOLE.fullmatch(plain):
        raise ValueError(_("Skriv et helt tall med sifrene 0–9."))
    return int(plain)


def whole_number(text: str, otherwise: int) -> int:
    """A plain number below a billion, as an address or a hidden field has it; `otherwise` for the rest."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def parse_norsk_dato(text: str) -> date:
    """The date in «31.12.2026», «31. desember 2026» or «2026-12-31».

    Raises ValueError with a Norwegian sentence that shows how to write it.
    """
    plain = without_spaces(text).lower()
    if match := _ISO_DATE.fullmatch(plain):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DOTTED_DATE.fullmatch(plain):
        day, month, year = (int(part) for part in match.groups())
    elif match := _WORD_DATE.fullmatch(plain):
        day, year, month = int(match[1]), int(match[3]), _month_number(match[2])
    else:
        raise ValueError(_("Skriv en dato, for eksempel 31.12.2026."))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(_("Datoen finnes ikke. Skriv for eksempel 31.12.2026.")) from error


def parse_iso_date(text: str) -> date:
    """The date in «2026-12-31», as commands take it; Python's own also reads weeks. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(_("Skriv en dato, for eksempel 2026-12-31."))
    return date.fromisoformat(text)


def _month_number(word: str) -> int:
    """1–12 from a month's name or its first three letters or more; 0, which no date has, otherwise."""
    found = [index for index, name in enumerate(MONTHS, start=1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if found else 0


def format_number(value: Decimal | int | float | None, decimals: int | None = None) -> str:
    """«−1 234,5»: groups of three with no-break spaces, decimal comma, U+2212; «–» for None.

    Without `decimals` all significant decimals are shown and no trailing zeros; with it the value is
    rounded half away from zero.
    """
    if value is None:
        return EN_DASH
    number = value if type(value) is Decimal else Decimal(str(value))
    if not number.is_finite():
        return EN_DASH
    if decimals is not None:
        with localcontext(prec=_ROUNDING_PRECISION):
            number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{number:,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace(",", NBSP).replace(".", ",")
    # A grid shows thousands of figures; few of them are negative, and «−0» is written «0».
    return text if text[0] != "-" else f"{MINUS}{text[1:]}" if number else text[1:]


def format_or_under(value: float, decimals: int) -> str:
    """As `format_number`, but «under 0,1» for what is something and would read as none."""
    least = 10.0**-decimals
    if 0 < value < least / 2:
        return _("under {least}").format(least=format_number(least, decimals))
    return format_number(value, decimals)


def whole_percent(part: Decimal, whole: Decimal) -> Decimal:
    """How many percent of `whole` a part is, rounded half up; `whole` is not 0.

    What is not finished is never 100, and what is begun never 0: 99,6 % is shown as 99, and 0,4 % as 1. Those
    two say something is done or not begun, and are read as that.
    """
    exact = 100 * part / whole
    rounded = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if rounded == 100 and exact < 100:
        return Decimal(99)
    return Decimal(1) if not rounded and exact > 0 else rounded


def format_percent(value: Decimal | int | float | None, decimals: int | None = None) -> str:
    """«−55 %»; the value is in percent already (55 is 55 %). «–» for None."""
    return EN_DASH if value is None else f"{format_number(value, decimals)}{NBSP}%"


def local(moment: datetime) -> datetime:
    """The moment by the clock in Oslo."""
    return moment.astimezone(OSLO) if moment.tzinfo else moment


def _day(value: date) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def format_date(value: date | None) -> str:
    """«10. september 2026»; «–» for None."""
    return f"{format_day(value)} {_day(value).year}" if value else EN_DASH


def format_day(value: date | None) -> str:
    """«10. september», where the year goes without saying; «–» for None."""
    if value is None:
        return EN_DASH
    day = _day(value)
    return f"{day.day}.{NBSP}{MONTHS[day.month - 1]}"


def format_weekday(value: date | None) -> str:
    """«torsdag 10. september», and «tirsdag 4. januar 2028» when that is not this year; «–» for None."""
    if value is None:
        return EN_DASH
    this_year = _day(value).year == timezone.localdate().year
    return f"{WEEKDAYS[_day(value).weekday()]} {format_day(value) if this_year else format_date(value)}"


def format_numeric_date(value: date | None) -> str:
    """«10.09.2026», as shown in form fields; empty for None."""
    return _day(value).strftime("%d.%m.%Y") if value else ""


def format_time(value: datetime | None) -> str:
    """«10.42» by the clock in Oslo; «–» for None."""
    return local(value).strftime("%H.%M") if value else EN_DASH


def is_twice(value: datetime) -> bool:
    """Whether the clock in Oslo shows this time of day twice: 02.00–02.59 on a night in October."""
    shown = local(value)
    return shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()


def format_datetime(value: datetime | None) -> str:
    """«10. september 2026 kl. 10.42» by the clock in Oslo; «–» for None.

    Where the clock shows the same twice, it says which: «kl. 02.30 (vintertid)».
    """
    if not value:
        return EN_DASH
    text = f"{format_date(value)} kl.{NBSP}{format_time(value)}"
    if not is_twice(value):
        return text
    return f"{text} ({_('vintertid') if local(value).fold else _('sommertid')})"


def days_until(day: date, today: date) -> str:
    """«om 4 dager», «i morgen», «i dag», «i går», «for 3 dager siden»."""
    days = (_day(day) - _day(today)).days
    near = {-1: _("i går"), 0: _("i dag"), 1: _("i morgen")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("om %(days)d dag", "om %(days)d dager", days) % {"days": days}
    return ngettext("for %(days)d dag siden", "for %(days)d dager siden", -days) % {"days": -days}


def number_word(n: int) -> str:
    """«fire» for two to twelve in a sentence, else digits. One has a gender, and is said where it stands."""
    words = (
        _("to"),
        _("tre"),
        _("fire"),
        _("fem"),
        _("seks"),
        _("sju"),
        _("åtte"),
        _("ni"),
        _("ti"),
        _("elleve"),
        _("tolv"),
    )
    return words[n - 2] if 2 <= n <= 12 else format_number(n)

"""What is published of a period: the list, the files, and the chapter to copy."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.rules import AuthenticatedRequest, Duties, Permission, duties
from publishing.enums import Audience
from publishing.exports.publication_files import archive_zip, in_pieces, name_of
from publishing.exports.summary_pdf import chapter_context
from publishing.models import AUDIENCE_LABELS, Publication
from publishing.queries.audiences import Addressee, addressee_of
from publishing.queries.chapter import chapter_of
from publishing.queries.period_facts import period_facts
from publishing.queries.publications import find_publication, latest_publications, publications_in
from publishing.queries.reach import Reaches
from publishing.rules.publications import may_archive, may_open_status, may_publish, may_read_publication
from publishing.words.period_summary import summary_of
from reporting.models import Period
from reporting.queries.frozen import canonical_json
from reporting.views.period_files import get_period
from web.downloads import download, download_in_pieces
from web.http import render_page

# kind in the address → how the file's name ends, and whether only those who archive get it.
KINDS: dict[str, tuple[str, bool]] = {
    "pdf": (".pdf", False),
    "html": (".html", False),
    "arkiv": ("-arkiv.pdf", True),
    "json": (".json", True),
    "zip": (".zip", True),
}

TITLES = {
    Audience.LEADERSHIP: capfirst(AUDIENCE_LABELS[Audience.LEADERSHIP]),
    Audience.AREA: gettext_lazy("Områdene"),
    Audience.COMMITTEE: AUDIENCE_LABELS[Audience.COMMITTEE],
    Audience.CHAPTER: gettext_lazy("Klimakapitlet i tertialrapporten"),
}
ABOUT = {
    Audience.LEADERSHIP: gettext_lazy(
        "To til fire sider: svaret, det som venter på beslutning, hva som er endret, og hvem som mangler."
    ),
    Audience.AREA: gettext_lazy(
        "Den delen som gjelder virksomhetene i ett område, til orientering for den som leder det."
    ),
    Audience.COMMITTEE: gettext_lazy(
        "Vanlige ord, uten det virksomhetene skriver til hverandre og uten navn på personer. Alle kan lese "
        "det på den åpne siden."
    ),
    Audience.CHAPTER: gettext_lazy("Overskrifter og tabeller til å kopiere inn i tertialrapporten."),
}


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One publication in the list."""

    publication: Publication
    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AudiencePart:
    """What is published for one audience, and where Klima publishes for it. `areas`: one may choose among."""

    audience: Audience
    title: str
    about: str
    rows: tuple[Row, ...]
    publish_url: str
    areas: tuple[tuple[str, str], ...]
    page: Link | None


def publications(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Everything that is published of a period, for each audience that the reader is among."""
    period = get_period(code)
    held = duties(request.user)
    inside = may_archive(held)
    areas = None if inside else held.leader_units | held.units_below
    rows = publications_in(period, areas)
    context = {
        "page_title": _("Publikasjoner, {period}").format(period=period),
        "period_name": str(period),
        "dashboard_url": dashboard_url(code)
        if may_open_status(held, published=period.pk in latest_publications([period]))
        else "",
        "parts": [_part(held, period, audience, rows) for audience in _shown(held, rows)],
        "inside": inside,
        "publish_action": reverse("publishing:publish", args=[code]),
    }
    return render_page(request, "publishing/publications.html", context)


def _shown(held: Duties, rows: list[Publication]) -> list[Audience]:
    """The areas' part stands only where there is something in it for the reader, or something to publish."""
    if may_publish(held, Audience.AREA) or any(row.audience == Audience.AREA for row in rows):
        return list(Audience)
    return [one for one in Audience if one != Audience.AREA]


def _part(held: Duties, period: Period, audience: Audience, rows: list[Publication]) -> AudiencePart:
    publishes = may_publish(held, audience)
    by_area = audience == Audience.AREA
    url = f"{reverse('publishing:publish', args=[period.code])}?for={Addressee(audience).slug}"
    areas = Reaches(period).areas() if publishes and by_area else ()
    return AudiencePart(
        audience=audience,
        title=str(TITLES[audience]),
        about=str(ABOUT[audience]),
        rows=tuple(_publication_row(held, period, row) for row in rows if row.audience == audience),
        publish_url=url if publishes and not by_area else "",
        areas=tuple((Addressee(audience, one.unit_id).slug, one.name) for one in areas),
        page=_audience_page(held, period, audience, rows),
    )


def _audience_page(held: Duties, period: Period, audience: Audience, rows: list[Publication]) -> Link | None:
    """The page of the chapter; who does not read from inside has none before it is published."""
    published = any(row.audience == Audience.CHAPTER for row in rows)
    if audience == Audience.CHAPTER and (published or Permission.READ_DASHBOARD in held.permissions):
        return Link(_("Se og kopier kapitlet"), reverse("publishing:chapter", args=[period.code]))
    return None


def _publication_row(held: Duties, period: Period, row: Publication) -> Row:
    whom = Addressee(Audience(row.audience), row.unit_id)
    texts = {"pdf": _("PDF")}
    if row.audience == Audience.CHAPTER:
        texts["html"] = _("HTML")
    if may_archive(held):
        texts |= {"arkiv": _("PDF/A til arkivet"), "json": _("JSON"), "zip": _("Arkivpakke (zip)")}
    if not row.archive_pdf_sha256:
        texts.pop("arkiv", None)
    links = [Link(text, publication_url(period.code, whom, row.number, kind)) for kind, text in texts.items()]
    if row.audience == Audience.COMMITTEE:
        links.insert(
            0, Link(_("Åpen side"), reverse("publishing:public_publication", args=[period.code, row.number]))
        )
    return Row(row, row.unit.name if row.unit else "", tuple(links))


def publication_file(
    request: AuthenticatedRequest, code: str, whom: str, number: int, kind: str
) -> HttpResponseBase:
    """A file of a publication, exactly as it was published; the archive's zip is sent in pieces."""
    addressee = addressee_of(whom)
    held = duties(request.user)
    if addressee is None or kind not in KINDS:
        raise Http404
    if not may_read_publication(held, addressee.audience, addressee.unit_id):
        raise Http404
    row = find_publication(get_period(code), addressee.audience, addressee.unit_id, number)
    if row is None:
        raise Http404
    ending, archive_only = KINDS[kind]
    if archive_only and not may_archive(held):
        raise PermissionDenied
    content = _content(row, kind)
    if not content:
        raise Http404
    name = name_of(row, ending)
    if kind != "zip":
        return download(content, name)
    return download_in_pieces(in_pieces(content), len(content), name)


def _content(row: Publication, kind: str) -> bytes:
    if kind == "pdf":
        return bytes(row.pdf)
    if kind == "arkiv":
        return bytes(row.archive_pdf or b"")
    if kind == "json":
        return canonical_json(row.data)
    return row.html.encode() if kind == "html" else archive_zip(row)


def publication_pdf(request: AuthenticatedRequest, code: str, number: int) -> HttpResponse:
    """A publication for leadership exactly as it was published."""
    row = find_publication(get_period(code), Audience.LEADERSHIP, None, number)
    if row is None:
        raise Http404
    response = download(bytes(row.pdf), name_of(row, ".pdf"))
    response.headers["ETag"] = f'"{row.pdf_sha256}"'
    return response


def chapter(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The climate chapter to copy: as it was published, or for those inside as it stands until it is."""
    period = get_period(code)
    held = duties(request.user)
    inside = Permission.READ_DASHBOARD in held.permissions
    number = _asked_number(request)
    row = (
        None
        if inside and request.GET.get("utkast")
        else find_publication(period, Audience.CHAPTER, None, number)
    )
    if row is None and (number is not None or not inside):
        raise Http404
    whom = Addressee(Audience.CHAPTER)
    context = {
        "page_title": _("Klimakapittel, {period}").format(period=period),
        "period_name": str(period),
        "dashboard_url": dashboard_url(code),
        "publications_url": reverse("publishing:publications", args=[code]),
        "publication": row,
        "body": _body(row.html) if row else _draft(period),
        "download_url": publication_url(code, whom, row.number, "html") if row else "",
        "draft_url": f"{reverse('publishing:chapter', args=[code])}?utkast=1" if row and inside else "",
        "publish_url": f"{reverse('publishing:publish', args=[code])}?for={whom.slug}"
        if may_publish(held, Audience.CHAPTER)
        else "",
    }
    return render_page(request, "publishing/chapter.html", context)


def _asked_number(request: AuthenticatedRequest) -> int | None:
    """The number in the address; None when no number is asked for. Raises Http404 for anything else."""
    asked = request.GET.get("nr", "")
    if not asked:
        return None
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 5:
        raise Http404
    return int(asked)


def _body(html: str) -> SafeString:
    """What stands in the published document, as it was made and escaped then."""
    body = html.partition("<main>")[2].rpartition("</main>")[0]
    return mark_safe(body)  # noqa: S308 - our own document, stored append-only


def _draft(period: Period) -> SafeString:
    context = chapter_context(chapter_of(summary_of(period_facts(period))), None)
    return render_to_string("publishing/chapter_body.html", context)


# --- What the pages of publications share ----------------------------------------------------------------


def dashboard_url(code: str) -> str:
    return reverse("publishing:dashboard", args=[code])


def publication_url(code: str, whom: Addressee, number: int, kind: str) -> str:
    return reverse("publishing:publication_file", args=[code, whom.slug, number, kind])

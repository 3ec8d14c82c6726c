"""PDF: accessible, the same every time, and deaf to everything outside our own static files."""

import ast
import io
import logging
import socket
import time
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import engines
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from web import pdf
from web.charts import LineChart, Series, line_chart
from web.pdf import PdfError, html_to_pdf, render_copies, render_pdf

ROOT = Path(__file__).resolve().parent.parent
TITLE = "Klimastatus, 2. tertial 2026"
TABLE = """<table><caption>Tall</caption>
<thead><tr><th scope="col">Bane</th><th scope="col" class="num">2030</th></tr></thead>
<tbody><tr><th scope="row">Tiltaksbane</th><td class="num">158 560</td></tr>
<tr class="gap"><th scope="row">Over rammen ▲ ≤ CO₂e</th><td class="num">23 560</td></tr></tbody>
<tfoot><tr><th scope="row">Sum</th><td class="num">1</td></tr></tfoot></table>"""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a PDF reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def document():
    """render_pdf of a body given as text, inside the base template."""

    def render(body=TABLE, **context):
        source = (
            "{% extends 'pdf/base.html' %}{% block content %}<h2>Utslipp</h2>"
            "{% if chart %}{% include 'charts/line.html' with chart=chart only %}{% endif %}"
            + body
            + "{% endblock %}"
        )
        template = engines["django"].from_string(source)
        html = template.render({"title": TITLE, "author": "Drammen kommune", **context})
        return html_to_pdf(html)

    return render


@pytest.fixture
def chart():
    return line_chart(
        LineChart(
            "I 2030 er banen 24 over rammen.",
            "tonn CO₂e",
            [
                Series("Klimaregnskap", [(2023, Decimal(300)), (2024, Decimal(290))]),
                Series("Tiltaksbane", [(2025, Decimal(280)), (2030, Decimal(159))], "measures"),
            ],
            last_history_year=2024,
            width=680,
        )
    )


def read(data):
    return PdfReader(io.BytesIO(data))


def elements(reader):
    """All structure elements of the tag tree, in reading order."""

    def walk(node):
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            yield node
            yield from walk(node.get("/K", []))

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def tagged(reader, tag):
    return [element for element in elements(reader) if element.get("/S") == tag]


def embedded_files(reader):
    """Every object that is or names a file inside the document, wherever it hangs."""
    objects = (IndirectObject(number, 0, reader).get_object() for number in range(1, reader.trailer["/Size"]))
    return [
        entry for entry in objects if isinstance(entry, dict) and entry.keys() & {"/EF", "/EmbeddedFiles"}
    ]


def fonts(reader):
    found = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    return found


def test_base_template_gives_an_accessible_document(chart):
    data = render_pdf(
        "pdf/base.html",
        {"metadata": [("Periode", "2. tertial 2026")], "summary": "Ikke i rute.\n\nMen nær."},
        title=TITLE,
    )
    reader = read(data)
    root = reader.trailer["/Root"]

    assert root["/Lang"] == "nb"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == TITLE
    assert reader.metadata.author == "Drammen kommune"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert [entry.title for entry in reader.outline] == [TITLE]
    text = reader.pages[0].extract_text()
    for words in (TITLE, "Drammen kommune", "Periode", "Ikke i rute.", "side 1 av 1"):
        assert words in text


def test_the_chart_is_a_figure_with_its_message_and_the_compact_one_is_not_there(document, chart):
    figures = tagged(read(document(chart=chart)), "/Figure")
    assert [figure["/Alt"] for figure in figures] == ["I 2030 er banen 24 over rammen."]


def test_header_cells_say_what_they_head(document):
    reader = read(document())
    scopes = [element["/A"]["/Scope"] for element in tagged(reader, "/TH")]
    assert scopes == ["/Column", "/Column", "/Row", "/Row", "/Row"]
    assert len(tagged(reader, "/Table")) == len(tagged(reader, "/Caption")) == 1


def test_header_cells_are_scoped_on_every_page(document):
    row = "<tr><th scope='row'>Tiltak</th><td class='num'>1</td></tr>"
    reader = read(document(TABLE.replace("<tbody>", "<tbody>" + row * 120)))
    assert len(reader.pages) > 2
    assert all("/Scope" in element["/A"] for element in tagged(reader, "/TH"))


def test_sums_stand_once_at_the_end_of_the_table(document):
    rows = "".join(f'<tr><th scope="row">Rad {n}</th><td class="num">1</td></tr>' for n in range(70))
    head = '<thead><tr><th scope="col">Område</th><th scope="col" class="num">Tonn</th></tr></thead>'
    foot = "".join(
        f'<tr><th scope="row">{name}</th><td class="num">70</td></tr>' for name in ("Sum", "Netto")
    )
    reader = read(document(f"<table>{head}<tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>"))
    first, *_others, last = [page.extract_text() for page in reader.pages]
    assert first != last
    assert ("Område" in first, "Område" in last) == (True, True)
    assert ("Sum" in first, "Netto" in first) == (False, False)
    assert last.index("Rad 69") < last.index("Sum") < last.index("Netto")
    # What the rows are tagged as does not follow from where they stand.
    assert len(tagged(reader, "/TFoot")) == 1


def test_only_inter_is_embedded(document, chart):
    assert fonts(read(document(chart=chart))) == {"Inter", "Inter-Semi-Bold"}


def test_the_same_input_gives_the_same_bytes_and_other_input_others(document, chart, monkeypatch):
    first = document(chart=chart)
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert document(chart=chart) == first

    other = document(TABLE.replace("158 560", "158 561"), chart=chart)
    identifiers = [read(data).trailer["/ID"][0] for data in (first, other)]
    assert identifiers[0] != identifiers[1]


def metadata(reader):
    """The XMP as one line, and as what it says of the file's conformance."""
    return " ".join(reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode().split())


def test_the_archive_variant_is_tagged_too():
    reader = read(render_pdf("pdf/base.html", {}, title=TITLE, variant="pdf/a-2a"))
    assert 'pdfaid:part="2"' in metadata(reader)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_archives_copy_is_pdf_a_2a_and_as_accessible_as_the_other():
    context = {"metadata": [("Periode", "2. tertial 2026")], "summary": "Ikke i rute."}
    copies = render_copies("pdf/base.html", context, title=TITLE)
    reading, archive = read(copies.reading), read(copies.archive)
    xmp, root = metadata(archive), archive.trailer["/Root"]

    assert 'pdfaid:part="2"' in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp or 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    # What PDF/A does not know must be described in the file.
    assert "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>" in xmp
    assert xmp.count("<rdf:RDF") == 1
    intent = root["/OutputIntents"][0]
    assert (intent["/S"], intent["/DestOutputProfile"]["/N"]) == ("/GTS_PDFA1", 3)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nb"
    assert "pdfaid" not in metadata(reading)
    assert [element["/S"] for element in elements(reading) if "/S" in element] == [
        element["/S"] for element in elements(archive) if "/S" in element
    ]
    assert [page.extract_text() for page in reading.pages] == [page.extract_text() for page in archive.pages]


def test_two_copies_at_once_are_the_bytes_of_each_by_itself():
    copies = render_copies("pdf/base.html", {"summary": "x"}, title=TITLE)
    assert copies.reading == render_pdf("pdf/base.html", {"summary": "x"}, title=TITLE)
    assert copies.archive == render_pdf("pdf/base.html", {"summary": "x"}, title=TITLE, variant="pdf/a-2a")


HOSTILE = """
<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><link rel="stylesheet" href="file:///etc/hostname">
<link rel="attachment" href="file:///etc/hostname"><a rel="attachment" href="file:///etc/hostname">vedlegg</a>
<a rel="attachment" href="http://127.0.0.1:9/">vedlegg</a>
<img src="file:///etc/hostname" alt="a"><img src="http://127.0.0.1:9/x.png" alt="b"><img src="//h/x" alt="c">
<img src="FILE:///etc/hostname" alt="d"><img src="ftp://127.0.0.1/x" alt="e">
<img src="STATIC:pdf.css" alt="f">
<object data="file:///etc/hostname">o</object><embed src="http://127.0.0.1:9/">
<style>@import "file:///etc/hostname"; body { background: url(http://127.0.0.1:9/b.png) }</style>
<svg role="img"><title>t</title><image href="file:///etc/hostname"/><use href="http://127.0.0.1:9/#a"/></svg>
"""


def test_hostile_markup_reads_nothing_and_attaches_nothing(document, monkeypatch, caplog):
    opened = []
    real = io.open

    def watched(file, *args, **kwargs):
        opened.append(str(file))
        return real(file, *args, **kwargs)

    monkeypatch.setattr("builtins.open", watched)
    with caplog.at_level(logging.ERROR, "weasyprint"):
        data = document(HOSTILE)

    assert "/etc/hostname" not in opened
    assert embedded_files(read(data)) == []
    assert "disallowed protocol" in caplog.text


def test_our_own_files_are_not_attached_either(document):
    data = document(
        '<a rel="attachment" href="static:pdf.css">a</a><a rel="attachment" href="data:text/plain,hei">b</a>'
    )
    assert embedded_files(read(data)) == []


@pytest.mark.parametrize("name", ["finnes-ikke.css", "../climate_portal/settings.py", "/etc/hostname"])
def test_a_missing_file_of_ours_and_a_path_out_of_static_stop_the_document(document, name):
    with pytest.raises(PdfError, match="Finner ikke"):
        document(f'<img src="static:{name}" alt="">')


def test_the_stylesheet_has_no_property_the_engine_does_not_know(document, chart, caplog):
    with caplog.at_level(logging.WARNING, "weasyprint"):
        document(chart=chart)
        render_pdf("pdf/base.html", {"metadata": [("a", "b")], "summary": "x"}, title=TITLE)
    assert caplog.records == []
    with caplog.at_level(logging.WARNING, "weasyprint"):
        document("<style>p { finnes-ikke: 1px }</style>")
    assert "finnes-ikke" in caplog.text


def test_text_from_people_is_text(document):
    reader = read(document("<p>{{ text }}</p>", text="<img src=file:///etc/hostname> & «hei»"))
    assert "<img src=file:///etc/hostname> & «hei»" in reader.pages[0].extract_text().replace("\n", " ")


def test_weasyprint_is_imported_in_one_place_only():
    importers = set()
    for path in ROOT.rglob("*.py"):
        if {".venv", "tests", ".local"} & set(path.relative_to(ROOT).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] in ("weasyprint", "pydyf") for name in names):
                importers.add(path.relative_to(ROOT).as_posix())
    assert importers == {"web/pdf_engine.py"}


def test_the_engine_is_loaded_only_when_a_pdf_is_made():
    tree = ast.parse(Path(pdf.__file__).read_text())
    assert not any("pdf_engine" in ast.dump(node) for node in tree.body if isinstance(node, ast.ImportFrom))

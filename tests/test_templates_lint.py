"""Every template keeps the rules of tests/html_rules.py, and the rules themselves catch what they should."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template, render_to_string

from tests.html_rules import broken_rules
from web.grid import grid_cell

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What no template source may hold, whatever its context turns out to be.
FORBIDDEN = {
    "inline style": r"<style\b|\sstyle=",
    "inline script": r"<script(?![^>]*\ssrc=)",
    "event attribute": r"\son[a-z]+=",
    "hx-on": r"\shx-on",
    "script in an attribute": r"[\"'](?:js|javascript):",
    "trigger filter": r"hx-trigger=\"[^\"]*\[",
    "scroll region out of reach": r"class=\"kp-scroll[^\"]*\"(?![^>]*tabindex=\"0\")",
    "unescaped text": r"\|\s*safe\b|\bsafeseq\b|autoescape off",
    "somebody else's server": r"(?:src|href)=\"(?:https?:)?//",
}
TOKEN = "<input type='hidden' name='csrfmiddlewaretoken' value='x'>"


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_source(path: Path) -> None:
    source = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", "", path.read_text(), flags=re.DOTALL)
    assert [name for name, pattern in FORBIDDEN.items() if re.search(pattern, source)] == []


def test_what_posts_gets_its_token_when_included_alone() -> None:
    posting = {_name(path) for path in TEMPLATES if "{% csrf_token %}" in path.read_text()}
    alone = [
        (_name(path), included)
        for path in TEMPLATES
        for included, words in re.findall(r'{%\s*include "([^"]+)"([^%]*)only\s*%}', path.read_text())
        if included in posting and "csrf_token=csrf_token" not in words
    ]
    assert alone == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_compiles(path: Path) -> None:
    get_template(_name(path))


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p style='color:red'>x</p>", "inline attribute style"),
        ("<a href='#' onclick='x()'>x</a>", "inline attribute onclick"),
        ("<style>p{}</style>", "inline code"),
        ("<script>1</script>", "inline code"),
        ("<script src='/a.js'>1</script>", "inline code"),
        ("<a href=' javascript:x()'>x</a>", "code in an address"),
        ("<img alt='' src='//elsewhere.example/x.png'>", "fetched from somebody else"),
        ("<p hx-on:click='x'>x</p>", "hx-on"),
        ("<p data-hx-on--load='x'>x</p>", "hx-on"),
        ("<p hx-vals='js:{a:1}'>x</p>", "hx-vals needs eval"),
        ("<p hx-trigger='click[x]'>x</p>", "trigger filter"),
        ("<button hx-get='/a'>x</button>", "hx-get without"),
        ("<a href='/b' hx-get='/a'>x</a>", "hx-get without"),
        ("<button hx-post='/a'>x</button>", "hx-post outside"),
        ("<form action='/a'><button hx-post='/a'>x</button></form>", "hx-post outside"),
        ("<form method='post'><button hx-post='/a'>x</button></form>", "hx-post outside"),
        ("<form id='f' method='get' action='/'></form><input form='f' hx-post='/a'>", "hx-post outside"),
        ("<form method='post' action='/a'><button hx-delete='/a'>x</button></form>", "hx-delete"),
        ("<form method='post' action='/a'><button>x</button></form>", "post without csrfmiddlewaretoken"),
        ("<form method='POST' action='/a'><input name='csrfmiddlewaretoken'></form>", "post without csrf"),
        (f"{TOKEN}<form method='post' action='/a'></form>", "post without csrfmiddlewaretoken"),
        ("<table><tr><td>1</td></tr></table>", "table without caption"),
        ("<table><caption> </caption></table>", "table without caption"),
        ("<table><caption hidden>x</caption></table>", "caption hidden"),
        ("<table><caption>x</caption><tr><th>1</th></tr></table>", "th without scope"),
        ("<table><caption>x</caption><tr><th scope='col'></th></tr></table>", "empty th"),
        ("<div class='kp-scroll'></div>", "kp-scroll without"),
        ("<div class='kp-scroll' tabindex='0' role='region'></div>", "kp-scroll without"),
        ("<svg role='img'><path/></svg>", "svg role=img without title"),
        ("<svg><path/></svg>", "svg neither"),
        ("<img src='/x.png'>", "img without alt"),
        ("<p id='a'></p><p id='a'></p>", "id used twice"),
        ("<p id='r-1 234'></p>", "has a space"),
    ],
)
def test_the_checker_sees(html: str, problem: str) -> None:
    assert any(found.startswith(problem) or problem in found for found in broken_rules(html))


@pytest.mark.parametrize(
    "html",
    [
        "<a href='/a' hx-get='/a'>x</a>",
        "<form action='/a'><select hx-get='/a'></select></form>",
        "<div hx-get='/a' hx-trigger='every 1s'><a href='/a'>x</a></div>",
        f"<form method='post' action='/a'>{TOKEN}<button hx-post='/b'>x</button></form>",
        f"<form id='f' method='POST' action='/a'>{TOKEN}</form><p><input form='f' hx-post='/b'></p>",
        "<script src='/static/a.js' defer></script>",
        "<svg role='img'><title>Utslipp</title><path/></svg><svg aria-hidden='true'></svg>",
        "<template><td id='a' hx-swap-oob='true'></td></template><td id='a'></td>",
    ],
)
def test_the_checker_lets_through(html: str) -> None:
    assert broken_rules(html) == []


def _page(**context: object) -> str:
    frame = {"page_title": "Prøve", "organisation_name": "Prøve kommune", "csrf_token": "x" * 64}
    return render_to_string("base.html", {**frame, **context})


def test_the_base_page_keeps_the_rules_for_everybody() -> None:
    nav = [{"title": "Min side", "url": "/", "current": True, "count": 2}]
    person = {"is_authenticated": True, "name": "Kontakt Eksempel"}
    for html in (_page(), _page(nav_items=nav, user=person, user_subtitle="Klima", demo=True)):
        assert broken_rules(html) == []
        for needed in (
            'lang="nb"',
            'id="status"',
            'role="status"',
            "<dialog",
            'href="#main"',
            '<main id="main"',
        ):
            assert needed in html


def test_the_base_page_says_who_and_what() -> None:
    html = _page(
        nav_items=[{"title": "Min side", "url": "/", "current": True, "count": 2}],
        user={"is_authenticated": True, "name": "Kontakt Eksempel"},
        support_email="hjelp@kommune.example",
        accessibility_statement_url="https://uustatus.no/prove",
        demo=True,
    )
    assert '<a href="/" aria-current="page">Min side' in html
    assert 'method="post" action="/logg-ut/"' in html
    assert "mailto:hjelp@kommune.example?subject=Feil%20i%20Klimaportalen" in html
    assert "Tilgjengelighetserklæring" in html
    assert "eksempeldata" in html
    anonymous = _page()
    assert "Logg inn" in anonymous
    assert "Åpent innsyn" in anonymous
    assert not any(
        word in anonymous for word in ("Logg ut", "<nav", "eksempeldata", "Tilgjengelighetserklæring")
    )


def test_partials_keep_the_rules() -> None:
    context = Context(
        {
            "csrf_token": "x" * 64,
            "cell": grid_cell(
                1234,
                2027,
                form_id="f",
                value="ca 400",
                version=3,
                label="A, 2027",
                error="Skriv et tall.",
            ),
        }
    )
    html = Template(
        """{% crumbs "Klimabudsjett" "/b/" "2027" %}
        {% include "ds/alert.html" with color="error" text="Nei" only %}
        {% include "ds/empty.html" with title="Tomt" text="Legg til" url="/x/" button="Nytt tiltak" only %}
        {% include "ds/progress.html" with id="j" title="PDF" url="/jobb/" text="Vent" percent=40 only %}
        {% include "ds/status_tag.html" with code="delayed" label="Forsinket" only %}
        <form id="f" method="post" action="/alt/">{% csrf_token %}</form>{% include "ds/grid_cell.html" %}"""
    ).render(context)
    assert broken_rules(html) == []
    assert '<span class="kp-tag kp-late">' in html
    assert 'aria-hidden="true">▲</span>Forsinket</span>' in html
    assert '<span aria-current="page">2027</span>' in html
    assert 'role="alert"' in html


def test_a_finished_job_is_not_asked_about_again() -> None:
    done = render_to_string("ds/progress.html", {"id": "j", "title": "PDF", "done": True, "text": "Ferdig."})
    assert "hx-get" not in done


def test_a_cell_holds_its_own_figure_and_version_only_and_escapes_all() -> None:
    evil = '"><script>alert(1)</script>'
    cell = grid_cell(
        7,
        2027,
        form_id=evil,
        value=evil,
        version=3,
        label=evil,
        error=evil,
        saved=evil,
        disabled=True,
    )
    html = Template("{% grid_cell cell %}").render(Context({"cell": cell}))
    assert "<script" not in html
    assert "<table" not in Template("{% grid_attributes url %}").render(Context({"url": f"{evil}<table>"}))
    assert 'id="v-7-2027" name="version-7-2027"' in html
    assert html.count(" disabled") == 2


def test_the_answer_to_a_cell_never_holds_the_input_being_edited() -> None:
    saved = grid_cell(7, 2027, form_id="f", value="1 234,5", version=4, label="A")
    refused = grid_cell(7, 2027, form_id="f", value="abc", version=3, label="A", error="Skriv et tall.")
    theirs = grid_cell(7, 2027, form_id="f", value="5", version=9, label="A", error="Noen endret.", saved="6")
    answer = "ds/grid_cell_answer.html"
    ok = render_to_string(answer, {"cell": saved})
    assert 'data-kp-value="1 234,5"' in ok
    assert 'value="4" hx-swap-oob="true"' in ok
    assert "data-kp-error" not in ok
    bad = render_to_string(answer, {"cell": refused})
    assert "data-kp-error" in bad
    assert "hx-swap-oob" not in bad
    conflict = render_to_string(answer, {"cell": theirs, "conflict": True})
    assert 'data-kp-value="6"' in conflict
    assert 'value="9" hx-swap-oob="true"' in conflict
    assert all('id="c-7-2027"' not in html for html in (ok, bad, conflict))

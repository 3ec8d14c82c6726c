"""Markup put into a page after it is rendered: whole, in its place, and nowhere people can write."""

from django.template import Context, Template

from web.late import LateMarkup, put_in


def rendered(template: str, **context: object) -> bytes:
    return Template(template).render(Context(context)).encode()


def test_each_markup_stands_where_the_template_wrote_it() -> None:
    rows, more = LateMarkup("<tr>æ</tr>"), LateMarkup("<tr>2</tr>")
    page = rendered("a{% if rows %}{{ rows }}{% endif %}b{{ more }}c", rows=rows, more=more)
    assert b"<tr>" not in page
    assert put_in(page, [rows, more]).decode() == "a<tr>æ</tr>b<tr>2</tr>c"


def test_what_the_template_leaves_out_stays_out() -> None:
    left_out, empty, rows = LateMarkup("<p>1</p>"), LateMarkup(""), LateMarkup("<p>2</p>")
    page = rendered("{% if empty %}x{{ empty }}{% endif %}{{ empty }}{{ rows }}", empty=empty, rows=rows)
    assert put_in(page, [left_out, empty, rows]) == b"<p>2</p>"


def test_a_mark_somebody_typed_is_only_text() -> None:
    rows = LateMarkup("<tr></tr>")
    typed = "".join(str(rows))  # no longer marked as safe
    page = rendered("{{ typed }}|{{ rows }}", typed=typed, rows=rows)
    assert put_in(page, [rows]).decode() == f"{typed.replace('<', '&lt;').replace('>', '&gt;')}|<tr></tr>"

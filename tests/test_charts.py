"""Charts: the arithmetic of where things stand, and what the drawing says and never says."""

import re
from decimal import Decimal
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from web import chart_geometry as geometry
from web.charts import PENS, SECTOR_PENS, LineChart, Series, line_chart, multi_line_chart

HISTORY = [(2009, 300), (2011, 292), (2013, 281), (2015, 272), (2016, 262), (2017, 255), (2024, 212)]
MEASURES = list(zip(range(2025, 2031), (205.6, 197.9, 189.24, 178.28, 166.2, 158.56), strict=True))
REFERENCE = list(zip(range(2025, 2031), (209, 206, 203, 200, 197, 194), strict=True))
CEILING = list(zip(range(2024, 2031), (182, 174, 166, 158.6, 150.7, 142.9, 135), strict=True))


def tonnes(points, factor=1000):
    return [(year, None if value is None else Decimal(str(value)) * factor) for year, value in points]


def budget_chart(*, measures=MEASURES, ceiling=CEILING, history=HISTORY, factor=1000, **changes):
    settings = {
        "shade_between": ("measures", "ceiling"),
        "plan_period": (2027, 2030),
        "last_history_year": 2024,
        **changes,
    }
    series = [
        Series("Klimaregnskap", tonnes(history, factor)),
        Series("Referansebane", tonnes(REFERENCE, factor), "reference"),
        Series("Tiltaksbane", tonnes(measures, factor), "measures"),
        Series("Utslippsramme", tonnes(ceiling, factor), "ceiling"),
    ]
    return line_chart(LineChart("I 2030 er tiltaksbanen 24 over rammen.", "tonn CO₂e", series, **settings))


def texts(drawing):
    return [shape.text for shape in drawing.shapes if shape.kind == "text"]


def attributes(drawing, kind):
    return [dict(shape.attributes) for shape in drawing.shapes if shape.kind == kind]


def boxes(drawing):
    """Every text as (left, top, right, bottom), by the width the layout itself reckons with."""
    for shape in drawing.shapes:
        if shape.kind == "text":
            at = dict(shape.attributes)
            size = float(at["font-size"])
            width = geometry.text_width(shape.text, size) * 0.93
            left = float(at["x"]) - {"middle": width / 2, "end": width}.get(at.get("text-anchor"), 0)
            yield shape.text, (left, float(at["y"]) - size * 0.72, left + width, float(at["y"]) + 1)


def overlapping(drawing):
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes(drawing), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


# --- geometry ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("high", "ticks"),
    [
        (318, [0, 100, 200, 300]),
        (130, [0, 25, 50, 75, 100, 125]),
        (0.3, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]),
    ],
)
def test_ticks_are_round_and_begin_at_zero(high, ticks):
    assert geometry.nice_ticks(0, high) == pytest.approx(ticks)


def test_ticks_without_extent_and_below_zero():
    assert geometry.nice_ticks(0, 0) == [0]
    assert geometry.nice_ticks(-12, 30) == [-10, 0, 10, 20, 30]


@given(st.floats(min_value=1e-3, max_value=1e12))
def test_there_are_never_too_many_or_too_few_ticks(high):
    ticks = geometry.nice_ticks(0, high)
    assert ticks[0] == 0
    assert 3 <= len(ticks) <= 8
    assert ticks[-1] <= high * 1.0001


@given(
    st.lists(st.tuples(st.floats(-50, 500), st.sampled_from([15.0, 18.0, 36.0])), max_size=12),
    st.floats(0, 50),
)
def test_spread_boxes_never_overlap_and_keep_their_order(wanted, top):
    bottom = top + 600
    centres = geometry.spread(wanted, top, bottom)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index][0])
    for upper, lower in pairwise(order):
        apart = (wanted[upper][1] + wanted[lower][1]) / 2
        assert centres[lower] - centres[upper] >= apart - 1e-6
    for centre, (_y, height) in zip(centres, wanted, strict=True):
        assert top - 1e-6 <= centre - height / 2
        assert centre + height / 2 <= bottom + 1e-6


def test_boxes_with_room_stay_where_they_want_and_others_move_equally():
    assert geometry.spread([(100, 18), (200, 18)], 0, 300) == [100, 200]
    assert geometry.spread([(100, 18), (100, 18)], 0, 300) == [91, 109]
    assert geometry.spread([], 0, 300) == []


def test_a_missing_year_ends_the_line():
    assert geometry.consecutive_runs({2009: 1, 2011: 1, 2015: 1, 2016: 1}) == [[2009], [2011], [2015, 2016]]


def test_the_area_between_is_cut_where_the_curves_cross():
    areas = list(geometry.areas_between({2025: 10.0, 2026: 0.0}, {2025: 5.0, 2026: 5.0}))
    assert [over for over, _outline in areas] == [True, False]
    assert areas[0][1] == [(2025, 10), (2025.5, 5), (2025.5, 5), (2025, 5)]


def test_no_area_where_years_do_not_meet_or_curves_are_equal():
    assert list(geometry.areas_between({2025: 1.0}, {2026: 1.0})) == []
    assert list(geometry.areas_between({2025: 1.0, 2026: 1.0}, {2025: 1.0, 2026: 1.0})) == []


def test_wrapping_keeps_figures_together():
    assert geometry.wrap_text("Annen mobil forbrenning 1\u00a0200", 13, 120) == [
        "Annen mobil",
        "forbrenning",
        "1\u00a0200",
    ]


# --- emissions and paths -----------------------------------------------------------------------


def test_the_chart_says_what_the_mock_up_says():
    said = texts(budget_chart().wide)
    for text in (
        "1000 tonn CO₂e",
        "300 i 2009",
        "212 i 2024, siste regnskapsår",
        "planperioden",
        "Referansebane 194",
        "Tiltaksbane 159",
        "24 over rammen",
        "Utslippsramme 135",
    ):
        assert text in said
    assert {"0", "100", "200", "300", "2009", "2015", "2024", "2027", "2030"} <= set(said)


def test_curves_have_their_fixed_colours_and_dashes():
    lines = {
        (line["stroke"], line.get("stroke-dasharray")) for line in attributes(budget_chart().wide, "polyline")
    }
    assert lines == {("#1e2b3c", None), ("#6b7785", "7 4"), ("#00664f", None), ("#b3261e", "2 3")}


def test_history_has_points_everywhere_and_a_line_only_between_neighbouring_years():
    wide = budget_chart().wide
    assert len(attributes(wide, "circle")) == len(HISTORY)
    (line,) = [line for line in attributes(wide, "polyline") if line["stroke"] == "#1e2b3c"]
    assert len(line["points"].split()) == 3  # 2015–2017


def test_unknown_is_a_gap_and_not_zero():
    known = budget_chart(history=[(2021, 250), (2022, 240), (2023, None), (2024, 212)]).wide
    (line,) = [line for line in attributes(known, "polyline") if line["stroke"] == "#1e2b3c"]
    assert len(line["points"].split()) == 2
    assert len(attributes(known, "circle")) == 3
    zero = budget_chart(history=[(2021, 250), (2022, 240), (2023, 0), (2024, 212)]).wide
    assert len(attributes(zero, "circle")) == 4


def test_paths_set_out_from_the_last_measured_point():
    wide = budget_chart().wide
    point = attributes(wide, "circle")[-1]
    starts = [line["points"].split()[0] for line in attributes(wide, "polyline")]
    # Reference path and measure path; the ceiling does not begin in what was emitted.
    assert starts.count(f"{point['cx']},{point['cy']}") == 2


def test_below_the_ceiling_is_told_in_other_words_and_colour():
    wide = budget_chart(measures=[*MEASURES[:-1], (2030, 122)]).wide
    assert "13 under rammen" in texts(wide)
    assert {area["fill"] for area in attributes(wide, "polygon")} == {"#b3261e", "#00664f"}
    assert "lik rammen" in texts(budget_chart(measures=[*MEASURES[:-1], (2030, 135)]).wide)


def test_no_gap_is_claimed_without_both_curves_and_an_earlier_year_is_named():
    assert not any("rammen" in text for text in texts(budget_chart(ceiling=[]).wide))
    assert "28 over rammen i 2028" in texts(budget_chart(ceiling=CEILING[:5]).wide)


def test_the_note_about_the_last_inventory_year_stands_only_at_that_year():
    assert "212 i 2024" in texts(budget_chart(last_history_year=2023).wide)


@pytest.mark.parametrize(
    ("factor", "unit", "label"),
    [
        (1, "tonn CO₂e", "Tiltaksbane 159"),
        (Decimal("0.01"), "tonn CO₂e", "Tiltaksbane 1,59"),
        (100, "1000 tonn CO₂e", "Tiltaksbane 15,9"),
        (10_000_000, "mill. tonn CO₂e", "Tiltaksbane 1\u00a0586"),
    ],
)
def test_the_unit_follows_the_size_of_the_figures(factor, unit, label):
    said = texts(budget_chart(factor=factor).wide)
    assert unit in said
    assert label in said


@pytest.mark.parametrize("width", [680, 860])
@pytest.mark.parametrize("end", [60, 120, 134.9, 135, 136, 150, 193.9, 194, 210])
def test_no_two_texts_overlap(width, end):
    chart = budget_chart(measures=[*MEASURES[:-1], (2030, end)], width=width)
    assert overlapping(chart.wide) == []
    assert overlapping(chart.compact) == []


@pytest.mark.parametrize("width", [680, 860])
def test_everything_stays_on_the_ground(width):
    chart = budget_chart(width=width)
    for drawing in (chart.wide, chart.compact):
        for text, (left, top, right, bottom) in boxes(drawing):
            assert left >= -1, text
            assert top >= 0, text
            assert right <= drawing.width + 3, text
            assert bottom <= drawing.height, text


def test_one_curve_per_style():
    with pytest.raises(ValueError, match="multi_line_chart"):
        line_chart(LineChart("T", "tonn", [Series("A", []), Series("B", [])]))


@pytest.mark.parametrize(
    "points",
    [[], [(2024, None)], [(2024, 812)], [(2023, 0), (2024, 0)], [(2024, 10**15)], [(2023, -40), (2024, 30)]],
)
def test_odd_data_still_gives_a_chart(points):
    chart = line_chart(
        LineChart("T", "tonn CO₂e", [Series("Utslipp", tonnes(points, 1))], last_history_year=2024)
    )
    for drawing in (chart.wide, chart.compact):
        assert drawing.height > 0
        assert overlapping(drawing) == []
        written = " ".join(value for shape in drawing.shapes for _name, value in shape.attributes)
        assert "nan" not in written
        assert "inf" not in written
    assert ("Ingen tall å vise ennå" in texts(chart.wide)) == (not any(v is not None for _y, v in points))


# --- many curves -------------------------------------------------------------------------------


def sectors(count):
    return [
        Series(f"Sektor nummer {index}", tonnes([(year, 10 + index / 4) for year in (2009, 2011, 2012)]))
        for index in range(count)
    ]


def test_what_is_too_small_for_the_unit_is_not_written_as_none():
    small = {"Mat": Decimal(24_000), "Fly": Decimal("2.4"), "Ferge": Decimal(0)}
    chart = multi_line_chart(
        "Utslipp.", "tonn CO₂e", [Series(name, [(2024, t)]) for name, t in small.items()]
    )
    assert {"Mat 24,0", "Fly under 0,1", "Ferge 0,0"} <= set(texts(chart.wide))


def test_ten_close_curves_are_named_apart():
    chart = multi_line_chart("Ti sektorer.", "tonn CO₂e", sectors(10))
    assert overlapping(chart.wide) == []
    assert overlapping(chart.compact) == []
    for index in range(10):
        assert any(text.startswith(f"Sektor nummer {index} ") for text in texts(chart.wide))
        assert any(text.startswith(f"Sektor nummer {index} ") for text in texts(chart.compact))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("pen", [*PENS.values(), *SECTOR_PENS], ids=lambda pen: pen.stroke)
def test_every_pen_can_be_read_on_white(pen):
    assert 1.05 / (luminance(pen.text) + 0.05) >= 4.5
    assert 1.05 / (luminance(pen.stroke) + 0.05) >= 3


def test_every_sector_pen_differs_without_its_colour():
    assert len({(pen.dash, pen.marker, pen.hollow) for pen in SECTOR_PENS}) == len(SECTOR_PENS) == 10
    assert len({pen.stroke for pen in SECTOR_PENS}) == 10


# --- the template ------------------------------------------------------------------------------


def rendered(chart):
    return render_to_string("charts/line.html", {"chart": chart})


def test_the_drawing_is_whole_and_has_presentation_attributes_only():
    html = rendered(budget_chart())
    root = ElementTree.fromstring(html)
    assert [svg.get("role") for svg in root] == ["img", "img"]
    for svg in root:
        title = svg.find("title")
        assert title.text == "I 2030 er tiltaksbanen 24 over rammen."
        assert svg.get("aria-labelledby") == title.get("id")
    assert not re.search(r"style=|<style|<script|class=\"(?!kp-chart)", html)


def test_only_one_of_the_two_is_seen_without_a_stylesheet():
    wide, compact = ElementTree.fromstring(rendered(budget_chart()))
    assert wide.get("display") is None
    assert compact.get("display") == "none"


def test_ids_are_unique_on_a_page_and_the_same_next_time():
    one, other = budget_chart(), budget_chart(last_history_year=2023)
    ids = re.findall(r' id="([^"]+)"', rendered(one) + rendered(other))
    assert len(ids) == len(set(ids)) == 4
    assert rendered(one) == rendered(budget_chart())


def test_norwegian_numbers_never_reach_the_coordinates():
    with translation.override("nb"):
        html = rendered(budget_chart(factor=12_345))
    for name, value in re.findall(r" (x1|x2|y1|y2|x|y|cx|cy|r|width|height)=\"([^\"]*)\"", html):
        assert re.fullmatch(r"-?\d+(\.\d)?|100%", value), (name, value)


def test_names_are_escaped():
    chart = line_chart(LineChart("<b>", "tonn", [Series("<script>", [(2030, Decimal(1))], "measures")]))
    assert "<script" not in rendered(chart)
    assert "<b>" not in rendered(chart)


def test_a_band_is_a_field_around_the_path_and_sets_out_from_the_history():
    band = [(year, Decimal(value) * 900, Decimal(value) * 1100) for year, value in MEASURES]
    plain, banded = budget_chart().wide, budget_chart(band=band).wide
    fields = [shape for shape in attributes(banded, "polygon") if shape["fill-opacity"] == "0.22"]
    assert not [shape for shape in attributes(plain, "polygon") if shape["fill-opacity"] == "0.22"]
    (field,) = fields
    corners = [tuple(map(float, corner.split(","))) for corner in field["points"].split()]
    assert len(corners) == 2 * (len(MEASURES) + 1), "the last measured year, once from above and below"
    assert corners[0] == corners[-1], "it opens where the history ends"


def test_a_band_higher_than_every_curve_stays_on_the_chart():
    tall = budget_chart(band=[(year, Decimal(0), Decimal(900_000)) for year, _value in MEASURES]).wide
    (field,) = [shape for shape in attributes(tall, "polygon") if shape["fill-opacity"] == "0.22"]
    assert min(float(corner.split(",")[1]) for corner in field["points"].split()) >= 0


def test_something_tried_is_drawn_beside_the_budget():
    tried = Series(
        "Uten sykkelveien", [(year, Decimal(value) * 1010) for year, value in MEASURES], "scenario"
    )
    known = [Series("Utslipp", [(2023, Decimal(220_000)), (2024, Decimal(212_000))])]
    path = Series("Tiltaksbane", [(year, Decimal(value) * 1000) for year, value in MEASURES], "measures")
    wide = line_chart(LineChart("T", "tonn", [*known, path, tried], last_history_year=2024)).wide
    assert any(text.startswith("Uten sykkelveien") for text in texts(wide))
    dashes = [line.get("stroke-dasharray") for line in attributes(wide, "polyline")]
    assert len(set(dashes)) > 1, "greyscale print tells the two apart"

"""The HTML edition: one file, nothing loaded, the map drawn from the rows beside it."""

import base64
import re
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest

from tests.bulletins.days import AREAS, JETTY, LAYERS, claim, day
from truceline.bulletins.forms.daily.placing import MARKS_PRINTED
from truceline.bulletins.forms.daily.select import select
from truceline.bulletins.frame import WIDTH, frame_of
from truceline.bulletins.layers import layers_of
from truceline.bulletins.map import svg_map
from truceline.bulletins.page import STYLE_SOURCE
from truceline.bulletins.rendering import render
from truceline.bulletins.snapshot import Layer, Snapshot
from truceline.values.errors import BadValue
from truceline.values.place import E7, circle
from truceline.values.texts import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"


class Page(HTMLParser):
    """Collects what a page opens, what it would load, and whether its tags close in order."""

    VOID = frozenset({"meta", "br", "hr", "img", "link"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.crossed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an opening."""
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Note a closing that does not match."""
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)


def drawing(snapshot: Snapshot, language: str = "en") -> Element:
    """The map, parsed as strict XML."""
    return fromstring(svg_map(snapshot, select(snapshot), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_loads_nothing(language: str) -> None:
    """No script, no link, no image, no inline style; every tag closed where it was opened."""
    page = Page(render("daily", day(), language, "html").decode())
    assert (page.open, page.crossed) == ([], [])
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "a", "form"}
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert not attributes & {"style", "src", "href", "onload", "onclick"}
    assert ("html", {"lang": language}) in page.tags


def test_the_stylesheet_s_hash_is_the_one_a_policy_needs() -> None:
    """A server can allow exactly this style and no other."""
    page = render("daily", day(), "en", "html").decode()
    style = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert len(style) == 1
    digest = base64.b64encode(sha256(style[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" == STYLE_SOURCE
    assert "url(" not in style[0]
    assert "@import" not in style[0]


def test_the_map_and_its_table_show_the_same_marks() -> None:
    """Every numbered symbol has its row, and every row its symbol."""
    marks = select(day()).marks
    shown = [
        int(each.text or "")
        for each in drawing(day()).iterfind(f"{SVG}g/{SVG}text")
        if (each.text or "").isdigit()
    ]
    said = render("daily", day(), "en").decode().split("## Map")[1].split("## Annex")[0]
    rows = [int(number) for number in re.findall(r"^\| (\d+) \|", said, flags=re.MULTILINE)]
    assert sorted(shown) == rows == [mark.number for mark in marks]
    placed = [line for line in day().claims if not line.late]
    assert sum(mark.total for mark in marks) == len(placed)


def test_a_crowded_map_draws_every_mark_and_numbers_those_in_its_table() -> None:
    """The table may be cut, and says so; the drawing never is."""
    claims = tuple(
        claim(n, "VEL", place=circle(47.1 + n / 200, -34.6 + n / 150, 300))
        for n in range(1, MARKS_PRINTED + 31)
    )
    snapshot = day(claims=claims)
    symbols = [each for each in drawing(snapshot).iterfind(f"{SVG}g") if each.get("transform")]
    assert len(symbols) == MARKS_PRINTED + 30
    assert sum(each.find(f"{SVG}text") is not None for each in symbols) == MARKS_PRINTED
    said = render("daily", snapshot, "en").decode()
    assert (
        f"Marks {MARKS_PRINTED + 1} to {MARKS_PRINTED + 30} are drawn without their number" in said
    )


def test_on_a_crowded_map_a_point_of_many_marks_tells_how_many() -> None:
    """Boxes would cover one another; every mark is still counted on the drawing."""
    towns = [circle(47.1 + n / 10, -34.9 + n / 10, 300) for n in range(9)]
    claims = tuple(
        claim(n, f"outlet {who}", entry=70 + who, place=town)
        for who in range(5)
        for n, town in enumerate(towns)
    )
    labels = [each.text for each in drawing(day(claims=claims)).iterfind(f"{SVG}g/{SVG}text")]
    assert labels.count("5") == len(towns)
    assert (
        "is how many marks stand on that point"
        in render("daily", day(claims=claims), "en").decode()
    )


def test_the_map_file_is_the_drawing_of_the_page() -> None:
    """What the Markdown calls `map.svg` and what the page shows are the same bytes."""
    drawn = render("daily", day(), "uk", "svg")
    assert drawn in render("daily", day(), "uk", "html")
    assert fromstring(drawn).tag == f"{SVG}svg"


def test_speakers_are_told_apart_by_shape_and_standing_by_filling() -> None:
    """No party has a colour; nothing is said by colour alone."""
    claims = (*day().claims, claim(9, "VEL", entry=90))
    marks = {str(mark.number): mark for mark in select(day(claims=claims)).marks}
    shapes: dict[str, set[str | None]] = {}
    for symbol in drawing(day(claims=claims)).iterfind(f"{SVG}g"):
        path, label = symbol.find(f"{SVG}path"), symbol.find(f"{SVG}text")
        if symbol.get("transform") and path is not None and label is not None:
            mark = marks.pop(label.text or "")
            shapes.setdefault(mark.speaker, set()).add(path.get("d"))
            assert (path.get("fill") != "#fff") == mark.asserting
            assert path.get("stroke") == "#1f3a4d"
    assert not marks
    assert [len(each) for each in shapes.values()] == [1] * 4
    assert len(set().union(*shapes.values())) == 4


def test_marks_at_one_point_do_not_hide_each_other() -> None:
    """Five who speak of the jetty are five symbols, boxed and tied to the dot where they stand."""
    claims = tuple(claim(1, f"outlet {n}", entry=60 + n) for n in range(5))
    spots = [
        each.get("transform")
        for each in drawing(day(claims=claims)).iterfind(f"{SVG}g")
        if each.get("transform")
    ]
    assert len(set(spots)) == len(claims)
    assert drawing(day(claims=claims)).find(f"{SVG}rect[@class='box']") is not None


def test_more_speakers_than_shapes_share_one_by_role() -> None:
    """Twelve outlets at one place are one symbol that carries the numbers of all twelve rows."""
    claims = tuple(claim(1, f"outlet {n:02d}", entry=60 + n) for n in range(12))
    labels = [each.text for each in drawing(day(claims=claims)).iterfind(f"{SVG}g/{SVG}text")]
    assert "1–12" in labels


def test_all_coordinates_of_the_map_are_whole_numbers() -> None:
    """Bytes must not depend on how a machine rounds."""
    text = svg_map(day(), select(day()), "en")
    for path in re.findall(r'\bd="([^"]*)"', text):
        assert "." not in path
    assert re.findall(r' (?:c?[xy]|r|width|height)="(\d+\.\d+)"', text) == []


def test_an_area_nobody_watched_is_hatched_and_the_legend_says_so() -> None:
    """The map shows absence of observation as such."""
    text = svg_map(day(), select(day()), "en")
    assert text.count('fill="url(#hatch)"') == 1
    assert "hatched: no observation" in text


def test_with_nothing_to_place_there_is_no_map() -> None:
    """No area and no place: the page says so instead of drawing an empty sea."""
    bare = day(areas=(), claims=(), layers=())
    assert svg_map(bare, select(bare), "en") == ""
    assert "<svg" not in render("daily", bare, "en", "html").decode()


@pytest.mark.parametrize("metres", [1, 500, 20_000])
def test_a_map_of_one_point_still_shows_where_it_is(metres: int) -> None:
    """It is never zoomed in past what a day's picture needs."""
    lone = day(areas=(), claims=(claim(1, "VEL", place=circle(47.6, -34.2, metres)),))
    frame = frame_of([(JETTY.lon_e7, JETTY.lat_e7)])
    assert frame.north_e7 - frame.south_e7 >= E7 // 6
    assert drawing(lone).get("viewBox", "").startswith(f"0 0 {WIDTH} ")


def test_a_line_is_drawn_only_as_somebody_s() -> None:
    """No border is shipped, and a line without an owner is refused."""
    with pytest.raises(BadValue, match="whose"):
        Layer(kind="line", rings=LAYERS[0].rings)
    text = svg_map(day(), select(day()), "uk")
    assert "лінія статті 3 · Orlen Agreement" in text


def test_layers_are_read_from_geojson_and_strangers_left_out() -> None:
    """Land, a place with its names, a line with its owner; no border, no unowned line."""
    ring = [[-34.0, 47.0], [-33.0, 47.0], [-33.0, 48.0]]
    names = {"en": "Haw", "uk": "Гау", "ru": "Гау"}
    collection = {
        "type": "FeatureCollection",
        "features": [
            feature("Polygon", [ring], layer="land"),
            feature("MultiPolygon", [[ring], [ring]], layer="water"),
            feature("Point", [-33.4, 47.85], layer="place", names=names),
            feature("LineString", ring, layer="line", by="VEL", names=names),
            feature("LineString", ring, layer="line"),
            feature("Polygon", [ring], layer="border"),
            {"type": "Feature", "properties": None, "geometry": None},
        ],
    }
    found = layers_of(collection)
    assert [each.kind for each in found] == ["land", "water", "place", "line"]
    assert found[0].rings == (tuple((round(lon * E7), round(lat * E7)) for lon, lat in ring),)
    assert len(found[1].rings) == 2
    assert found[2].rings == (((-334_000_000, 478_500_000),),)
    assert layers_of({}) == ()


def feature(kind: str, coordinates: object, **properties: object) -> dict[str, object]:
    """A GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def corners(lat: int) -> Iterator[tuple[int, int]]:
    """A box of one degree about a latitude."""
    yield from ((0, lat * E7), (E7, lat * E7), (E7, (lat + 1) * E7), (0, (lat + 1) * E7))


@pytest.mark.parametrize("lat", [0, 47, 70, -33])
def test_north_is_up_and_a_kilometre_is_as_long_east_as_north(lat: int) -> None:
    """At any latitude; the frame holds all its points."""
    points = list(corners(lat))
    frame = frame_of(points)
    spots = [frame.at(*point) for point in points]
    assert all(0 <= x <= WIDTH and 0 <= y <= frame.height for x, y in spots)
    assert spots[0][1] > spots[3][1]
    tall = spots[0][1] - spots[3][1]
    assert abs(frame.units(111_195) - tall) <= 2
    assert [a[0] <= b[0] for a, b in pairwise(spots[:2])] == [True]


def test_the_map_names_areas_in_the_reader_s_language() -> None:
    """And in no other."""
    for language in LANGUAGES:
        text = svg_map(day(), select(day()), language)
        assert all(area.names.in_(language) in text for area in AREAS)

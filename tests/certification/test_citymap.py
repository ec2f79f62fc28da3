"""The schematic map: points land where they belong and come back, and it knows the City's neighborhoods."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from certification import citymap


def degrees(low: Decimal, high: Decimal):
    return st.decimals(low, high, places=6, allow_nan=False)


@given(degrees(citymap.SOUTH, citymap.NORTH), degrees(citymap.WEST, citymap.EAST))
def test_a_point_comes_back_from_the_drawing(latitude, longitude):
    assert citymap.on_map(latitude, longitude)
    back = citymap.unproject(*citymap.project(latitude, longitude))
    assert abs(back[0] - latitude) < Decimal("0.0001")  # a tenth of the drawing's unit, some ten yards
    assert abs(back[1] - longitude) < Decimal("0.0001")


@given(degrees(Decimal(-90), Decimal(90)), degrees(Decimal(-180), Decimal(180)))
def test_every_pin_is_on_the_drawing(latitude, longitude):
    pin = citymap.pin(latitude, longitude)
    assert 0 <= pin.x <= citymap.WIDTH
    assert 0 <= pin.y <= citymap.HEIGHT


def test_all_neighborhoods_are_drawn_apart():
    drawn = citymap.neighborhoods()
    assert len(drawn) == len({item.name for item in drawn}) == len({item.path for item in drawn}) == 114
    assert all(citymap.on_map(item.latitude, item.longitude) for item in drawn)
    assert {item.name for item in drawn if item.is_landmark} == set(citymap.LANDMARKS)


def test_north_is_up_and_west_is_left():
    sylmar, san_pedro = citymap.find("Sylmar"), citymap.find("san  pedro")
    venice, boyle_heights = citymap.find("Venice"), citymap.find("BOYLE HEIGHTS")
    assert sylmar.y < san_pedro.y
    assert venice.x < boyle_heights.x
    assert citymap.find("Vernon") is None


@pytest.mark.parametrize(
    ("point", "name"), [(("34.0370", "-118.2570"), "Downtown"), (("33.7361", "-118.2923"), "San Pedro")]
)
def test_the_nearest_name(point, name):
    assert citymap.nearest(*map(Decimal, point)).name == name


def test_the_drawing_speaks_or_is_silent():
    with translation.override("es"):  # a decimal comma would break the drawing
        template = Template("{% load map_tags %}{% city_map pins title=title %}")
        pins = [citymap.pin(Decimal("34.05"), Decimal("-118.25"), "Workshop", "in")]
        drawn = template.render(Context({"pins": pins, "title": "Where it is made"}))
    assert 'aria-label="Where it is made"' in drawn
    assert 'cx="331.6"' in drawn
    assert 'aria-hidden="true"' in template.render(Context({"pins": [], "title": ""}))


def test_names_give_way_to_what_is_drawn():
    downtown = citymap.find("Downtown")
    assert [name.label for name in citymap.names()] == list(citymap.LANDMARKS)
    beside = citymap.names([citymap.pin_box(citymap.Pin(downtown.x, downtown.y, "1–3, 5–8"))])
    assert next(name for name in beside if name.label == "Downtown").y > downtown.y + citymap.DOT
    covered = citymap.names([downtown.cell.buffer(citymap.CELL_REACH)])
    assert "Downtown" not in {name.label for name in covered}

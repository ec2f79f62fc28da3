"""Loading the programme area and the City's register, and what they say of an address."""

import csv
import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from certification.cases import place_of_facts
from certification.facts import workplace_facts
from certification.models import ProgrammeArea, RegisterEntry
from certification.programme import current_area
from certification.rules.area import contains
from certification.services.programme import COLUMNS, load_register
from makers.models import Workplace

pytestmark = pytest.mark.django_db

CITY_FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "la_neighborhoods.geojson"
INSIDE = {
    "City Hall": (34.0537, -118.2428), "San Pedro": (33.7361, -118.2923), "Venice": (33.9850, -118.4695),
    "Fashion District": (34.0370, -118.2570),
}  # fmt: skip
OUTSIDE = {
    "Vernon": (34.0038, -118.2297), "Beverly Hills": (34.0731, -118.4000), "Culver City": (34.0211, -118.3964),
    "Santa Monica": (34.0083, -118.4973), "Long Beach": (33.7701, -118.1937),
}  # fmt: skip


def _square(name, west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def _small_area(folder: Path) -> Path:
    """Squares around the points that must be inside, one of them drawn as a bow tie that needs mending."""
    features = [
        _square(name, longitude - 0.01, latitude - 0.01, longitude + 0.01, latitude + 0.01)
        for name, (latitude, longitude) in INSIDE.items()
    ]
    ring = features[0]["geometry"]["coordinates"][0]
    tail = [ring[2], [ring[2][0] + 0.002, ring[2][1] + 0.002], [ring[2][0] + 0.002, ring[2][1]], ring[2]]
    features[0]["geometry"]["coordinates"][0] = [*ring[:3], *tail[1:], *ring[3:]]
    path = folder / "area.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.fixture
def area_file(tmp_path):
    return CITY_FILE if CITY_FILE.exists() else _small_area(tmp_path)


def test_the_area_decides_for_known_points(area_file, capsys):
    call_command("load_programme_area", area_file)
    assert "Mended" in capsys.readouterr().out
    area = current_area()
    for name, (latitude, longitude) in INSIDE.items():
        assert contains(area, Decimal(str(latitude)), Decimal(str(longitude))), name
    for name, (latitude, longitude) in OUTSIDE.items():
        assert not contains(area, Decimal(str(latitude)), Decimal(str(longitude))), name


def test_the_small_area_works_like_the_city(tmp_path):
    call_command("load_programme_area", _small_area(tmp_path))
    assert ProgrammeArea.objects.get().mended == ["City Hall"]
    assert contains(current_area(), Decimal("34.0537"), Decimal("-118.2428"))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"features": []}', '{"features": [{"properties": {}, "geometry": {"type": "Point"}}]}']
)
def test_a_wrong_area_file_is_refused_and_changes_nothing(tmp_path, text):
    path = tmp_path / "area.geojson"
    path.write_text(text)
    with pytest.raises(CommandError):
        call_command("load_programme_area", path)
    assert not ProgrammeArea.objects.exists()


def register_file(path: Path, rows: int) -> Path:
    """A file with the City's columns and its habits: trailing dashes, missing cells, district 0, odd rows."""
    draw = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(rows):
            outside = draw.random() < 0.23
            writer.writerow(
                [
                    f"{number:010d}-0001-{number % 10}", f"MAKER {number} INC", "" if number % 3 else f"DBA {number}",
                    f"{100 + number % 900} E {1 + number % 90}TH STREET", "LOS ANGELES" if not outside else "VERNON",
                    "90058-" if outside else "90014-1234", "", "", "", "", "315210" if number % 10 else "",
                    "Cut & sew apparel", "0" if outside else str(1 + number % 15), "03/15/2019", "",
                    "" if number % 10 == 3 else f"(34.{number % 10000:04d}, -118.24)",
                ]
            )  # fmt: skip
        writer.writerow(["broken"])
        writer.writerow(["not-an-account", *[""] * 15])
    return path


def test_the_register_is_loaded_and_loaded_again(tmp_path):
    path = register_file(tmp_path / "register.csv", 5_000)
    seen = []
    counts = load_register(path=path, progress=seen.append)
    assert counts == {"read": 5_002, "kept": 5_000, "skipped": 2}
    assert seen == [2_000, 4_000, 5_002]
    entry = RegisterEntry.objects.get(account="0000000000-0001-0")
    assert (entry.zip_code in ("90058", "90014-1234"), entry.started_on.year) == (True, 2019)
    load_register(path=path)
    assert RegisterEntry.objects.count() == 5_000


def test_a_file_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b,c\n1,2,3\n")
    with pytest.raises(CommandError, match="columns"):
        call_command("load_register", path)


def _facts(**changes):
    details = {"line1": "110 E 9th St", "city": "Los Angeles", "zip_code": "90079"} | changes
    return workplace_facts(Workplace(pk=1, name="Workshop", **details))


def test_a_register_entry_at_the_same_address_decides():
    entry = RegisterEntry(
        account="1", name="x", street="110 East 9th Street #A12", zip_code="90079-1", council_district=14
    )
    assert place_of_facts(_facts(), entry, None).verdict == "inside"
    entry.council_district = 0
    assert place_of_facts(_facts(), entry, None).verdict == "outside"


def test_a_register_entry_elsewhere_says_nothing_of_this_address():
    entry = RegisterEntry(account="1", name="x", street="860 S Los Angeles St", zip_code="90014", council_district=14)
    place = place_of_facts(_facts(line1="4305 S Santa Fe Ave", zip_code="90058"), entry, None)
    assert place.verdict not in ("inside", "likely_inside")


def test_without_an_area_a_pin_decides_nothing():
    facts = _facts(latitude=Decimal("34.04"), longitude=Decimal("-118.25"), coordinates_from="pin")
    assert place_of_facts(facts, None, None).verdict == "likely_inside"

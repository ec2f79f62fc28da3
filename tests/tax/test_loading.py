"""Published files become dated rates: all or nothing, once, and never over what charges refer to."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from marketplace.tax import loading
from marketplace.tax.files import MOST_ERRORS, read
from marketplace.tax.finding import rate_for
from marketplace.tax.loading import load_rates, quarter_start, what_is_missing
from marketplace.tax.models import RateLoad, TaxRate
from marketplace.tax.permissions import BOOKKEEPERS
from marketplace.tax.rates import Destination
from tests import factories

SAMPLE = Path(loading.__file__).parents[1] / "demo" / "sample_tax_rates.csv"
HEADER = "Location,Rate,County,Type,Notes\n"
SPRING, SUMMER = date(2026, 4, 1), date(2026, 7, 1)
BEFORE, IN_SPRING, IN_SUMMER = date(2026, 3, 31), date(2026, 5, 1), date(2026, 8, 1)
SANTA_MONICA = Destination("CA", "90401", city="Santa Monica")


def parsed(*rows: str, state="CA"):
    return read((HEADER + "\n".join(rows)).encode(), state=state)


def load(content: bytes | None = None, *, from_day=SPRING, user=None, state="CA", name="rates.csv"):
    places = read(SAMPLE.read_bytes() if content is None else content, state=state)
    return load_rates(user=user, places=places, file_name=name, state=state, from_day=from_day)


def sample_with(old: str, new: str) -> bytes:
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new).encode()


RATES = [
    ("0.0975", 97_500), ("9.75%", 97_500), ("9.75", 97_500), ("9.7500000000000003E-2", 97_500),
    ("8.6249999999999993E-2", 86_250), ("0.09875", 98_750), (" 0.0725 ", 72_500),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ppm"), RATES)
def test_rates_are_read_as_spreadsheets_write_them(text, ppm):
    assert [place.ppm for place in parsed(f"Oakland,{text},Alameda,City,")] == [ppm]


PLACES = [
    ("Oakland,0.1075,Alameda,City,", ("alameda", "oakland")),
    ("City of Commerce,0.105,Los Angeles,City,", ("los angeles", "commerce")),
    ("La Cañada Flintridge,0.105,Los Angeles,City,", ("los angeles", "la canada flintridge")),
    ("St. Helena,0.0825,Napa,City,", ("napa", "st helena")),
    ("Alameda County,0.1025,Alameda,County,", ("alameda", "")),
    ("Alameda County,0.1025,Alameda,,", ("alameda", "")),
    ("Kern County Unincorporated Area,0.0825,Kern,County,", ("kern", "")),
    ("Kern County,0.0825,Kern,Unincorporated Area,", ("kern", "")),
    ("San Francisco,0.08625,San Francisco,City,", ("san francisco", "san francisco")),
    ("Washington,0.0725,,State,", ("", "")),
]


@pytest.mark.parametrize(("row", "key"), PLACES)
def test_a_row_names_a_city_a_county_or_a_state(row, key):
    assert [place.key for place in parsed(row)] == [key]


BROKEN = [
    ("Oakland,abc,Alameda,City,", "Row 2: “abc” is no rate."),
    ("Oakland,,Alameda,City,", "Row 2: “” is no rate."),
    ("Oakland,NaN,Alameda,City,", "Row 2: “NaN” is no rate."),
    ("Oakland,-0.1,Alameda,City,", "Row 2: “-0.1” is outside"),
    ("Oakland,0.0625,Alameda,City,", "Row 2: “0.0625” is outside"),
    ("Oakland,97.5%,Alameda,City,", "Row 2: “97.5%” is outside"),
    ("Oakland,1e999999,Alameda,City,", "Row 2: “1e999999” is outside"),
    ("Oakland,0.09751234,Alameda,City,", "Row 2: “0.09751234” has more"),
    (",0.0975,Alameda,City,", "Row 2: the location is missing."),
    ("...,0.0975,Alameda,City,", "Row 2: the location has no letters."),
    ("Oakland,0.0975,,City,", "Row 2: the county is missing."),
    ("Oakland,0.0975,Alameda,Village,", "Row 2: the type “village”"),
    (f"{'O' * 121},0.0975,Alameda,City,", "Row 2: what stands under Location is too long."),
    ("Kern County,,Kern,County,see notes", "Row 2: “” is no rate."),
    ("Oakland,0.1,Alameda,City,\noakland ,0.1,Alameda,City,", "Row 3: oakland stands in row 2 already."),
    ("", "The file has headings but no rates."),
]


@pytest.mark.parametrize(("rows", "message"), BROKEN)
def test_a_broken_file_is_refused_with_its_row(rows, message):
    with pytest.raises(ValidationError) as refused:
        parsed(rows)
    assert refused.value.messages[0].startswith(message)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04 not a workbook", b"Place,Percent\nOakland,9", b"\xff\xfe" * 40]
)
def test_what_is_no_file_of_rates_is_refused(content):
    with pytest.raises(ValidationError):
        read(content, state="CA")


def test_only_the_first_errors_are_listed():
    with pytest.raises(ValidationError) as refused:
        parsed(*[f"Town {number},x,Alameda,City," for number in range(25)])
    assert len(refused.value.messages) == MOST_ERRORS + 1
    assert "15" in refused.value.messages[-1]


def test_a_workbook_says_the_same_as_the_file_saved_from_it():
    book = openpyxl.Workbook()
    book.active.append(["Effective Sales and Use Tax Rates"])
    book.active.append(HEADER.strip().split(","))
    book.active.append(["Oakland", 0.1075, "Alameda", "City"])
    book.active.append(["Kern County", None, "Kern", "County", "see below"])
    book.active.append(["Kern County Unincorporated Area", 0.0825, "Kern", "County"])
    out = io.BytesIO()
    book.save(out)
    rows = (
        "Oakland,0.1075,Alameda,City,",
        "Kern County,,Kern,County,x",
        "Kern County Unincorporated Area,0.0825,Kern,County,",
    )
    assert read(out.getvalue(), state="CA") == parsed(*rows)


def test_a_file_saved_on_windows_keeps_its_letters():
    places = read((HEADER + "La Cañada Flintridge,0.105,Los Angeles,City,").encode("cp1252"), state="CA")
    assert places[0].place == "La Cañada Flintridge"


@pytest.mark.django_db
def test_a_load_starts_new_rates_and_ends_old_ones_by_a_day():
    load()
    found = load(sample_with("Santa Monica,0.1075", "Santa Monica,0.11"), from_day=SUMMER)
    assert [(change.place, change.before, change.after) for change in found.changes] == [
        ("Santa Monica", 107_500, 110_000)
    ]
    assert [rate_for(SANTA_MONICA, day).ppm for day in (BEFORE, IN_SPRING, date(2026, 6, 30), SUMMER, IN_SUMMER)] == [
        107_500, 107_500, 107_500, 110_000, 110_000,
    ]  # fmt: skip
    old, new = TaxRate.objects.filter(city="santa monica")
    assert (old.until, new.from_day, new.until) == (date(2026, 6, 30), SUMMER, None)
    kept = RateLoad.objects.first()
    assert (kept.added, kept.ended, kept.rows) == (1, 1, found.rows)


@pytest.mark.django_db
def test_a_second_load_of_the_same_file_changes_nothing():
    first = load()
    assert {change.place for change in first.changes} >= {"Oakland", "Santa Cruz County Unincorporated Area"}
    loads, rates = RateLoad.objects.count(), list(TaxRate.objects.values())
    assert load().changes == []
    assert (RateLoad.objects.count(), list(TaxRate.objects.values())) == (loads, rates)


@pytest.mark.django_db
def test_a_corrected_file_for_the_same_day_leaves_the_wrong_row_in_force_on_no_day():
    load(sample_with("Oakland,0.1075", "Oakland,0.1"))
    load()
    wrong, right = TaxRate.objects.filter(city="oakland").order_by("pk")
    assert wrong.until < wrong.from_day
    oakland = Destination("CA", "94612", city="Oakland")
    assert rate_for(oakland, SPRING).ppm == right.ppm == 107_500
    assert load(from_day=SUMMER).changes == []


@pytest.mark.django_db
def test_a_place_that_the_file_has_no_more_ends_and_its_county_takes_over():
    load()
    found = load(sample_with("Vernon,0.105,Los Angeles,City,\n", ""), from_day=SUMMER)
    assert [(change.place, change.after) for change in found.changes] == [("Vernon", None)]
    vernon = Destination("CA", "90058", city="Vernon")
    assert (rate_for(vernon, IN_SPRING).place, rate_for(vernon, IN_SUMMER).place) == ("Vernon", "Los Angeles")


@pytest.mark.django_db
def test_half_a_file_and_an_older_file_are_refused_whole():
    load()
    before = list(TaxRate.objects.values()), RateLoad.objects.count()
    half = SAMPLE.read_bytes()[: len(SAMPLE.read_bytes()) // 2].rsplit(b"\n", 1)[0]
    for content, from_day, words in ((half, SUMMER, "Load the whole file"), (None, BEFORE, "in the order")):
        with pytest.raises(ValidationError, match=words):
            load(content, from_day=from_day)
    assert (list(TaxRate.objects.values()), RateLoad.objects.count()) == before


@pytest.mark.django_db
def test_rates_are_loaded_by_bookkeepers_alone():
    with pytest.raises(PermissionDenied):
        load(user=factories.staff("Evaluators"))
    load(user=factories.staff(BOOKKEEPERS))
    assert RateLoad.objects.first().loaded_by is not None


@pytest.mark.django_db
def test_another_states_rates_stand_apart():
    load(HEADER.encode() + b"Washington,0.065,,State,\nSeattle,0.1035,King,City,", state="WA")
    assert TaxRate.objects.filter(state="WA").count() == 2
    assert rate_for(SANTA_MONICA, IN_SPRING).ppm == 107_500
    with pytest.raises(ValidationError, match="two letters"):
        load(state="wa")


@pytest.mark.django_db
def test_the_desk_is_told_until_the_current_file_is_loaded():
    with time_machine.travel("2026-05-02 12:00:00-07:00", tick=False):
        assert "came with the software" in what_is_missing()
        load(from_day=date(2026, 1, 1))
        assert "current quarter" in what_is_missing()
        load(from_day=SPRING)  # it says the same, and now that is known
        assert what_is_missing() == ""
        assert RateLoad.objects.first().added == 0
    with time_machine.travel("2026-07-01 00:30:00-07:00", tick=False):
        assert "current quarter" in what_is_missing()


@pytest.mark.parametrize(
    ("day", "start"), [((2026, 1, 1), 1), ((2026, 3, 31), 1), ((2026, 4, 1), 4), ((2026, 12, 31), 10)]
)
def test_quarters_start_where_rates_change(day, start):
    assert quarter_start(date(*day)) == date(2026, start, 1)


@pytest.mark.django_db
def test_the_command_says_what_changed_and_refuses_with_the_reason(tmp_path, capsys):
    call_command("load_tax_rates", str(SAMPLE), "--from", "2026-04-01")
    out = capsys.readouterr().out
    assert "Oakland: new -> 10.75" in out
    broken = tmp_path / "broken.csv"
    broken.write_text(HEADER + "Oakland,abc,Alameda,City,", encoding="utf-8")
    for arguments, words in (
        ((str(broken), "--from", "2026-07-01"), "Row 2"),
        ((str(SAMPLE), "--from", "July"), "2026-04-01"),
        ((str(tmp_path / "none.csv"), "--from", "2026-07-01"), "No such file"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("load_tax_rates", *arguments)

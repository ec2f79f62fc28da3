"""Finding a workplace in the City's register: by account, by address, by name, and never by a name alone."""

import pytest

from certification.cases import case_of
from certification.matching import Wanted, find
from certification.models import RegisterEntry
from certification.rules import PlaceSource, Verdict
from certification.rules.matching import SAME_NAME, Entry, MatchedBy, name_key, name_score
from certification.services.programme import load_register
from makers.services import save_workplace
from marketplace.core import clock
from tests import factories

from .test_programme import register_file

pytestmark = pytest.mark.django_db


def entry(
    account: str, name: str, *, dba: str = "", street: str = "110 E 9TH STREET", zip_code: str = "90079-", **more
):
    from certification.rules.addresses import house_number

    return RegisterEntry.objects.create(
        account=account, name=name, dba_name=dba, street=street, zip_code=zip_code, zip5=zip_code[:5],
        house_number=house_number(street), name_key=name_key(name), dba_key=name_key(dba), seen_at=clock.now(),
        **({"council_district": 14, "naics": "315250"} | more),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ana Quiroz Outerwear, LLC", "ANA QUIROZ OUTERWEAR"),
        ("THE Muñoz & Hijas Co.", "MUNOZ AND HIJAS"),
        ("A.B. Sewing Inc", "A B SEWING"),
        ("LLC", ""),
        ("", ""),
        ("株式会社", ""),
    ],
)
def test_what_a_name_is_found_by(name, key):
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("ours", "theirs", "dba", "same"),
    [
        ("Ana Quiroz Outerwear LLC", "QUIROZ OUTERWEAR ANA INC", "", True),
        ("Echo Print Works", "ECHO PARK HOLDINGS LLC", "ECHO PRINT WORKS", True),
        ("Muñoz e Hijas", "MUNOZ E HIJAS", "", True),
        ("Watts Sun Caps", "WATTS SUN CAP", "", True),
        ("Ana Quiroz Outerwear", "QUIROZ PLUMBING", "", False),
        ("Venice Light", "VENICE NIGHT CLUB", "", False),
        ("Sewing", "SEWING CENTER OF VERNON", "", False),
    ],
)
def test_names_that_are_one_and_names_that_are_not(ours, theirs, dba, same):
    score = name_score([ours], Entry("1", theirs, dba))
    assert isinstance(score, int)
    assert (score >= SAME_NAME) is same, score


def test_an_account_goes_before_an_address_and_an_address_before_a_name():
    entry("0000000001-0001-1", "SOMEBODY ELSE INC")
    entry("0000000002-0001-1", "MAKER ONE LLC")
    entry("0000000003-0001-1", "MAKER ONE LLC", street="9 FAR ST", zip_code="91331")
    wanted = Wanted("0000000001-0001-1", ("Maker One LLC",), "110 East 9th St", "90079")
    found = find(wanted)
    assert [(match.by, match.entry.account[9]) for match in found] == [
        (MatchedBy.ACCOUNT, "1"), (MatchedBy.ADDRESS, "2"), (MatchedBy.NAME, "3"),
    ]  # fmt: skip
    assert [match.is_sure for match in found] == [False, True, False]


@pytest.mark.parametrize(
    ("rows", "verdict", "source"),
    [
        ([], Verdict.LIKELY_INSIDE, PlaceSource.ZIP_CODE),
        ([{"street": "110 E 9TH STREET"}], Verdict.INSIDE, PlaceSource.REGISTER),
        ([{"street": "110 E 9TH STREET", "council_district": 0}], Verdict.OUTSIDE, PlaceSource.REGISTER),
        ([{"street": "44 FAR AVE", "zip_code": "91331"}], Verdict.LIKELY_INSIDE, PlaceSource.ZIP_CODE),
    ],
)
def test_a_row_at_the_address_decides_the_place_and_a_name_alone_does_not(rows, verdict, source):
    piece = factories.product()
    for number, row in enumerate(rows):
        entry(f"000000000{number}-0001-1", piece.maker.legal_name, **row)
    case = factories.submitted(piece)
    place = case_of(case).steps[0].site.place
    assert (place.verdict, place.source) == (verdict, source)


def test_a_contractor_is_looked_up_by_its_own_name():
    piece = factories.product()
    place = factories.workplace(piece.maker, operated_by="contractor", contractor_name="Soto Sewing", works_alone=False)
    entry("0000000001-0001-1", "SOTO SEWING INC")
    factories.steps(piece, place)
    site = case_of(factories.submitted(piece)).steps[0].site
    assert (site.matches[0].by, site.matches[0].score) == (MatchedBy.ADDRESS, 100)


def test_two_cases_that_tell_one_workplace_differently_contradict_each_other():
    piece = factories.product()
    factories.certify(piece)
    place = piece.maker.workplaces.get()
    place.works_alone, place.garment_registration = False, "GMR-24310"
    save_workplace(user=factories.owner_of(piece.maker), workplace=place)
    second = factories.submitted(factories.product(piece.maker))
    stories = case_of(second).steps[0].site.stories
    assert [story.product for story in stories] == [piece.title]
    assert stories[0].told != stories[0].there


def test_a_file_of_another_maker_is_noticed_and_the_other_is_not_named():
    from certification.cases import findings_for
    from certification.models import Evidence
    from certification.texts import meaning

    first = factories.submitted(factories.product())
    second = factories.submitted(factories.product())
    twin = second.evidence.filter(step__isnull=False).first()
    Evidence.objects.filter(pk=twin.pk).update(sha256=first.evidence.first().sha256)
    said = [meaning(finding) for finding in findings_for(second) if finding.code == "file_elsewhere"]
    assert said
    assert not any(first.maker.name in text for text in said)


def test_the_loader_writes_what_rows_are_found_by(tmp_path):
    load_register(path=register_file(tmp_path / "register.csv", 500))
    row = RegisterEntry.objects.get(account="0000000012-0001-2")
    assert (row.zip5, row.house_number, row.name_key, row.dba_key) == (row.zip_code[:5], "112", "MAKER 12", "12")
    found = find(Wanted("", ("Maker 12",), row.street, row.zip_code))
    assert found[0].entry.account == row.account


def test_what_the_rules_said_is_kept_with_their_version():
    case = factories.evaluated(factories.product())
    assert set(case.findings) == {"submitted", "recommended"}
    assert case.findings["submitted"]["rules"] == 2
    codes = {item["code"] for item in case.findings["submitted"]["findings"]}
    assert "evidence_pending" in codes
    assert "evidence_pending" not in {item["code"] for item in case.findings["recommended"]["findings"]}


@pytest.mark.parametrize(("title", "held"), [("Made in USA jacket", True), ("Made in Los Angeles jacket", False)])
def test_a_listing_whose_words_claim_too_much_leaves_the_shop_until_they_change(client, title, held):
    from catalog.search.listing import refresh_listing
    from catalog.search.selectors import for_sale

    piece = factories.product(title=title, origin_statement="both")
    factories.certify(piece, claims=["designed"]) if not held else None
    refresh_listing(piece.pk)
    piece.refresh_from_db()
    assert piece.is_held is held
    assert for_sale().filter(pk=piece.pk).exists() is (not held)

"""Files that are wrong, broken or meant to harm: each ends in a right import or in a clear report."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client

from catalog.catalogue.models import Product
from marketplace.imports.models import Import
from marketplace.imports.pieces import MOST_PIECES, FileRefused
from marketplace.imports.services import start_import
from tests import factories

from .files import dry_run, outcomes, piece, said, sheet

pytestmark = pytest.mark.django_db
GOOD = sheet(piece(title="Chamarra ñandú"))


@pytest.fixture
def maker(db):
    return factories.maker()


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (GOOD, None), (b"\xef\xbb\xbf" + GOOD, None), (GOOD.decode().encode("utf-16"), None),
        (GOOD.decode().encode("utf-16-le"), "UTF-16"), (GOOD.decode().encode("utf-16-be"), "UTF-16"),
        (GOOD.decode().encode("cp1252"), "Windows-1252"), (GOOD.decode().encode("latin-1"), "Windows-1252"),
        (GOOD.replace(b",", b";"), None), (GOOD.replace(b",", b"\t"), None), (b"sep=,\r\n" + GOOD, None),
        (b"\r\n" + GOOD, None), (GOOD.replace(b"\r\n", b"\n"), None), (GOOD.replace(b"\r\n", b"\r"), None),
    ],
)  # fmt: skip
def test_a_file_in_any_encoding_is_read(maker, content, note):
    batch = dry_run(maker, content)
    assert outcomes(batch) == {"Chamarra ñandú": "new"}
    assert [item["params"]["encoding"] for item in batch.notes] == ([note] if note else [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\n\n", "empty"), (b"PK\x03\x04" + GOOD, "workbook"), (b"\xd0\xcf\x11\xe0" + GOOD, "workbook"),
        (GOOD.replace(b"Canvas", b"Can\0vas"), "zero_bytes"), (b"\xff\xfe" + GOOD, "unknown_headings"),
        (b"\xff\xfeA", "encoding"), (bytes(range(1, 256)) * 4, "encoding"),
        (GOOD + b'tote2,"Never closed,<p></p>,38.00,5\r\n', "unreadable_row"),
        (GOOD + b'tote2,"Closed" early,<p></p>,38.00,5\r\n', "unreadable_row"),
        (b'"Handle,Title\r\ntote,Tote\r\n', "unreadable_row"),
        (b"".join(GOOD.splitlines(keepends=True)[1:]), "unknown_headings"),
        (b"%PDF-1.4\n1 0 obj\n", "unknown_headings"), (b"<html><body>Sign in</body></html>", "unknown_headings"),
        (b"Name,Price\r\nTote,38\r\n", "unknown_headings"), (GOOD.splitlines()[0], "no_rows"),
        (GOOD.splitlines()[0] + b"\r\n,,,,\r\n", "no_rows"),
        (GOOD.splitlines()[0] + b'\r\ntote,"' + b"x" * 200_000 + b'",,38,5\r\n', "unreadable_row"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_words(maker, content, code):
    client = Client()
    client.force_login(factories.owner_of(maker))
    with pytest.raises(FileRefused) as error:
        dry_run(maker, content)
    assert error.value.code == code
    answer = client.post("/studio/import/", {"file": SimpleUploadedFile("a.csv", content)})
    assert answer.status_code == 422
    assert "Please fix this" in answer.content.decode()
    assert not Import.objects.exists()


def test_no_file_at_all(maker):
    client = Client()
    client.force_login(factories.owner_of(maker))
    assert client.post("/studio/import/").status_code == 422
    assert client.post("/studio/import/", {"file": "text"}).status_code == 422
    assert client.post("/studio/import/", {"file": SimpleUploadedFile("a.csv", b"")}).status_code == 422


def test_two_hundred_thousand_rows_are_refused_early(maker):
    lines = "".join(f"h{number},Piece {number},,38.00,5\r\n" for number in range(200_000))
    upload = TemporaryUploadedFile("big.csv", "text/csv", 0, None)
    upload.write(GOOD.splitlines()[0] + b"\r\n" + lines.encode())
    upload.size = upload.tell()
    with pytest.raises(FileRefused) as error:
        start_import(user=factories.owner_of(maker), maker=maker, upload=upload)
    assert (error.value.code, error.value.params) == ("too_many_pieces", {"most": MOST_PIECES})
    with pytest.raises(FileRefused) as error:
        dry_run(maker, GOOD + b",,,39,5\r\n" * 60_000)
    assert error.value.code == "too_many_rows"


def test_many_rows_of_one_piece_are_one_refused_piece(maker):
    rows = [piece(**{"Option1 Name": "Size", "Option1 Value": str(number)}) for number in range(30_000)]
    batch = dry_run(maker, sheet(*rows))
    assert outcomes(batch) == {"Tote": "left_out"}
    assert ("too_many_variants", 2) in said(batch)


def test_a_file_above_50_megabytes_is_not_opened(maker):
    class Large(io.BytesIO):
        size = 51 * 1024 * 1024
        name = "large.csv"
        file = None

    with pytest.raises(FileRefused) as error:
        start_import(user=factories.owner_of(maker), maker=maker, upload=Large())
    assert error.value.code == "too_large"


PRICES = ["NaN", "-5", "1e999", "0", "99999999999999999999", "abc", "€48", "48,00", "48.123", "=1+1"]


@pytest.mark.parametrize("price", PRICES)
def test_a_wrong_price_leaves_out_its_piece_alone(maker, price):
    batch = dry_run(maker, sheet(piece(), piece("bad", "Bad", price)))
    assert outcomes(batch) == {"Tote": "new", "Bad": "left_out"}
    (wrong,) = batch.pieces.get(title="Bad").findings
    assert (wrong["row"], wrong["column"]) == (3, "Variant Price")


SIZES = {"Option1 Name": "Talla"}


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([piece(title="")], "no_title", 2),
        ([piece(title="x" * 5000)], "too_long", 2),
        ([piece(**{"Body (HTML)": "<p>" + "x" * 30_000})], "too_long", 2),
        ([piece(**{"Body (HTML)": "x" * 20_001})], "too_long", 2),
        ([piece(handle="")], "no_handle", 2),
        ([piece(price="")], "price_missing", 2),
        ([piece(stock="lots")], "stock_unreadable", 2),
        ([piece(**SIZES, **{"Option1 Value": "M"}), piece(title="", **{"Option1 Value": "m"})], "variant_twice", 3),
        ([piece(**SIZES, **{"Option1 Value": "x" * 25})], "too_long", 2),
        ([piece(), piece(title="Other")], "handle_twice", 3),
        ([piece(Status="archived")], "archived", 2),
        ([piece(**{f"Option{n} Name": name for n, name in enumerate(("Size", "Color", "Fit"), 1)},
                **{f"Option{n} Value": value for n, value in enumerate(("M", "Navy", "Slim"), 1)}),
          piece(title="", **{f"Option{n} Value": value for n, value in enumerate(("M", "Navy", "Wide"), 1)})],
         "third_option", 2),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_row(maker, rows, code, row):
    columns = tuple(dict.fromkeys(name for item in rows for name in item))
    batch = dry_run(maker, sheet(*rows, columns=columns))
    assert (code, row) in said(batch)
    assert set(outcomes(batch).values()) == {"left_out"}


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([piece("a", "A"), piece("b", "B"), piece("a", "", **SIZES, **{"Option1 Value": "M"})], "rows_apart", 4),
        ([piece(stock="-4")], "oversold", 2),
        ([piece(stock="")], "stock_missing", 2),
        ([piece(**{"Option1 Name": "Length", "Option1 Value": "30"})], "option_as_size", 2),
        ([piece(**{"Image Src": "C:\\tote.jpg"})], "picture_address", 2),
        ([piece(**{"Image Src": "https://x.example/" + "a" * 1001})], "picture_address", 2),
        ([piece(title="Tote", **{"Body (HTML)": "<p>Proudly made in the USA</p>"})], "us_claim", 2),
        ([piece(title="Bolsa hecha en Estados Unidos")], "us_claim", 2),
    ],
)  # fmt: skip
def test_what_is_odd_is_said_and_comes_all_the_same(maker, rows, code, row):
    columns = tuple(dict.fromkeys(name for item in rows for name in item))
    batch = dry_run(maker, sheet(*rows, columns=columns))
    assert (code, row) in said(batch)
    assert "left_out" not in outcomes(batch).values()


def test_a_comma_too_many_is_seen(maker):
    batch = dry_run(maker, GOOD + b"bag,Bag, big,<p>Words</p>,38.00,5\r\n")
    assert ("ragged", 3) in said(batch)
    assert outcomes(batch)["Chamarra ñandú"] == "new"


def test_unknown_columns_and_columns_twice_are_named(maker):
    content = GOOD.replace(b"Variant Price", b"Variant Price,Variant Price,Moon phase").replace(
        b"38.00", b"38.00,9,full"
    )
    batch = dry_run(maker, content)
    assert {item["code"]: item["params"]["names"] for item in batch.notes} == {
        "columns_twice": "Variant Price", "unused_columns": "Moon phase",
    }  # fmt: skip
    assert batch.pieces.get().content["variants"][0]["price"] == "38.00"


def test_a_formula_is_a_name_like_any_other(maker):
    batch = dry_run(maker, sheet(piece(title='=HYPERLINK("http://x")'), piece("b", "'@SUM(1)")))
    assert set(outcomes(batch)) == {'=HYPERLINK("http://x")', "@SUM(1)"}


def test_every_report_can_be_shown_in_both_languages(maker):
    rows = [piece(f"h{n}", f"Piece {n}", price) for n, price in enumerate(PRICES)]
    rows += [piece("x", "=cmd()", **{"Option1 Name": "<b>Fit</b>", "Option1 Value": "<script>alert(1)</script>"[:20]})]
    batch = dry_run(maker, sheet(*rows, columns=tuple(rows[-1])))
    client = Client()
    client.force_login(factories.owner_of(maker))
    for prefix in ("", "/es"):
        page = client.get(f"{prefix}/studio/import/{batch.pk}/")
        assert page.status_code == 200
        assert "<b>Fit</b>" not in page.content.decode()
    assert client.get(f"/studio/import/{batch.pk}/?show=left_out&page=zzz").status_code == 200
    assert client.get(f"/studio/import/{batch.pk}/?show=%00&page=-5").status_code == 200
    assert not Product.objects.filter(maker=maker).exists()

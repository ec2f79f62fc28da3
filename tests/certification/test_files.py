"""Hostile files are refused with a word about what to do, and leave nothing behind."""

import html
import io
import struct
import zlib

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from certification import files
from certification.models import Evidence
from certification.services import applications, evidence
from marketplace.core.uploads import clean_picture, shown_name
from tests import factories
from tests.access import signed_in

JPEG = factories.photo().read()


def bomb() -> bytes:
    """A PNG of a few kilobytes that claims 13,000 x 13,000 pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 13_000, 13_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 20_000))
        + chunk(b"IEND", b"")
    )


BAD = {
    "empty": b"",
    "SVG with script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "JPEG and HTML": JPEG + b"<html><script>alert(1)</script>",
    "a bomb": bomb(),
    "PDF with a program": b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
    "PDF and HTML": b"%PDF-1.7\n<html><script>alert(1)</script>",
    "ZIP": b"PK\x03\x04" + b"\0" * 100,
    "cut off": JPEG[:200],
    "GIF": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_hostile_file_is_refused(content):
    with pytest.raises(ValidationError):
        files.inspect(SimpleUploadedFile("photo.jpg", content, content_type="image/jpeg"))


def test_a_file_above_the_limit_is_refused():
    upload = SimpleUploadedFile("photo.jpg", b"x")
    upload.size = 16 * 1024 * 1024
    with pytest.raises(ValidationError, match="15 MB"):
        files.inspect(upload)


def test_good_files_are_taken_for_what_they_are():
    assert files.inspect(SimpleUploadedFile("x.html", JPEG)).content_type == "image/jpeg"
    assert files.inspect(SimpleUploadedFile("x.pdf", b"%PDF-1.4\n%%EOF")).content_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"), ("a\x00b.jpg", "ab.jpg"), ("photo\u202egpj.exe", "photogpj.exe"),
        ("C:\\temp\\x.jpg", "x.jpg"), ("", "file"), ("\n\r", "file"),
    ],
)  # fmt: skip
def test_names_are_made_harmless(name, shown):
    assert shown_name(name) == shown


def test_a_very_long_name_is_cut():
    assert len(shown_name("x" * 5000 + ".jpg")) <= 120


def test_a_public_picture_loses_its_metadata():
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 50), "red").save(buffer, "JPEG", exif=exif)
    clean = Image.open(clean_picture(SimpleUploadedFile("x.jpg", buffer.getvalue())))
    assert not dict(clean.getexif())


@pytest.mark.django_db
def test_evidence_lies_outside_the_public_media_under_a_random_name():
    piece = factories.product()
    case = factories.application(piece)
    item = case.evidence.first()
    assert not str(item.file.path).startswith(str(settings.MEDIA_ROOT))
    assert "photo" not in item.file.name
    with pytest.raises(ValueError, match="no public address"):
        _ = item.file.url


@pytest.mark.django_db
def test_the_same_file_twice_is_refused_and_leaves_no_file():
    piece = factories.product()
    step = factories.steps(piece)[0]
    case = factories.application(piece)
    photo = factories.photo(color="#123456").read()
    owner = factories.owner_of(piece.maker)
    options = {"user": owner, "application": case, "kind": "photo", "step": step}
    evidence.add_evidence(**options, upload=SimpleUploadedFile("a.jpg", photo))
    before = sorted(path for path in settings.EVIDENCE_ROOT.rglob("*") if path.is_file())
    with pytest.raises(ValidationError, match="already"):
        evidence.add_evidence(**options, upload=SimpleUploadedFile("b.jpg", photo))
    assert sorted(path for path in settings.EVIDENCE_ROOT.rglob("*") if path.is_file()) == before


@pytest.mark.django_db
def test_evidence_is_an_attachment_that_nobody_keeps(client):
    piece = factories.product()
    item = factories.application(piece).evidence.first()
    address = f"/evidence/{item.key}/"
    assert client.get(address).status_code == 302
    client.force_login(factories.person())
    assert client.get(address).status_code == 404
    client.force_login(factories.owner_of(piece.maker))
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.django_db
def test_a_step_of_another_maker_takes_no_evidence():
    mine, theirs = factories.product(), factories.product()
    case, foreign = factories.application(mine), factories.steps(theirs)[0]
    count = Evidence.objects.count()
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        evidence.add_evidence(
            user=factories.owner_of(mine.maker), application=case, kind="photo", upload=factories.photo(), step=foreign
        )
    assert Evidence.objects.count() == count


def pdf(*lines: str) -> SimpleUploadedFile:
    """A PDF with a page for each line."""
    out = io.BytesIO()
    paper = Canvas(out)
    for line in lines:
        paper.drawString(72, 720, line)
        paper.showPage()
    paper.save()
    return SimpleUploadedFile("invoice.pdf", out.getvalue(), content_type="application/pdf")


@pytest.mark.django_db
def test_a_pdf_is_shown_page_by_page_as_pictures_to_those_who_may_see_it(client):
    piece = factories.product()
    case = factories.application(piece)
    item = evidence.add_evidence(
        user=factories.owner_of(piece.maker), application=case, kind="invoice", upload=pdf("One", "Two"),
        step=piece.production_steps.first(),
    )  # fmt: skip
    page = f"/evidence/{item.key}/2/"
    assert client.get(page).status_code == 302
    assert signed_in(factories.owner_of(factories.maker())).get(page).status_code == 404
    assert signed_in(factories.person()).get(page).status_code == 404
    for reader in (signed_in(factories.owner_of(piece.maker)), signed_in(factories.evaluator(), second_factor=True)):
        answer = reader.get(page)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "no-store" in answer["Cache-Control"]
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert max(picture.size) == 1600
        for number in (0, 3, 10**12):
            assert reader.get(f"/evidence/{item.key}/{number}/").status_code == 404
        reader.logout()
        assert reader.get(page).status_code == 302


@pytest.mark.django_db
def test_a_damaged_pdf_and_a_missing_file_never_take_the_case_with_them():
    piece = factories.product()
    case = factories.application(piece)
    upload = SimpleUploadedFile("broken.pdf", b"%PDF-1.7 nothing follows", content_type="application/pdf")
    item = evidence.add_evidence(
        user=factories.owner_of(piece.maker), application=case, kind="invoice", upload=upload,
        step=piece.production_steps.first(),
    )  # fmt: skip
    case = applications.submit(user=factories.owner_of(piece.maker), application=case)
    desk = signed_in(factories.evaluator(), second_factor=True)
    shown = f"/review/{case.pk}/?file={item.key}"
    assert "can't be shown here" in html.unescape(desk.get(shown).content.decode())
    assert desk.get(f"/evidence/{item.key}/1/").status_code == 404
    item.file.delete(save=False)
    assert desk.get(shown).status_code == 200
    assert desk.get(f"/evidence/{item.key}/").status_code == 404

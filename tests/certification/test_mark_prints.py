"""Hangtags and shelf cards: size, words, a code that a reader of its own reads back, and nothing outside its box."""

import io
import re
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.lib.units import mm

from certification.mark import fitting, prints
from certification.mark.standing import Standing
from tests.certification import qr

CLAIMS = ("designed", "assembled", "manufactured")
PAPERS = {"a4": (595, 842), "letter": (612, 792)}
KINDS = {"hangtags": (prints.hangtags, 9, prints.HANGTAG), "shelf cards": (prints.shelf_cards, 8, prints.SHELF_CARD)}
NASTY = '</title><script>alert(1)</script>) Tj ET (" & \x00\x0b'


def standing(**changes) -> Standing:
    facts = {
        "number": "LAO-2026-0001", "valid": True, "claims": CLAIMS, "product": "Chamarra «Niño» de piñón",
        "maker": "Taller Muñoz & Hijas", "valid_until": date(2027, 11, 24),
    }  # fmt: skip
    return Standing(**(facts | changes))


def opened(pdf: bytes):
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    return page


def squares(page) -> list[tuple[float, float, float, float]]:
    """Every rectangle filled with pure black: x, y, width, height in points."""
    found, black = [], False
    for line in page.get_contents().get_data().decode("latin-1").splitlines():
        if line.endswith(" rg"):
            black = line.split()[-4:-1] == ["0", "0", "0"]
        for place in re.finditer(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f\*?", line):
            found += [tuple(float(value) for value in place.groups())] if black else []
    return found


def codes(page, side: float) -> list[list[list[int]]]:
    """The matrices drawn on the page: every code is `side` points wide; modules are read at their middles."""
    rectangles, matrices = squares(page), []
    while rectangles:
        top = max(y + height for _x, y, _width, height in rectangles)
        left = min(x for x, y, _w, height in rectangles if y + height > top - 0.01)
        own = [r for r in rectangles if left - 1 < r[0] < left + side and top - side - 1 < r[1] < top]
        module = own[0][3]
        count = round(side / module)
        matrix = [[0] * count for _row in range(count)]
        for x, y, width, height in own:
            row = round((top - y - height) / module)
            for column in range(round((x - left) / module), round((x + width - left) / module)):
                matrix[row][column] = 1
        matrices.append(matrix)
        rectangles = [r for r in rectangles if r not in own]
    return matrices


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("what", "side"), [("hangtags", 20), ("shelf cards", 24)])
def test_every_code_leads_to_the_public_record(paper, what, side, settings):
    settings.SITE_ADDRESS = "https://laoriginal.example"
    draw, count, _kind = KINDS[what]
    found = codes(opened(draw(standing(), paper=paper, lang="en")), side * mm)
    assert [qr.read(matrix) for matrix in found] == ["https://laoriginal.example/verify/LAO-2026-0001/"] * count


def test_the_reader_notices_a_wrong_module(settings):
    settings.SITE_ADDRESS = "https://laoriginal.example"
    matrix = codes(opened(prints.hangtags(standing(), paper="a4", lang="en")), 20 * mm)[0]
    matrix[20][20] ^= 1
    with pytest.raises(ValueError, match="error correction"):
        qr.read(matrix)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_size_and_words(paper, what, lang):
    draw, count, _kind = KINDS[what]
    page = opened(draw(standing(), paper=paper, lang=lang))
    assert (round(page.mediabox.width), round(page.mediabox.height)) == PAPERS[paper]
    text = " ".join(page.extract_text().split())
    words = ["LAO-2026-0001", "LA Original", "Taller Muñoz & Hijas"]
    words += (
        ["Diseñado en Los Ángeles", "de Taller Muñoz", "Escanéalo"]
        if lang == "es"
        else ["Designed in Los Angeles", "Manufactured in Los Angeles"]
    )
    for word in words:
        assert text.count(word) >= count, word
    assert "«Niño»" in text
    fonts = page["/Resources"]["/Font"].values()
    embedded = [font for font in fonts if "/FontFile2" in str(font.get_object().get("/FontDescriptor", {}))]
    assert embedded, "letters with accents come from a font in the file"


def test_unknown_papers_and_languages_fall_back():
    page = opened(prints.hangtags(standing(), paper="a0", lang="xx"))
    assert round(page.mediabox.width) == 612
    assert "Designed in Los Angeles" in page.extract_text()


@pytest.mark.parametrize("what", KINDS)
def test_nothing_is_printed_of_what_is_not_valid_now(what):
    with pytest.raises(prints.NotValidNow):
        KINDS[what][0](standing(valid=False, claims=()), paper="a4", lang="en")


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("name", [NASTY, "Extraordinarily" * 17, "word " * 51, "😀 漢字 Łódź \u202e", "x", ""])
def test_names_stay_words_and_stay_inside(what, name):
    draw, count, kind = KINDS[what]
    page = opened(draw(standing(product=name[:255], maker=name[:120]), paper="letter", lang="es"))
    seen = []

    def visit(text, _cm, tm, _font, _size):
        seen.extend([(tm[4], tm[5])] if text.strip() else [])

    page.extract_text(visitor_text=visit)
    width, height = (float(value) for value in (page.mediabox.width, page.mediabox.height))
    left = (width - kind.across * kind.width * mm) / 2
    bottom = (height - kind.down * kind.height * mm) / 2
    assert len(seen) >= count * 5
    for x, y in seen:
        assert left < x < width - left, "inside the pieces"
        assert bottom < y < height - bottom, "inside the pieces"
    assert "/JS" not in str(page)


@given(
    text=st.text(max_size=300), width=st.floats(20, 300), height=st.floats(6, 80),
    largest=st.floats(6, 20), font=st.sampled_from([fitting.REGULAR, fitting.BOLD]),
)  # fmt: skip
def test_words_never_leave_their_box(text, width, height, largest, font):
    block = fitting.fit(text, font=font, width=width, height=height, largest=largest, smallest=4)
    measure = fitting._measure(font, block.size)
    assert all(measure(line) <= width + 1e-6 for line in block.lines)
    assert block.height <= height + 1e-6
    whole = fitting.printable(text, font).replace(" ", "")
    shown = "".join(block.lines).replace(" ", "")
    assert shown == whole or (block.size == 4 and shown.endswith("…") and whole.startswith(shown[:-1]))


def test_the_readers_language_is_left_as_it_was():
    with translation.override("en"):
        prints.hangtags(standing(), paper="a4", lang="es")
        assert translation.get_language() == "en"

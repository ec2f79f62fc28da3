"""Cells and descriptions as strangers' spreadsheets hold them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.imports.cells import escaped, grams_of, line_of, ounces_of, price_of, stock_of, text_of
from marketplace.imports.html_text import as_html, plain_text
from marketplace.imports.kind_words import kind_of
from marketplace.imports.pieces import CellRefused


@pytest.mark.parametrize(
    ("cell", "price"),
    [
        ("48", "48.00"), ("48.5", "48.50"), ("48.00", "48.00"), (" $48.00 ", "48.00"), ("US$ 48", "48.00"),
        ("48 USD", "48.00"), ("1,234.50", "1234.50"), ("48.000", "48.00"), ("100000", "100000.00"), ("1", "1.00"),
    ],
)  # fmt: skip
def test_a_price_in_dollars(cell, price):
    assert price_of(cell) == Decimal(price)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("free", "price_unreadable"), ("NaN", "price_unreadable"), ("Infinity", "price_unreadable"),
        ("1e9", "price_unreadable"), ("0x10", "price_unreadable"), ("48.0.0", "price_unreadable"),
        ("٤٨", "price_unreadable"), ("=1+1", "price_unreadable"), ("48.", "price_unreadable"),
        ("48,00", "price_comma"), ("4,8,0", "price_comma"), ("48.005", "price_cents"), ("-48.00", "price_range"),
        ("0", "price_range"), ("0.99", "price_range"), ("100000.01", "price_range"), ("9" * 400, "price_range"),
        ("€48", "currency"), ("48 £", "currency"), ("$-5", "price_range"),
    ],
)  # fmt: skip
def test_a_price_that_is_none(cell, code):
    with pytest.raises(CellRefused) as error:
        price_of(cell)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("cell", "stock"), [("5", 5), ("5.0000", 5), ("1,200", 1200), ("-3", -3), ("", None), ("0", 0)]
)
def test_a_number_of_pieces(cell, stock):
    assert stock_of(cell) == stock


@pytest.mark.parametrize(
    ("cell", "code"),
    [("many", "stock_unreadable"), ("2.5", "stock_unreadable"), ("NaN", "stock_unreadable"),
        ("1e3", "stock_unreadable"),
     ("100001", "stock_range"), ("9" * 5000, "stock_range"), ("--5", "stock_unreadable")],
)  # fmt: skip
def test_no_number_of_pieces(cell, code):
    with pytest.raises(CellRefused) as error:
        stock_of(cell)
    assert error.value.code == code


@given(st.integers(min_value=1, max_value=2400))
def test_ounces_survive_as_grams(ounces):
    assert ounces_of(str(grams_of(ounces))) == ounces


@pytest.mark.parametrize(
    ("cell", "ounces"), [("28.3495", 1), ("29", 2), ("0", None), ("", None), ("heavy", None), ("-5", None)]
)
def test_grams_as_ounces(cell, ounces):
    assert ounces_of(cell) == ounces


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_a_formula_goes_in_and_out_as_text(start):
    typed = f"{start}HYPERLINK(1)".strip()
    assert escaped(typed) == f"'{typed}"
    assert text_of(escaped(typed)) == typed


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.text("'=+-@a", max_size=8))
def test_what_goes_out_comes_back(text):
    assert line_of(escaped(line_of(text))) == line_of(text)


def test_marks_that_turn_or_end_a_text_are_taken_out():
    assert line_of("Chore\u202egnp.jacket\x00\x07\n M") == "Choregnp.jacket M"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("Plain\ntext\n\nwith lines", "Plain\ntext\n\nwith lines"),
        ("<p>A\n  source line</p>", "A source line"),
        ("<h2>Care</h2><ul><li>Cold</li><li>Dry flat</li></ul>", "Care\n\n– Cold\n– Dry flat"),
        ("<script>alert(1)</script>Words", "Words"), ("<SCRIPT SRC=//x></SCRIPT><b onclick=x>Bold</b>", "Bold"),
        ("<style>p{}</style><p>In</p>", "In"), ("<p>Open <script>never closed", "Open"),
        ("<img src=x onerror=alert(1)>After", "After"), ("<svg><script>x</script><text>y</text></svg>z", "z"),
        ("<a href='javascript:x'>Link</a> words", "Link words"),
        ("&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
        ("<scr<script>ipt>alert(1)</script>", "ipt>alert(1)"), ("a &amp; b &eacute;", "a & b é"),
        ("1 < 2 and 3", "1 < 2 and 3"),
        ("<!-- hidden --><p>Seen</p>", "Seen"), ("<p></p><p> </p>", ""), ("<iframe src=x>in</iframe>out", "out"),
        ("<div><div>Deep</div></div>", "Deep"), ("<noscript>a</noscript><p>b", "b"),
    ],
)  # fmt: skip
def test_only_words_are_kept_of_a_web_page(source, words):
    assert plain_text(source) == words


@given(st.lists(st.text("ab <>&'\"", min_size=1, max_size=8), max_size=4))
def test_a_text_survives_as_html(paragraphs):
    tidy = plain_text("\n\n".join(paragraphs).replace("<", "‹"))
    assert plain_text(as_html(tidy)) == tidy


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Jacket", "garment"), ("Denim tote bag", "bag"), ("Chamarras", "garment"), ("Zapatos", "footwear"),
     ("Playera", "printed_garment"), ("Hoodies", "printed_garment"), ("Gift card", "other"), ("", "other")],
)  # fmt: skip
def test_a_kind_is_suggested_by_its_words(words, kind):
    assert kind_of(words) == kind

"""Orders speak the reader's language."""

import pytest
from django.utils import translation

from catalog.order.models import Line
from tests import factories

from .shop import basket_with, place


def test_a_line_names_its_color_in_the_readers_language():
    line = Line(variant="Navy · M")
    assert line.variant_words == "Navy · M"
    with translation.override("es"):
        assert line.variant_words.endswith(" · M")
        assert "Navy" not in line.variant_words
    assert Line(variant="").variant_words == ""


@pytest.mark.django_db
def test_the_payment_page_names_the_pieces_as_the_shop_did():
    piece = factories.certified_product(title="Linen coat", title_es="Abrigo de lino")
    with translation.override("es"):
        attempt = place(basket_with(piece))
    line = attempt.snapshot["parts"][0]["lines"][0]
    assert line["title"] == "Abrigo de lino"
    with translation.override("es"):
        assert line["variant_words"] == piece.children.get(pk=line["variant"]).variant_words
    assert attempt.order.lines.get().title == "Linen coat"

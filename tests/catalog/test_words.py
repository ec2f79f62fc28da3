"""Words and colors as the search compares them."""

import pytest

from catalog.search.colors import family_of
from catalog.search.facets import size_order
from marketplace.core.words import query_stems, stem, stems


@pytest.mark.parametrize(
    ("one", "many"),
    [("dress", "dresses"), ("shoe", "shoes"), ("pantalon", "pantalones"), ("accessory", "accessories"),
     ("chamarra", "chamarras"), ("jean", "jeans"), ("scarf", "scarf")],
)  # fmt: skip
def test_singular_and_plural_are_one_word(one, many):
    assert stem(one) == stem(many)


def test_accents_capitals_and_null_bytes_do_not_matter():
    assert stems("Algodón\x00 AÑIL") == stems("algodon anil")


def test_a_question_keeps_eight_telling_words():
    assert query_stems("the dress of linen") == [stem("dress"), stem("linen")]
    assert len(query_stems(" ".join(f"w{n}" for n in range(30)))) == 8


def test_a_question_of_stop_words_alone_is_kept():
    assert query_stems("de la") == ["de", "la"]


@pytest.mark.parametrize(
    ("sample", "family"),
    [("#2b2f63", "blue"), ("#17131f", "black"), ("#f3f1ec", "white"), ("#efe6cf", "natural"), ("#c63a2f", "red"),
     ("#5c5f3a", "yellow"), ("#4a5a3c", "green"), ("#e9b9c6", "pink"), ("#6b4226", "brown"), ("#8b8f98", "gray"),
     ("#e0a526", "yellow"), ("#74509f", "purple"), ("blue", ""), ("", "")],
)  # fmt: skip
def test_color_families(sample, family):
    assert family_of(sample) == family


def test_sizes_in_the_order_of_a_rail():
    assert sorted(["L", "One size", "S", "32x30", "28x30", "Toddler", "XS"], key=size_order) == [
        "XS", "S", "L", "One size", "28x30", "32x30", "Toddler",
    ]  # fmt: skip

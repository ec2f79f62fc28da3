"""What the demo says of materials agrees with what it says of the piece."""

import pytest

from certification.rules.checks import _in_the_states
from marketplace.demo.mills import mills_of
from marketplace.demo.pieces import KINDS


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_materials_come_from_abroad_exactly_where_the_origin_says_so(kind):
    inside = {_in_the_states(place) for _name, place in mills_of(kind)}

    assert inside == {kind.origin == "usa"}


@pytest.mark.parametrize(
    ("kind", "is_named"), [("coat", "Lanificio"), ("backpack", "Cotton"), ("crossbody", "Tannery"), ("skirt", "Flax")]
)
def test_a_mill_makes_the_fiber_that_is_named_first(kind, is_named):
    assert any(is_named in name for name, _place in mills_of(KINDS[kind]))

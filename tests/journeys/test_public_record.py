"""The public side in a browser: register, numbers, draw, criteria, one record, the piece with its passport."""

import pytest

from catalog.search.listing import refresh_listing
from certification.services import certificates
from tests import factories
from tests.factories import aftercare

from .test_training import looks_right


@pytest.mark.parametrize("phone", [True, False])
def test_every_public_page_of_the_record(someone, phone):
    piece = factories.certified_product(title="Flight jacket")
    refresh_listing(piece.pk)
    ended = factories.certify(factories.product())
    certificates.withdraw(user=factories.decider(), certificate=ended, reason="It moved.", reasons=["changed"])
    drawn = aftercare.drawn().draw
    number = piece.certificates.get().number
    paths = (
        "/register/", "/register/?q=flight&claim=designed&status=valid", "/register/?q=nothing",
        "/register/statistics/", f"/register/surveillance/{drawn.year}/", "/criteria/1/", f"/verify/{number}/",
        f"/verify/{ended.number}/", f"/verify/{number}/report/", "/verify/offline/", piece.get_absolute_url(),
    )  # fmt: skip
    width = 390 if phone else 1440
    with someone(phone=phone) as page:
        for path in paths:
            for language in ("", "/es"):
                page.goto(f"{language}{path}")
                looks_right(page, width)
        page.goto(f"/verify/{ended.number}/")
        page.get_by_text("It moved.").first.wait_for()
        page.get_by_text("not made any more as it was certified").first.wait_for()

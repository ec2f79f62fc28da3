"""Parcels leave with chosen pieces, tracking numbers are checked and corrected, papers say what is inside."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pypdf import PdfReader

from catalog.order.models import MakerOrder, TrackingChange
from marketplace import fulfilment
from marketplace.core import clock
from marketplace.fulfilment import carriers, dispatch
from marketplace.fulfilment.parcel_papers import label_pdf, sheets_of, slip_pdf
from tests import factories

from .shop import owner, paid

pytestmark = pytest.mark.django_db
USPS, UPS = "9400 1000 0000 0000 0000 00", "1Z999AA10123456784"


@pytest.mark.parametrize(
    ("carrier", "number", "fits"),
    [
        ("USPS", USPS, True), ("USPS", "LZ123456789US", True), ("USPS", UPS, False), ("USPS", "9400", False),
        ("UPS", UPS, True), ("UPS", "1z 999 aa1 01 2345 6784", True), ("UPS", USPS, False),
        ("FedEx", "123456789012", True), ("FedEx", "12345678901", False), ("DHL", "1234567890", True),
        ("OnTrac", "C12345678901234", True), ("OnTrac", "12345", False), ("Bike messenger", "x", True),
    ],
)  # fmt: skip
def test_a_slip_in_a_tracking_number_is_seen(carrier, number, fits):
    assert (carriers.problem(carrier, number) == "") is fits


def part_of_two():
    """A paid part with a piece that is ready and one that is made to order."""
    maker = factories.maker()
    ready = factories.certified_product(maker, title="Ready scarf")
    made = factories.certified_product(maker, title="Made coat", made_to_order_days=10)
    return paid(ready, made)


def post(client, part, **fields):
    return client.post(reverse("studio:order", args=[part.pk]), fields)


def test_the_studio_ships_parcel_by_parcel(client):
    part = part_of_two()
    client.force_login(owner(part))
    ready, made = part.lines.order_by("parcel_number")
    shown = client.get(reverse("studio:order", args=[part.pk]))
    fields = shown.context["form"]
    assert [fields[f"pieces-{line.pk}"].value() for line in (ready, made)] == [1, 0]
    first = {f"pieces-{ready.pk}": 1, f"pieces-{made.pk}": 0}
    wrong = post(client, part, carrier="UPS", tracking_number=USPS, **first)
    assert wrong.status_code == 422
    assert "does not look like a number of UPS" in wrong.content.decode()
    assert post(client, part, carrier="UPS", tracking_number=UPS, **first).status_code == 302
    part.refresh_from_db()
    assert (part.status, part.promised_on) == ("part_shipped", made.promised_on)
    other = {"carrier": "other", "other_carrier": "Bike messenger", "tracking_number": "Number 7"}
    assert post(client, part, **other, **{f"pieces-{made.pk}": 1}).status_code == 302
    part.refresh_from_db()
    assert part.status == "shipped"
    assert [parcel.carrier for parcel in part.parcels.order_by("pk")] == ["UPS", "Bike messenger"]


def test_a_parcel_needs_something_in_it(client):
    part = part_of_two()
    client.force_login(owner(part))
    nothing = {f"pieces-{line.pk}": 0 for line in part.lines.all()}
    assert post(client, part, carrier="UPS", tracking_number=UPS, **nothing).status_code == 422
    assert not part.parcels.exists()


def test_the_letter_says_what_is_inside_and_what_comes_later(mailoutbox):
    from marketplace.mail import parcel_shipped

    part = part_of_two()
    ready, _made = part.lines.order_by("parcel_number")
    parcel = fulfilment.ship(
        user=owner(part), maker_order=part, carrier="UPS", tracking_number=UPS, pieces={ready.pk: 1}
    )
    parcel_shipped({"parcel": parcel.pk})
    body = mailoutbox[-1].body
    assert f"https://www.ups.com/track?tracknum={UPS}" in body
    assert body.index("In this parcel") < body.index("Ready scarf") < body.index("Still to come")
    assert body.index("Still to come") < body.index("Made coat")


def test_a_wrong_number_is_corrected_within_a_day_and_kept():
    part = part_of_two()
    parcel = fulfilment.ship(user=owner(part), maker_order=part, carrier="UPS", tracking_number=UPS)
    with pytest.raises(PermissionDenied):
        dispatch.correct_tracking(user=factories.person(), parcel=parcel, carrier="USPS", tracking_number=USPS)
    dispatch.correct_tracking(user=owner(part), parcel=parcel, carrier="USPS", tracking_number=USPS)
    parcel.refresh_from_db()
    assert (parcel.carrier, parcel.tracking_number) == ("USPS", USPS)
    assert TrackingChange.objects.get(parcel=parcel).tracking_number == UPS
    with clock.at(parcel.shipped_at + timedelta(days=1)), pytest.raises(ValidationError):
        dispatch.correct_tracking(user=owner(part), parcel=parcel, carrier="UPS", tracking_number=UPS)


def words_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_slips_and_labels_are_one_page_per_planned_parcel():
    part = part_of_two()
    number = part.order.number
    slips = [page for page in words_of(slip_pdf(sheets_of([part.pk]))) if page.strip()]
    assert len(slips) == 2
    assert "Ready scarf" in slips[0]
    assert "Made coat" not in slips[0]
    assert "$48.00" in slips[0]
    assert part.lines.get(parcel_number=1).certificate_number in slips[0]
    labels = words_of(label_pdf(sheets_of([part.pk])))
    assert len(labels) == 2
    assert f"Order {number}, parcel 2 of 2" in labels[1]
    assert "200 N Spring St" in labels[1]
    assert "no postage" in labels[1]


def test_a_gift_has_its_note_and_no_prices():
    part = part_of_two()
    type(part.order).objects.filter(pk=part.order_id).update(gift_note="Happy birthday, Lupe", is_gift=True)
    slip = words_of(slip_pdf(sheets_of([part.pk])))[0]
    assert "Happy birthday, Lupe" in slip
    assert "$" not in slip


def test_the_papers_of_other_makers_are_not_given(client):
    part = part_of_two()
    client.force_login(owner(part))
    assert client.get(reverse("studio:slips", args=[part.pk])).content.startswith(b"%PDF")
    assert client.get(reverse("studio:all_labels")).content.startswith(b"%PDF")
    client.force_login(factories.owner_of(factories.maker()))
    assert client.get(reverse("studio:labels", args=[part.pk])).status_code == 404
    assert "Nothing to ship" in words_of(client.get(reverse("studio:all_slips")).content)[0]
    assert MakerOrder.objects.get(pk=part.pk).status == "to_ship"

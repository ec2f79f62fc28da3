"""Reviews: who may write, when, how often; what shoppers see; nobody deletes one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from marketplace.aftersale import reviews
from marketplace.aftersale.models import Review
from marketplace.core import clock, outbox
from marketplace.core.clock import at as clock_at
from tests import factories
from tests.pictures import files as pictures

from .shop import access_of, bookkeeper, owner, paid, ship, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(standin):
    found = paid(standin, factories.certified_product(title="Indigo jacket"))
    ship(found)
    return found


def on_day(days):
    return clock_at(clock.now() + timedelta(days=days))


def write(part, stars=5, words="Sits well.", **more):
    with on_day(2):
        return reviews.write_review(
            access=access_of(part), line=part.lines.get(), stars=stars, text=words, **more
        )  # fmt: skip


def test_a_buyer_reviews_once_from_the_day_after_it_was_shipped(part):
    line, access = part.lines.get(), access_of(part)
    with pytest.raises(ValidationError):
        reviews.write_review(access=access, line=line, stars=5, text="")
    assert write(part).name == "Sam S."
    with pytest.raises(ValidationError):
        write(part)


@pytest.mark.parametrize("stars", [0, 6, -1, 4.5, True, "5", None])
def test_one_to_five_stars(part, stars):
    with pytest.raises(ValidationError):
        write(part, stars)
    assert not Review.objects.exists()


def test_only_the_shopper_of_that_order(standin, part):
    other = paid(standin, factories.certified_product())
    with pytest.raises(PermissionDenied):
        reviews.write_review(access=access_of(other), line=part.lines.get(), stars=1, text="x")


def test_what_did_not_leave_is_not_reviewed(standin):
    with pytest.raises(ValidationError):
        write(paid(standin, factories.certified_product()))


@pytest.mark.parametrize(("days", "may"), [(31, True), (33, False)])
def test_thirty_days_to_change_it(part, days, may):
    review = write(part)
    with on_day(days):
        if may:
            assert reviews.edit_review(access=access_of(part), review=review, stars=2, text="Faded.").stars == 2
            return
        with pytest.raises(ValidationError):
            reviews.edit_review(access=access_of(part), review=review, stars=2, text="Faded.")


def test_four_photos_in_all(part):
    review = write(part, photos=[factories.photo() for _ in range(3)])
    with on_day(3), pytest.raises(ValidationError):
        reviews.edit_review(
            access=access_of(part), review=review, stars=5, text="", photos=[factories.photo(), factories.photo()]
        )
    assert review.photos.count() == 3


def test_the_maker_answers_once_and_hides_nothing(part):
    review = write(part, 1, "Bad")
    with pytest.raises(PermissionDenied):
        reviews.hide_review(user=owner(part), review=review, reason="I do not like it")
    reviews.answer_review(user=owner(part), review=review, answer="Sorry, write to us.")
    with pytest.raises(ValidationError):
        reviews.answer_review(user=owner(part), review=review, answer="Again")
    with pytest.raises(PermissionDenied):
        reviews.answer_review(user=factories.person(), review=review, answer="x")


def test_the_piece_shows_real_reviews_and_no_hidden_ones(client, standin, part):
    product = part.lines.get().product.parent
    review = write(part, 4, "<b>Sits</b> well.", photos=[factories.photo()])
    shown = text(client.get(product.get_absolute_url()))
    assert "4.0 of 5 stars, from 1 buyer" in shown
    assert "bought it here" in shown
    assert "&lt;b&gt;Sits" in shown
    assert review.photos.get().file.url in shown
    reviews.hide_review(user=bookkeeper(), review=review, reason="Insults")
    assert "of 5 stars" not in text(client.get(product.get_absolute_url()))
    assert Review.objects.count() == 1
    reviews.show_review(user=bookkeeper(), review=review)
    assert "of 5 stars" in text(client.get(product.get_absolute_url()))


def test_reviews_ask_the_database_four_times_however_many_there_are(part, django_assert_num_queries):
    write(part, photos=[factories.photo(), factories.photo()])
    product = part.lines.get().product.parent
    with django_assert_num_queries(4):
        rows = reviews.reviews_of(product).rows
        assert [photo.shot.name for photo in rows[0].photos.all()] == [
            photo.file.name for photo in rows[0].photos.all()
        ]


def test_a_photo_of_a_review_is_shown_small_and_leads_to_all_of_it(client, standin, part):
    review = write(part, photos=[pictures.upload((900, 600))])
    with clock_at(review.written_at):
        outbox.deliver(topic="pictures.make")

    shown = client.get(part.lines.get().product.parent.get_absolute_url()).text

    assert "/128x128.avif 128w" in shown
    assert f'href="{review.photos.get().file.url}"' in shown


def test_the_screens(client, part):
    access, line = access_of(part), part.lines.get()
    address = access.url("review", line=line.pk)
    assert client.get(address).status_code == 404  # too early
    with on_day(2):
        assert "Write a review" in text(client.get(access.url()))
        assert client.post(address, {"stars": "", "text": "Kept words"}).status_code == 422
        assert client.post(address, {"stars": "5", "text": "Good", "photos": [factories.photo()]}).status_code == 302
        assert "Change your review" in text(client.get(access.url()))
        client.post(address, {"stars": "3", "text": "Fine"})
    review = Review.objects.get()
    assert (review.stars, review.photos.count()) == (3, 1)
    report = reverse("reviews:report", args=[review.pk])
    assert client.post(report, {"reason": ""}).status_code == 422
    client.post(report, {"reason": "Not about the piece"})
    client.force_login(owner(part))
    client.post(reverse("studio:review", args=[review.pk]), {"answer": "Thank you."})
    review.refresh_from_db()
    assert (review.answer, review.report) == ("Thank you.", "Not about the piece")


def test_another_maker_answers_nothing(client, standin, part):
    review = write(part)
    client.force_login(owner(paid(standin, factories.certified_product())))
    assert client.post(reverse("studio:review", args=[review.pk]), {"answer": "x"}).status_code == 404


def test_the_desk_hides_with_a_reason(client, admin_code, part):
    review = write(part)
    admin_code(client, bookkeeper())
    page = reverse("returns:review", args=[review.pk])
    assert client.post(page, {"action": "hide", "reason": ""}).status_code == 422
    client.post(page, {"action": "hide", "reason": "Insults"})
    review.refresh_from_db()
    assert review.hidden_reason == "Insults"
    assert client.get(reverse("returns:reports")).status_code == 200

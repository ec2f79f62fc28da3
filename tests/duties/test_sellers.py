"""A maker crosses, gives facts, is verified, confirmed, warned, stopped and let sell again; what buyers learn of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.basket.models import Line
from catalog.order.workflow import WrongMoment
from catalog.search.selectors import for_sale
from makers.models import Maker
from makers.services import edit_maker
from makers.stories.services import publish_maker_page
from makers.studio import business
from marketplace import fulfilment
from marketplace.core import clock, outbox
from marketplace.core.append_only import AppendOnlyError
from marketplace.duties import sellers, watching
from marketplace.duties.models import SellerAnswer, SellerCheck
from marketplace.duties.sellers import Seen
from marketplace.duties.words import CheckStatus as S
from marketplace.fulfilment import Problem, quote_of
from marketplace.payments import gateway
from marketplace.terms.services import accept_terms
from tests import factories
from tests.factories import duties
from tests.fulfilment.shop import basket_with, pay, place, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    from django.core.cache import cache

    cache.clear()


def letters() -> list[tuple[str, str]]:
    outbox.deliver()
    return [(message.to[0], message.subject) for message in mail.outbox]


def test_a_maker_that_crosses_is_asked_once_and_told():
    maker = factories.maker(language="es")
    duties.sold(maker, sales=199)
    watching.judge([maker.pk])
    assert not SellerCheck.objects.exists()
    duties.sold(maker, sales=1, day=clock.today())
    for _ in range(2):
        watching.judge([maker.pk])
    check = SellerCheck.objects.get()
    assert (check.status, check.window_sales, check.due_on) == (S.ASKED, 200, clock.today() + timedelta(10))
    (to, subject), *more = letters()
    assert (to, more) == (maker.email, [])
    assert subject.startswith("Díganos quién es")


def test_a_closed_business_is_not_asked():
    maker = factories.maker(closed_at=clock.now())
    duties.sold(maker)
    watching.judge([maker.pk])
    assert not SellerCheck.objects.exists()


def test_facts_are_given_verified_and_kept_for_good():
    check = duties.given()
    assert (check.status, check.bank_seen_on, check.identity_seen_on) == (S.GIVEN, clock.today(), clock.today())
    sellers.verify_facts(user=duties.officer(), check=check, seen=duties.SEEN, words="Called the number.")
    row = SellerCheck.objects.get()
    assert (row.status, row.verified_answer) == (S.VERIFIED, row.answer)
    answer = SellerAnswer.objects.get()
    answer.person = "Somebody else"
    with pytest.raises(AppendOnlyError):
        answer.save()
    assert [change.to_status for change in row.changes.all()] == [S.ASKED, S.GIVEN, S.VERIFIED]


@pytest.mark.parametrize(
    ("seen_there", "words"),
    [(Seen(False, True), "does not pay out"), (Seen(True, False), "still asks"), (Seen(False, False), "does not pay")],
)
def test_what_stripe_lacks_is_given_there_first(seen_there, words):
    check = duties.asked()
    owner = factories.owner_of(check.maker)
    with pytest.raises(ValidationError, match=words):
        sellers.give_facts(user=owner, check=check, seen=seen_there, **duties.FACTS)
    assert not SellerAnswer.objects.exists()


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (None, Seen(False, False)),
        (duties.account(), Seen(True, True)),
        (duties.account(requirements=["company.tax_id"]), Seen(True, False)),
        (duties.account(requirements=["individual.verification.document"]), Seen(True, False)),
        (duties.account(requirements=["business_profile.url"]), Seen(True, True)),
        (duties.account(payouts_enabled=False, details_submitted=False), Seen(False, False)),
    ],
)
def test_what_an_account_proves(account, expected):
    assert sellers.seen_in(account) == expected


@pytest.mark.parametrize(
    ("changes", "field"), [({"zip_code": "9"}, "zip_code"), ({"person": ""}, "person"), ({"email": "x"}, "email")]
)
def test_a_fact_that_is_wrong_is_refused_at_its_field(changes, field):
    check = duties.asked()
    with pytest.raises(ValidationError) as refusal:
        sellers.give_facts(
            user=factories.owner_of(check.maker), check=check, seen=duties.SEEN, **(duties.FACTS | changes)
        )
    assert list(refusal.value.message_dict) == [field]


def test_nobody_but_an_owner_answers_and_nobody_but_officers_decide():
    check = duties.given()
    for user in (factories.person(), factories.staff(), factories.owner_of(factories.maker())):
        with pytest.raises(PermissionDenied):
            sellers.verify_facts(user=user, check=check, seen=duties.SEEN, words="Right.")
        with pytest.raises(PermissionDenied):
            sellers.send_back(user=user, check=check, words="Wrong.")
        with pytest.raises(PermissionDenied):
            sellers.give_facts(user=user, check=check, seen=duties.SEEN, **duties.FACTS)
        with pytest.raises(PermissionDenied):
            sellers.confirm_facts(user=user, check=check)


def test_an_officer_with_a_tie_to_the_maker_does_not_decide():
    from certification.models import ConflictOfInterest

    check, officer = duties.given(), duties.officer()
    ConflictOfInterest.objects.create(user=officer, maker=check.maker, reason="A cousin.", declared_at=clock.now())
    with pytest.raises(PermissionDenied):
        sellers.verify_facts(user=officer, check=check, seen=duties.SEEN, words="Right.")


def test_a_decision_has_words():
    check, officer = duties.given(), duties.officer()
    for decide in (
        lambda: sellers.verify_facts(user=officer, check=check, seen=duties.SEEN, words=" "),
        lambda: sellers.send_back(user=officer, check=check, words=""),
    ):
        with pytest.raises(ValidationError):
            decide()
    assert SellerCheck.objects.get().status == S.GIVEN


def test_what_is_sent_back_is_told_with_its_reasons():
    check = duties.given()
    sellers.send_back(user=duties.officer(), check=check, words="The number rings at a bakery.")
    letters()
    assert "The number rings at a bakery." in mail.outbox[-1].body
    assert SellerCheck.objects.get().verified_answer is None


def stopped(piece) -> SellerCheck:
    """Twice silent for ten days."""
    check = duties.asked(piece.maker)
    for _ in range(2):
        SellerCheck.objects.filter(pk=check.pk).update(due_on=clock.today() - timedelta(1))
        watching.keep_days()
    check.refresh_from_db()
    return check


def test_a_suspended_maker_sells_nothing_and_its_owner_cannot_open_it(client):
    piece = factories.certified_product()
    basket = basket_with(piece)
    agreed = seen(basket)
    from catalog.search.listing import refresh_listing

    refresh_listing(piece.pk)
    assert for_sale().filter(pk=piece.pk).exists()
    check = stopped(piece)
    assert check.status == S.STOPPED
    edit_maker(user=factories.owner_of(piece.maker), maker=piece.maker, is_open=True)
    assert not Maker.objects.get(pk=piece.maker_id).is_selling
    assert not for_sale().filter(pk=piece.pk).exists()
    assert [line.problem for line in quote_of(basket).blocked] == [Problem.MAKER_CLOSED]
    with pytest.raises(fulfilment.CannotPlace):
        fulfilment.place(basket=basket, shopper=_shopper(), user=None, choices={}, seen=agreed)
    page = client.get(piece.get_absolute_url()).content.decode()
    assert "Add to bag" not in page
    typed = {"variant": factories.variant_of(piece).pk, "quantity": 1}
    refused = client.post(f"/basket/add/{piece.pk}/", typed, follow=True)
    assert "sells nothing now" in refused.content.decode()
    assert not Line.objects.filter(basket__owner=None, basket__status="Open").exclude(basket=basket).exists()


def _shopper():
    from tests.fulfilment.shop import SHOPPER

    return SHOPPER


def test_what_was_paid_before_a_suspension_is_shipped(standin):
    piece = factories.certified_product()
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    part = fulfilment.finalize(attempt_id=attempt.pk).order.maker_orders.get()
    stopped(piece)
    fulfilment.ship(
        user=factories.owner_of(piece.maker), maker_order=part, carrier="USPS", tracking_number="9400 1000 0000"
    )
    part.refresh_from_db()
    assert part.status == "shipped"


def test_an_answer_ends_the_suspension_at_once():
    piece = factories.certified_product()
    check = stopped(piece)
    owner = factories.owner_of(piece.maker)
    sellers.give_facts(user=owner, check=check, seen=duties.SEEN, **duties.FACTS)
    assert Maker.objects.get(pk=piece.maker_id).is_selling


def test_the_yearly_question_is_confirmed_or_answered_anew():
    check = duties.verified()
    owner = factories.owner_of(check.maker)
    with pytest.raises(WrongMoment):
        sellers.confirm_facts(user=owner, check=check)
    SellerCheck.objects.update(due_on=clock.today())
    watching.keep_days()
    sellers.confirm_facts(user=owner, check=SellerCheck.objects.get())
    row = SellerCheck.objects.get()
    assert (row.status, row.due_on.year) == (S.VERIFIED, clock.today().year + 1)


def test_buyers_learn_of_a_seller_of_twenty_thousand_dollars_once_it_is_verified(client):
    maker = factories.maker(name="Ana Quiroz")
    publish_maker_page(maker)
    check = duties.given(maker, cents=2_000_000)
    assert "734 S Wall St" not in client.get(maker.get_absolute_url()).content.decode(), "not before it was verified"
    sellers.verify_facts(user=duties.officer(), check=check, seen=duties.SEEN, words="Called.")
    page = client.get(maker.get_absolute_url()).content.decode()
    for words in ("Ana Quiroz LLC", "734 S Wall St", "213 555 0100", "ana@quiroz.example"):
        assert words in page
    assert "Ana Quiroz</dd>" not in page, "the person's name is for the staff"


def test_a_home_shows_the_state_alone_and_a_private_number_not_at_all(client):
    maker = factories.maker()
    publish_maker_page(maker)
    duties.verified(maker, cents=2_000_000, at_home=True, private_phone=True)
    page = client.get(maker.get_absolute_url()).content.decode()
    assert "734 S Wall St" not in page
    assert "90014" not in page
    assert "213 555 0100" not in page
    assert "There is no business address; please write or call." in page
    assert "There is no business number; please write." in page


def test_below_the_sum_nothing_is_shown(client):
    maker = factories.maker()
    publish_maker_page(maker)
    duties.verified(maker, cents=1_999_999)
    assert "734 S Wall St" not in client.get(maker.get_absolute_url()).content.decode()


def test_the_order_and_its_letter_say_who_sells(client, standin):
    shopper, piece = factories.person("sam@example.org"), factories.certified_product()
    duties.verified(piece.maker, cents=2_000_000)
    attempt = place(basket_with(piece, owner=shopper), user=shopper)
    pay(standin, attempt)
    fulfilment.finalize(attempt_id=attempt.pk)
    outbox.deliver()
    letter = next(message for message in mail.outbox if message.to == ["sam@example.org"])
    for text in (letter.body, letter.alternatives[0][0]):
        assert "734 S Wall St" in text
        assert "ana@quiroz.example" in text
    client.force_login(shopper)
    assert "734 S Wall St" in client.get(f"/account/orders/{attempt.order.number}/").content.decode()


def test_the_maker_reads_what_will_be_shown_before_it_is(client):
    check = duties.given()
    client.force_login(factories.owner_of(check.maker))
    page = client.get("/studio/duties/").content.decode()
    assert "734 S Wall St" in page
    assert "Of you nothing is shown yet." in page


def test_the_studio_asks_takes_and_refuses(client, monkeypatch):
    check = duties.asked()
    client.force_login(factories.owner_of(check.maker))
    assert "/studio/duties/" in client.get("/studio/").content.decode().split("What needs doing")[1]
    typed = {name: value for name, value in duties.FACTS.items() if value is not False}
    refused = client.post("/studio/duties/verify/", typed)
    assert refused.status_code == 422, "there is no account at Stripe"
    assert "734 S Wall St" in refused.content.decode()
    monkeypatch.setattr(sellers, "look_at", _unreachable)
    assert client.post("/studio/duties/verify/", typed).status_code == 422
    monkeypatch.setattr(sellers, "look_at", lambda maker: duties.account())
    assert client.post("/studio/duties/verify/", typed).status_code == 302
    assert SellerCheck.objects.get().status == S.GIVEN
    assert client.post("/studio/duties/verify/", typed).status_code == 404, "now it is with the staff"


def _unreachable(maker):
    raise gateway.Unreachable("no answer")


def test_the_desk_verifies(client, admin_code, monkeypatch):
    check = duties.given()
    admin_code(client, duties.officer())
    assert check.maker.name in client.get("/staff/duties/").content.decode()
    address = f"/staff/duties/{check.pk}/"
    assert client.post(address, {"action": "verify", "words": ""}).status_code == 422
    assert client.post(address, {"action": "verify", "words": "Called."}).status_code == 422, "Stripe says no"
    monkeypatch.setattr(sellers, "look_at", lambda maker: duties.account())
    assert client.post(address, {"action": "verify", "words": "Called."}).status_code == 302
    assert SellerCheck.objects.get().status == S.VERIFIED
    assert client.post(address, {"action": "grant", "words": "Called."}).status_code == 404


def test_the_desk_asks_the_database_equally_often(client, admin_code, django_assert_max_num_queries):
    admin_code(client, duties.officer())
    counts = []
    for number in (1, 12):
        for _ in range(number):
            duties.given()
        with django_assert_max_num_queries(40) as captured:
            client.get("/staff/duties/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_who_takes_a_business_over_says_anew_who_it_is_and_accepts_the_terms():
    check, new = duties.verified(), factories.person("new@example.org")
    maker, owner = check.maker, factories.owner_of(check.maker)
    offer = business.offer_hand_over(user=owner, maker=maker, email=new.email, legal_name="New LLC")
    business.accept_hand_over(user=new, offer=offer)
    row = SellerCheck.objects.get()
    assert (row.status, row.answer, row.verified_answer) == (S.ASKED, None, None)
    assert SellerAnswer.objects.count() == 1, "what was given stays on record"
    with pytest.raises(ValidationError, match="accepts the terms"):
        factories.product(maker)
    accept_terms(user=new, maker=maker, number=1, fee_points=1000)
    assert factories.product(maker).pk

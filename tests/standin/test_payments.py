"""Paying through the real SDK: success, declines, 3-D Secure, idempotency, browsers' keys."""

import pytest
import stripe

from .running import http

DECLINES = [
    ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
    ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
    ("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"),
    ("pm_card_chargeDeclinedExpiredCard", "expired_card", None),
    ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
    ("pm_card_chargeDeclinedProcessingError", "processing_error", None),
]


def create(standin, cents=5000, key=None, **more):
    options = {"idempotency_key": key} if key else {}
    return standin.client.v1.payment_intents.create({"amount": cents, "currency": "usd", **more}, options)


def confirm_from_browser(standin, intent, number, **more):
    fields = {
        "key": "pk_test_standin", "client_secret": intent.client_secret, "return_url": "http://shop.example/back?a=1",
        "payment_method_data[type]": "card", "payment_method_data[card][number]": number,
        "payment_method_data[card][exp_month]": "12", "payment_method_data[card][exp_year]": "40",
        "payment_method_data[card][cvc]": "123", **more,
    }  # fmt: skip
    return http("POST", f"{standin.url}/v1/payment_intents/{intent.id}/confirm", fields)


def test_a_payment_succeeds_and_is_booked(standin):
    intent = standin.paid(12_345)
    assert (intent.status, intent.amount_received) == ("succeeded", 12_345)
    found = standin.client.v1.payment_intents.retrieve(intent.id, {"expand": ["latest_charge.balance_transaction"]})
    entry = found.latest_charge.balance_transaction
    assert (entry.amount, entry.fee, entry.net) == (12_345, 388, 11_957)
    balance = standin.client.v1.balance.retrieve()
    assert balance.pending[0].amount == 11_957


@pytest.mark.parametrize(("card", "code", "decline_code"), DECLINES)
def test_a_declined_card_is_told_and_the_next_card_pays(standin, card, code, decline_code):
    intent = create(standin)
    with pytest.raises(stripe.CardError) as refused:
        standin.client.v1.payment_intents.confirm(
            intent.id, {"payment_method": card, "return_url": "http://shop.example/"}
        )
    assert refused.value.code == code
    assert refused.value.error.decline_code == decline_code
    again = standin.client.v1.payment_intents.retrieve(intent.id)
    assert (again.status, again.last_payment_error.code) == ("requires_payment_method", code)
    paid = standin.client.v1.payment_intents.confirm(
        intent.id, {"payment_method": "pm_card_visa", "return_url": "http://shop.example/"}
    )
    assert paid.status == "succeeded"


@pytest.mark.parametrize("number", ["4000000000003220", "4000002760003184"])
@pytest.mark.parametrize(
    ("outcome", "status", "word"),
    [("complete", "succeeded", "succeeded"), ("fail", "requires_payment_method", "failed")],
)
def test_three_d_secure_asks_and_comes_back(standin, number, outcome, status, word):
    intent = create(standin)
    _, _, body = confirm_from_browser(standin, intent, number)
    waiting = standin.client.v1.payment_intents.retrieve(intent.id)
    assert waiting.status == "requires_action"
    page = waiting.next_action.redirect_to_url.url
    assert page in body
    shown = http("GET", page)
    assert shown[0] == 200
    assert "$50.00" in shown[2]
    answered, headers, _ = http("POST", page, {"outcome": outcome})
    assert answered == 303
    assert headers["Location"].startswith("http://shop.example/back?a=1&payment_intent=" + intent.id)
    assert headers["Location"].endswith("redirect_status=" + word)
    assert standin.client.v1.payment_intents.retrieve(intent.id).status == status


def test_answering_the_challenge_twice_charges_once(standin):
    intent = create(standin)
    confirm_from_browser(standin, intent, "4000000000003220")
    page = standin.client.v1.payment_intents.retrieve(intent.id).next_action.redirect_to_url.url
    for outcome in ("complete", "complete", "fail"):
        http("POST", page, {"outcome": outcome})
    assert standin.client.v1.payment_intents.retrieve(intent.id).status == "succeeded"
    assert len(standin.client.v1.charges.list({"payment_intent": intent.id}).data) == 1


def test_the_same_key_gives_the_same_answer_and_does_it_once(standin):
    first, second = create(standin, key="one"), create(standin, key="one")
    assert first.id == second.id
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError):
        create(standin, 6000, key="one")
    assert len(standin.client.v1.payment_intents.list().data) == 1


def test_a_decline_is_replayed_under_its_key(standin):
    intent = create(standin)
    for _ in range(2):
        with pytest.raises(stripe.CardError):
            standin.client.v1.payment_intents.confirm(
                intent.id, {"payment_method": "pm_card_visa_chargeDeclined", "return_url": "http://shop.example/"},
                {"idempotency_key": "confirm"},
            )  # fmt: skip
    assert len(standin.client.v1.charges.list({"payment_intent": intent.id}).data) == 1


def test_an_answer_lost_on_the_way_is_found_again_under_its_key(standin):
    standin.hook("fault", kind="drop_after", path="/v1/payment_intents")
    with pytest.raises(stripe.APIConnectionError):
        standin.client_with("sk_test_standin", max_network_retries=0).v1.payment_intents.create(
            {"amount": 5000, "currency": "usd"}, {"idempotency_key": "lost"}
        )
    assert create(standin, key="lost").last_response.headers["Idempotent-Replayed"] == "true"
    assert len(standin.client.v1.payment_intents.list().data) == 1


def test_faults_are_seen_and_retried_by_the_sdk(standin):
    standin.hook("fault", kind="error", path="/v1/payment_intents")
    with pytest.raises(stripe.APIError):
        standin.client_with("sk_test_standin", max_network_retries=0).v1.payment_intents.create(
            {"amount": 5000, "currency": "usd"}
        )
    standin.hook("fault", kind="drop_before", path="/v1/payment_intents")
    retrying = standin.client_with("sk_test_standin", max_network_retries=2)
    assert retrying.v1.payment_intents.create({"amount": 5000, "currency": "usd"}).status == "requires_payment_method"


def test_keys_open_only_their_doors(standin):
    with pytest.raises(stripe.AuthenticationError):
        standin.client_with("sk_test_wrong").v1.balance.retrieve()
    with pytest.raises(stripe.PermissionError):
        standin.client_with("pk_test_standin").v1.balance.retrieve()
    intent = create(standin)
    wrong = http("GET", f"{standin.url}/v1/payment_intents/{intent.id}?key=pk_test_standin&client_secret=guessed")
    assert wrong[0] == 400
    right = http(
        "GET", f"{standin.url}/v1/payment_intents/{intent.id}?key=pk_test_standin&client_secret={intent.client_secret}"
    )
    assert right[0] == 200
    assert "metadata" not in right[2]


@pytest.mark.parametrize(
    "bad",
    [{"amount": 10}, {"amount": -5}, {"amount": "10.00"}, {"amount": 5000, "currency": "eur"},
     {"amount": 5000, "colour": "red"}, {"currency": "usd"}, {"amount": 100_000_000}],
)  # fmt: skip
def test_bad_parameters_are_refused_and_change_nothing(standin, bad):
    with pytest.raises(stripe.InvalidRequestError):
        standin.client.v1.payment_intents.create({"currency": "usd", **bad} if "amount" in bad else bad)
    assert standin.client.v1.payment_intents.list().data == []


def test_a_canceled_or_paid_intent_stays_so(standin):
    intent = create(standin)
    standin.client.v1.payment_intents.cancel(intent.id)
    assert confirm_from_browser(standin, intent, "4242424242424242")[0] == 400
    with pytest.raises(stripe.InvalidRequestError):
        standin.client.v1.payment_intents.cancel(standin.paid().id)


def test_browsers_of_any_origin_may_ask(standin):
    status, headers, _ = http("OPTIONS", f"{standin.url}/v1/payment_intents/pi_1/confirm")
    assert (status, headers["Access-Control-Allow-Origin"]) == (204, "*")
    for name in ("stripe.js", "stripe.css"):
        status, headers, body = http("GET", f"{standin.url}/{name}")
        assert status == 200
        assert body

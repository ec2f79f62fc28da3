"""A maker sees what Stripe asks for in plain words, what reached its bank, and is told when either changes."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from makers.services import add_member
from marketplace.core import outbox
from marketplace.payments import account_words, gateway, onboarding, webhooks
from marketplace.payments.models import MakerAccount, WebhookEvent
from tests import factories
from tests.standin.running import http

pytestmark = pytest.mark.django_db
PAYOUTS = "studio:payouts"


@pytest.fixture
def maker(standin):
    made = factories.maker(language="es")
    address = onboarding.start_onboarding(
        user=factories.owner_of(made), maker=made, return_url="http://shop.example/", refresh_url="http://shop.example/"
    )  # fmt: skip
    http("GET", address)
    http("POST", address, {"outcome": "complete"})
    return made


def shown(client, maker, name=PAYOUTS):
    client.force_login(factories.owner_of(maker))
    return client.get(reverse(name)).content.decode()


def ask(standin, maker, *due, past_due=True):
    standin.hook(
        "account/require", account=maker.stripe_account, past_due=past_due,
        **{f"due[{number}]": name for number, name in enumerate(due)},
    )  # fmt: skip


def told(kind, maker, about=""):
    """Stripe's event reaches the shop, and the worker looks into it."""
    name = f"evt_{kind}_{WebhookEvent.objects.count()}"
    webhooks.store_event(event=gateway.Event(name, kind, about or maker.stripe_account, False, maker.stripe_account))
    outbox.deliver()


ASKED = [
    ("individual.dob.day", "Your date of birth"),
    ("individual.dob.year", "Your date of birth"),
    ("company.tax_id", "The tax number of the business (EIN)"),
    ("individual.id_number", "Your tax number (SSN or ITIN)"),
    ("individual.verification.document", "A photo of an identity document"),
    ("individual.verification.additional_document", "A second document with your address, such as a utility bill"),
    ("company.verification.document", "A document about the business, such as its registration"),
    ("external_account", "A bank account for your payouts"),
    ("person_1AbC.first_name", "Your name as it stands in your papers"),
    ("something.new.of.tomorrow", "More details; Stripe's page names them"),
]


@pytest.mark.parametrize(("name", "words"), ASKED)
def test_what_stripe_asks_for_has_plain_words(name, words):
    assert account_words.asked_for([name]) == [words]


def test_the_same_thing_is_asked_for_once_and_in_spanish_too():
    names = [name for name, _words in ASKED]
    assert len(account_words.asked_for(names)) == len({words for _name, words in ASKED})
    english = account_words.asked_for(names)
    with translation.override("es"):
        assert not set(english) & set(account_words.asked_for(names))


RESTS = [
    ("requirements.past_due", True), ("action_required.requested_capabilities", True), ("platform_paused", True),
    ("rejected.fraud", True), ("other", True), ("requirements.pending_verification", False), ("under_review", False),
    ("listed", False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "for_maker"), RESTS)
def test_a_maker_is_called_only_where_it_can_do_something(reason, for_maker):
    row = MakerAccount(details_submitted=True, disabled_reason=reason)
    assert row.waits_for_maker is for_maker
    assert bool(account_words.why_it_rests(reason)) is bool(reason)


def test_the_page_lists_what_is_asked_and_what_waits_because_of_it(client, standin, maker):
    ask(standin, maker, "individual.verification.document", "individual.dob.day", "individual.dob.month")
    text = shown(client, maker)
    assert "You are not paid until Stripe has this" in text
    assert "A photo of an identity document" in text
    assert text.count("Your date of birth") == 1
    assert "individual." not in text
    ask(standin, maker, "external_account", past_due=False)
    assert "Your bank is not paid until Stripe has this" in shown(client, maker)
    ask(standin, maker)
    assert "is ready" in shown(client, maker)


def test_what_stripe_asks_later_is_told_once_in_the_makers_language(client, standin, maker):
    ask(standin, maker, "individual.verification.document")
    for _ in range(2):
        told("account.updated", maker)
    (letter,) = mail.outbox
    assert letter.to == [maker.email]
    assert letter.subject == "Tus pagos esperan: Stripe necesita algo"
    assert "documento de identidad" in letter.body
    assert "Give Stripe what it asks for" in shown(client, maker, "studio:today")
    ask(standin, maker)
    told("account.updated", maker)
    assert len(mail.outbox) == 1
    assert "Give Stripe what it asks for" not in shown(client, maker, "studio:today")


def test_an_account_that_was_never_set_up_gets_no_letter(standin):
    maker = factories.maker()
    onboarding.start_onboarding(
        user=factories.owner_of(maker), maker=maker, return_url="http://x/", refresh_url="http://x/"
    )
    told("account.updated", maker)
    assert not mail.outbox
    assert MakerAccount.objects.get().requirements


def test_events_of_unknown_accounts_lead_nowhere(standin):
    onboarding.look_at_account({"account": "acct_of_nobody"})
    onboarding.look_at_account({"account": ""})
    assert not MakerAccount.objects.exists()


def send_money(standin, maker):
    charge = gateway.retrieve_intent(standin.paid(5000, "pm_card_bypassPending").id).charge_id
    gateway.transfer(
        amount=3000, account_id=maker.stripe_account, charge_id=charge, group="LA-1", idempotency_key="t:1"
    )
    standin.hook("jobs")
    return gateway.payouts_of(maker.stripe_account)[0]


def test_what_reached_the_bank_is_shown(client, standin, maker):
    assert "Stripe has sent nothing to your bank yet" in shown(client, maker)
    send_money(standin, maker)
    text = shown(client, maker)
    assert "$30.00" in text
    assert "on its way" in text


def test_a_payout_that_comes_back_is_told_and_shown(client, standin, maker):
    payout = send_money(standin, maker)
    standin.hook("payout/fail", payout=payout.id)
    told("payout.failed", maker, payout.id)
    (letter,) = mail.outbox
    assert letter.subject == "Tu banco devolvió un pago"
    assert "$30.00" in letter.body
    text = shown(client, maker)
    assert "sent back by the bank" in text
    assert "the bank account was closed" in text


def test_only_an_owner_gets_to_the_page_at_stripe(client, standin, maker):
    helper = factories.person()
    add_member(user=factories.owner_of(maker), maker=maker, member=helper)
    for stranger in (helper, factories.owner_of(factories.maker())):
        with pytest.raises(PermissionDenied):
            onboarding.dashboard_address(user=stranger, maker=maker)
    client.force_login(helper)
    assert client.post(reverse("studio:payouts_dashboard")).status_code == 404
    factories.show_second_factor(client, factories.owner_of(maker))
    assert f"{standin.url}/express/" in client.post(reverse("studio:payouts_dashboard")).content.decode()


def test_before_the_account_is_set_up_there_is_no_page_at_stripe(client, standin):
    maker = factories.maker()
    factories.show_second_factor(client, factories.owner_of(maker))
    answer = client.post(reverse("studio:payouts_dashboard"), follow=True)
    assert "be reached right now" in answer.content.decode()

"""The books desk's screens: who sees what, entries, differences, trouble, fees and vouchers."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace import fulfilment
from marketplace.core import clock, outbox
from marketplace.core.models import OutboxMessage
from marketplace.payments import ledger, vouchers
from marketplace.payments.ledger import Posting
from marketplace.payments.models import FeeTerm, LedgerEntry, Reconciliation, Refund, Reversal, Transfer, Voucher
from tests import access, factories
from tests.factories import books
from tests.fulfilment.shop import basket_with, place
from tests.fulfilment.test_money_back import onboard, part_of, refund, ship

pytestmark = pytest.mark.django_db
SECTIONS = {
    "payments.view_ledgerentry": ["/staff/books/", "/staff/books/entries/", "/staff/books/differences/",
                                  "/staff/books/trouble/"],
    "payments.change_dispute": ["/staff/disputes/"],
    "payments.add_feeterm": ["/staff/fees/"],
    "payments.add_voucher": ["/staff/vouchers/"],
}  # fmt: skip


@pytest.fixture
def keeper():
    return books.bookkeeper()


@pytest.fixture
def desk(keeper):
    return access.signed_in(keeper, second_factor=True)


def nav_of(page: str) -> set[str]:
    found = re.search(r'<nav class="desk-nav".*?</nav>', page, re.S)
    return set(re.findall(r'href="(/staff/(?:books|disputes|fees|vouchers)[^"]*)"', found.group()))


@pytest.mark.parametrize("perm", SECTIONS)
def test_each_permission_opens_its_screens_and_the_way_to_them_alone(perm):
    mine = access.signed_in(books.staff_with(perm), second_factor=True)
    for other, paths in SECTIONS.items():
        for path in paths:
            assert mine.get(path).status_code == (200 if other == perm else 404), path
    assert nav_of(mine.get(SECTIONS[perm][0]).content.decode()) == set(SECTIONS[perm])
    assert mine.get("/account/login/").url == SECTIONS[perm][0], "there they land"


def test_other_desks_lead_here(desk):
    for path in ("/staff/tax/", "/staff/returns/"):
        assert 'href="/staff/books/"' in desk.get(path).content.decode()


def test_a_reader_of_the_books_changes_nothing(standin):
    mine = access.signed_in(books.staff_with("payments.view_ledgerentry"), second_factor=True)
    part = part_of(standin, factories.certified_product())
    failed = Refund.objects.create(maker_order=part, amount_cents=5, status="failed", reason="x")
    stuck = OutboxMessage.objects.create(
        topic="orders.tell_shopper", key="k", available_at=clock.now(), attempts=9, last_error="no"
    )
    attempt = books.left_to_people(standin, factories.certified_product())
    Reconciliation.objects.create(
        at=clock.now(), ledger_cents=1, stripe_cents=2, differences=[{"reference": "ch_1", "ours": 1, "theirs": 2}]
    )
    asked = {
        f"/staff/books/trouble/refunds/{failed.pk}/retry/": {}, f"/staff/books/trouble/work/{stuck.pk}/retry/": {},
        f"/staff/books/payments/{attempt.pk}/": {"action": "return"},
        "/staff/books/differences/": {"reference": "ch_1", "why": "By hand."},
    }  # fmt: skip
    for path, data in asked.items():
        assert mine.post(path, data).status_code == 404, path
    for show in ("refunds", "payments", "work"):
        page = mine.get(f"/staff/books/trouble/?show={show}").content.decode()
        assert 'method="post" action="/staff/' not in page
    assert "By hand." not in mine.get("/staff/books/differences/").content.decode()
    attempt.refresh_from_db()
    assert (attempt.status, Refund.objects.count()) == ("for_people", 1)
    assert not LedgerEntry.objects.filter(source__startswith="explained").exists()


# Entries


def found_in(desk, query: str) -> set[str]:
    page = desk.get(f"/staff/books/entries/?{query}")
    assert page.status_code == 200
    pks = re.findall(r"/staff/books/entries/(\d+)/", page.content.decode())
    return set(LedgerEntry.objects.filter(pk__in=pks).values_list("source", flat=True))


def test_entries_are_found_by_order_source_stripes_id_account_maker_and_days(standin, desk):
    part = part_of(standin, factories.certified_product(factories.maker(name="Ana Quiroz")))
    other = part_of(standin, factories.certified_product(factories.maker(name="Bo Lee")))
    intent = part.order.attempt.intent_id
    charge = LedgerEntry.objects.get(source=f"charge:{intent}")
    own = {f"charge:{intent}", f"fee:{charge.reference}"}
    assert found_in(desk, f"q={part.order.number}") == own
    assert found_in(desk, f"q={part.order.number.lower()}") == own
    assert found_in(desk, f"q={charge.reference}") == own
    assert found_in(desk, f"q=charge:{intent}") == {f"charge:{intent}"}
    assert found_in(desk, "maker=quiroz") == {f"charge:{intent}"}
    assert f"charge:{other.order.attempt.intent_id}" in found_in(desk, "account=fees")
    assert found_in(desk, f"q={part.order.number}&account=fees") == {f"charge:{intent}"}
    today = clock.today()
    assert found_in(desk, f"first={today}&last={today}&account=fees") == {
        f"charge:{intent}", f"charge:{other.order.attempt.intent_id}"
    }  # fmt: skip
    assert found_in(desk, f"last={today - timedelta(days=1)}") == set()
    assert found_in(desk, "q=nothing") == set()


@pytest.mark.parametrize("query", ["first=soon", "account=loot", "maker=nobody", "last=9999-12-31", "q=%00"])
def test_odd_searches_are_said_at_the_field(desk, query):
    page = desk.get(f"/staff/books/entries/?{query}")
    assert page.status_code == 422
    assert f'id="id_{query.split("=")[0]}_error"' in page.content.decode()


@pytest.mark.parametrize("after", ["x", "1-", "nan-1", "1e400-1", "-1", "9" * 400])
def test_an_odd_cursor_gives_the_first_page(desk, after):
    ledger.post(source="one", description="One", postings=[Posting("stripe", 1), Posting("bank", -1)])
    assert found_in(desk, f"after={after}") == {"one"}


def test_pages_of_entries_show_each_once_and_ask_equally_often(desk):
    def post(number):
        ledger.post(source=f"n{number:03}", description="x", postings=[Posting("stripe", 1), Posting("bank", -1)])

    post(0)
    with CaptureQueriesContext(connection) as few:
        assert found_in(desk, "") == {"n000"}
    with clock.at(clock.now()):  # the same moment: the id decides
        for number in range(1, 120):
            post(number)
    with CaptureQueriesContext(connection) as many:
        first = desk.get("/staff/books/entries/").content.decode()
    assert len(many) <= len(few)
    seen, page = [], first
    while True:
        seen += re.findall(r"<span class=\"quiet\">(n\d+)</span>", page)
        older = re.search(r'href="(\?after=[^"]+)" rel="next"', page)
        if older is None:
            break
        page = desk.get(f"/staff/books/entries/{older.group(1)}").content.decode()
    assert seen == [f"n{number:03}" for number in sorted(range(120), reverse=True)]


def test_an_entry_and_an_order_show_where_money_went(standin, desk):
    part = part_of(standin, factories.certified_product(price="48.00"))
    refund(part, "The zipper broke.")
    outbox.deliver()
    entry = LedgerEntry.objects.get(source=f"refund-part:{part.pk}:1")
    page = desk.get(f"/staff/books/entries/{entry.pk}/").content.decode()
    assert f"/staff/books/orders/{part.order.number}/" in page
    for words in ("Owed to makers", "Sales tax payable", part.maker.name, entry.reference):
        assert words in page
    page = desk.get(f"/staff/books/orders/{part.order.number}/").content.decode()
    assert "The zipper broke." in page
    assert f"/staff/books/entries/{entry.pk}/" in page
    assert desk.get("/staff/books/orders/NONE/").status_code == 404


# Differences


def test_what_differs_is_explained_once_and_payouts_go_on(standin, desk):
    part = part_of(standin, factories.certified_product())
    charge = standin.client.v1.payment_intents.retrieve(part.order.attempt.intent_id).latest_charge
    standin.client.v1.refunds.create({"charge": charge, "amount": 500})  # by hand, at Stripe
    for _ in range(2):
        fulfilment.reconcile()
    page = desk.get("/staff/books/differences/").content.decode()
    assert "Payouts to makers are stopped" in page
    (found,) = Reconciliation.objects.latest("pk").differences
    assert "-$5.00" in page
    refused = desk.post("/staff/books/differences/", {"reference": found["reference"], "why": ""})
    assert refused.status_code == 422
    assert "Say what this was" in refused.content.decode()
    unknown = desk.post("/staff/books/differences/", {"reference": "re_other", "why": "By hand."})
    assert unknown.status_code == 422
    assert "no such difference" in unknown.content.decode()
    assert not LedgerEntry.objects.filter(source__startswith="explained").exists()
    done = desk.post("/staff/books/differences/", {"reference": found["reference"], "why": "A gift by hand."})
    assert done.url == "/staff/books/differences/"
    assert ledger.balance_of(ledger.EXPLAINED) == 500
    assert "A gift by hand." in desk.get("/staff/books/differences/").content.decode()
    desk.post("/staff/books/differences/compare/")
    outbox.deliver()
    assert not fulfilment.payouts_stopped()
    assert "The books agreed in the last run." in desk.get("/staff/books/differences/").content.decode()


def test_compare_now_is_queued_once_a_minute_and_asks_stripe_nothing(desk):
    with clock.at(clock.now()):
        for _ in range(2):
            assert desk.post("/staff/books/differences/compare/").status_code == 302
    assert OutboxMessage.objects.filter(topic="payments.compare").count() == 1
    assert not Reconciliation.objects.exists()


# Trouble


def test_a_failed_refund_is_asked_for_again_once(standin, desk):
    part = part_of(standin, factories.certified_product())
    failed = Refund.objects.create(
        maker_order=part, amount_cents=100, goods_cents=100, status="failed", reason="Late.", last_error="card closed"
    )
    page = desk.get("/staff/books/trouble/").content.decode()
    assert "card closed" in page
    assert "Failed refunds (1)" in page
    retry = f"/staff/books/trouble/refunds/{failed.pk}/retry/"
    assert "on its way again" in desk.post(retry, follow=True).content.decode()
    assert Refund.objects.get(retry_of=failed).status == "requested"
    assert "refunded or closed already" in desk.post(retry, follow=True).content.decode()
    assert Refund.objects.count() == 2
    assert "Failed refunds (0)" in desk.get("/staff/books/trouble/").content.decode()


def test_refused_payouts_and_debts_are_shown(standin, desk, settings):
    settings.PAYOUT_DELAY_DAYS = 0
    part = part_of(standin, factories.certified_product(onboard(standin, factories.maker(name="Ana Quiroz"))))
    ship(part)
    Transfer.objects.create(maker_order=part, amount_cents=700, last_error="account is restricted")
    page = desk.get("/staff/books/trouble/").content.decode()
    assert "account is restricted" in page
    assert "Refused payouts (1)" in page
    sent = Transfer.objects.get()
    Transfer.objects.filter(pk=sent.pk).update(status="done", last_error="")
    Reversal.objects.create(transfer=sent, cause="x", amount_cents=300, status="failed", last_error="no balance")
    assert "Owed by makers (0)" in desk.get("/staff/books/trouble/").content.decode(), "nothing is owed yet"
    owed = -ledger.balance_of(ledger.MAKERS, part=part) + 300
    ledger.post(source="t", description="t", postings=[Posting("makers", owed, part), Posting("stripe", -owed)])
    page = desk.get("/staff/books/trouble/?show=debts").content.decode()
    assert "$3.00" in page
    assert "Ana Quiroz" in page


def test_stuck_work_is_tried_now(desk):
    message = OutboxMessage.objects.create(
        topic="payments.tell_staff", key="mismatch:x", available_at=clock.now() + timedelta(hours=1), attempts=9,
        last_error="OSError: the mail server is away",
    )  # fmt: skip
    OutboxMessage.objects.create(
        topic="payments.tell_staff", key="young", available_at=clock.now(), attempts=1, last_error="OSError: once"
    )
    page = desk.get("/staff/books/trouble/?show=work").content.decode()
    assert "mail server is away" in page
    assert "young" not in page
    desk.post(f"/staff/books/trouble/work/{message.pk}/retry/")
    message.refresh_from_db()
    assert message.available_at <= clock.now()
    OutboxMessage.objects.filter(pk=message.pk).update(done_at=clock.now())
    assert (
        "in the meantime" in desk.post(f"/staff/books/trouble/work/{message.pk}/retry/", follow=True).content.decode()
    )


def test_a_payment_that_does_not_match_is_looked_at_and_ended(standin, desk):
    attempt = books.left_to_people(standin, factories.certified_product())
    path = f"/staff/books/payments/{attempt.pk}/"
    assert path in desk.get("/staff/books/trouble/").content.decode()
    assert f"received: {attempt.amount_cents} / 1" in desk.get(path).content.decode()
    type(attempt).objects.filter(pk=attempt.pk).update(amount_cents=attempt.amount_cents + 1)
    refused = desk.post(path, {"action": "look"})
    assert refused.status_code == 422
    assert "It still does not match" in refused.content.decode()
    assert desk.post(path, {"action": "nothing"}).status_code == 200
    assert desk.post(path, {"action": "return"}).url == path
    page = desk.get(path).content.decode()
    assert "Given back" in page
    assert 'name="action"' not in page
    again = desk.post(path, {"action": "return"})
    assert again.status_code == 422
    assert "in the meantime" in again.content.decode()


# Fees


def fee_form(**changes) -> dict:
    return {"basis_points": "8.5", "from_day": clock.today().isoformat(), "note": "Agreed with the board."} | changes


def test_the_common_fee_and_a_makers_own(desk, keeper):
    maker = factories.maker(name="Ana Quiroz")
    coming = (clock.today() + timedelta(days=9)).isoformat()
    assert desk.post("/staff/fees/", fee_form()).url == "/staff/fees/"
    assert desk.post(f"/staff/fees/{maker.pk}/", fee_form(basis_points="5", from_day=coming)).status_code == 302
    assert list(FeeTerm.objects.order_by("pk").values_list("maker", "basis_points", "set_by")) == [
        (None, 850, keeper.pk), (maker.pk, 500, keeper.pk),
    ]  # fmt: skip
    page = desk.get("/staff/fees/").content.decode()
    for words in ("8.5 %", "in force", "Ana Quiroz", "Before any of these days the fee is 10 %"):
        assert words in page
    page = desk.get(f"/staff/fees/{maker.pk}/").content.decode()
    assert "to come" in page
    assert "<b>8.5 %</b>" in page


def test_makers_are_searched_by_name(desk):
    factories.maker(name="Ana Quiroz")
    factories.maker(name="Bo Lee")
    page = desk.get("/staff/fees/?q=quir").content.decode()
    assert "Ana Quiroz" in page
    assert "Bo Lee" not in page
    assert 'rel="prev"' not in page, "one page has none before it"
    assert "no maker of that name" in desk.get("/staff/fees/?q=%00zzz").content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"basis_points": "51"}, "basis_points"), ({"from_day": "2020-01-01"}, "from_day"), ({"note": " "}, "note"),
     ({"basis_points": ""}, "basis_points"), ({"from_day": "soon"}, "from_day")],
)  # fmt: skip
def test_an_odd_fee_is_refused_at_its_field_and_nothing_typed_is_lost(desk, wrong, field):
    sent = fee_form(note="Agreed on Tuesday.") | wrong
    answer = desk.post("/staff/fees/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert all(value in page for value in sent.values() if value.strip())
    assert not FeeTerm.objects.exists()


# Vouchers


def test_a_voucher_is_made_used_and_ended(desk, keeper):
    made = desk.post(
        "/staff/vouchers/new/", {"code": "spring-10", "basis_points": "10", "starts_at": clock.today().isoformat()}
    )
    assert made.url == "/staff/vouchers/"
    voucher = Voucher.objects.get()
    assert (voucher.code, voucher.maker, voucher.created_by) == ("SPRING-10", None, keeper)
    place(basket_with(factories.certified_product(price="48.00")), voucher="SPRING-10")
    page = desk.get("/staff/vouchers/").content.decode()
    assert "$4.80" in page
    assert "can be used" in page
    path = f"/staff/vouchers/{voucher.pk}/end/"
    assert "It was used once and took $4.80 off." in desk.get(path).content.decode()
    voucher.refresh_from_db()
    assert voucher.is_active, "it was only asked"
    assert desk.post(path).url == "/staff/vouchers/"
    with pytest.raises(vouchers.NotValid):
        vouchers.find("SPRING-10")
    assert desk.get(path).status_code == 404


def test_makers_vouchers_are_looked_at_and_not_ended_here(desk):
    maker = factories.maker(name="Ana Quiroz")
    voucher = vouchers.create(
        user=factories.owner_of(maker), maker=maker, code="ANA-5", basis_points=None, amount_cents=500, least_cents=0,
        starts_at=clock.now(), ends_at=None, most_uses=1,
    )  # fmt: skip
    page = desk.get("/staff/vouchers/?show=makers").content.decode()
    assert "ANA-5" in page
    assert "ANA-5" not in desk.get("/staff/vouchers/").content.decode()
    assert desk.post(f"/staff/vouchers/{voucher.pk}/end/").status_code == 404
    voucher.refresh_from_db()
    assert voucher.is_active


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"code": "a b"}, "code"), ({"basis_points": "", "amount_cents": ""}, "amount_cents"),
     ({"amount_cents": "5"}, "amount_cents"), ({"ends_at": "2020-01-01"}, "ends_at")],
)  # fmt: skip
def test_an_odd_voucher_is_refused_at_its_field(desk, wrong, field):
    sent = {"code": "SPRING-10", "basis_points": "10", "starts_at": clock.today().isoformat()} | wrong
    answer = desk.post("/staff/vouchers/new/", sent)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Voucher.objects.exists()


def test_lists_ask_equally_often_however_many_rows(desk, keeper):
    def more(count):
        for _ in range(count):
            maker = factories.maker()
            number = maker.pk
            FeeTerm.objects.create(maker=maker, basis_points=1, from_day=clock.today(), set_by=keeper)
            Voucher.objects.create(code=f"M{number}", maker=maker, amount_cents=1, starts_at=clock.now())
            Voucher.objects.create(code=f"X{number}", amount_cents=1, starts_at=clock.now(), created_by=keeper)
            Reconciliation.objects.create(at=clock.now(), ledger_cents=0, stripe_cents=0)
            OutboxMessage.objects.create(
                topic="x", key=f"k{number}", available_at=clock.now(), attempts=9, last_error="no"
            )

    paths = [
        "/staff/fees/", "/staff/vouchers/", "/staff/vouchers/?show=makers", "/staff/books/differences/",
        "/staff/books/trouble/?show=work",
    ]  # fmt: skip
    more(1)
    first = [_queries(desk, path) for path in paths]
    more(12)
    assert [_queries(desk, path) for path in paths] == first


def _queries(desk, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(path).status_code == 200
    return len(captured)


def test_long_lists_have_pages(desk):
    Voucher.objects.bulk_create(
        Voucher(code=f"CODE-{number:03}", amount_cents=1, starts_at=clock.now(), created_at=clock.now())
        for number in range(51)
    )
    page = desk.get("/staff/vouchers/?show=own").content.decode()
    assert page.count(">CODE-") == 50
    address = re.search(r'href="([^"]+)" rel="next"', page).group(1).replace("&amp;", "&")
    last = desk.get(f"/staff/vouchers/{address}").content.decode()
    assert last.count(">CODE-") == 1
    assert 'rel="prev"' in last

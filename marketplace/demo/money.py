"""Two months of one maker's money, so that its statement shows every kind of line, and something for each desk.

Through the shop's own services at moments of the past, and Stripe's stand-in; nothing is written by hand.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import requests
from django.conf import settings

from catalog.basket.models import Basket
from catalog.order.models import MakerOrder
from catalog.partner.strategy import UnitedStates
from certification.badge.badges import badges_for
from makers.models import Maker
from marketplace import fulfilment
from marketplace.aftersale import returns, reviews, thread
from marketplace.aftersale.access import as_shopper
from marketplace.core import clock, outbox
from marketplace.payments import gateway, onboarding, vouchers
from marketplace.payments.models import Attempt, Dispute, Refund

from .catalog import Piece
from .orders import ADDRESSES, pay
from .people import ANA, BOOKKEEPER, SHOPPERS, person

TRACKING = "9400 2000 0000 0000 00{:02d} 00"
FIRST, LAST = 55, 1  # days ago
BANK_TAKES = 1  # days


def create_history(pieces: list[Piece]) -> None:
    """Sales, a voucher, parcels, payouts, returns, a debt that is kept, disputes, and what waits for people."""
    _open_accounts()
    owner = person(ANA)
    maker = Maker.objects.get(memberships__user=owner)
    told = _Teller(maker, owner, _long_certified(pieces, maker))
    told.voucher()
    told.returned_after_payout()
    told.owed_and_kept()
    told.lost_dispute()
    told.open_dispute()
    told.refund_that_came_back()
    told.waiting()
    with clock.at(_ago(LAST)):
        fulfilment.reconcile()


def _ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def _hook(name: str, **fields) -> dict:
    """What only Stripe can do, done at its stand-in."""
    answer = requests.post(
        f"{settings.STRIPE_API_ADDRESS}/_test/{name}", data=fields, timeout=20,
        headers={"Authorization": f"Bearer {settings.STRIPE_SECRET_KEY}"},
    )  # fmt: skip
    answer.raise_for_status()
    return answer.json()


def _open_accounts() -> None:
    """Every second maker is set up at Stripe; one of them is asked for a document."""
    for number, maker in enumerate(Maker.objects.order_by("pk")):
        if number % 2:
            continue
        owner = maker.memberships.get(role="owner").user
        here = settings.SITE_ADDRESS
        address = onboarding.start_onboarding(user=owner, maker=maker, return_url=here, refresh_url=here)
        requests.get(address, timeout=20).raise_for_status()
        requests.post(address, data={"outcome": "complete"}, timeout=20, allow_redirects=False).raise_for_status()
        if number == 4:
            _hook("account/require", account=maker.stripe_account, **{"due[0]": "individual.verification.document"})
        onboarding.look_at(maker)


def _long_certified(pieces: list[Piece], maker: Maker) -> list[Piece]:
    """This maker's pieces that could be sold all the time, with enough of each."""
    own = [piece for piece in pieces if piece.product.maker_id == maker.pk]
    with clock.at(_ago(FIRST)):
        then = badges_for(piece.product.pk for piece in own)
    now = badges_for(piece.product.pk for piece in own)
    return [piece for piece in own if piece.product.pk in then and piece.product.pk in now]


class _Teller:
    """The maker, its owner, and what of its pieces is sold; each method is one story of some days."""

    def __init__(self, maker: Maker, owner, pieces: list[Piece]):
        self.maker, self.owner, self.pieces, self.keeper = maker, owner, pieces, person(BOOKKEEPER)
        self.sold = self.sent = 0

    def voucher(self) -> None:
        """A code of the maker's, used by two shoppers; one of the marketplace's beside it."""
        with clock.at(_ago(FIRST)):
            vouchers.create(
                user=self.owner, maker=self.maker, code="GRACIAS-10", basis_points=1000, amount_cents=None,
                least_cents=5000, starts_at=clock.now(), ends_at=None, most_uses=50,
            )  # fmt: skip
            vouchers.create(
                user=self.keeper, maker=None, code="WELCOME", basis_points=None, amount_cents=1000, least_cents=0,
                starts_at=clock.now(), ends_at=None, most_uses=500,
            )  # fmt: skip
        self._paid_out(FIRST - 5, quantity=2, voucher="GRACIAS-10")
        self._paid_out(FIRST - 8, voucher="WELCOME")

    def returned_after_payout(self) -> None:
        """A piece comes back after its share was paid out, so the share is taken back; and somebody reviews."""
        part = self._paid_out(40, quantity=2)
        line = part.lines.order_by("pk").first()
        with clock.at(_ago(33)):
            item = returns.ask_return(
                access=as_shopper(part.order),
                part=part,
                pieces={line.pk: (1, "size")},
                text="One size up, please.",
            )
        with clock.at(_ago(32)):
            returns.accept(user=self.owner, item=item, answer="734 S Wall St, Los Angeles 90014. Put the slip in.")
        with clock.at(_ago(29)):
            returns.receive(user=self.owner, item=item, put_back=True)
            outbox.deliver()
        with clock.at(_ago(28)):
            review = reviews.write_review(
                access=as_shopper(part.order), line=line, stars=5, text="Heavy cloth, straight seams, and it sits."
            )
        with clock.at(_ago(27)):
            first_name = part.order.user.name.split()[0]
            reviews.answer_review(user=self.owner, review=review, answer=f"Gracias, {first_name}.")

    def owed_and_kept(self) -> None:
        """A part of a price goes back while the bank has the share already: a debt, kept from the next sale."""
        part = self._paid_out(26)
        _hook("reversals", account=self.maker.stripe_account, blocked="true")
        with clock.at(_ago(20)):
            fulfilment.refund_amount(
                user=self.owner, maker_order=part, line_id=part.lines.first().pk, net_cents=1200,
                reason="A snap was loose; we agreed on $12.",
            )  # fmt: skip
            outbox.deliver()
        _hook("reversals", account=self.maker.stripe_account, blocked="false")
        self._paid_out(19)

    def lost_dispute(self) -> None:
        part = self._paid_out(16)
        dispute = self._disputed(part, 10)
        with clock.at(_ago(8)):
            evidence = fulfilment.evidence_for(dispute, written=thread.words_of(part.order))
            fulfilment.answer(user=self.keeper, dispute=dispute, evidence=evidence)
        _hook("dispute/decide", dispute=dispute.dispute_id, verdict="lost")
        with clock.at(_ago(4)):
            fulfilment.look_at_dispute({"dispute": dispute.dispute_id})
            dispute.refresh_from_db()
            fulfilment.charge_maker(
                user=self.keeper, dispute=dispute, part=part, cents=2500, why="The parcel went to another address."
            )
            outbox.deliver()

    def open_dispute(self) -> None:
        part = self._shipped(9)
        with clock.at(_ago(6)):
            thread.write_as_shopper(access=as_shopper(part.order), part=part, text="It says delivered, it is not here.")
        with clock.at(_ago(5)):
            thread.write_as_maker(user=self.owner, part=part, text="We asked the carrier; the driver has a signature.")
            outbox.deliver()
        self._disputed(part, 3)

    def refund_that_came_back(self) -> None:
        part = self._shipped(7)
        with clock.at(_ago(3)):
            refund = fulfilment.refund_amount(
                user=self.owner,
                maker_order=part,
                line_id=part.lines.first().pk,
                net_cents=800,
                reason="A loose thread.",
            )
            outbox.deliver()
        refund = Refund.objects.get(pk=refund.pk)
        _hook("refund/fail", refund=refund.refund_id)
        with clock.at(_ago(2)):
            fulfilment.look_at_refund({"refund": refund.refund_id})
            outbox.deliver()

    def waiting(self) -> None:
        """One order to ship with a message, one return that waits for the maker's answer."""
        part = self._paid(2)
        with clock.at(_ago(1)):
            thread.write_as_shopper(access=as_shopper(part.order), part=part, text="Is the lining black or navy?")
        part = self._shipped(12)
        with clock.at(_ago(1)):
            returns.ask_return(
                access=as_shopper(part.order), part=part, pieces={part.lines.first().pk: (1, "not_as_shown")},
                text="The color is darker than in the picture.",
            )  # fmt: skip
            outbox.deliver()

    def _paid(self, days: float, *, quantity: int = 1, voucher: str = "") -> MakerOrder:
        """Sold and paid so many days ago."""
        with clock.at(_ago(days)):
            attempt = self._place(quantity, voucher)
            pay(attempt, "pm_card_bypassPending")  # its funds are there at once, so that the bank is paid too
            fulfilment.finalize(attempt_id=attempt.pk)
            outbox.deliver()
        return MakerOrder.objects.select_related("maker", "order").get(order=attempt.order_id)

    def _shipped(self, days: float, **options) -> MakerOrder:
        """Sold so many days ago, and shipped the day after; several pieces in parcels of one."""
        part = self._paid(days, **options)
        lines: Mapping[int, int] = dict(part.lines.values_list("pk", "quantity"))
        for number in range(sum(lines.values())):
            with clock.at(_ago(days - 1 - number)):
                self.sent += 1
                fulfilment.ship(
                    user=self.owner, maker_order=part, carrier="USPS", tracking_number=TRACKING.format(self.sent),
                    pieces=dict.fromkeys(lines, 1),
                )  # fmt: skip
                outbox.deliver()
        part.refresh_from_db()
        return part

    def _paid_out(self, days: float, **options) -> MakerOrder:
        """Shipped, and its share has reached the maker."""
        part = self._shipped(days, **options)
        with clock.at(part.release_at + timedelta(hours=1)):
            fulfilment.release()
            outbox.deliver()
        self._reached_the_bank(part.release_at + timedelta(days=BANK_TAKES))
        return part

    def _reached_the_bank(self, moment: datetime) -> None:
        _hook("jobs")  # what has reached the account is paid out
        _hook("payout/arrive", account=self.maker.stripe_account, at=int(moment.timestamp()))

    def _place(self, quantity: int, voucher: str) -> Attempt:
        emails = list(SHOPPERS)
        user = person(emails[self.sold % len(emails)])
        line1, city, state, zip_code = ADDRESSES[self.sold % 2]
        shopper = fulfilment.Shopper(
            email=user.email, name=user.name, line1=line1, city=city, state=state, zip_code=zip_code
        )
        basket = Basket.objects.create(owner=user)
        basket.strategy = UnitedStates()
        basket.add_product(self._variant(), quantity)
        self.sold += 1
        seen = fulfilment.quote_of(
            basket, destination=shopper.destination, choices={}, voucher=voucher, email=user.email
        ).seen
        attempt = fulfilment.place(basket=basket, shopper=shopper, user=user, choices={}, seen=seen, voucher=voucher)
        return fulfilment.ensure_intent(attempt=attempt)

    def _variant(self):
        """The variant of the next piece of which there is most."""
        product = self.pieces[self.sold % len(self.pieces)].product
        return product.children.order_by("-stockrecords__num_in_stock", "pk").first()

    def _disputed(self, part: MakerOrder, days: float) -> Dispute:
        charge = gateway.retrieve_intent(part.order.attempt.intent_id).charge_id
        opened = _hook("dispute", charge=charge)
        with clock.at(_ago(days)):
            fulfilment.look_at_dispute({"dispute": opened["id"]})
            outbox.deliver()
        return Dispute.objects.get(dispute_id=opened["id"])

"""Letters about orders, in the language of the order or of its reader. Called by the outbox, so maybe twice."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.order.models import DelayNotice, MakerOrder, Order, Parcel
from catalog.search.facets import category_labels
from catalog.search.models import SavedSearch
from catalog.search.saved import stop_token, words_of
from catalog.search.selectors import cards_of
from makers.models import Maker
from marketplace.aftersale.access import address_of
from marketplace.aftersale.models import Message, ReturnChange, Review, ToldBuyer
from marketplace.aftersale.words import ReturnStatus, Side
from marketplace.core.templatetags.money import cents
from marketplace.fulfilment.carriers import tracking_address
from marketplace.fulfilment.counting import counts_of
from marketplace.payments import gateway
from marketplace.payments.account_words import asked_for, why_it_rests, why_sent_back
from marketplace.payments.models import MakerAccount, Refund
from marketplace.wishes.models import StockAlert
from marketplace.wishes.services import still_there


def order_confirmed(payload: dict) -> None:
    """To the shopper: what was bought, what was certified of it, when it ships."""
    order = _order(payload["order"])
    with translation.override(order.language):
        subject = _("Your order %(number)s") % {"number": order.number}
        context = {"order": order, "parts": _parts(order), "agreed": order.attempt.snapshot}
        _send("order_confirmed", subject, order.email, context)


def order_for_maker(payload: dict) -> None:
    """To the maker: its part of a new order, and until when it ships."""
    part = (
        MakerOrder.objects.select_related("maker", "order__shipping_address")
        .prefetch_related("lines__product__parent")
        .get(pk=payload["part"])
    )
    with translation.override(part.maker.language):
        subject = _("New order %(number)s") % {"number": part.order.number}
        address = settings.SITE_ADDRESS + reverse("studio:order", args=[part.pk])
        _send("order_for_maker", subject, part.maker.email, {"part": part, "order": part.order, "address": address})


def parcel_shipped(payload: dict) -> None:
    """To the shopper: a parcel left, or pieces are ready for pickup."""
    parcel = Parcel.objects.select_related("maker_order__maker").get(pk=payload["parcel"])
    part = parcel.maker_order
    order = _order(part.order_id)
    with translation.override(order.language):
        if part.is_pickup:
            subject = _("Ready for pickup: order %(number)s") % {"number": order.number}
        else:
            subject = _("Shipped: order %(number)s") % {"number": order.number}
        context = {
            "order": order, "part": part, "parcel": parcel, "tracking_address": tracking_address(parcel),
            "inside": parcel.contents.select_related("line__product__parent").order_by("line"),
            "to_come": [count for count in counts_of(part) if count.to_ship],
        }  # fmt: skip
        _send("parcel_shipped", subject, order.email, context)


def delay_told(payload: dict) -> None:
    """To the shopper: what is late (16 CFR 435.2), with two links: wait, or cancel and get the money back."""
    notice = _delay(payload["notice"])
    order = notice.part.order
    address = address_of(order, "delay", notice=notice.pk)
    with translation.override(order.language):
        context = {
            "notice": notice, "part": notice.part, "order": order, "agree_address": f"{address}?answer=agreed",
            "cancel_address": f"{address}?answer=canceled",
        }  # fmt: skip
        _send("delay", _("Your pieces leave later: order %(number)s") % {"number": order.number}, order.email, context)


def late_canceled(payload: dict) -> None:
    """To the maker: late pieces were canceled and are refunded, so they must not leave any more."""
    notice = _delay(payload["notice"])
    part = notice.part
    with translation.override(part.maker.language):
        number = {"number": part.order.number}
        pieces = "\n".join(line.label for line in notice.lines.all())
        words = [_("Late pieces of order %(number)s were canceled and refunded; don't ship them.") % number, pieces]
        _note(_("Canceled, late: order %(number)s") % number, part.maker.email, words, *_for_studio(part))


def _delay(pk: int) -> DelayNotice:
    rows = DelayNotice.objects.select_related("part__maker", "part__order__user")
    return rows.prefetch_related("lines__product__parent").get(pk=pk)


def order_refunded(payload: dict) -> None:
    """To the shopper: paid, but it can't be fulfilled, and what happens now."""
    order = _order(payload["order"])
    with translation.override(order.language):
        subject = _("We return your payment for order %(number)s") % {"number": order.number}
        _send("order_refunded", subject, order.email, {"order": order, "agreed": order.attempt.snapshot})


def part_refunded(payload: dict) -> None:
    """To the shopper: a maker gave a part of the order back, and why."""
    refund = Refund.objects.select_related("maker_order__maker").get(pk=payload["refund"])
    part = refund.maker_order
    order = _order(part.order_id)
    with translation.override(order.language):
        subject = _("Refund for order %(number)s") % {"number": order.number}
        _send("part_refunded", subject, order.email, {"order": order, "part": part, "refund": refund})


def pieces_canceled(payload: dict) -> None:
    """To the maker: the shopper canceled pieces that had not left."""
    refund = Refund.objects.select_related("maker_order__maker", "maker_order__order").get(pk=payload["refund"])
    part = refund.maker_order
    with translation.override(part.maker.language):
        number = {"number": part.order.number}
        pieces = "\n".join(f"{row.quantity} × {row.line.label}" for row in refund.lines.select_related("line__product"))
        words = [_("The shopper canceled pieces of order %(number)s; don't ship them.") % number, pieces, refund.why]
        _note(_("Canceled in order %(number)s") % number, part.maker.email, words, *_for_studio(part))


def return_moved(payload: dict) -> None:
    """To whoever did not act: a return was asked for, answered, escalated, decided or refunded."""
    change = ReturnChange.objects.select_related("item__part__maker", "item__part__order__user").get(
        pk=payload["change"]
    )
    part = change.item.part
    if change.side != Side.SHOPPER or change.to_status == ReturnStatus.REFUNDED:
        with translation.override(part.order.language):
            _tell_of_return(change, part.order.email, address_of(part.order), _("See your order"))
    if change.side != Side.MAKER:
        with translation.override(part.maker.language):
            address = settings.SITE_ADDRESS + reverse("studio:return", args=[change.item_id])
            _tell_of_return(change, part.maker.email, address, _("Look at the return"))
    if change.to_status == ReturnStatus.ESCALATED:
        with translation.override(settings.LANGUAGE_CODE):
            address = settings.SITE_ADDRESS + reverse("returns:item", args=[change.item_id])
            _tell_of_return(change, settings.STAFF_EMAIL, address, _("Look at the return"))


def _tell_of_return(change: ReturnChange, to: str, address: str, label: str) -> None:
    item, number = change.item, {"number": change.item.part.order.number}
    pieces = "\n".join(
        f"{row.quantity} × {row.line.label} ({row.get_reason_display()})"
        for row in item.lines.select_related("line__product__parent")
    )
    status = _("Now: %(status)s") % {"status": change.get_to_status_display()}
    _note(_("Return for order %(number)s") % number, to, [status, pieces, change.words], address, label)


def message_written(payload: dict) -> None:
    """To the other side of a thread: the words and where to answer, no e-mail address."""
    message = Message.objects.select_related("part__maker", "part__order__user").get(pk=payload["message"])
    part = message.part
    number = {"number": part.order.number}
    if message.side == Side.SHOPPER:
        with translation.override(part.maker.language):
            address = settings.SITE_ADDRESS + reverse("studio:order_messages", args=[part.pk])
            subject = _("A message about order %(number)s") % number
            _note(subject, part.maker.email, [message.text], address, _("Answer here"))
        return
    with translation.override(part.order.language):
        words = [_("%(name)s writes:") % {"name": part.maker.name}, message.text]
        address = address_of(part.order, "order_messages", part=part.pk)
        _note(_("A message about order %(number)s") % number, part.order.email, words, address, _("Answer here"))


def message_reported(payload: dict) -> None:
    """To the staff: one side of a thread asks to look at what the other wrote."""
    message = Message.objects.select_related("part__order").get(pk=payload["message"])
    with translation.override(settings.LANGUAGE_CODE):
        address = settings.SITE_ADDRESS + reverse("returns:reports")
        subject = _("A message was reported: order %(number)s") % {"number": message.part.order.number}
        _note(subject, settings.STAFF_EMAIL, [message.text], address, _("Look at it"))


def claim_was_false(payload: dict) -> None:
    """To a buyer: what was said of a piece was false, and what can be done about it."""
    buyer = ToldBuyer.objects.select_related("claim__certificate", "order__user").get(pk=payload["buyer"])
    order, claim = buyer.order, buyer.claim
    number = {"number": order.number}
    with translation.override(order.language):
        day = date_format(claim.until, "DATE_FORMAT")
        pieces = order.lines.filter(certificate_number=claim.certificate.number).select_related("product__parent")
        words = [
            _(
                "We write to you about order %(number)s. When you bought from us, these pieces carried our label. We "
                "looked again, and what was said of their origin was false:"
            )
            % number,
            "\n".join(f"{line.quantity} × {line.label}" for line in pieces),
            claim.reason,
            _(
                "We apologize. You may give the pieces back free of charge until %(day)s and get the whole price with "
                "its tax back; nobody has to agree first. You may also keep them."
            )
            % {"day": day},
        ]
        subject = _("About the origin of what you bought: order %(number)s") % number
        _note(subject, order.email, words, address_of(order), _("See your order"))


def review_written(payload: dict) -> None:
    """To the maker: a buyer reviewed a piece."""
    review = Review.objects.select_related("product__maker").get(pk=payload["review"])
    maker = review.product.maker
    with translation.override(maker.language):
        words = [_("%(stars)s of 5 stars, by %(name)s") % {"stars": review.stars, "name": review.name}, review.text]
        address = settings.SITE_ADDRESS + reverse("studio:review", args=[review.pk])
        subject = _("A review of %(title)s") % {"title": review.product.label}
        _note(subject, maker.email, words, address, _("Answer it"))


def review_reported(payload: dict) -> None:
    """To the staff: somebody asks to look at a review."""
    review = Review.objects.select_related("product").get(pk=payload["review"])
    with translation.override(settings.LANGUAGE_CODE):
        address = settings.SITE_ADDRESS + reverse("returns:review", args=[review.pk])
        subject = _("A review was reported: %(title)s") % {"title": review.product.title}
        _note(subject, settings.STAFF_EMAIL, [review.text, review.report], address, _("Look at it"))


def _for_studio(part: MakerOrder) -> tuple[str, str]:
    """Where a maker looks at its part."""
    return settings.SITE_ADDRESS + reverse("studio:order", args=[part.pk]), _("Look at the order")


def _note(
    subject: str, to: str, paragraphs: list[str], address: str = "", label: str = "", headers: dict | None = None
) -> None:
    """A letter of a few paragraphs and one link."""
    words = [text for text in paragraphs if text]
    _send("note", subject, to, {"paragraphs": words, "address": address, "address_label": label}, headers)


def account_asks(payload: dict) -> None:
    """To the maker: Stripe needs something before money can move. Nothing is sent where that is over."""
    row = MakerAccount.objects.select_related("maker").get(maker=payload["maker"])
    if not row.waits_for_maker:
        return
    with translation.override(row.maker.language):
        asked = "\n".join(f"- {words}" for words in asked_for(row.requirements))
        words = [why_it_rests(row.disabled_reason), asked, _("What you sold waits for you; nothing is lost.")]
        address = settings.SITE_ADDRESS + reverse("studio:payouts")
        _note(_("Your payouts wait: Stripe needs something"), row.maker.email, words, address, _("Go on at Stripe"))


def payout_came_back(payload: dict) -> None:
    """To the maker: its bank sent a payout back. Raises GatewayError, Unreachable."""
    maker = Maker.objects.get(stripe_account=payload["account"])
    payout = gateway.retrieve_payout(account_id=payload["account"], payout_id=payload["object"])
    with translation.override(maker.language):
        sum_and_why = {"sum": cents(payout.amount), "why": why_sent_back(payout.failure_code)}
        words = [
            _("Your bank sent %(sum)s back: %(why)s.") % sum_and_why,
            _("The money is in your account at Stripe. Give Stripe another bank account, and it is sent again."),
        ]
        address = settings.SITE_ADDRESS + reverse("studio:payouts")
        _note(_("Your bank sent a payout back"), maker.email, words, address, _("Change the bank account"))


def search_found(payload: dict) -> None:
    """To the shopper: new pieces in a saved search. Nothing is sent where it was removed or all are sold."""
    saved = SavedSearch.objects.select_related("user").filter(pk=payload["search"], tell=True).first()
    pieces = cards_of(payload["pieces"]) if saved else {}
    if not pieces:
        return
    with translation.override(saved.language):
        site = settings.SITE_ADDRESS
        stop = site + reverse("saved_searches:stop", args=[stop_token(saved)])
        lines = [f"{row.label}, {row.maker_name}: {site}{row.get_absolute_url()}" for row in pieces.values()]
        words = [
            _("New in your saved search “%(search)s”:") % {"search": words_of(saved, category_labels())},
            "\n".join(lines),
            _("You asked us to write. Stop it here: %(stop)s\nAll letters that you can choose: %(all)s")
            % {"stop": stop, "all": site + reverse("account:letters")},
        ]
        address = f"{site}{reverse('catalogue:index')}?{saved.query}"
        # RFC 8058: the mail program's own button ends the letters.
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        subject = _("Something new fits your search")
        _note(subject, saved.user.email, words, address, _("See the list"), headers=headers)


def back_in_stock(payload: dict) -> None:
    """To one who waited: the variant can be bought. The wish goes with the letter."""
    alert = StockAlert.objects.select_related("variant__parent").filter(pk=payload["alert"]).first()
    if alert is None or not still_there(alert):
        return
    with translation.override(alert.language):
        title = {"title": alert.variant.label, "variant": alert.variant.variant_words}
        words = [
            _("“%(title)s” (%(variant)s) is in stock again.") % title,
            _("You asked for this letter. There is no other one, and we have forgotten your address."),
        ]
        address = settings.SITE_ADDRESS + alert.variant.get_absolute_url()
        _note(_("Back in stock: %(title)s") % title, alert.email, words, address, _("See the piece"))
    alert.delete()


def money_trouble(payload: dict) -> None:
    """To the staff: money did not go where it should."""
    order = _order(payload["order"])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Money needs a person: order %(number)s") % {"number": order.number}
        _send("money_trouble", subject, settings.STAFF_EMAIL, {"order": order, "what": payload["what"]})


def books_differ(payload: dict) -> None:
    """To the staff: the ledger and Stripe's balance differ, so payouts stopped."""
    with translation.override(settings.LANGUAGE_CODE):
        _send("books_differ", _("Payouts stopped: the books differ"), settings.STAFF_EMAIL, dict(payload))


def payment_for_people(payload: dict) -> None:
    """To the staff: a payment that does not match its order, or can't be ended."""
    order = _order(payload["order"])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("The payment of order %(number)s needs a person") % {"number": order.number}
        _send("payment_for_people", subject, settings.STAFF_EMAIL, {"order": order, "differs": payload["differs"]})


def _order(pk: int) -> Order:
    return Order.objects.select_related("user", "attempt", "shipping_address").get(pk=pk)


def _parts(order: Order):
    return (
        order.maker_orders.select_related("maker").prefetch_related("lines__product__parent", "parcels").order_by("pk")
    )


def _send(name: str, subject: str, to: str, context: dict, headers: dict | None = None) -> None:
    if not to:
        return
    context |= {"site": settings.SITE_ADDRESS, "subject": subject, "shop_operator": settings.SHOP_OPERATOR}
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()), body=render_to_string(f"mail/{name}.txt", context), to=[to], headers=headers
    )
    message.attach_alternative(render_to_string(f"mail/{name}.html", context), "text/html")
    message.send()


def question_asked(payload: dict) -> None:
    """To the staff: somebody asked through the contact page."""
    subject = f"Question of {payload['name'] or payload['email']} ({payload['language']})"
    order = f"Order: {payload['order']}" if payload["order"] else ""
    words = [payload["text"], order, f"Answer to {payload['email']}"]
    _note(" ".join(subject.split()), payload["to"], words)

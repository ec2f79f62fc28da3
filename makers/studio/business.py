"""Handing a business over to another person, and closing it for good: what both ask of orders and certificates."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.order.models import WAITING, MakerOrder, PartStatus
from catalog.search.listing import refresh_maker
from certification import audit
from certification.letters import send_sanction
from certification.models import Application, Certificate
from certification.selectors import valid_certificates
from certification.services import certificates
from certification.services.applications import withdraw_application
from certification.words import OPEN_STATUSES, CertificateStatus
from makers.models import HandOver, Maker, Membership, Role
from makers.permissions import can_manage_members, require
from makers.services import open_hand_over
from makers.stories.services import publish_maker_page
from makers.training.selectors import places_with_people_waiting
from makers.training.services.places import withdraw_place
from makers.training.words import PlaceStatus
from marketplace.core import clock, outbox
from marketplace.duties.sellers import ask_anew

RUNNING = (CertificateStatus.VALID, CertificateStatus.SUSPENDED)


def resting_certificates(maker: Maker) -> list[Certificate]:
    """What rests after a hand-over, since the legal name is a part of what was certified."""
    return list(valid_certificates().filter(maker=maker).select_related("product").order_by("number"))


@audit.writing()
def offer_hand_over(*, user, maker: Maker, email: str, legal_name: str) -> HandOver:
    """Name the new owner, who has an account and has to agree; nothing changes before that.

    Raises PermissionDenied for everyone but owners; ValidationError for an unknown person, oneself, staff of the
    program, a closed business, or while another hand-over is open.
    """
    require(can_manage_members(user, maker))
    maker = Maker.objects.select_for_update().get(pk=maker.pk)
    _refuse_closed(maker)
    if open_hand_over(maker):
        raise ValidationError(_("There is an open hand-over. Take it back first."))
    new = get_user_model().objects.filter(email__iexact=email.strip(), is_active=True, is_staff=False).first()
    if new is None:
        raise ValidationError({"email": _("Nobody has an account under this address yet. Ask them to sign up first.")})
    if new == user:
        raise ValidationError({"email": _("This is you. Name the person who takes over.")})
    offer = HandOver(maker=maker, from_user=user, to_user=new, legal_name=legal_name.strip(), started_at=clock.now())
    offer.full_clean()
    offer.save()
    outbox.post(topic="makers.hand_over", key=f"hand_over:{offer.pk}", payload={"hand_over": offer.pk})
    return offer


@audit.writing()
def accept_hand_over(*, user, offer: HandOver) -> Maker:
    """The new owner agrees: the business is theirs under its new legal name, and its certificates rest."""
    offer = _open(offer)
    if offer.to_user_id != user.pk:
        raise PermissionDenied
    maker = Maker.objects.select_for_update().get(pk=offer.maker_id)
    _refuse_closed(maker)
    if not Membership.objects.filter(maker=maker, user=offer.from_user, role=Role.OWNER).exists():
        raise ValidationError(_("Who offered this is not the owner any more."))
    Membership.objects.filter(maker=maker, user=offer.from_user).delete()
    Membership.objects.update_or_create(maker=maker, user=user, defaults={"role": Role.OWNER})
    # Payouts wait until the new owner connects an account: the old one is the former owner's.
    maker.legal_name, maker.stripe_account = offer.legal_name, ""
    maker.save(update_fields=["legal_name", "stripe_account"])
    _end(offer, agreed=True)
    ask_anew(maker=maker)
    refresh_maker(maker.pk)
    return maker


@audit.writing()
def end_hand_over(*, user, offer: HandOver) -> HandOver:
    """The owner takes the offer back, or the other person declines; nothing has changed."""
    offer = _open(offer)
    if offer.to_user_id != user.pk and not can_manage_members(user, offer.maker):
        raise PermissionDenied
    return _end(offer, agreed=False)


def what_holds_closing(maker: Maker) -> list[str]:
    """What has to be done before the business can close; empty when nothing stands against it."""
    parts = MakerOrder.objects.filter(maker=maker)
    to_ship = parts.filter(status__in=WAITING).count()
    pending = parts.filter(status=PartStatus.PENDING).count()
    held = []
    if to_ship:
        words = ngettext("Ship or refund %(number)d order first.", "Ship or refund %(number)d orders first.", to_ship)
        held.append(words % {"number": to_ship})
    if pending:
        held.append(_("Someone is paying for an order right now. Close the shop in the settings and wait an hour."))
    if places_with_people_waiting(maker):
        held.append(_("Answer the people who applied for your training places first."))
    if open_hand_over(maker):
        held.append(_("There is an open hand-over. Take it back first."))
    return held


def close_business(*, user, maker: Maker) -> Maker:
    """Give every certificate back, take open applications and training places back, and close the shop for good.

    Raises PermissionDenied for everyone but owners, ValidationError with all that has to be done before.
    """
    with audit.writing():
        require(can_manage_members(user, maker))
        maker = Maker.objects.select_for_update().get(pk=maker.pk)
        _refuse_closed(maker)
        if held := what_holds_closing(maker):
            raise ValidationError(held)
        with translation.override("en"):  # the register keeps one reason for all readers
            reason = _("The business closed.")
        for case in Application.objects.filter(maker=maker, status__in=OPEN_STATUSES).order_by("pk"):
            withdraw_application(user=user, application=case, reason=reason)
        for certificate in Certificate.objects.filter(maker=maker, status__in=RUNNING).order_by("pk"):
            send_sanction(certificates.give_back(user=user, certificate=certificate, reason=reason))
        for place in maker.training_places.filter(status=PlaceStatus.PUBLISHED).order_by("pk"):
            withdraw_place(user=user, place=place, reason=reason)
        maker.is_open, maker.closed_at = False, clock.now()
        maker.save(update_fields=["is_open", "closed_at"])
        refresh_maker(maker.pk)
        publish_maker_page(maker)
    return maker


def _open(offer: HandOver) -> HandOver:
    offer = HandOver.objects.select_for_update(of=("self",)).select_related("maker").get(pk=offer.pk)
    if offer.ended_at is not None:
        raise ValidationError(_("This hand-over has ended already."))
    return offer


def _end(offer: HandOver, *, agreed: bool) -> HandOver:
    offer.agreed, offer.ended_at = agreed, clock.now()
    offer.save(update_fields=["agreed", "ended_at"])
    return offer


def _refuse_closed(maker: Maker) -> None:
    if maker.closed_at is not None:
        raise ValidationError(_("This business is closed."))

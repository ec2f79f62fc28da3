"""Writes about makers: sign-up, workplaces, members."""

from collections.abc import Mapping

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.pictures import services as pictures
from marketplace.pictures.shapes import Use
from marketplace.terms.services import accept_terms

from . import permissions
from .models import FormDraft, HandOver, Maker, Membership, Role, ShippingProfile, Workplace


def free_slug(name: str) -> str:
    """A slug nobody has yet."""
    base = slugify(name)[:120] or "maker"
    slug, number = base, 2
    while Maker.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def sign_up_maker(
    *, user, name: str, legal_name: str, neighborhood: str, email: str, terms: int, fee_points: int, **details
) -> Maker:
    """A new business whose owner is `user`, who accepts version `terms` shown with a fee of so many basis points.

    Raises ValidationError where another version of the terms is in force.
    """
    maker = Maker.objects.create(
        name=name,
        slug=free_slug(name),
        legal_name=legal_name,
        neighborhood=neighborhood,
        email=email,
        **details,
    )
    Membership.objects.create(maker=maker, user=user, role=Role.OWNER)
    ShippingProfile.objects.create(maker=maker, name=_("Standard"), is_default=True)
    accept_terms(user=user, maker=maker, number=terms, fee_points=fee_points)
    return maker


@transaction.atomic
def edit_maker(*, user, maker: Maker, **changes) -> Maker:
    permissions.require(permissions.can_edit_maker(user, maker))
    if maker.closed_at and changes.get("is_open"):
        raise ValidationError({"is_open": _("This business is closed for good, so its shop can't open again.")})
    for field, value in changes.items():
        setattr(maker, field, value)
    before = Maker.objects.values_list("picture", flat=True).get(pk=maker.pk)
    maker.save(update_fields=list(changes))
    if "picture" in changes:
        _follow_picture(maker, before)
    return maker


def _follow_picture(maker: Maker, before: str) -> None:
    if maker.picture:
        pictures.keep(name=maker.picture.name, use=Use.MAKER)
    if before and before != maker.picture.name:
        pictures.forget(name=before)


def save_workplace(*, user, workplace: Workplace) -> Workplace:
    """Add or change an address; staff who file on a maker's behalf only add. A pin has both coordinates or none."""
    assisted = workplace.pk is None and permissions.can_assist(user)
    permissions.require(permissions.can_edit_maker(user, workplace.maker) or assisted)
    workplace.full_clean()
    workplace.save()
    return workplace


def add_member(*, user, maker: Maker, member, role: str = Role.STAFF) -> Membership:
    permissions.require(permissions.can_manage_members(user, maker))
    membership, _created = Membership.objects.update_or_create(maker=maker, user=member, defaults={"role": role})
    return membership


def add_member_by_email(*, user, maker: Maker, email: str, role: str) -> Membership:
    """Add the person with this address. Raises PermissionDenied, and ValidationError where there is no account."""
    permissions.require(permissions.can_manage_members(user, maker))
    member = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
    if member is None:
        raise ValidationError({"email": _("Nobody has an account under this address yet. Ask them to sign up first.")})
    if member == user:
        raise ValidationError({"email": _("You are a member already.")})
    return add_member(user=user, maker=maker, member=member, role=role)


@transaction.atomic
def remove_member(*, user, membership: Membership) -> None:
    """Take a person out. Raises ValidationError for the last owner: someone must answer for the business."""
    permissions.require(permissions.can_manage_members(user, membership.maker))
    Maker.objects.select_for_update().get(pk=membership.maker_id)
    owners = Membership.objects.filter(maker=membership.maker_id, role=Role.OWNER)
    if membership.role == Role.OWNER and owners.count() == 1:
        raise ValidationError(_("Someone must remain the owner. Make another member the owner first."))
    membership.delete()


def open_hand_over(maker: Maker) -> HandOver | None:
    """The hand-over that waits for the new owner's answer."""
    return HandOver.objects.filter(maker=maker, ended_at__isnull=True).select_related("to_user").first()


MOST_DRAFT_FIELDS, LONGEST_DRAFT = 2500, 10_000


def keep_draft(*, user, maker: Maker, form: str, data: Mapping[str, str]) -> FormDraft:
    """Keep what was typed into a form, right or wrong; it changes nothing else."""
    permissions.require(permissions.can_edit_maker(user, maker) or permissions.can_assist(user))
    fields = list(data.items())[:MOST_DRAFT_FIELDS]
    kept = {name[:80]: str(value)[:LONGEST_DRAFT] for name, value in fields}
    draft, _created = FormDraft.objects.update_or_create(
        maker=maker, form=form, defaults={"data": kept, "saved_at": clock.now()}
    )
    return draft


def drop_draft(*, user, maker: Maker, form: str) -> None:
    """Forget what was typed: it is saved now, or not wanted any more."""
    permissions.require(permissions.can_edit_maker(user, maker) or permissions.can_assist(user))
    FormDraft.objects.filter(maker=maker, form=form).delete()

"""Writes about how a maker ships: profiles with what a parcel costs, and where pieces are picked up."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from zipcodes import matching

from . import permissions
from .models import Maker, ShippingKind, ShippingProfile, WeightStep, Workplace

MOST_PROFILES, MOST_STEPS = 20, 12


@transaction.atomic
def save_profile(
    *, user, maker: Maker, profile: ShippingProfile | None = None, steps: Mapping[int, int] | None = None, **facts
) -> ShippingProfile:
    """Add or change a profile; `steps` are ounces to cents, for one by weight, and replace those that were there.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(permissions.can_edit_maker(user, maker) and (profile is None or profile.maker_id == maker.pk))
    Maker.objects.select_for_update().get(pk=maker.pk)
    if profile is None and maker.shipping_profiles.filter(is_active=True).count() >= MOST_PROFILES:
        raise ValidationError(_("A maker has at most %(number)d profiles.") % {"number": MOST_PROFILES})
    profile = profile or ShippingProfile(maker=maker)
    for name, value in facts.items():
        setattr(profile, name, value)
    rows = dict(steps or {}) if profile.kind == ShippingKind.WEIGHT else {}
    if profile.kind == ShippingKind.WEIGHT:
        _check_steps(rows)
        if profile.pk:
            _check_weights(profile)
    profile.full_clean(validate_constraints=False)
    profile.save()
    profile.steps.all().delete()
    WeightStep.objects.bulk_create(
        WeightStep(profile=profile, up_to_oz=up_to, cents=cents) for up_to, cents in sorted(rows.items())
    )
    if not maker.shipping_profiles.filter(is_default=True).exists():
        _make_default(profile)
    return profile


@transaction.atomic
def make_default(*, user, profile: ShippingProfile) -> None:
    """Pieces without a profile of their own have this one from now on. Raises PermissionDenied, ValidationError."""
    permissions.require(permissions.can_edit_maker(user, profile.maker))
    Maker.objects.select_for_update().get(pk=profile.maker_id)
    profile = ShippingProfile.objects.select_for_update().get(pk=profile.pk)
    if not profile.is_active:
        raise ValidationError(_("This profile is not in use any more."))
    if profile.kind == ShippingKind.WEIGHT:
        _need_weights(profile.maker.products.filter(shipping_profile=None))
    _make_default(profile)


@transaction.atomic
def retire_profile(*, user, profile: ShippingProfile) -> None:
    """Take a profile out of use; its pieces have the default one then. Raises PermissionDenied, ValidationError."""
    permissions.require(permissions.can_edit_maker(user, profile.maker))
    Maker.objects.select_for_update().get(pk=profile.maker_id)
    profile = ShippingProfile.objects.select_for_update().get(pk=profile.pk)
    if profile.is_default:
        raise ValidationError(_("Make another profile the default one first."))
    if profile.maker.shipping_profiles.filter(is_default=True, kind=ShippingKind.WEIGHT).exists():
        _need_weights(profile.products.all())
    profile.products.update(shipping_profile=None)
    profile.is_active = False
    profile.save(update_fields=["is_active"])


@transaction.atomic
def set_pickup(*, user, maker: Maker, workplace: Workplace | None) -> Maker:
    """Offer pickup at a workplace in Los Angeles, or nowhere. Raises PermissionDenied, ValidationError."""
    permissions.require(permissions.can_edit_maker(user, maker))
    if workplace is not None:
        permissions.require(workplace.maker_id == maker.pk)
        if not _in_los_angeles(workplace):
            raise ValidationError(
                {"pickup_workplace": _("Pieces are picked up in Los Angeles. Choose a workplace there.")}
            )
    maker.offers_pickup, maker.pickup_workplace = workplace is not None, workplace
    maker.save(update_fields=["offers_pickup", "pickup_workplace"])
    return maker


def _make_default(profile: ShippingProfile) -> None:
    ShippingProfile.objects.filter(maker=profile.maker_id, is_default=True).update(is_default=False)
    profile.is_default = True
    profile.save(update_fields=["is_default"])


def _check_steps(steps: Mapping[int, int]) -> None:
    if not steps:
        raise ValidationError(_("Give at least one weight and what a parcel of it costs."))
    if len(steps) > MOST_STEPS:
        raise ValidationError(_("At most %(number)d weights.") % {"number": MOST_STEPS})
    if any(up_to <= 0 or cents < 0 for up_to, cents in steps.items()):
        raise ValidationError(_("A weight is above zero, and a price is not negative."))
    costs = [cents for _up_to, cents in sorted(steps.items())]
    if costs != sorted(costs):
        raise ValidationError(_("A heavier parcel can't cost less than a lighter one. Look at the prices again."))


def _check_weights(profile: ShippingProfile) -> None:
    """A profile that turns to weights needs them of all pieces that have it."""
    _need_weights(profile.products.all())
    if profile.is_default:
        _need_weights(profile.maker.products.filter(shipping_profile=None))


def _need_weights(products) -> None:
    missing = list(products.filter(is_public=True, weight_oz=None).order_by("title")[:4])
    if missing:
        raise ValidationError(
            _("Say first how much these pieces weigh: %(pieces)s."),
            params={"pieces": ", ".join(piece.title for piece in missing)},
        )


def _in_los_angeles(workplace: Workplace) -> bool:
    """Whether mail knows the place as one in Los Angeles County; whether it is the City, staff decide."""
    rows = matching(workplace.zip_code[:5])
    return bool(rows) and rows[0]["state"] == "CA" and rows[0]["county"] == "Los Angeles County"

"""What a maker's shipping profiles say, read for many pieces at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from catalog.catalogue.models import Product
from makers.hours import closures_ahead
from makers.models import ShippingKind, ShippingProfile


@dataclass(frozen=True)
class Terms:
    """One profile: `steps` are (up to ounces, cents), lightest first, and empty where the price is flat.

    `closed` are the maker's closed days that are not over: (first, last), both included.
    """

    profile: int | None
    cents: int
    handling_cents: int
    free_above_cents: int | None
    dispatch_days: int
    steps: tuple[tuple[int, int], ...] = ()
    closed: tuple[tuple[date, date], ...] = ()

    @property
    def least_cents(self) -> int:
        """The least that a parcel costs: "from" on the piece's page."""
        carried = min(cents for _oz, cents in self.steps) if self.steps else self.cents
        return carried + self.handling_cents


def terms_of(products: Iterable[Product]) -> dict[int, Terms]:
    """Terms by product id, in at most three queries; a piece without a profile in use has its maker's default."""
    products = list(products)
    makers = {product.maker_id for product in products}
    defaults = {row.maker_id: row for row in ShippingProfile.objects.filter(maker__in=makers, is_default=True)}
    chosen = {product.pk: _profile(product, defaults) for product in products}
    by_weight = {row.pk: row for row in chosen.values() if row.kind == ShippingKind.WEIGHT}
    # Several pieces may share a profile and hold it in objects of their own.
    prefetch_related_objects(list(by_weight.values()), "steps")
    closures = closures_ahead(product.maker for product in products)
    closed = {pk: tuple((row.first_day, row.last_day) for row in rows) for pk, rows in closures.items()}
    return {
        product.pk: _terms(by_weight.get(chosen[product.pk].pk, chosen[product.pk]), closed.get(product.maker_id, ()))
        for product in products
    }


def _profile(product: Product, defaults: dict[int, ShippingProfile]) -> ShippingProfile:
    own = product.shipping_profile
    if own is not None and own.is_active:
        return own
    return defaults.get(product.maker_id) or ShippingProfile()


def _terms(profile: ShippingProfile, closed: tuple[tuple[date, date], ...]) -> Terms:
    by_weight = profile.kind == ShippingKind.WEIGHT
    return Terms(
        profile=profile.pk, cents=profile.cents, handling_cents=profile.handling_cents,
        free_above_cents=profile.free_above_cents, dispatch_days=profile.dispatch_days,
        steps=tuple((step.up_to_oz, step.cents) for step in profile.steps.all()) if by_weight else (),
        closed=closed,
    )  # fmt: skip

"""Writes of favorites and of alerts for sold out variants."""

from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from catalog.search.selectors import for_sale
from marketplace.core import clock, outbox

from .models import Favorite, StockAlert

MOST_FAVORITES = 500
MOST_ALERTS = 20
WAITS = timedelta(days=180)


@transaction.atomic
def set_favorite(*, user, product: Product, liked: bool) -> None:
    """Keep a piece among the shopper's favorites, or not; the same twice changes nothing. Raises ValidationError."""
    if not liked:
        Favorite.objects.filter(user=user, product=product).delete()
        return
    if Favorite.objects.filter(user=user).count() >= MOST_FAVORITES:
        raise ValidationError(_("You have 500 favorites. Take one away first."))
    Favorite.objects.get_or_create(user=user, product=product)


@transaction.atomic
def bring_favorites(*, user, ids: Collection[int]) -> None:
    """Add what a browser kept before its person signed in, as far as there is room; what is no public piece is left."""
    room = max(MOST_FAVORITES - Favorite.objects.filter(user=user).count(), 0)
    known = Product.objects.exclude(structure=Product.CHILD).filter(pk__in=ids, is_public=True, maker__isnull=False)
    public = set(known.values_list("pk", flat=True))
    rows = [Favorite(user=user, product_id=pk) for pk in reversed(list(ids)) if pk in public][-room:] if room else []
    Favorite.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def ask_for_alert(*, email: str, language: str, variant: Product) -> StockAlert:
    """One letter to `email` when the variant can be bought again. Raises ValidationError."""
    if _left(variant):
        raise ValidationError(_("It is in stock: you can put it into your bag."))
    email = email.strip().lower()
    if StockAlert.objects.filter(email=email).count() >= MOST_ALERTS:
        raise ValidationError(_("This address waits for 20 pieces already."))
    row = StockAlert(email=email, language=language, variant=variant, asked_at=clock.now())
    row.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return StockAlert.objects.get(email=email, variant=variant)
    return row


@transaction.atomic
def forget_alert(*, emails: Collection[str], pk: int) -> None:
    """Raises StockAlert.DoesNotExist, for an alert of other addresses too."""
    StockAlert.objects.get(email__in=emails, pk=pk).delete()


@transaction.atomic
def keep_alerts(*, emails: Collection[str], shown: Collection[int], wanted: Collection[int]) -> None:
    """Forget those of these addresses' alerts in `shown` that are not in `wanted`."""
    StockAlert.objects.filter(email__in=emails, pk__in=shown).exclude(pk__in=wanted).delete()


def sold_out_variants(product: Product) -> QuerySet[Product]:
    """Public variants with a price of which none is left."""
    own = Q(parent=product, is_public=True) if product.is_parent else Q(pk=product.pk)
    left = F("num_in_stock") - Coalesce(F("num_allocated"), 0)
    records = StockRecord.objects.filter(product=OuterRef("pk"), price__isnull=False)
    in_stock = records.annotate(left=left).filter(left__gt=0)
    return Product.objects.filter(own, Exists(records), ~Exists(in_stock)).order_by("pk")


def tell_who_waits() -> None:
    """Queue a letter for each alert whose variant can be bought now, and forget those that waited half a year."""
    StockAlert.objects.filter(asked_at__lt=clock.now() - WAITS).delete()
    stocked = StockRecord.objects.filter(price__isnull=False, product__alerts__told_at=None)
    waiting = [row.product_id for row in stocked.distinct() if row.net_stock_level > 0]
    alerts = StockAlert.objects.filter(variant__in=waiting, told_at=None).select_related("variant")
    pieces = {alert.variant.parent_id or alert.variant_id for alert in alerts}
    sold_here = set(for_sale().filter(pk__in=pieces).values_list("pk", flat=True))
    for alert in alerts.order_by("asked_at", "pk"):
        if (alert.variant.parent_id or alert.variant_id) in sold_here:
            _queue(alert.pk)


@transaction.atomic
def _queue(pk: int) -> None:
    now = clock.now()
    if StockAlert.objects.filter(pk=pk, told_at=None).update(told_at=now):
        outbox.post(topic="wishes.back", key=f"back-in-stock-{pk}-{now.isoformat()}", payload={"alert": pk})


@transaction.atomic
def still_there(alert: StockAlert) -> bool:
    """Whether it can be bought at this moment; where not, the alert waits on."""
    if _left(alert.variant):
        return True
    StockAlert.objects.filter(pk=alert.pk).update(told_at=None)
    return False


def _left(variant: Product) -> int:
    records = [record for record in variant.stockrecords.all() if record.price is not None]
    return max((record.net_stock_level for record in records), default=0)

"""A shopper goes back from paying to choosing: the attempt ends, the pieces return to the bag."""

from django.db import transaction

from catalog.basket.models import Basket
from marketplace.payments.models import Attempt, AttemptStatus


@transaction.atomic
def restore_basket(*, attempt: Attempt, basket) -> bool:
    """Move the lines of an expired attempt's basket into `basket`; once, and never after a payment."""
    if attempt.status != AttemptStatus.EXPIRED:
        return False
    frozen = Basket.objects.select_for_update().filter(pk=attempt.basket_id, status=Basket.FROZEN).first()
    if frozen is None:
        return False
    if not basket.id:
        basket.save()
    basket.merge(frozen)
    return True

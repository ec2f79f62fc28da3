"""Asked twice: first the sum is shown, then it happens; what stands in the way is said in words."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.translation import gettext_lazy

from catalog.order.workflow import WrongMoment
from marketplace.core.formtools import add_service_error
from marketplace.fulfilment.refunding import Disputed, NothingLeft, SumChanged

from .canceling import TooLate

T = TypeVar("T")
REFUSALS: dict[type[Exception], object] = {
    TooLate: gettext_lazy("Some of these pieces left or were canceled already. Look at what can still be chosen."),
    WrongMoment: gettext_lazy("This was refunded or closed already, so nothing was changed."),
    Disputed: gettext_lazy(
        "The card's bank looks into this payment and decides; until then nothing can be refunded here."
    ),
    NothingLeft: gettext_lazy("Less is left to give back than was chosen. Look at what was refunded already."),
    SumChanged: gettext_lazy(
        "Something was refunded or shipped since this sum was shown, so nothing more was done. Look at it again."
    ),
}


def refusal(error: Exception) -> str:
    """What to tell a person of a refusal by a service."""
    return str(next(words for kind, words in REFUSALS.items() if isinstance(error, kind)))


def try_it(form: BaseForm, act: Callable[[], T]) -> T | None:
    """What `act` gives; None where it refuses, which the form then says."""
    try:
        return act()
    except ValidationError as error:
        add_service_error(form, error)
    except tuple(REFUSALS) as error:
        form.add_error(None, refusal(error))
    return None

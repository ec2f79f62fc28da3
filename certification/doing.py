"""Running a service for a form: one transaction, refusals into the form, success said."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction

from certification.permissions import ConflictError
from certification.workflow import WrongMoment
from marketplace.core.formtools import add_service_error


def do(request, form, act: Callable[[], object], done: str) -> bool:
    """Whether `act` went through; what it refused stands in the form, with everything that was typed."""
    try:
        with transaction.atomic():
            act()
    except ValidationError as error:
        add_service_error(form, error)
        return False
    except (ConflictError, WrongMoment) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, done)
    return True

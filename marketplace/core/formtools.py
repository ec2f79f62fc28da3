"""What form views share: errors of a service shown in the form that was sent, ids read from what was posted."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.forms import BaseForm

LONGEST_ID = 19  # digits from which on a database has no such number


def add_service_error(form: BaseForm, error: ValidationError) -> None:
    """Show a service's refusal in the form: at a field where it names one, else above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def ids_in(parts: Iterable[str]) -> list[int]:
    """Ids of rows, each once and in their order; what no row can have is left out."""
    numbers = (int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < LONGEST_ID)
    return list(dict.fromkeys(numbers))

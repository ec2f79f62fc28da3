"""Reads about makers."""

from django.db.models import Q, QuerySet

from .models import Maker


def makers_of(user) -> QuerySet[Maker]:
    """The makers this person works for."""
    if not user.is_authenticated:
        return Maker.objects.none()
    return Maker.objects.filter(memberships__user=user)


def is_selling(prefix: str = "") -> Q:
    """Makers whose pieces may be bought, as `Maker.is_selling` says of one; `prefix` such as maker__."""
    return Q(**{f"{prefix}is_open": True, f"{prefix}selling_stopped_at": None})

"""Reads about makers."""

from django.db.models import QuerySet

from .models import Maker


def makers_of(user) -> QuerySet[Maker]:
    """The makers this person works for."""
    if not user.is_authenticated:
        return Maker.objects.none()
    return Maker.objects.filter(memberships__user=user)

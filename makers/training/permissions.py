"""Who may do what with places, applicants and placements."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from certification.permissions import has_conflict
from makers.permissions import can_edit_maker

from .words import COORDINATE

COORDINATORS = "Training coordinators"


class ConflictError(Exception):
    """This person has a tie to the maker, or made the record, and takes no part in it; the text says which."""


def may_offer(user, maker) -> bool:
    """The maker's own people alone publish its places and read who applied."""
    return can_edit_maker(user, maker)


def is_coordinator(user) -> bool:
    return user.is_active and user.is_staff and user.has_perm(COORDINATE)


def has_tie(user, maker) -> bool:
    """A member of the business, or a tie declared at the certification desk."""
    return has_conflict(user, maker)


def ensure_groups(**kwargs) -> None:
    """Make the coordinators' group with its permission (after each migrate)."""
    # Django's own receiver, which makes the permissions, may run after this one.
    create_permissions(apps.get_app_config("training"), verbosity=0)
    group, _created = Group.objects.get_or_create(name=COORDINATORS)
    codename = COORDINATE.split(".")[1]
    group.permissions.add(Permission.objects.get(content_type__app_label="training", codename=codename))

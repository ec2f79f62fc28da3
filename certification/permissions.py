"""Who may do what in certification, and who may not because of a tie to the maker."""

from datetime import datetime

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet

from makers.models import Maker, Membership
from makers.permissions import can_edit_maker

from .models import Application, AuditEntry, ConflictOfInterest, PanelMember
from .words import PanelRole, Perm, Source

EVALUATORS, DECIDERS = "Evaluators", "Decision makers"
GROUPS = {
    EVALUATORS: (Perm.EVALUATE, Perm.FILE),
    DECIDERS: (Perm.DECIDE, Perm.HEAR, Perm.SANCTION, Perm.CRITERIA),
}


class ConflictError(Exception):
    """This person has a tie to the case and takes no part in it; the text says which."""


def may_view(user, application: Application) -> bool:
    """The maker's people, the programme's staff, and who sits on the case's panel."""
    return is_staff_reader(user) or can_edit_maker(user, application.maker) or has_seat(user, application)


def is_staff_reader(user) -> bool:
    """Whether the person works on cases at all."""
    return user.is_active and user.is_staff and any(user.has_perm(perm) for perm in Perm)


def may_apply_for(user, maker: Maker) -> bool:
    """The maker's own people, or staff who file on a maker's behalf."""
    return can_edit_maker(user, maker) or (user.is_staff and user.has_perm(Perm.FILE))


def may_edit(user, application: Application) -> bool:
    """The maker's own people; staff only where staff filed the application for the maker."""
    if can_edit_maker(user, application.maker):
        return True
    return application.filed_by_staff and may_apply_for(user, application.maker)


def has_conflict(user, maker: Maker) -> bool:
    """A member of the business, or a declared tie to it."""
    if Membership.objects.filter(user=user, maker=maker).exists():
        return True
    return ConflictOfInterest.objects.filter(user=user, maker=maker).exists()


def has_evaluated(user, application: Application) -> bool:
    """Whether this person evaluated the application at any time, returned rounds included."""
    if application.evaluator_id == user.pk:
        return True
    verbs = ("staff:application:start", "staff:application:recommend")
    return AuditEntry.objects.filter(application=application, private__actor=user, verb__in=verbs).exists()


def was_involved(user, application: Application, *, until: datetime | None = None) -> bool:
    """Whether this person acted as staff in the case (until then): evaluated, decided, sanctioned, judged a file."""
    acts = AuditEntry.objects.filter(application=application, role=Source.STAFF, private__actor=user)
    return (acts.filter(at__lte=until) if until else acts).exists()


def may_work(user, perm: str, row) -> bool:
    """Staff with this permission, or an outside panel member with a seat in the row's case that stands for it."""
    if not (user.is_active and user.is_staff):
        return False
    case = row if isinstance(row, Application) else getattr(row, "application", None)
    if user.has_perm(perm):
        return True
    roles = [role for role, stands_for in PERM_OF_SEAT.items() if stands_for == perm]
    return case is not None and _seats(user, case).filter(role__in=roles).exists()


def has_seat(user, application: Application) -> bool:
    """Whether the person sits on this case's panel now, in any role."""
    return _seats(user, application).exists()


def _seats(user, application: Application) -> QuerySet[PanelMember]:
    return PanelMember.objects.filter(application=application, user=user, ended_at__isnull=True)


PERM_OF_SEAT = {
    PanelRole.EVALUATE: Perm.EVALUATE,
    PanelRole.DECIDE: Perm.DECIDE,
    PanelRole.HEAR: Perm.HEAR,
}


def ensure_groups(**kwargs) -> None:
    """Make the staff groups and give them their permissions (after each migrate)."""
    # Django's own receiver, which makes the permissions, may run after this one.
    create_permissions(apps.get_app_config("certification"), verbosity=0)
    for name, perms in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        codenames = [perm.split(".")[1] for perm in perms]
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="certification", codename__in=codenames)
        )

"""Outside panel members: invited for one case where nobody of the staff without a tie is left."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certification import audit, permissions, workflow
from certification.models import Application, PanelMember
from certification.words import PanelRole, Verb
from marketplace.core import clock


def who_could(application: Application, role: str) -> list:
    """The staff who could take this role in the case: permission, no tie, and no part that stands against it."""
    perm, guard = permissions.PERM_OF_SEAT[PanelRole(role)], _GUARDS[PanelRole(role)]
    people = get_user_model().objects.filter(is_active=True, is_staff=True).order_by("pk")
    return [person for person in people if person.has_perm(perm) and _passes(guard, application, person)]


@audit.writing()
def invite(*, user, application: Application, member, role: str, reason: str) -> PanelMember:
    """Give someone from outside a seat in this one case.

    Raises PermissionDenied, ConflictError for a tie of the invited person, and ValidationError while someone of
    the staff could do it.
    """
    if not permissions.is_staff_reader(user):
        raise PermissionDenied
    reason = (reason or "").strip()[:2000]
    if not reason:
        raise ValidationError(_("Say why nobody of the staff can do it."))
    if role not in PanelRole.values:
        raise ValidationError(_("Choose what the member does."))
    application = Application.objects.select_for_update().get(pk=application.pk)
    if free := who_could(application, role):
        raise ValidationError(_("%(name)s has no tie to this case and can do it."), params={"name": free[0]})
    if not (member.is_active and member.is_staff) or permissions.is_staff_reader(member):
        raise ValidationError(_("A panel member has a staff account without any group: it opens this one case."))
    _GUARDS[PanelRole(role)](application, member)
    if application.panel.filter(role=role, ended_at__isnull=True).exists():
        raise ValidationError(_("This seat is taken."))
    seat = PanelMember.objects.create(
        application=application, user=member, role=role, reason=reason, invited_by=user, invited_at=clock.now()
    )
    workflow.record(verb=Verb.PANEL_INVITE, actor=user, row=seat, reason=reason, after={"role": role})
    return seat


@audit.writing()
def end_seat(*, user, seat: PanelMember) -> PanelMember:
    """Take the seat away; what its holder did stays."""
    if not permissions.is_staff_reader(user):
        raise PermissionDenied
    seat = PanelMember.objects.select_for_update().get(pk=seat.pk)
    if seat.ended_at is None:
        seat.ended_at = clock.now()
        seat.save(update_fields=["ended_at"])
        workflow.record(verb=Verb.PANEL_END, actor=user, row=seat)
    return seat


_GUARDS = {
    PanelRole.EVALUATE: workflow.not_conflicted,
    PanelRole.DECIDE: workflow.four_eyes,
    PanelRole.HEAR: workflow.uninvolved,
}


def _passes(guard, application: Application, person) -> bool:
    try:
        guard(application, person)
    except permissions.ConflictError:
        return False
    return True

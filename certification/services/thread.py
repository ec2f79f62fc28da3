"""The thread of a case: what staff ask and the maker answers, kept in one place."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certification import audit, permissions, workflow
from certification.models import Application, Message
from certification.words import OPEN_STATUSES, Source, Verb
from makers.permissions import can_edit_maker
from marketplace.core import clock

LONGEST = 4000


@audit.writing()
def write(*, user, application: Application, text: str) -> Message:
    """Add to the thread of an open case: as the maker's side for its people, as staff for those who may judge it.

    Raises PermissionDenied, ConflictError for staff with a tie, ValidationError without words or for an ended case.
    """
    text = (text or "").strip()[:LONGEST]
    if not text:
        raise ValidationError(_("Write your message."))
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.status not in OPEN_STATUSES:
        raise ValidationError(_("This case is closed, so nothing can be added to its thread."))
    side = side_of(user, application)
    if side == Source.STAFF:
        workflow.not_conflicted(application, user)
    message = Message.objects.create(application=application, author=user, side=side, text=text, at=clock.now())
    verb = Verb.ANSWER if side == Source.MAKER else Verb.CASE_MESSAGE
    workflow.record(verb=verb, actor=user, row=application, after={"message": message.pk})
    return message


def side_of(user, application: Application) -> Source:
    """Whose side a person writes on. Raises PermissionDenied for strangers."""
    if can_edit_maker(user, application.maker):
        return Source.MAKER
    if permissions.may_view(user, application):
        return Source.STAFF
    raise PermissionDenied

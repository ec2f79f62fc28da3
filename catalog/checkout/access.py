"""Whose payment it is: the session's that started it, or the signed-in shopper's. Others get 404."""

from uuid import UUID

from django.http import Http404

from marketplace.core import clock
from marketplace.payments.models import Attempt, AttemptStatus

SESSION_KEY = "attempts"
MOST = 20


def remember(request, attempt: Attempt) -> None:
    """Let this session see the attempt."""
    known = [item for item in request.session.get(SESSION_KEY, []) if item != str(attempt.pk)]
    request.session[SESSION_KEY] = [*known, str(attempt.pk)][-MOST:]


def attempt_or_404(request, attempt_id: UUID) -> Attempt:
    attempt = Attempt.objects.select_related("order").filter(pk=attempt_id).first()
    if attempt is None or not may_see(request, attempt):
        raise Http404
    return attempt


def may_see(request, attempt: Attempt) -> bool:
    if str(attempt.pk) in request.session.get(SESSION_KEY, []):
        return True
    return request.user.is_authenticated and attempt.user_id == request.user.pk


def open_attempt(request) -> Attempt | None:
    """A payment that this shopper began and neither finished nor gave up."""
    waiting = Attempt.objects.select_related("order").filter(
        status=AttemptStatus.OPEN, expires_at__gt=clock.now()
    )  # fmt: skip
    if request.user.is_authenticated:
        return waiting.filter(user=request.user).order_by("-created_at").first()
    known = request.session.get(SESSION_KEY, [])
    return waiting.filter(pk__in=known).order_by("-created_at").first() if known else None

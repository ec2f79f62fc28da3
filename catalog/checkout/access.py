"""Whose payment it is: the session's that started it, or the signed-in shopper's. Others get 404."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from catalog.basket.models import Basket
from marketplace.core import clock
from marketplace.payments.models import Attempt, AttemptStatus

SESSION_KEY = "attempts"
MOST = 20
REMEMBERED = timedelta(days=14)


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
    return _own(request).filter(status=AttemptStatus.OPEN, expires_at__gt=clock.now()).first()


def left_attempt(request) -> Attempt | None:
    """A payment that ran out of time, whose pieces may go back into the bag."""
    late = Q(status=AttemptStatus.EXPIRED) | Q(status=AttemptStatus.OPEN, expires_at__lte=clock.now())
    attempt = _own(request).filter(late, created_at__gt=clock.now() - REMEMBERED).first()
    if attempt is None or not Basket.objects.filter(pk=attempt.basket_id, status=Basket.FROZEN).exists():
        return None
    return attempt


def _own(request):
    """The attempts of this shopper, newest first; without a query for people who never came to pay."""
    attempts = Attempt.objects.select_related("order").order_by("-created_at")
    if request.user.is_authenticated:
        return attempts.filter(user=request.user)
    return attempts.filter(pk__in=request.session.get(SESSION_KEY, []))

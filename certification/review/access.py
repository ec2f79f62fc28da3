"""Who gets into the staff's desk at all; what they may do there, the services decide."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404

from certification.permissions import is_staff_reader


def desk(view):
    """Sign-in for visitors, 404 for everyone who does not work on cases."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        if not is_staff_reader(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded

"""Who gets into the staff's desk at all; what they may do there, the services decide."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404

from certification.models import Application
from certification.permissions import has_seat, is_staff_reader


def desk(view):
    """Sign-in for visitors, 404 for everyone who does not work on cases."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        if not is_staff_reader(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def case_desk(model):
    """For pages about one row of `model`: open also to outside panel members who sit in its case."""

    def decorate(view):
        @wraps(view)
        @login_required
        def guarded(request, pk, **kwargs):
            if not is_staff_reader(request.user):
                row = get_object_or_404(model, pk=pk)
                if not has_seat(request.user, row if isinstance(row, Application) else row.application):
                    raise Http404
            return view(request, pk, **kwargs)

        return guarded

    return decorate

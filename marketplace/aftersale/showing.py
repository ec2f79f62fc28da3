"""A return as shopper, maker and staff see it, and its private pictures."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from . import workflow
from .models import Return
from .words import Side


def facts_of(item: Return, side: Side, photo_address: Callable[[Any], str]) -> dict:
    """What a page about a return shows to a side."""
    return {
        "item": item,
        "part": item.part,
        "rows": item.lines.select_related("line__product__parent").order_by("pk"),
        "photos": [photo_address(photo.key) for photo in item.photos.all()],
        "changes": item.changes.order_by("-pk"),
        "can": workflow.possible(item, side),
        "answer_by": workflow.answer_by(item),
        "side": side,
    }


def photo_response(item: Return, key) -> FileResponse:
    """A picture of a return, for those whom its caller let in; kept by no cache."""
    photo = get_object_or_404(item.photos, key=key)
    try:
        content = photo.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename="photo.jpg", content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""What other sites show of a story: drawn by the worker after it was published, or its picture cut anew."""

import uuid

from marketplace.core import outbox
from marketplace.pictures.services import draw_share, forget_share

from .models import StoryPage


def order_drawing(stories) -> None:
    """Have the worker draw what is missing of these stories."""
    outbox.post_all(
        ("pictures.draw_story", f"draw:page:{pk}:{uuid.uuid4().hex}", {"page": pk})
        for pk in stories.order_by("pk").values_list("pk", flat=True)
    )


def draw_story(payload: dict) -> bool:
    """Handles `pictures.draw_story`; whether something changed."""
    page = StoryPage.objects.live().select_related("picture", "maker").filter(pk=payload["page"]).first()
    if page is None or page.picture is None:
        return forget_share(owner=StoryPage.share_owner(payload["page"]))
    return draw_share(owner=page.share_owner(page.pk), name=page.picture.file.name, words=page.share_words)

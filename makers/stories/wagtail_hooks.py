"""What the CMS knows of the shop."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .choosers import product_chooser
from .models import Recording


@hooks.register("register_admin_viewset")
def register_product_chooser():
    return product_chooser


class RecordingViewSet(SnippetViewSet):
    model = Recording
    icon = "media"
    menu_label = _("Audio and video")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["title", "kind"]
    search_fields = ["title"]


register_snippet(RecordingViewSet)

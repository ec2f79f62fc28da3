"""What the CMS knows of the shop."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .choosers import product_chooser
from .models import Recording


@hooks.register("register_admin_viewset")
def register_product_chooser():
    return product_chooser


@hooks.register("insert_global_admin_js")
def name_what_has_no_name():
    return format_html('<script src="{}" defer></script>', static("js/cms.js"))


@hooks.register("insert_global_admin_css")
def darken_what_is_faint():
    return format_html('<link rel="stylesheet" href="{}">', static("css/tools/cms.css"))


class RecordingViewSet(SnippetViewSet):
    model = Recording
    icon = "media"
    menu_label = _("Audio and video")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["title", "kind"]
    search_fields = ["title"]


register_snippet(RecordingViewSet)

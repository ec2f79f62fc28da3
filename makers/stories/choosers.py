"""Lets an editor choose a piece of the shop."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalog.catalogue.models import Product


class OnlyWholePieces:
    """Variants are bought, whole pieces are told about."""

    def get_object_list(self):
        pieces = Product.objects.exclude(structure=Product.CHILD).filter(is_public=True, maker__isnull=False)
        return pieces.select_related("maker").order_by("title", "pk")


class ChoosePieceView(OnlyWholePieces, ChooseView):
    pass


class ChoosePieceResultsView(OnlyWholePieces, ChooseResultsView):
    pass


class ProductChooserViewSet(ChooserViewSet):
    model = Product
    icon = "tag"
    choose_one_text = _("Choose a piece")
    choose_another_text = _("Choose another piece")
    edit_item_text = _("Edit this piece")
    choose_view_class = ChoosePieceView
    choose_results_view_class = ChoosePieceResultsView
    register_widget = False


product_chooser = ProductChooserViewSet("product_chooser")

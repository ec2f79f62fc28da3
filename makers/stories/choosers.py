"""Lets an editor choose a piece of the shop."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalog.catalogue.models import Product


class PieceFilterForm(BaseFilterForm):
    """Finds a piece by its title in either language or by its maker."""

    q = forms.CharField(label=_("Piece or maker"), required=False, max_length=100)

    def filter(self, objects):
        words = self.cleaned_data.get("q", "")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        found = Q(title__icontains=words) | Q(title_es__icontains=words) | Q(maker__name__icontains=words)
        return objects.filter(found)


class OnlyWholePieces:
    """Variants are bought, whole pieces are told about."""

    filter_form_class = PieceFilterForm

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

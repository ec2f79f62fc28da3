"""What a story is built of: text, quotes, pictures, the steps of a process, and pieces for sale."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from .choosers import product_chooser

PieceChooserBlock = product_chooser.get_block_class(name="PieceChooserBlock", module_path="makers.stories.blocks")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "stories/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"), max_length=200, help_text=_("For people who can't see the picture.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    wide = blocks.BooleanBlock(label=_("Wider than the text"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "stories/blocks/picture.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        image = value["image"]
        context["shot"] = context.get("shots", {}).get(image.pk) if image is not None else None
        return context


class ProcessStepBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Step"), max_length=80)
    text = blocks.TextBlock(label=_("What happens"))


class ProcessBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    steps = blocks.ListBlock(ProcessStepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps of a process")
        template = "stories/blocks/process.html"


class PiecesBlock(blocks.StructBlock):
    """Pieces with the price, stock and badge they have when the page is read; what is not for sale is left out."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    products = blocks.ListBlock(PieceChooserBlock(label=_("Piece")), label=_("Pieces"), min_num=1, max_num=12)

    class Meta:
        icon = "tag"
        label = _("Pieces for sale")
        template = "stories/blocks/pieces.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        cards = context.get("piece_cards", {})
        chosen = (product.pk for product in value["products"] if product is not None)
        context["rows"] = [cards[pk] for pk in chosen if pk in cards]
        return context


class StoryBlocks(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=["h2", "h3", "bold", "italic", "link", "ol", "ul"],
        template="stories/blocks/text.html",
    )
    quote = QuoteBlock()
    picture = PictureBlock()
    process = ProcessBlock()
    pieces = PiecesBlock()


def product_ids(body) -> set[int]:
    """The pieces that a story's blocks show."""
    return {
        product.pk
        for block in body
        if block.block_type == "pieces"
        for product in block.value["products"]
        if product is not None
    }

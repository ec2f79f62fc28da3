"""What a story is built of: chapters, text, quotes, pictures, steps of a process, recordings, and pieces for sale."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import Image
from wagtail.snippets.blocks import SnippetChooserBlock

from certification.programme import criteria_in_force
from certification.register import criteria_words

from .choosers import product_chooser

PieceChooserBlock = product_chooser.get_block_class(name="PieceChooserBlock", module_path="makers.stories.blocks")
CHAPTERS_FOR_CONTENTS = 3


class SharedInLanguages:
    """For choosers: the same picture or piece in every language, nothing of it is asked of translators."""

    def get_translatable_segments(self, value):
        return []


class PictureChooserBlock(SharedInLanguages, ImageChooserBlock):
    pass


class SharedPieceBlock(SharedInLanguages, PieceChooserBlock):
    pass


class SharedRecordingBlock(SharedInLanguages, SnippetChooserBlock):
    pass


class WithPicture(blocks.StructBlock):
    """A block that may show one picture, `image`; templates get it as `shot`, and `alt` says what it shows."""

    def clean(self, value):
        result = super().clean(value)
        if result.get("image") and not result["alt"].strip():
            raise StructBlockValidationError(
                {"alt": ValidationError(_("Say what the picture shows, for people who can't see it."))}
            )
        return result

    class Meta:
        abstract = True


class ChapterBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        icon = "title"
        label = _("Chapter")
        template = "stories/blocks/chapter.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"anchor": anchor_of(value["heading"])}


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    who = blocks.CharBlock(label=_("Who said it"), required=False, default="", max_length=120)
    role = blocks.CharBlock(label=_("What they do"), required=False, default="", max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "stories/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    image = PictureChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"), max_length=200, help_text=_("For people who can't see the picture.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=200)
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


class ProcessStepBlock(WithPicture):
    name = blocks.CharBlock(label=_("Step"), max_length=80)
    text = blocks.TextBlock(label=_("What happens"))
    image = PictureChooserBlock(label=_("Picture"), required=False)
    alt = blocks.CharBlock(
        label=_("What it shows"),
        max_length=200,
        required=False,
        default="",
        help_text=_("For people who can't see the picture."),
    )


class ProcessBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    steps = blocks.ListBlock(ProcessStepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps of a process")
        template = "stories/blocks/process.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        shots = context.get("shots", {})
        context["steps"] = [
            (step, shots.get(step["image"].pk) if step.get("image") else None) for step in value["steps"]
        ]
        return context


class RecordingBlock(blocks.StructBlock):
    """Sound or film with its words in the language of the page that it stands on."""

    recording = SharedRecordingBlock("stories.Recording", label=_("Audio or video"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=200)

    class Meta:
        icon = "media"
        label = _("Audio or video")
        template = "stories/blocks/recording.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        recording = value["recording"]
        if recording is not None:
            language = context["page"].locale.language_code
            context |= {"recording": recording, "language": language, "words": recording.words(language)}
            poster = context.get("shots", {}).get(recording.poster_id)
            context["poster_address"] = poster.address("large") if poster else ""
        return context


class PiecesBlock(blocks.StructBlock):
    """Pieces with the price, stock and badge they have when the page is read; what is not for sale is left out."""

    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    products = blocks.ListBlock(SharedPieceBlock(label=_("Piece")), label=_("Pieces"), min_num=1, max_num=12)

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


class ClaimsBlock(blocks.StaticBlock):
    """The three claims as the criteria in force say them."""

    class Meta:
        icon = "clipboard-list"
        label = _("The rules in force")
        admin_text = _("The three claims, as the criteria in force say them today.")
        template = "stories/blocks/claims.html"

    def get_context(self, value, parent_context=None):
        version = criteria_in_force()
        words = criteria_words.of(version.criteria)
        return super().get_context(value, parent_context) | {"version": version, "rules": words}


class StoryBlocks(blocks.StreamBlock):
    chapter = ChapterBlock()
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=["h2", "h3", "bold", "italic", "link", "ol", "ul"],
        template="stories/blocks/text.html",
    )
    quote = QuoteBlock()
    picture = PictureBlock()
    process = ProcessBlock()
    recording = RecordingBlock()
    pieces = PiecesBlock()

    def clean(self, value):
        result = super().clean(value)
        anchors: set[str] = set()
        for place, block in enumerate(result):
            if block.block_type == "chapter":
                anchor = anchor_of(block.value["heading"])
                if anchor in anchors:
                    message = gettext("Another chapter has this heading. Readers need to tell them apart.")
                    raise StreamBlockValidationError(block_errors={place: ValidationError(message)})
                anchors.add(anchor)
        return result


class GuideBlocks(StoryBlocks):
    claims = ClaimsBlock()


class TimelineMomentBlock(blocks.StructBlock):
    year = blocks.IntegerBlock(label=_("Year"), min_value=1800, max_value=2200)
    text = blocks.CharBlock(label=_("What happened"), max_length=200)

    class Meta:
        icon = "date"
        label = _("Year")


class TimelineBlocks(blocks.StreamBlock):
    moment = TimelineMomentBlock()


class ChosenPieces(blocks.StreamBlock):
    piece = SharedPieceBlock(label=_("Piece"))


def anchor_of(heading: str) -> str:
    return f"chapter-{slugify(heading)}"


def contents_of(body) -> list[tuple[str, str]]:
    """(anchor, heading) of every chapter, where there are enough for a table of contents."""
    headings = [block.value["heading"] for block in body if block.block_type == "chapter"]
    if len(headings) < CHAPTERS_FOR_CONTENTS:
        return []
    return [(anchor_of(heading), heading) for heading in headings]


def product_ids(body) -> set[int]:
    """The pieces that a story's blocks show."""
    return {
        product.pk
        for block in body
        if block.block_type == "pieces"
        for product in block.value["products"]
        if product is not None
    }


def images_in(body) -> list[Image]:
    """The pictures that a story's blocks show: its own, those of steps, those before a film begins."""
    return [image for block in body for image in _images_of(block) if image is not None]


def _images_of(block) -> Iterator[Image | None]:
    if block.block_type == "picture":
        yield block.value["image"]
    elif block.block_type == "process":
        yield from (step.get("image") for step in block.value["steps"])
    elif block.block_type == "recording" and block.value["recording"] is not None:
        yield block.value["recording"].poster

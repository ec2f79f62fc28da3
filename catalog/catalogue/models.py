"""Oscar's catalogue with a maker, an origin and fibres on every product, and one row per listed card."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct

from marketplace.pictures.selectors import Shot, drawn_address

from .color_words import color_word
from .notices import ProductNotice  # noqa: F401 - Django looks for models here
from .size_guides import SizeGuide, SizeMeasure  # noqa: F401

HEAVIEST_OZ = 150 * 16  # what parcel carriers take


class ProductKind(models.TextChoices):
    """Decides which production steps are essential (criteria version 1)."""

    GARMENT = "garment", _("Garment")
    KNITWEAR = "knitwear", _("Knitwear")
    PRINTED_GARMENT = "printed_garment", _("Printed garment")
    FOOTWEAR = "footwear", _("Footwear")
    BAG = "bag", _("Bag")
    JEWELLERY = "jewellery", _("Jewelry")
    HAT = "hat", _("Hat")
    HOME_TEXTILE = "home_textile", _("Home textile")
    OTHER = "other", _("Other")


class Origin(models.TextChoices):
    """What a textile listing must state (16 CFR 303.34)."""

    USA = "usa", _("Made in USA")
    IMPORTED = "imported", _("Imported")
    BOTH = "both", _("Made in USA of imported materials")


class Category(AbstractCategory):
    name_es = models.CharField(_("name in Spanish"), max_length=255, blank=True)

    @property
    def label(self):
        return self.name_es if get_language() == "es" and self.name_es else self.name


class Product(AbstractProduct):
    """A parent carries what is certified and described; its children are the variants on sale."""

    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="products", null=True, blank=True)
    kind = models.CharField(_("kind of product"), max_length=16, choices=ProductKind, blank=True)
    origin_statement = models.CharField(_("origin of the textile"), max_length=8, choices=Origin, blank=True)
    fibre_content = models.CharField(_("fiber content"), max_length=200, blank=True)
    care = models.CharField(_("care"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=255, blank=True)
    description_es = models.TextField(_("description in Spanish"), blank=True)
    makers_note = models.TextField(
        _("a word of yours on this piece"), max_length=600, blank=True,
        help_text=_("Where the idea came from, who sewed it, what to look at. It stands on the page under your name."),
    )  # fmt: skip
    makers_note_es = models.TextField(_("the same in Spanish"), max_length=600, blank=True)
    size = models.CharField(_("size"), max_length=24, blank=True)
    color = models.CharField(_("color"), max_length=40, blank=True)
    color_hex = models.CharField(_("color sample"), max_length=7, blank=True)
    shipping_profile = models.ForeignKey(
        "makers.ShippingProfile", on_delete=models.SET_NULL, null=True, blank=True, related_name="products",
        verbose_name=_("shipping profile"), help_text=_("Empty: your default one."),
    )  # fmt: skip
    weight_oz = models.PositiveIntegerField(
        _("weight with packing, ounces"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(HEAVIEST_OZ)],
        help_text=_("A profile by weight needs it. A pound is 16 ounces."),
    )  # fmt: skip
    made_to_order_days = models.PositiveSmallIntegerField(
        _("business days to make it"), default=0, validators=[MaxValueValidator(180)],
        help_text=_("0 if it is ready. Else they come on top of the days until you ship."),
    )  # fmt: skip
    is_held = models.BooleanField(
        default=False, help_text=_("Its words claim more than its steps carry; written with the listing.")
    )

    class Meta(AbstractProduct.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                name="only_variants_lack_maker_and_kind",
                condition=models.Q(structure="child") | (models.Q(maker__isnull=False) & ~models.Q(kind="")),
            ),
            # A piece that is only described, to be certified, is not public and needs no textile label.
            models.CheckConstraint(
                name="listed_pieces_state_their_origin",
                condition=models.Q(structure="child")
                | models.Q(is_public=False)
                | (~models.Q(origin_statement="") & ~models.Q(fibre_content="")),
            ),
            models.UniqueConstraint(
                fields=["parent", "size", "color"],
                condition=models.Q(structure="child"),
                name="one_variant_per_size_and_color",
            ),
        ]

    def get_absolute_url(self):
        product = self.parent if self.is_child else self
        return reverse("catalogue:detail", kwargs={"product_slug": product.slug, "pk": product.pk})

    def get_title(self):
        return self.title or (self.parent.title if self.parent_id else "")

    @property
    def label(self):
        """Title in the reader's language."""
        product = self.parent if self.is_child else self
        return product.title_es if get_language() == "es" and product.title_es else product.title

    @property
    def text(self):
        return self.description_es if get_language() == "es" and self.description_es else self.description

    @property
    def note(self):
        """The maker's word on it in the reader's language."""
        return self.makers_note_es if get_language() == "es" and self.makers_note_es else self.makers_note

    @property
    def variant_label(self):
        return " · ".join(part for part in (self.color, self.size) if part)

    @property
    def variant_words(self):
        """What the variant is called in the reader's language; orders keep `variant_label`."""
        return " · ".join(part for part in (color_word(self.color), self.size) if part)


class Listing(models.Model):
    """What a card, a filter and a sort need, in one row per product; written by catalog.search.listing alone.

    The row says nothing about certification: whether a piece is for sale is asked of the certificates each time.
    """

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="listing")
    maker = models.ForeignKey("makers.Maker", on_delete=models.CASCADE, related_name="listings")
    title = models.CharField(max_length=255)
    title_es = models.CharField(max_length=255, blank=True)
    slug = models.CharField(max_length=255)
    maker_name = models.CharField(max_length=120)
    maker_slug = models.CharField(max_length=140)
    neighborhood = models.CharField(max_length=80)
    neighborhood_slug = models.CharField(max_length=80)
    kind = models.CharField(max_length=16)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    price_max = models.DecimalField(max_digits=12, decimal_places=2)
    in_stock = models.PositiveIntegerField(default=0)
    making_days = models.PositiveSmallIntegerField(default=0, help_text=_("Above 0: made to order."))
    picture = models.CharField(max_length=255, blank=True)
    picture_alt = models.CharField(max_length=255, blank=True)
    pictures = models.JSONField(default=list, help_text=_("Addresses, sizes, words and color of each picture."))
    swatches = models.JSONField(default=list, help_text=_("Name and sample of each color."))
    listed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-listed_at", "-product"], name="listing_newest"),
            models.Index(fields=["price", "-product"], name="listing_price"),
            models.Index(fields=["neighborhood_slug", "-listed_at"], name="listing_neighborhood"),
            models.Index(fields=["maker_slug", "-listed_at"], name="listing_maker"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("catalogue:detail", kwargs={"product_slug": self.slug, "pk": self.pk})

    @property
    def label(self):
        return self.title_es if get_language() == "es" and self.title_es else self.title

    @property
    def shot(self) -> Shot | None:
        """Its first picture."""
        return Shot.of(self.pictures[0]) if self.pictures else None

    @property
    def drawn(self) -> str:
        """The address of what other sites show of it in the reader's language; empty until it was drawn."""
        keys = self.pictures[0].get("drawn", {}) if self.pictures else {}
        is_spanish = get_language() == "es" and self.title_es not in ("", self.title)
        return drawn_address(keys.get("es" if is_spanish else "en", ""))


class FacetName(models.TextChoices):
    CATEGORY = "category", _("Category")
    COLOR = "color", _("Color")
    SIZE = "size", _("Size")
    VARIANT = "variant", _("Size in a color")


class ListingFacet(models.Model):
    """A value by which a listed piece is found: its categories with their parents, its colors and sizes."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=8, choices=FacetName)
    value = models.CharField(max_length=120)
    in_stock = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "value", "listing"], name="one_facet_row_per_value"),
        ]

    def __str__(self):
        return f"{self.name}={self.value}"


from oscar.apps.catalogue.models import *  # noqa: E402, F403

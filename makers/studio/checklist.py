"""What a new maker does until its first piece is sold: read from the facts each time, nothing is ticked off."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product, ProductImage
from certification.models import Application
from certification.selectors import valid_certificates
from certification.words import ApplicationStatus
from makers.models import Maker
from marketplace.payments.models import MakerAccount
from marketplace.users.second_factor import page_to_show


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    why: str
    address: str
    done: bool


def checklist(user, maker: Maker) -> list[Step]:
    """The steps in the order in which most people go; each may be done at any time."""
    pieces = Product.objects.filter(maker=maker).exclude(structure=Product.CHILD)
    own = list(pieces.order_by("pk").values_list("pk", flat=True)[:2])
    first = own[0] if len(own) == 1 else None
    piece = reverse("studio:product", args=[first]) if first else reverse("studio:products")
    steps_of = reverse("studio:steps", args=[first]) if first else reverse("studio:products")
    pictures = ProductImage.objects.filter(product__maker=maker) | ProductImage.objects.filter(
        product__parent__maker=maker
    )
    handed_in = Application.objects.filter(maker=maker).exclude(status=ApplicationStatus.DRAFT)
    account = MakerAccount.objects.filter(maker=maker).first()
    return [
        Step(
            _("Add the address where you work"), _("It decides whether a step happened in Los Angeles."),
            reverse("studio:workplace_new"), maker.workplaces.exists(),
        ),
        Step(
            _("Say who you are"), _("A few lines and a picture of your workshop stand beside every piece."),
            reverse("studio:settings"), bool(maker.about and maker.picture),
        ),
        Step(
            _("Protect your account with a second factor"), _("It is asked for before money moves."),
            reverse("mfa_index"), bool(page_to_show(user)),
        ),
        Step(
            _("Set up payouts with Stripe"), _("So that we can pay you what you sell."),
            reverse("studio:payouts"), account is not None and account.can_be_paid,
        ),
        Step(
            _("Look at what shipping costs"), _("What a parcel costs, and how soon you ship."),
            reverse("studio:shipping"), maker.shipping_profiles.filter(is_active=True).exists(),
        ),
        Step(
            _("Describe your first piece"), _("Name, fibers, sizes, price and stock."),
            reverse("studio:product_new"), bool(own),
        ),
        Step(
            _("Add pictures"), _("Several at once, straight from your phone."), f"{piece}#pictures", pictures.exists()
        ),
        Step(
            _("Say which step happened where"), _("Then show a paper or a photo for each."), steps_of,
            pieces.filter(production_steps__isnull=False).exists(),
        ),
        Step(
            _("Apply for the label"), _("Two people check it; then the piece goes on sale."),
            reverse("studio:applications"), handed_in.exists() or valid_certificates().filter(maker=maker).exists(),
        ),
    ]  # fmt: skip

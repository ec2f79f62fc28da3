"""Oscar: our forks in place of its apps, US dollars, no page of its own; its dashboard is left out (decision 0029)."""

from django.utils.translation import gettext_lazy as _
from oscar.defaults import *

OSCAR_APPS = [
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "catalog.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "catalog.shipping.apps.ShippingConfig",
    "catalog.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "catalog.partner.apps.PartnerConfig",
    "catalog.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "catalog.order.apps.OrderConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "catalog.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "treebeard",
    "sorl.thumbnail",
]

OSCAR_SHOP_NAME = "LA Original"
OSCAR_DEFAULT_CURRENCY = "USD"
OSCAR_HOMEPAGE = "/"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_GUEST_CHECKOUT_WITH_ACCOUNT = True  # else the answer reveals which e-mails have accounts
OSCAR_DYNAMIC_CLASS_LOADER = "oscar.core.loading.default_class_loader"
OSCAR_MISSING_IMAGE_URL = "img/no-picture.svg"
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "last_name", "line1", "line4", "state", "postcode", "country")
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 100

OSCAR_INITIAL_ORDER_STATUS = "pending"
OSCAR_INITIAL_LINE_STATUS = "pending"
OSCAR_ORDER_STATUS_PIPELINE = {
    "pending": ("paid", "expired", "refunded"),
    "paid": ("shipped", "refunded"),
    "shipped": ("refunded",),
    "expired": ("refunded",),
    "refunded": (),
}
OSCAR_ORDER_STATUS_NAMES = {
    "pending": _("Waiting for payment"),
    "paid": _("Paid"),
    "shipped": _("Shipped"),
    "expired": _("Not paid in time"),
    "refunded": _("Refunded"),
}

"""What we know of carriers: how their tracking numbers look, and where they say how far a parcel has come."""

import re
from urllib.parse import quote

from django.utils.translation import gettext as _

from catalog.order.models import Parcel

OTHER = "other"
KNOWN = {
    "USPS": re.compile(r"9\d{19,25}|\d{20}|\d{22}|[A-Z]{2}\d{9}US"),
    "UPS": re.compile(r"1Z[0-9A-Z]{16}|T\d{10}|\d{9}"),
    "FedEx": re.compile(r"\d{12}|\d{15}|\d{20}|\d{22}|\d{34}"),
    "DHL": re.compile(r"\d{10,11}|[A-Z]{3}\d{7,20}|JD\d{16,18}|GM\d{16,20}"),
    "OnTrac": re.compile(r"[CD]\d{14}|1LS[0-9A-Z]{12,15}"),
}
EXAMPLES = {
    "USPS": "9400 1000 0000 0000 0000 00", "UPS": "1Z 999 AA1 01 2345 6784", "FedEx": "1234 5678 9012",
    "DHL": "1234567890", "OnTrac": "C12345678901234",
}  # fmt: skip
PAGES = {
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
    "UPS": "https://www.ups.com/track?tracknum=",
    "FedEx": "https://www.fedex.com/fedextrack/?trknbr=",
    "DHL": "https://www.dhl.com/us-en/home/tracking.html?tracking-id=",
    "OnTrac": "https://www.ontrac.com/tracking/?number=",
}


def problem(carrier: str, tracking_number: str) -> str:
    """Why this can't be a number of this carrier; empty where it can, or where we don't know the carrier."""
    pattern = KNOWN.get(carrier)
    if pattern is None or pattern.fullmatch(re.sub(r"[\s-]", "", tracking_number).upper()):
        return ""
    return _(
        "This does not look like a number of %(carrier)s, such as %(example)s. Compare it with the label, or choose "
        "another carrier."
    ) % {"carrier": carrier, "example": EXAMPLES[carrier]}


def tracking_address(parcel: Parcel) -> str:
    """The carrier's own page about the parcel; empty where we know none."""
    page = PAGES.get(parcel.carrier)
    if page is None or not parcel.tracking_number:
        return ""
    return page + quote(parcel.tracking_number.replace(" ", ""), safe="")

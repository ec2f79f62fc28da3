"""Where a carrier says how far a parcel has come."""

from urllib.parse import quote

from catalog.order.models import Parcel

PAGES = {
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
    "UPS": "https://www.ups.com/track?tracknum=",
    "FedEx": "https://www.fedex.com/fedextrack/?trknbr=",
    "DHL": "https://www.dhl.com/us-en/home/tracking.html?tracking-id=",
    "OnTrac": "https://www.ontrac.com/tracking/?number=",
}


def tracking_address(parcel: Parcel) -> str:
    """The carrier's own page about the parcel; empty where we know none."""
    page = PAGES.get(parcel.carrier)
    if page is None or not parcel.tracking_number:
        return ""
    return page + quote(parcel.tracking_number.replace(" ", ""), safe="")

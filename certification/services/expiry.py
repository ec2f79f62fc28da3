"""Periodic: tell makers 60, 30 and 7 days before a certificate ends, once each."""

from datetime import timedelta

from certification.deadlines import CERTIFICATE_NOTICES
from certification.letters import send_expiry
from certification.selectors import valid_certificates
from marketplace.core import clock


def send_notices() -> int:
    """Queue the notices that are due; a day without the clock running is made up for. Returns how many were due."""
    count = 0
    longest = max(CERTIFICATE_NOTICES)
    ending = valid_certificates().filter(valid_until__lte=clock.today() + timedelta(days=longest))
    for certificate in ending.select_related("maker").iterator():
        days = (certificate.valid_until - clock.today()).days
        send_expiry(certificate, notice=min(notice for notice in CERTIFICATE_NOTICES if days <= notice))
        count += 1
    return count

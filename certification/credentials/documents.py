"""What a credential says of a certificate: an Open Badge 3.0, which is a W3C Verifiable Credential 2.0."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from certification.models import Certificate
from certification.passport import passport
from certification.rules import Claim
from certification.texts import CLAIMS
from marketplace.core import clock

from .issuer import did
from .status import entry

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def credential(certificate: Certificate) -> dict:
    """The unsecured credential, in English; the same certificate always gives the same document."""
    with translation.override("en"):
        return {
            "@context": [CREDENTIALS_V2, OPEN_BADGES],
            "id": address("credentials:json", certificate.number),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": f"LA Original certificate {certificate.number}",
            "issuer": {
                "id": did(),
                "type": ["Profile"],
                "name": settings.MARK_OWNER,
                "url": settings.SITE_ADDRESS,
            },
            "validFrom": _moment(clock.start_of(certificate.valid_from)),
            "validUntil": _moment(clock.end_of(certificate.valid_until)),
            "credentialSubject": _subject(certificate),
            "credentialStatus": entry(certificate.pk),
            "evidence": [_evidence(certificate)],
        }


def registered_claims(document: dict, certificate: Certificate) -> dict:
    """The same facts under the names that JWT libraries check by themselves (Open Badges 3.0, section 8.2.4)."""
    return {
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": int(clock.start_of(certificate.valid_from).timestamp()),
        "exp": int(clock.end_of(certificate.valid_until).timestamp()),
    }


def address(name: str, *arguments) -> str:
    """An absolute address in its English form, whatever the reader's language."""
    with translation.override("en"):
        return settings.SITE_ADDRESS + reverse(name, args=arguments)


def _subject(certificate: Certificate) -> dict:
    record = address("register:verify", certificate.number)
    claims = [str(CLAIMS[Claim(claim)]) for claim in certificate.claims]
    return {
        "id": f"{record}#product",
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": certificate.maker_name, "identityType": "name"}
        ],
        "licenseNumber": certificate.number,
        "narrative": f"{certificate.product_description}, by {certificate.maker_name}",
        "achievement": {
            "id": record,
            "type": ["Achievement"],
            "achievementType": "Certification",
            "name": f"LA Original: {certificate.product_description}",
            "description": ", ".join(claims),
            "criteria": {"narrative": _criteria(certificate, claims)},
            "image": {"id": address("badge", certificate.number), "type": "Image"},
            "tag": list(certificate.claims),
            "version": str(certificate.criteria.number),
            "inLanguage": "en",
        },
    }


def _criteria(certificate: Certificate, claims: list[str]) -> str:
    criteria = certificate.criteria
    return (
        f"Judged by version {criteria.number} of the LA Original criteria, program area {criteria.area_name}. "
        f"Certified: {'; '.join(claims)}."
    )


def _evidence(certificate: Certificate) -> dict:
    """The origin passport: who did what where, without street addresses."""
    steps = [f"{step.label}: {step.place} ({step.area}, {step.known})" for step in passport(certificate).steps]
    return {
        "id": address("register:verify", certificate.number),
        "type": ["Evidence"],
        "name": "Origin passport",
        "narrative": "; ".join(steps),
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

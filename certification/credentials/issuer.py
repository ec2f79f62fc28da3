"""Who signs: the site's did:web name, and the documents under `/.well-known/` that publish its keys."""

from urllib.parse import urlsplit

from django.conf import settings

from .keys import PublicKey, public_keys


def did() -> str:
    """did:web of the site's host; a port is written as %3A (did:web method, section 2.5.1)."""
    return f"did:web:{urlsplit(settings.SITE_ADDRESS).netloc.replace(':', '%3A')}"


def jwk_id(key: PublicKey) -> str:
    """How JWTs name the key."""
    return f"{did()}#{key.thumbprint}"


def multikey_id(key: PublicKey) -> str:
    """How Data Integrity proofs name the same key."""
    return f"{did()}#{key.multikey}"


def did_document() -> dict:
    """Every key in both forms; all of them are good for assertions, so that old credentials keep verifying."""
    methods: list[dict] = []
    for key in public_keys():
        methods.append(
            {
                "id": jwk_id(key),
                "type": "JsonWebKey",
                "controller": did(),
                "publicKeyJwk": key.jwk | {"kid": jwk_id(key)},
            }
        )
        methods.append(
            {"id": multikey_id(key), "type": "Multikey", "controller": did(), "publicKeyMultibase": key.multikey}
        )
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/jwk/v1",
            "https://w3id.org/security/multikey/v1",
        ],
        "id": did(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def jwks() -> dict:
    """The public keys as JWK Set (RFC 7517)."""
    return {"keys": [key.jwk | {"kid": jwk_id(key)} for key in public_keys()]}

"""The Ed25519 keys: the one that signs, those that signed before, and how each is written down for verifiers.

The private key comes from the environment (CREDENTIAL_KEY). A laptop and the demo keep one of their own in a file.
"""

import base64
import os
import secrets
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from joserfc.jwk import OKPKey

SEED_BYTES = 32
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_MULTICODEC_ED25519 = b"\xed\x01"


class KeyMissing(Exception):
    """No key to sign with; nothing is ever given out unsigned."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that everyone may know: 32 bytes."""

    raw: bytes

    @property
    def jwk(self) -> dict[str, str]:
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(self.raw), "alg": "EdDSA", "use": "sig"}

    @property
    def thumbprint(self) -> str:
        """RFC 7638."""
        return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": base64url(self.raw)}).thumbprint()

    @property
    def multikey(self) -> str:
        """Multibase base58btc with the multicodec prefix of Ed25519 (W3C Controlled Identifiers 1.0)."""
        return multibase58(_MULTICODEC_ED25519 + self.raw)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key from its seed of 32 bytes."""

    seed: bytes

    @property
    def public(self) -> PublicKey:
        return PublicKey(_private(self.seed).public_key().public_bytes_raw())

    @property
    def jose(self) -> OKPKey:
        return OKPKey.import_key(
            {"kty": "OKP", "crv": "Ed25519", "x": base64url(self.public.raw), "d": base64url(self.seed)}
        )

    def sign(self, message: bytes) -> bytes:
        return _private(self.seed).sign(message)


def signing_key() -> SigningKey:
    """Raises KeyMissing."""
    if settings.CREDENTIAL_KEY:
        return SigningKey(settings.CREDENTIAL_KEY)
    if settings.CREDENTIAL_KEY_FILE:
        return SigningKey(_kept_seed(Path(settings.CREDENTIAL_KEY_FILE)))
    raise KeyMissing("CREDENTIAL_KEY is not set")


def public_keys() -> list[PublicKey]:
    """The key in use first, then those that signed what is still around. Raises KeyMissing where there is none."""
    retired = [PublicKey(raw) for raw in settings.CREDENTIAL_RETIRED_KEYS]
    try:
        return list(dict.fromkeys([signing_key().public, *retired]))
    except KeyMissing:
        if not retired:
            raise
        return retired


def new_seed() -> bytes:
    return secrets.token_bytes(SEED_BYTES)


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def multibase58(raw: bytes) -> str:
    """ "z" and base58btc, as Multikey and proof values are written; a leading zero byte is a leading 1."""
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = _BASE58[rest] + text
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return f"z{'1' * zeros}{text}"


@lru_cache(maxsize=4)
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=4)
def _kept_seed(path: Path) -> bytes:
    """The seed in this file; the first process that asks writes it, complete or not at all."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
        with os.fdopen(handle, "wb") as file:
            file.write(new_seed())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first, and its key counts
        finally:
            os.unlink(draft)
    return path.read_bytes()

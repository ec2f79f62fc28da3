"""Two ways to secure the same document: as VC-JWT, and with a Data Integrity proof inside the JSON (decision 0008)."""

import hashlib
import json
import warnings

import rfc8785
from joserfc import jws
from joserfc.errors import SecurityWarning

from .issuer import jwk_id, multikey_id
from .keys import multibase58, signing_key

# RFC 9864 renames this algorithm to "Ed25519"; the verifiers that people have still know it by its old name alone.
ALGORITHM = "EdDSA"
warnings.filterwarnings("ignore", message="EdDSA is deprecated", category=SecurityWarning)


def as_jwt(document: dict, claims: dict) -> str:
    """The document as JWT payload (W3C VC JOSE/COSE), with registered claims beside it. Raises KeyMissing."""
    key = signing_key()
    header = {"alg": ALGORITHM, "typ": "vc+jwt", "cty": "vc", "kid": jwk_id(key.public)}
    payload = json.dumps(document | claims, ensure_ascii=False, separators=(",", ":"))
    return jws.serialize_compact(header, payload.encode(), key.jose, algorithms=[ALGORITHM])


def with_proof(document: dict) -> dict:
    """The document with an eddsa-jcs-2022 proof (W3C Data Integrity EdDSA Cryptosuites 1.0). Raises KeyMissing."""
    key = signing_key()
    proof = {
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": multikey_id(key.public),
        "proofPurpose": "assertionMethod",
    }
    hashed = b"".join(hashlib.sha256(rfc8785.dumps(part)).digest() for part in (proof, document))
    return document | {"proof": [proof | {"proofValue": multibase58(key.sign(hashed))}]}

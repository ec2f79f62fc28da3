"""python verify_offline.py LAO-2026-0001.jwt jwks.json [status-1.jwt status-2.jwt] (pip install "pyjwt[crypto]")"""

import base64, gzip, json, sys
import jwt

credential, keys, *lists = (open(name).read().strip() for name in sys.argv[1:])
known = {key["kid"]: jwt.PyJWK(key) for key in json.loads(keys)["keys"]}
read = lambda token: jwt.decode(token, known[jwt.get_unverified_header(token)["kid"]], algorithms=["EdDSA"])
facts = read(credential)  # fails if a letter was changed, another key signed, or the days are over
places = {entry["statusListCredential"]: int(entry["statusListIndex"]) for entry in facts["credentialStatus"]}
for status in map(read, lists):
    at, subject = places[status["id"]], status["credentialSubject"]
    bits = gzip.decompress(base64.urlsafe_b64decode(subject["encodedList"][1:] + "=="))
    if bits[at // 8] & 0x80 >> at % 8:
        sys.exit(f"Not valid as of {status['validFrom']}: {subject['statusPurpose']}")
print("Valid:", facts["credentialSubject"]["narrative"], "|", facts["credentialSubject"]["achievement"]["description"])

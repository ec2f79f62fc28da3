"""python verify_offline.py LAO-2026-0001.jwt jwks.json [status.jwt] (pip install "pyjwt[crypto]")"""

import base64, gzip, json, sys
import jwt

credential, keys, *lists = (open(name).read().strip() for name in sys.argv[1:])
known = {key["kid"]: jwt.PyJWK(key) for key in json.loads(keys)["keys"]}
read = lambda token: jwt.decode(token, known[jwt.get_unverified_header(token)["kid"]], algorithms=["EdDSA"])
facts = read(credential)  # fails if a letter was changed, another key signed, or the days are over
entry = facts["credentialStatus"]
for status in map(read, lists):
    at, packed = int(entry["statusListIndex"]), status["credentialSubject"]["encodedList"]
    bits = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=="))
    if status["id"] != entry["statusListCredential"] or bits[at // 8] & 0x80 >> at % 8:
        sys.exit(f"Not valid, or the wrong list: {status['id']} as of {status['validFrom']}")
print("Valid:", facts["credentialSubject"]["narrative"], "|", facts["credentialSubject"]["achievement"]["description"])

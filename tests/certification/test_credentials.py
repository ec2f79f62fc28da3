"""Signed credentials: checked by libraries that did not write them, from published keys alone, without the site."""

import base64
import gzip
import hashlib
import html
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta

import jwt
import pytest
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.cache import cache
from django.core.management import call_command

from certification.credentials import keys, status
from certification.models import Certificate
from certification.services import certificates
from makers.services import save_workplace
from marketplace.core import clock
from tests import factories

pytestmark = pytest.mark.django_db
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def certificate():
    return factories.certify(factories.product())


def published(client) -> dict:
    return {key["kid"]: jwt.PyJWK(key) for key in client.get("/.well-known/jwks.json").json()["keys"]}


def checked(token: str, known: dict) -> dict:
    """What PyJWT makes of a token and the published keys."""
    return jwt.decode(token, known[jwt.get_unverified_header(token)["kid"]], algorithms=["EdDSA"])


def token_of(client, certificate) -> str:
    response = client.get(f"/credentials/{certificate.number}.jwt")
    assert response.status_code == 200
    return response.content.decode()


def json_of(client, certificate, **options) -> dict:
    response = client.get(f"/credentials/{certificate.number}/", **options)
    assert response["Content-Type"] == "application/vc"
    return json.loads(response.content)


def in_list(client, known: dict, entry: dict) -> bool:
    """Read a Bitstring Status List as its specification says."""
    address = entry["statusListCredential"].split("127.0.0.1:8000")[1]
    found = checked(client.get(address).content.decode(), known)
    subject = found["credentialSubject"]
    assert found["id"] == entry["statusListCredential"]
    assert found["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert subject["type"] == "BitstringStatusList"
    assert subject["statusPurpose"] == entry["statusPurpose"]
    assert subject["encodedList"][0] == "u"
    packed = subject["encodedList"][1:]
    bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    assert len(bits) * 8 >= 131_072
    index = int(entry["statusListIndex"])
    return bool(bits[index // 8] >> (7 - index % 8) & 1)


def both(entry: dict) -> list[dict]:
    """The entry of a credential, and the same place in the list beside it."""
    address = entry["statusListCredential"].replace("/status/1", "/status/2")
    return [entry, entry | {"statusPurpose": "suspension", "statusListCredential": address}]


def unbase58(text: str) -> bytes:
    assert text[0] == "z"
    number = 0
    for char in text[1:]:
        number = number * 58 + BASE58.index(char)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def proof_holds(document: dict, did_document: dict) -> None:
    """eddsa-jcs-2022, checked with cryptography and json's own sorting (equal to RFC 8785 for these values)."""
    document = dict(document)
    (proof,) = (dict(item) for item in document.pop("proof"))
    value = unbase58(proof.pop("proofValue"))
    assert proof["verificationMethod"] in did_document["assertionMethod"]
    (method,) = [item for item in did_document["verificationMethod"] if item["id"] == proof["verificationMethod"]]
    raw = unbase58(method["publicKeyMultibase"])
    assert raw[:2] == b"\xed\x01"
    digests = b""
    for part in (proof, document):
        text = json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digests += hashlib.sha256(text.encode()).digest()
    Ed25519PublicKey.from_public_bytes(raw[2:]).verify(value, digests)


def test_another_library_verifies_the_jwt_from_the_published_key_alone(client, certificate):
    token, known = token_of(client, certificate), published(client)
    found = checked(token, known)
    header = jwt.get_unverified_header(token)
    assert header["typ"] == "vc+jwt"
    assert header["kid"].startswith("did:web:127.0.0.1%3A8000#")
    assert found["credentialSubject"]["licenseNumber"] == certificate.number
    assert found["credentialSubject"]["achievement"]["tag"] == ["designed", "assembled", "manufactured"]
    body = token.split(".")[1]
    letter = "A" if body[40] != "A" else "B"
    with pytest.raises(jwt.InvalidSignatureError):
        checked(token.replace(body, f"{body[:40]}{letter}{body[41:]}"), known)
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, Ed25519PublicKey.from_public_bytes(keys.SigningKey(b"x" * 32).public.raw), ["EdDSA"])


def test_the_document_is_a_verifiable_credential_and_an_open_badge(client, certificate):
    response = client.get(f"/credentials/{certificate.number}/")
    found = json.loads(response.content)
    assert found["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert found["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert found["id"] == f"http://127.0.0.1:8000/credentials/{certificate.number}/"
    assert found["issuer"]["id"] == client.get("/.well-known/did.json").json()["id"]
    achievement = found["credentialSubject"]["achievement"]
    assert {"id", "type", "name", "description", "criteria"} <= set(achievement), "what OB 3.0 asks of an achievement"
    assert achievement["criteria"]["narrative"].startswith("Judged by version 1")
    assert certificate.maker.workplaces.get().line1 not in response.content.decode(), "no street address"
    entry = found["credentialStatus"]
    assert entry["statusPurpose"] == "revocation"
    assert entry["statusListIndex"] == str(certificate.pk % status.ENTRIES)


def test_the_proof_inside_the_json_holds_and_breaks_with_any_change(client, certificate):
    found = json_of(client, certificate)
    did = client.get("/.well-known/did.json").json()
    proof_holds(found, did)
    with pytest.raises(InvalidSignature):
        proof_holds(found | {"validUntil": "2099-01-01T00:00:00Z"}, did)
    with pytest.raises(InvalidSignature):
        proof_holds(found | {"proof": [found["proof"][0] | {"proofPurpose": "authentication"}]}, did)


def test_both_forms_say_the_same_and_the_same_each_time(client, certificate):
    found = json_of(client, certificate)
    payload = checked(token_of(client, certificate), published(client))
    assert {name: payload[name] for name in found if name != "proof"} == {
        name: value for name, value in found.items() if name != "proof"
    }
    assert token_of(client, certificate) == token_of(client, certificate)
    spanish = json_of(client, certificate, headers={"Accept-Language": "es"})
    assert spanish == found


def test_it_holds_through_the_last_los_angeles_day_and_not_longer(client, certificate):
    token, known = token_of(client, certificate), published(client)
    found = checked(token, known)
    end = clock.end_of(certificate.valid_until)
    assert found["exp"] == end.timestamp()
    assert found["validUntil"] == end.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        checked(token, known)
    with time_machine.travel(end, tick=False), pytest.raises(jwt.ExpiredSignatureError):
        checked(token, known)
    with (
        time_machine.travel(clock.start_of(certificate.valid_from) - timedelta(seconds=1), tick=False),
        pytest.raises(jwt.ImmatureSignatureError),
    ):
        checked(token, known)


def suspend(certificate):
    certificates.suspend(
        user=factories.decider(), certificate=certificate, reason="Unclear.", reasons=["contradiction"]
    )


def withdraw(certificate):
    certificates.withdraw(user=factories.decider(), certificate=certificate, reason="False.", reasons=["changed"])


def supersede(certificate):
    factories.certify(certificate.product, claims=["designed"])


def change_facts(certificate):
    place = certificate.maker.workplaces.get()
    place.city, place.zip_code = "Vernon", "90058"
    save_workplace(user=factories.owner_of(certificate.maker), workplace=place)


def nothing(certificate):
    pass


STATES = [
    (nothing, False, False, 200), (suspend, True, True, 409), (change_facts, True, True, 409),
    (withdraw, True, False, 410), (supersede, True, False, 410),
]  # fmt: skip


@pytest.mark.parametrize(("happens", "revoked", "suspended", "code"), STATES, ids=[row[0].__name__ for row in STATES])
def test_the_status_lists_follow_the_register(client, certificate, happens, revoked, suspended, code):
    other = factories.certify(factories.product())
    known = published(client)
    entries = both(checked(token_of(client, certificate), known)["credentialStatus"])
    others = both(checked(token_of(client, other), known)["credentialStatus"])
    happens(certificate)
    cache.clear()
    assert [in_list(client, known, entry) for entry in entries] == [revoked, suspended]
    assert [in_list(client, known, entry) for entry in others] == [False, False]
    for address in (f"/credentials/{certificate.number}/", f"/credentials/{certificate.number}.jwt"):
        response = client.get(address)
        assert response.status_code == code
        if code != 200:
            assert certificate.number in response.content.decode()
            assert response["Content-Type"].startswith("text/plain")


def test_a_reinstated_certificate_leaves_the_list_within_a_minute(client, certificate):
    suspend(certificate)
    known = published(client)
    entry = {
        "statusPurpose": "suspension", "statusListIndex": str(certificate.pk % status.ENTRIES),
        "statusListCredential": "http://127.0.0.1:8000/credentials/status/2",
    }  # fmt: skip
    assert in_list(client, known, entry)
    certificate.refresh_from_db()
    certificates.reinstate(user=factories.decider(), certificate=certificate, reason="Cleared.")
    max_age = int(re.search(r"max-age=(\d+)", client.get("/credentials/status/2")["Cache-Control"])[1])
    assert max_age + status.REMEMBERED <= 60
    with time_machine.travel(clock.now() + timedelta(seconds=60), tick=False):
        assert not in_list(client, known, entry)


def test_an_expired_certificate_gives_out_no_credential(client, certificate):
    with time_machine.travel(clock.end_of(certificate.valid_until), tick=False):
        assert client.get(f"/credentials/{certificate.number}/").status_code == 410


def test_one_request_reads_the_register_while_others_get_the_last_lists(client, certificate, monkeypatch):
    """A second request that comes while the lists are being made anew."""
    first = client.get("/credentials/status/2").content
    make, seen = status._documents, []

    def slow(pair):
        monkeypatch.setattr(status, "_documents", lambda pair: pytest.fail("read twice"))
        seen.append(client.get("/credentials/status/2").content)
        return make(pair)

    suspend(certificate)
    monkeypatch.setattr(status, "_documents", slow)
    with time_machine.travel(clock.now() + timedelta(seconds=status.REMEMBERED), tick=False):
        assert client.get("/credentials/status/2").content != first
    assert seen == [first]


def test_both_lists_take_one_reading_of_the_register(client, certificate, django_assert_num_queries):
    client.get("/credentials/status/1")
    with django_assert_num_queries(1):  # whether there is such a list
        client.get("/credentials/status/2")


def test_a_list_is_good_for_a_day(client, certificate):
    token, known = client.get("/credentials/status/1").content.decode(), published(client)
    checked(token, known)
    with time_machine.travel(clock.now() + status.GOOD_FOR), pytest.raises(jwt.ExpiredSignatureError):
        checked(token, known)


def test_places_in_lists_are_unique_and_lists_come_in_pairs():
    size = status.ENTRIES
    found = [status.entry(pk) for pk in (1, 2, size - 1, size, size + 1, 2 * size)]
    assert len({(entry["statusListCredential"], entry["statusListIndex"]) for entry in found}) == 6
    lists = [entry["statusListCredential"].rsplit("/", 1)[1] for entry in found]
    assert lists == ["1", "1", "1", "3", "3", "5"]


@pytest.mark.parametrize("path", ["status/0", "status/3", f"status/{10**30}", "LAO-1999-0001/", "LAO-1999-0001.jwt"])
def test_what_is_not_there_is_404(client, path):
    assert client.get(f"/credentials/{path}").status_code == 404


ALL = ["/.well-known/did.json", "/.well-known/jwks.json", "/credentials/status/1"]


def test_programs_on_every_site_may_read_them(client, certificate):
    for address in [*ALL, f"/credentials/{certificate.number}/", f"/credentials/{certificate.number}.jwt"]:
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "sandbox" in response["Content-Security-Policy"]
        assert client.post(address).status_code == 405
    assert client.get(f"/credentials/{certificate.number}.jwt")["Content-Type"] == "application/vc+jwt"
    assert client.get(f"/credentials/{certificate.number}/")["Content-Disposition"].startswith("attachment")
    assert client.get("/.well-known/did.json")["Content-Type"] == "application/did+json"


def test_without_a_key_nothing_is_given_out_unsigned(client, certificate, settings):
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_KEY_FILE = None, None
    for address in [*ALL, f"/credentials/{certificate.number}/", f"/credentials/{certificate.number}.jwt"]:
        response = client.get(address)
        assert response.status_code == 503
        assert b"no key to sign with" in response.content
        assert certificate.number.encode() not in response.content
    assert client.get(f"/verify/{certificate.number}/").status_code == 200
    assert client.get("/verify/offline/").status_code == 200


def test_no_address_tells_the_private_key(client, certificate, settings):
    seed = keys.signing_key().seed
    for address in [*ALL, f"/credentials/{certificate.number}/", f"/credentials/{certificate.number}.jwt"]:
        text = client.get(address).content.decode()
        assert keys.base64url(seed) not in text
        assert '"d"' not in text


def test_a_new_key_signs_and_the_old_one_still_verifies(client, certificate, settings):
    old, new = keys.SigningKey(b"o" * 32), keys.SigningKey(b"n" * 32)
    settings.CREDENTIAL_KEY = old.seed
    token, document = token_of(client, certificate), json_of(client, certificate)
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_RETIRED_KEYS = new.seed, [old.public.raw]
    known = published(client)
    assert len(known) == 2
    settings.CREDENTIAL_RETIRED_KEYS = [old.public.raw, new.public.raw]
    assert len(published(client)) == 2, "the key in use may stand in the list too"
    checked(token, known)
    proof_holds(document, client.get("/.well-known/did.json").json())
    fresh = token_of(client, certificate)
    assert jwt.get_unverified_header(fresh)["kid"] != jwt.get_unverified_header(token)["kid"]
    checked(fresh, known)


def test_the_command_prints_a_key_and_how_to_retire_the_present_one(settings, capsys):
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_RETIRED_KEYS = b"o" * 32, [b"r" * 32]
    call_command("make_credential_key")
    lines = dict(line.split("=", 1) for line in capsys.readouterr().out.split())
    assert len(base64.urlsafe_b64decode(lines["CREDENTIAL_KEY"] + "=")) == 32
    expected = [keys.SigningKey(b"o" * 32).public.raw, b"r" * 32]
    assert [base64.urlsafe_b64decode(item + "=") for item in lines["CREDENTIAL_RETIRED_KEYS"].split(",")] == expected


def test_a_laptop_makes_its_own_key_once(settings, tmp_path):
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_KEY_FILE = None, tmp_path / "var" / "credential.key"
    first = keys.signing_key().seed
    keys._kept_seed.cache_clear()
    assert keys.signing_key().seed == first
    assert settings.CREDENTIAL_KEY_FILE.stat().st_mode & 0o077 == 0
    assert [path.name for path in settings.CREDENTIAL_KEY_FILE.parent.iterdir()] == ["credential.key"]


def test_many_who_need_the_first_key_at_once_get_the_same(tmp_path):
    path = tmp_path / "credential.key"
    with ThreadPoolExecutor(8) as pool:
        seeds = set(pool.map(lambda _turn: keys._kept_seed.__wrapped__(path), range(40)))
    assert seeds == {path.read_bytes()}
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["credential.key"]


def test_base58_knows_leading_zeros():
    assert keys.multibase58(b"Hello World!") == "z2NEpo7TZRRrLZSi2U", "from the base58 draft"
    assert keys.multibase58(b"\0\0\x28\x7f\xb4\xcd") == "z11233QC4", "from the base58 draft"


@pytest.mark.parametrize("language", ["", "/es"])
def test_the_program_on_the_help_page_really_works(client, certificate, tmp_path, language):
    """As a reader would do it: copy the program from the page, fetch files, then leave the site alone."""
    page = client.get(f"{language}/verify/offline/").content.decode()
    program = html.unescape(page.split('<code id="script">')[1].split("</code>")[0])
    assert len([line for line in program.splitlines() if line.strip()]) <= 16
    (tmp_path / "check.py").write_text(program)

    def fetch(name: str, address: str) -> str:
        path = tmp_path / name
        path.write_bytes(client.get(address).content)
        return str(path)

    def run(*files: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, str(tmp_path / "check.py"), *files], capture_output=True, text=True, check=False
        )

    def lists() -> list[str]:
        cache.clear()
        return [fetch("status.jwt", "/credentials/status/1")]

    good = fetch("good.jwt", f"/credentials/{certificate.number}.jwt")
    known = fetch("jwks.json", "/.well-known/jwks.json")
    for files in ((good, known), (good, known, *lists())):
        result = run(*files)
        assert result.returncode == 0, result.stderr
        assert result.stdout.startswith(f"Valid: {certificate.product_description}, by ")
    body = (tmp_path / "good.jwt").read_text()
    changed = tmp_path / "changed.jwt"
    changed.write_text(body[:-20] + ("A" if body[-20] != "A" else "B") + body[-19:])
    assert "InvalidSignature" in run(str(changed), known).stderr
    withdraw(Certificate.objects.get(pk=certificate.pk))
    ended = run(good, known, *lists())
    assert ended.returncode == 1
    assert ended.stderr.startswith("Not valid")


def test_names_in_a_credential_are_data(client, certificate):
    nasty = '"},"x":{"y":"</script>\u2028\x0b\\'
    Certificate.objects.filter(pk=certificate.pk).update(product_description=nasty)
    found = json_of(client, certificate)
    assert found["credentialSubject"]["achievement"]["name"] == f"LA Original: {nasty}"
    assert "x" not in found
    assert checked(token_of(client, certificate), published(client))["name"].endswith(certificate.number)
    proof_holds(found, client.get("/.well-known/did.json").json())


def test_the_verify_page_offers_it_while_it_is_valid(client, certificate):
    link = f"/credentials/{certificate.number}.jwt"
    assert link in client.get(f"/verify/{certificate.number}/").content.decode()
    withdraw(certificate)
    assert link not in client.get(f"/verify/{certificate.number}/").content.decode()

"""Addresses that strangers type never lead into our own network (attack 42)."""

import http.server
import ipaddress
import socket
import ssl
import threading
import time
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from marketplace.core import clock, fetch

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    ("address", "open_internet"),
    [
        (PUBLIC, True), ("2606:4700::1111", True), ("::ffff:93.184.215.14", True), ("64:ff9b::5db8:d70e", True),
        ("127.0.0.1", False), ("127.8.8.8", False), ("0.0.0.0", False),  # noqa: S104
        ("10.0.0.1", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("100.127.255.255", False),
        ("224.0.0.1", False), ("239.255.255.250", False), ("255.255.255.255", False), ("240.0.0.1", False),
        ("192.0.2.1", False), ("198.18.0.1", False), ("192.0.0.170", False), ("::1", False), ("::", False),
        ("fe80::1", False), ("fc00::1", False), ("fd00:ec2::254", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:169.254.169.254", False), ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::a9fe:a9fe", False), ("2002:7f00:1::", False),
        ("2001:db8::1", False), ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)  # fmt: skip
def test_which_addresses_are_the_open_internet(address, open_internet):
    assert fetch.is_public(ipaddress.ip_address(address)) is open_internet


def refused(address: str) -> str:
    with pytest.raises(fetch.FetchRefused) as error:
        fetch.get(address)
    return error.value.code


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("file:///etc/passwd", "address"), ("ftp://example.com/a.jpg", "address"), ("gopher://example.com/", "address"),
        ("javascript:alert(1)", "address"), ("data:image/png;base64,AAAA", "address"),
        ("//example.com/a.jpg", "address"),
        ("http:///a.jpg", "address"), ("", "address"), ("http://user:pw@example.com/a.jpg", "address"),
        ("http://example.com\\@127.0.0.1/a.jpg", "address"), ("http://exa mple.com/", "address"),
        ("http://example.com/a\r\nHost: b", "address"), ("http://example.com/\x00", "address"),
        ("http://[::1/a.jpg", "address"), ("http://example.com:abc/", "address"),
        (f"http://{'a' * 70}.com/", "address"),
        ("http://example.com:22/", "not_public"), ("https://example.com:80/", "not_public"),
        ("http://example.com:8000/", "not_public"), ("http://127.0.0.1/", "not_public"),
        ("http://2130706433/", "not_public"), ("http://0x7f000001/", "not_public"),
        ("http://0177.0.0.1/", "not_public"),
        ("http://127.1/", "not_public"), ("http://[::1]/", "not_public"), ("http://[::ffff:7f00:1]/", "not_public"),
        ("http://169.254.169.254/latest/meta-data/", "not_public"), ("http://[fd00:ec2::254]/", "not_public"),
        ("http://localhost/", "not_public"), ("http://１２７.0.0.1/", "not_public"),
    ],
)  # fmt: skip
def test_addresses_that_lead_nowhere(address, code, monkeypatch):
    monkeypatch.setattr(fetch, "_open", lambda *_args: pytest.fail("a connection was opened"))
    assert refused(address) == code


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    monkeypatch.setattr(fetch, "_resolve", lambda host, port: [PUBLIC, "10.0.0.8"])
    monkeypatch.setattr(fetch, "_open", lambda *_args: pytest.fail("a connection was opened"))
    assert refused("http://example.com/a.jpg") == "not_public"


def test_a_name_that_does_not_exist(monkeypatch):
    def nowhere(host, port):
        raise socket.gaierror

    monkeypatch.setattr(fetch, "_resolve", nowhere)
    assert refused("http://nowhere.example/a.jpg") == "unreachable"


class Server:
    """A server on this machine that the resolver calls public; it remembers who it was asked as."""

    def __init__(self, monkeypatch):
        self.answers: dict[str, tuple[int, dict, bytes]] = {}
        self.asked: list[tuple[str, str]] = []
        self.opened: list[str] = []
        self.names = {"shop.example": [PUBLIC], "inside.example": ["10.0.0.5"]}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append((self.headers["Host"], self.path))
                status, headers, body = outer.answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if callable(body):
                    body(self.wfile)
                else:
                    self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        monkeypatch.setattr(fetch, "_resolve", lambda host, port: self.names[host])
        monkeypatch.setattr(fetch, "_open", self._open)

    def _open(self, address, port, timeout):
        self.opened.append(address)
        return socket.create_connection(self.server.server_address, timeout)

    def leads(self, path: str, to: str) -> None:
        self.answers[path] = (302, {"Location": to}, b"")


@pytest.fixture
def server(monkeypatch):
    running = Server(monkeypatch)
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_a_picture_comes_from_the_address_that_was_checked(server):
    server.answers["/a.jpg?v=%C3%B1%20"] = (200, {"Content-Length": "7"}, b"picture")
    assert fetch.get("http://shop.example/a.jpg?v=ñ%20#top") == b"picture"
    assert server.asked == [("shop.example", "/a.jpg?v=%C3%B1%20")]
    assert server.opened == [PUBLIC]


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("http://inside.example/a.jpg", "not_public"), ("http://inside.example:80/a.jpg", "not_public"),
        ("file:///etc/passwd", "address"), ("http://shop.example:6379/", "not_public"), ("", "answer"),
        ("http://user@shop.example/", "address"), ("/again", "redirects"),
    ],
)  # fmt: skip
def test_a_redirect_is_a_new_address(server, to, code):
    server.leads("/again", to)
    assert refused("http://shop.example/again") == code


def test_three_redirects_and_no_fourth(server):
    for number in range(4):
        server.leads(f"/{number}", f"/{number + 1}")
    server.answers["/4"] = (200, {"Content-Length": "2"}, b"ok")
    assert fetch.get("http://shop.example/1") == b"ok"
    assert refused("http://shop.example/0") == "redirects"


def _endless(out):
    try:
        while True:
            out.write(b"x" * 65536)
    except OSError:
        return


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((404, {}, b""), "answer"), ((500, {}, b""), "answer"), ((204, {}, b""), "answer"),
        ((200, {"Content-Encoding": "gzip"}, b"x"), "answer"),
        ((200, {"Content-Length": str(fetch.MOST_BYTES + 1)}, b"x"), "too_large"),
        ((200, {}, _endless), "too_large"), ((200, {"Content-Length": "10"}, b"short"), "unreachable"),
        ((200, {"X": "y" * 70_000}, b"x"), "unreachable"),
    ],
)  # fmt: skip
def test_answers_that_are_no_picture(server, answer, code):
    server.answers["/a"] = answer
    assert refused("http://shop.example/a") == code


def test_a_server_that_drips_is_cut_off(server, monkeypatch):
    monkeypatch.setattr(fetch, "MOST_SECONDS", 1)

    def drip(out):
        for _ in range(40):
            try:
                out.write(b"x")
                out.flush()
            except OSError:
                return
            time.sleep(0.2)

    server.answers["/a"] = (200, {"Content-Length": "40"}, drip)
    assert refused("http://shop.example/a") == "too_slow"


@pytest.fixture
def secured(server, tmp_path):
    """The same server behind TLS, with a certificate of its own for shop.example."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "shop.example")])
    today = clock.now()
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("shop.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
    server.names["other.example"] = [PUBLIC]
    server.answers["/a.jpg"] = (200, {"Content-Length": "7"}, b"picture")
    return path


def test_a_secured_address_is_asked_by_its_name_and_its_certificate_is_checked(secured, monkeypatch):
    assert refused("https://shop.example/a.jpg") == "unreachable"  # nobody vouches for the certificate
    trusting = ssl.create_default_context(cafile=secured)
    monkeypatch.setattr(fetch.ssl, "create_default_context", lambda: trusting)
    assert fetch.get("https://shop.example/a.jpg") == b"picture"
    assert refused("https://other.example/a.jpg") == "unreachable"  # it is another host's

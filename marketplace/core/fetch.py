"""Gets a file from an address that a stranger typed, without being led into our own network (attack 42).

The host's name is resolved once, every address it has must be public, and the connection goes to the one that was
checked; so a name that answers differently the second time gains nothing. Each redirect is a new address.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

MOST_BYTES = 15 * 1024 * 1024
MOST_SECONDS = 20
MOST_REDIRECTS = 3
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_AGENT = "LA-Original-Marketplace/1 (pictures of a maker's own catalog)"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchRefused(Exception):
    """`code` says why: address, not_public, unreachable, too_slow, too_large, redirects or answer."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def get(address: str) -> bytes:
    """The content at an http or https address. Raises FetchRefused."""
    until = time.monotonic() + MOST_SECONDS
    for _hop in range(MOST_REDIRECTS + 1):
        found = _ask(address, until)
        if isinstance(found, bytes):
            return found
        address = urljoin(address, found)
    raise FetchRefused("redirects")


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet; one that carries another inside is judged by that."""
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inside(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address within a mapped, translated or tunneled one."""
    if address.version == 4:
        return None
    if address in _NAT64 or int(address) >> 32 == 0:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour


def _ask(address: str, until: float) -> bytes | str:
    """The content, or the address that the server leads to."""
    scheme, host, target = _parts(address)
    connection = _Connection(scheme, host, _public_address(host, _PORTS[scheme]), until)
    # A server that sends a byte now and then would never run into a timeout of the socket.
    watch = threading.Timer(max(until - time.monotonic(), 0), connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("GET", target, headers={"User-Agent": _AGENT, "Accept": "image/*"})
        return _answer(connection.getresponse())
    except TimeoutError as error:
        raise FetchRefused("too_slow") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchRefused("too_slow" if time.monotonic() >= until else "unreachable") from error
    finally:
        watch.cancel()
        connection.close()


def _answer(response: http.client.HTTPResponse) -> bytes | str:
    if response.status in _REDIRECTS:
        return response.headers.get("Location") or _refuse("answer")
    if response.status != 200 or response.headers.get("Content-Encoding", "identity") != "identity":
        _refuse("answer")
    if (response.length or 0) > MOST_BYTES:
        _refuse("too_large")
    content = response.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        _refuse("too_large")
    if response.length:  # the server, or our watch, ended it early
        raise ConnectionError("cut off")
    return content


def _refuse(code: str):
    raise FetchRefused(code)


def _parts(address: str) -> tuple[str, str, str]:
    """Scheme, host and what is asked of it, all plain ASCII. Raises FetchRefused."""
    if "\\" in address or any(char.isspace() or not char.isprintable() for char in address):
        raise FetchRefused("address")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise FetchRefused("address") from error
    if parts.scheme not in _PORTS or not host or parts.username is not None or parts.password is not None:
        raise FetchRefused("address")
    if port is not None and port != _PORTS[parts.scheme]:
        raise FetchRefused("not_public")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, _ascii(target)


def _ascii(target: str) -> str:
    """Letters beyond ASCII percent-encoded; what is encoded already stays."""
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in target)


def _public_address(host: str, port: int) -> str:
    """The first address of a host whose addresses are all public. Raises FetchRefused."""
    try:
        found = [ipaddress.ip_address(address.partition("%")[0]) for address in _resolve(host, port)]
    except (OSError, ValueError) as error:
        raise FetchRefused("unreachable") from error
    if not found or not all(is_public(address) for address in found):
        raise FetchRefused("not_public")
    return str(found[0])


def _resolve(host: str, port: int) -> list[str]:
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _open(address: str, port: int, timeout: float) -> socket.socket:
    return socket.create_connection((address, port), timeout)


class _Connection(http.client.HTTPConnection):
    """Speaks to the checked address, and calls the host by its name: in the request, and in TLS."""

    def __init__(self, scheme: str, host: str, address: str, until: float):
        super().__init__(host, _PORTS[scheme])
        self._secure, self._address, self._until = scheme == "https", address, until
        self._wire: socket.socket | None = None  # `sock` is given away with an answer that ends the connection
        if self._secure:
            self.default_port = 443

    def connect(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._wire = self.sock = _open(self._address, self.port, left)
        if self._secure:
            context = ssl.create_default_context()
            secured = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self._wire = self.sock = secured  # before the handshake, so that a slow one is cut too
            secured.do_handshake()

    def cut(self) -> None:
        """End it from another thread: whoever reads wakes up."""
        if self._wire is not None:
            with suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)

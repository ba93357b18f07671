"""Fetching by URL: public addresses only, politely, and bounded in time and size.

Every hop of a redirect is resolved by us, each address is checked, and the connection goes to
the address that was checked, so that a name cannot resolve to another one in between.
"""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from dateline import __version__
from dateline.errors import SourceError
from dateline.sources.decode import gunzip, refuse_large
from dateline.sources.outcome import MOST_TEXT

if TYPE_CHECKING:
    import httpx2

USER_AGENT = f"dateline/{__version__} (reads news reports; respects robots.txt)"
MOST_ROBOTS = 512_000
_REDIRECTS = {301, 302, 303, 307, 308}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back from a URL: where it ended, its bytes, its declared type and when."""

    url: str
    data: bytes
    content_type: str
    retrieved: str


def utc_now() -> dt.datetime:
    """Give the time now, in UTC."""
    return dt.datetime.now(dt.UTC)


class Fetcher:
    """Fetches URLs under one policy; remembers each host's robots.txt and when it was last asked.

    `allow_addresses` are addresses that may be read though they are not public. `timeout` bounds
    each wait and `deadline` each hop as a whole, in seconds; `pause` is the least time between
    two requests to one host.
    """

    def __init__(
        self,
        *,
        allow_addresses: Collection[str] = (),
        timeout: float = 15.0,
        deadline: float = 60.0,
        most_redirects: int = 5,
        pause: float = 1.0,
        now: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        """Keep the policy; nothing is opened before the first fetch."""
        self._allowed = frozenset(map(ipaddress.ip_address, allow_addresses))
        self._timeout = timeout
        self._deadline = deadline
        self._most_redirects = most_redirects
        self._pause = pause
        self._now = now
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str, most: int = MOST_TEXT) -> Fetched:
        """Fetch a URL, following redirects; raises SourceError with the reason if it may not."""
        return self._follow(url, most, polite=True)

    def _follow(self, url: str, most: int, *, polite: bool) -> Fetched:
        import httpx2

        for _ in range(self._most_redirects + 1):
            target = _parse(url)
            if polite and not self._robots_of(target).can_fetch(USER_AGENT, url):
                raise SourceError(f"robots.txt of {target.host} does not allow it")
            try:
                with self._bounded() as client, self._open(client, target) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._read(response, url, most)
                    url = urljoin(url, response.headers.get("Location", ""))
            except httpx2.TimeoutException as error:
                raise SourceError(f"no answer within {self._timeout:g} s") from error
            except (httpx2.HTTPError, OSError, ssl.SSLError, RuntimeError) as error:
                message = f"could not be fetched: {str(error) or type(error).__name__}"
                raise SourceError(message) from error
        raise SourceError(f"more than {self._most_redirects} redirects")

    def _read(self, response: "httpx2.Response", url: str, most: int) -> Fetched:
        if response.status_code != 200:  # noqa: PLR2004  (the one status that is a page)
            raise SourceError(f"HTTP status {response.status_code} {response.reason_phrase}")
        size = response.headers.get("Content-Length", "")
        refuse_large(int(size) if size.isdecimal() else 0, most)
        data = gunzip(response.iter_raw(), response.headers.get("Content-Encoding", ""), most)
        kind = response.headers.get("Content-Type", "")
        return Fetched(url, data, kind, self._now().isoformat(timespec="seconds"))

    @contextmanager
    def _bounded(self) -> "Iterator[httpx2.Client]":
        """Open a client that is cut off at the deadline, however slowly an answer trickles in.

        Nothing is kept alive: a connection is bound to an address, and two hosts at one address
        must not share it.
        """
        import httpx2

        client = httpx2.Client(
            verify=self._certificates,
            trust_env=False,
            follow_redirects=False,
            timeout=self._timeout,
            limits=httpx2.Limits(max_keepalive_connections=0),
        )
        late = threading.Event()

        def cut_off() -> None:
            late.set()
            client.close()

        timer = threading.Timer(self._deadline, cut_off)
        timer.daemon = True
        timer.start()
        try:
            with client:
                yield client
        except (httpx2.HTTPError, OSError, RuntimeError):
            if late.is_set():
                raise SourceError(f"not read within {self._deadline:g} s") from None
            raise
        finally:
            timer.cancel()

    @contextmanager
    def _open(self, client: "httpx2.Client", target: "httpx2.URL") -> "Iterator[httpx2.Response]":
        import httpx2

        host = target.raw_host.decode("ascii")
        self._wait_for(target.host)
        headers = {
            "Host": target.netloc.decode("ascii").rpartition("@")[2],
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "gzip",
        }
        addresses = self._addresses(host, target.port or (443 if target.scheme == "https" else 80))
        for left, address in zip(range(len(addresses) - 1, -1, -1), addresses, strict=True):
            request = client.build_request(
                "GET",
                target.copy_with(host=str(address), username=None, password=None),
                headers=headers,
                extensions={"sni_hostname": host},
            )
            try:
                response = client.send(request, stream=True)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if not left:
                    raise
                continue
            try:
                yield response
            finally:
                response.close()
            return

    def _addresses(self, host: str, port: int) -> list[Address]:
        """Resolve a host; raises SourceError unless each of its addresses may be read."""
        try:
            found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise SourceError(f"no address known for host {host}") from error
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        for address in addresses:
            if address not in self._allowed and not is_public(address):
                raise SourceError(f"{host} is at {address}, which is not a public address")
        return list(dict.fromkeys(addresses))

    def _robots_of(self, target: "httpx2.URL") -> RobotFileParser:
        """Read robots.txt of a host once: if it is missing, all is allowed (RFC 9309)."""
        base = f"{target.scheme}://{target.netloc.decode('ascii').rpartition('@')[2]}"
        if base not in self._robots:
            rules = RobotFileParser()
            try:
                text = self._follow(f"{base}/robots.txt", MOST_ROBOTS, polite=False).data
                rules.parse(text.decode(errors="replace").splitlines())
            except SourceError as error:
                if str(error).startswith("HTTP status 5"):
                    raise SourceError(f"robots.txt of {target.host}: {error}") from error
                if not str(error).startswith("HTTP status"):
                    raise
                rules.parse([])
            self._robots[base] = rules
        return self._robots[base]

    def _wait_for(self, host: str) -> None:
        wait = self._asked.get(host, -self._pause) + self._pause - time.monotonic()
        if wait > 0 and host in self._asked:
            time.sleep(wait)
        self._asked[host] = time.monotonic()

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        import httpx2

        return httpx2.create_ssl_context(trust_env=False)


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, also once an IPv4 address inside is out."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _parse(url: str) -> "httpx2.URL":
    import httpx2

    try:
        target = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise SourceError(f"not a URL: {error}") from error
    if target.scheme not in {"http", "https"} or not target.host:
        raise SourceError(f"only http and https are fetched, not {target.scheme or 'this'}")
    return target
